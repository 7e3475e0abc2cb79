// Listen, Compare, Post and Import: keys for lists of posts, the query box, the brush, copying the address, uploads.
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);

  // j and k move through posts, o opens one, x shows its whole text.
  const posts = () => [...document.querySelectorAll("#posts .ol-post, .ol-posts .ol-post")];
  const current = () => $(".ol-post.is-current");
  const choose = (post) => {
    current()?.classList.remove("is-current");
    post.classList.add("is-current");
    post.focus({ preventScroll: true });
    post.scrollIntoView({ block: "nearest" });
  };
  const move = (by) => () => {
    const all = posts();
    if (!all.length) return false;
    const at = all.indexOf(current());
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    if (by > 0 && at === all.length - 1) $("#more a")?.click();
    choose(next);
    return true;
  };
  const open = () => {
    if (document.activeElement?.matches?.("a, button, summary, input, textarea, select")) return false;
    const link = current()?.querySelector('[data-act="open"]');
    link?.click();
    return Boolean(link);
  };
  const unfold = () => current()?.querySelector(".ol-post-text")?.classList.toggle("is-cut") !== undefined;
  // n shows what came in meanwhile; then the newest post is the current one.
  const showNew = () => { const bar = $("#arrivals-show"); bar?.click(); return Boolean(bar); };
  document.addEventListener("listen:shown", () => { const [newest] = posts(); if (newest) choose(newest); });
  window.outlisten?.keys?.({ j: move(1), k: move(-1), o: open, Enter: open, x: unfold, n: showNew });
  document.addEventListener("focusin", (event) => {
    const post = event.target.closest?.(".ol-posts .ol-post");
    if (post && post !== current()) { current()?.classList.remove("is-current"); post.classList.add("is-current"); }
  });

  // The query box: Enter searches, Shift+Enter starts a line. An input method's Enter only ends a word.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches("#listen-q")) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  });

  // A part of the query that is pointed at, or holds the focus, is marked where it stands.
  const mark = (event) => {
    const box = event.target.closest?.(".ls-parts");
    if (!box) return;
    const at = event.target.closest("[data-part]")?.dataset.part;
    box.querySelectorAll("[data-part]").forEach((part) => part.classList.toggle("is-marked", part.dataset.part === at));
    box.querySelectorAll("[data-parts]").forEach((piece) => piece.classList.toggle("is-marked", piece.dataset.parts.split(" ").includes(at)));
  };
  ["mouseover", "focusin", "click"].forEach((name) => document.addEventListener(name, mark));

  // A part that could not be loaded says so where it would have been, instead of a shape that never fills.
  const failed = (event) => {
    const words = $("#toasts")?.dataset.failed ?? "";
    event.detail.target?.querySelectorAll?.(".ol-skeleton").forEach((shape) => {
      const said = Object.assign(document.createElement("p"), { className: "ls-none", textContent: words });
      shape.replaceWith(said);
    });
  };
  document.addEventListener("htmx:responseError", failed);
  document.addEventListener("htmx:sendError", failed);

  // Brushing the time line asks the same question of those days. The brush speaks in wall-clock milliseconds.
  const day = (moment) => new Date(moment).toISOString().slice(0, 10);
  document.addEventListener("figure:brush", (event) => {
    const { from, to } = event.detail;
    if (from === null || !event.target.closest(".ls-timeline")) return;
    const address = new URLSearchParams(window.location.search);
    ["period", "since", "until", "after"].forEach((name) => address.delete(name));
    address.set("since", day(from));
    address.set("until", day(to));
    window.location.assign(`?${address}`);
  });

  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy-address]");
    if (!copy) return;
    await navigator.clipboard.writeText(window.location.href);
    window.outlisten?.toast?.(copy.dataset.said);
  });

  // Uploads tell how far they are; without this script the form works all the same.
  const upload = $("[data-upload]");
  if (upload) {
    const input = $("[data-upload-file]", upload);
    const label = $("[data-upload-name]", upload);
    const size = (bytes) => {
      const units = ["B", "KB", "MB", "GB"];
      const unit = bytes ? Math.min(3, Math.floor(Math.log(bytes) / Math.log(1000))) : 0;
      return `${(bytes / 1000 ** unit).toFixed(unit ? 1 : 0)} ${units[unit]}`;
    };
    input.addEventListener("change", () => {
      const [file] = input.files;
      if (file) label.textContent = `${file.name} · ${size(file.size)}`;
    });
    ["dragenter", "dragover"].forEach((name) => upload.addEventListener(name, () => $(".ls-drop", upload).classList.add("is-over")));
    ["dragleave", "drop"].forEach((name) => upload.addEventListener(name, () => $(".ls-drop", upload).classList.remove("is-over")));
    upload.addEventListener("submit", (event) => {
      if (!input.files.length) return;
      event.preventDefault();
      const bar = $("[data-upload-progress]", upload);
      const said = $("[data-upload-said]", upload);
      const request = new XMLHttpRequest();
      bar.hidden = false;
      upload.querySelector("button").disabled = true;
      request.upload.addEventListener("progress", ({ loaded, total }) => {
        bar.value = (100 * loaded) / total;
        said.textContent = `${size(loaded)} / ${size(total)}`;
      });
      const refused = (words) => { upload.querySelector("button").disabled = false; bar.hidden = true; said.textContent = words; };
      request.addEventListener("load", () => {
        const { next, problem } = request.response ?? {};
        if (next) window.location.assign(next); else refused(problem ?? upload.dataset.failed);
      });
      request.addEventListener("error", () => refused(upload.dataset.failed));
      request.responseType = "json";
      request.open("POST", upload.action);
      request.setRequestHeader("Accept", "application/json");
      request.send(new FormData(upload));
    });
  }
})();
