// Care: keys for the queue and a case, copying an answer with one's name, taking up a draft.
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const rows = () => [...document.querySelectorAll(".ca-row")];
  const openCase = () => $("[data-case-open]")?.dataset.caseOpen;

  // The open case stays marked, also after the queue came anew.
  const mark = () => rows().forEach((row) => {
    const here = row.dataset.case === openCase();
    row.classList.toggle("is-here", here);
    if (here) row.setAttribute("aria-current", "true"); else row.removeAttribute("aria-current");
  });
  mark();
  document.addEventListener("htmx:afterSettle", mark);

  const move = (by) => () => {
    const all = rows();
    if (!all.length) return false;
    const at = all.findIndex((row) => row.dataset.case === openCase());
    const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    next.scrollIntoView({ block: "nearest" });
    next.focus({ preventScroll: true });
    next.click();
    return true;
  };
  // A key presses its button, or opens its form and goes to the first field.
  const press = (key) => () => {
    const target = $(`[data-key="${key}"]`);
    if (!target) return false;
    if (target.tagName !== "SUMMARY") { target.click(); return true; }
    target.parentElement.open = true;
    $("textarea, input:not([type=hidden]), select", target.parentElement)?.focus();
    target.parentElement.scrollIntoView({ block: "nearest" });
    return true;
  };
  const undo = () => {
    const button = [...document.querySelectorAll("#toasts form button")].at(-1);
    button?.click();
    return Boolean(button);
  };
  window.outlisten?.keys?.({
    j: move(1), k: move(-1), u: undo,
    e: press("e"), r: press("r"), n: press("n"), h: press("h"), p: press("p"), w: press("w"), s: press("s"),
  });

  // A form that was sent is empty again; after an answer or a hand-over the forms themselves are others.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt?.closest?.(".ca-composer form");
    if (!form || event.detail.elt !== form || event.detail.xhr.status >= 300) return;
    form.reset();
    form.closest("details").open = false;
    if (form.dataset.anew !== undefined) window.htmx.ajax("GET", window.location.href, { target: "#case", swap: "innerHTML show:none" });
  });

  document.addEventListener("click", async (event) => {
    const use = event.target.closest("[data-use-draft]");
    if (use) {
      const box = $("#answer");
      box.value = document.getElementById(use.dataset.useDraft).textContent;
      box.focus();
    }
    const copy = event.target.closest("[data-copy-answer]");
    if (copy) {
      const words = `${$("#answer").value.trimEnd()}\n${copy.dataset.signed}`;
      await navigator.clipboard.writeText(words);
      window.outlisten?.toast?.(copy.dataset.said);
    }
  });
  document.addEventListener("change", (event) => { if (event.target.matches("[data-submits]")) event.target.form.submit(); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches(".ca-form textarea")) event.target.form.requestSubmit();
    if (event.key === "Escape" && event.target.closest?.(".ca-form")) event.target.blur();
  });
})();
