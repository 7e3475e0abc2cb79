// Live updates: one connection to /live for all tabs of this browser, through a shared worker. Each event arrives as a
// DOM event `live:<name>` on <body>, so that a partial can say hx-trigger="live:posts from:body".
(() => {
  const { live, liveWorker } = document.body.dataset;
  if (!live) return;
  const announce = ({ event, data }) =>
    document.body.dispatchEvent(new CustomEvent(`live:${event}`, { detail: data }));

  if (window.SharedWorker) {
    const worker = new SharedWorker(liveWorker, { name: "outlisten-live" });
    worker.port.onmessage = ({ data }) => announce(data);
    worker.port.start();
    worker.port.postMessage({ open: live });
    window.addEventListener("pagehide", () => worker.port.postMessage({ close: true }));
    window.addEventListener("pageshow", (event) => { if (event.persisted) worker.port.postMessage({ open: live }); });
    return;
  }
  const source = new EventSource(live);
  source.addEventListener("message", ({ data }) => announce(JSON.parse(data)));
})();
