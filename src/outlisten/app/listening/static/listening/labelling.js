// Keys of the page Labelling: 1–9 choose, 0 means none of these, Enter saves several, s skips.
"use strict";
(() => {
  const form = document.querySelector(".ls-label-form");
  if (!form) return;
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog");
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    if (event.key === "Enter" && event.target.closest("a, button")) return;
    const several = form.querySelector("input[type=checkbox]");
    if (event.key === "0" && several) {
      for (const box of form.querySelectorAll("input[type=checkbox]")) box.checked = false;
      event.preventDefault();
      return;
    }
    const chosen = form.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!chosen) return;
    event.preventDefault();
    event.stopPropagation();
    chosen.click();
  }, true);
})();
