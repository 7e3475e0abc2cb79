// Pins: a link with data-pin opens its small form in a dialog; `p` pins the post in hand. Without this script the
// link opens the same form as a page.
(() => {
  const dialog = document.getElementById("pin");
  if (!dialog || !window.htmx) return;
  const form = dialog.querySelector("#pin-form");

  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[data-pin]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    form.replaceChildren();
    await window.htmx.ajax("GET", link.href, { target: form, swap: "innerHTML" });
    window.outlisten.open("pin");
    form.querySelector("[name=note]")?.focus();
  });

  const pinThis = () => {
    const link = document.querySelector('.ol-post.is-current [data-act="pin"], .ls-one [data-act="pin"]');
    link?.click();
    return Boolean(link);
  };
  window.outlisten.keys({ p: pinThis });
  document.body.addEventListener("pinned", () => dialog.close());
  // Ctrl+Enter sends the form from its note.
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    form.querySelector("form")?.requestSubmit();
  });
})();
