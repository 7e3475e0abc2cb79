// Keys, dialogs, drop-downs, the folded rail and messages. Nothing here is needed to read a page.
const outlisten = (window.outlisten = {});

(() => {
  const root = document.documentElement;
  const $ = (selector, within = document) => within.querySelector(selector);
  const isTyping = (element) => element?.matches?.("input, textarea, select, [contenteditable]");

  // Dialogs and drop-downs
  const open = (name) => {
    const dialog = document.getElementById(name);
    if (!dialog || dialog.open) return;
    if (name === "keys") $("#page-keys").hidden = !$("#page-keys").children.length;
    document.querySelectorAll("dialog[open]").forEach((other) => other.close());
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("dialog:open"));
  };
  outlisten.open = open;
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-open]");
    if (opener) { closeDrops(); open(opener.dataset.open); return; }
    if (event.target.closest("[data-close]")) { event.target.closest("dialog").close(); return; }
    if (event.target.closest("[data-dismiss]")) { event.target.closest("[data-toast]").remove(); return; }
    if (event.target.closest("[data-print]")) { window.print(); return; }
    if (event.target.closest("[data-fold-rail]")) { foldRail(); return; }
    if (event.target instanceof HTMLDialogElement) { event.target.close(); return; } // the backdrop
    closeDrops(event.target.closest("[data-drop]"));
  });
  function closeDrops(except) {
    document.querySelectorAll("details[data-drop][open]").forEach((drop) => { if (drop !== except) drop.open = false; });
  }
  function foldRail() {
    const narrow = root.dataset.rail !== "narrow";
    if (narrow) root.dataset.rail = "narrow"; else delete root.dataset.rail;
    try { localStorage.setItem("outlisten.rail", narrow ? "narrow" : "wide"); } catch { /* not remembered */ }
    window.dispatchEvent(new Event("resize"));
  }

  // Keys of every page. A page adds its own with outlisten.keys({ j: next, … }).
  const pageKeys = {};
  outlisten.keys = (added) => Object.assign(pageKeys, added);
  let going = 0;
  const focusSearch = () => { const box = $("[data-search-box]") ?? $("#search"); box.focus(); box.select?.(); };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault(); open("palette"); return;
    }
    if (event.key === "Escape") closeDrops();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if ($("dialog[open]")) return;
    if (Date.now() - going < 1200) {
      going = 0;
      const room = $(`#rooms [data-key="${CSS.escape(event.key)}"]`);
      if (room) { event.preventDefault(); window.location.assign(room.href); return; }
    }
    const action = { "/": focusSearch, "?": () => open("keys"), g: () => { going = Date.now(); } }[event.key] ?? pageKeys[event.key];
    if (!action) return;
    if (action(event) !== false) event.preventDefault();
  });

  // A form is sent once: a second press while the first is under way would do the act twice. Parts are sent by htmx,
  // which does so itself; a form whose answer is a file leaves its page open, so it may be sent again after a while.
  const SENDING_MS = 8000;
  const mayBeSentAgain = (form) => { delete form.dataset.sending; };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post") return;
    if (form.dataset.sending) { event.preventDefault(); return; }
    form.dataset.sending = "1";
    setTimeout(mayBeSentAgain, SENDING_MS, form);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(mayBeSentAgain));

  // The open tab of a row of tabs that is wider than the screen.
  $(".ol-tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

  // A table wider than its place can be scrolled by keys alone.
  const reach = (within) => within.querySelectorAll(".ol-table-wrap:not([tabindex])").forEach((wrap) => {
    if (wrap.scrollWidth > wrap.clientWidth) wrap.tabIndex = 0;
  });
  reach(document);
  document.addEventListener("htmx:load", (event) => reach(event.detail.elt.parentElement ?? document));

  // Messages: away after eight seconds, unless somebody is reading or they report an error.
  const watch = (toast) => {
    if (toast.classList.contains("is-error") || toast.dataset.watched) return;
    toast.dataset.watched = "1";
    let timer;
    const start = () => { timer = setTimeout(() => toast.remove(), 8000); };
    toast.addEventListener("pointerenter", () => clearTimeout(timer));
    toast.addEventListener("focusin", () => clearTimeout(timer));
    toast.addEventListener("pointerleave", start);
    start();
  };
  const toasts = $("#toasts");
  if (toasts) {
    toasts.querySelectorAll("[data-toast]").forEach(watch);
    new MutationObserver(() => toasts.querySelectorAll("[data-toast]").forEach(watch)).observe(toasts, { childList: true });
  }
  outlisten.toast = (text, kind = "") => {
    const toast = document.createElement("div");
    toast.className = kind === "error" ? "ol-toast is-error" : "ol-toast";
    toast.dataset.toast = "";
    const words = toast.appendChild(document.createElement("p"));
    words.textContent = text;
    const close = toast.appendChild(document.createElement("button"));
    Object.assign(close, { type: "button", textContent: "×" });
    close.dataset.dismiss = "";
    toasts?.append(toast);
  };

  // A page that says in words what is wrong with its address is a page all the same.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.boosted && event.detail.xhr.status === 400) Object.assign(event.detail, { shouldSwap: true, isError: false });
  });
  // A partial that could not be fetched says so, in the place where it would have been.
  const words = $("#toasts")?.dataset ?? {};
  document.addEventListener("htmx:sendError", () => outlisten.toast(words.offline, "error"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    if (status === 401 || status === 403) { window.location.reload(); return; }
    outlisten.toast(words.failed, "error");
  });
})();
