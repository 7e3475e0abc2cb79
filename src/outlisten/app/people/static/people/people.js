// The button that copies a link; without a clipboard the link is selected, to be copied by hand.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    window.outlisten?.toast?.(button.dataset.said);
  } catch { /* selected: Ctrl C copies it */ }
});
