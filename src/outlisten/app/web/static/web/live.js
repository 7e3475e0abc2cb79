// Live updates: one connection to /live for all tabs of this browser, through a shared worker. Each event arrives as a
// DOM event `live:<name>` on <body>, so that a partial can say hx-trigger="live:posts from:body".
//
// Of many with one name the first is passed on at once, then at most one in PACE, the last of them: a stream brings posts every
// second, and a delay that each event begins anew would never end. A delay in a trigger is therefore shorter than PACE.
(() => {
  const { live, liveWorker } = document.body.dataset;
  if (!live) return;
  const PACE = 2000;
  const waiting = new Map(); // name → the last event that came meanwhile, or null
  const announce = ({ event, data }) => {
    if (waiting.has(event)) { waiting.set(event, { event, data }); return; }
    waiting.set(event, null);
    setTimeout(() => {
      const last = waiting.get(event);
      waiting.delete(event);
      if (last) announce(last);
    }, PACE);
    document.body.dispatchEvent(new CustomEvent(`live:${event}`, { detail: data }));
  };

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
