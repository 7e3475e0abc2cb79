// Disclosure watch: menus narrow the list as they are chosen, and a suggested wording can be copied.
(() => {
  const narrow = document.querySelector("[data-narrow]");
  if (narrow) {
    narrow.querySelector("button").hidden = true;
    narrow.addEventListener("change", () => {
      narrow.querySelectorAll("select").forEach((menu) => { menu.disabled = !menu.value; });
      narrow.requestSubmit();
    });
  }
  document.addEventListener("click", async (event) => {
    const copy = event.target.closest("[data-copy]");
    if (!copy) return;
    await navigator.clipboard.writeText(copy.dataset.copy);
    window.outlisten?.toast?.(copy.dataset.said);
  });
})();
