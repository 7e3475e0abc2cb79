// What may be typed next in a query box. The box keeps the focus; arrows choose, Enter or Tab takes what is chosen, Escape
// closes. Nothing is chosen until an arrow is pressed, so Enter searches and Tab moves on as ever. While an input method
// composes, nothing is asked and no key is taken.
(() => {
  const WAIT = 120;
  const LOOKED_AT = 200;
  let box = null; // the box whose list is open
  let list = null;
  let options = [];
  let chosen = -1;
  let timer = 0;
  let asked = 0;

  const close = () => {
    clearTimeout(timer);
    asked += 1; // an answer on its way comes too late
    list?.remove();
    box?.removeAttribute("aria-activedescendant");
    box?.removeAttribute("aria-controls");
    [box, list, options, chosen] = [null, null, [], -1];
  };

  const choose = (at) => {
    chosen = at;
    [...list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === at)));
    const item = list.children[at];
    box.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };

  // Typed as a person would, so that undo takes it back and the box is checked again.
  const take = (at) => {
    const { text, back } = options[at];
    const area = box;
    close();
    const end = area.selectionStart;
    const units = [...area.value.slice(0, end)].slice(-back).join("").length;
    area.focus();
    area.setSelectionRange(back ? end - units : end, end);
    const written = /[:(]$/.test(text) ? text : `${text} `;
    if (!document.execCommand("insertText", false, written)) area.setRangeText(written, area.selectionStart, end, "end");
  };

  const show = (area, found) => {
    close();
    if (!found.options.length || document.activeElement !== area) return;
    box = area;
    options = found.options;
    list = Object.assign(document.createElement("ul"), { className: "ls-completions", id: "completions" });
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", found.label);
    options.forEach(({ text, hint }, place) => {
      const item = Object.assign(document.createElement("li"), { id: `completion-${place}`, textContent: text });
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      if (hint) item.append(Object.assign(document.createElement("small"), { textContent: hint }));
      list.append(item);
    });
    area.parentElement.classList.add("ls-completes");
    area.parentElement.append(list);
    list.style.top = `${area.offsetTop + area.offsetHeight}px`;
    list.style.left = `${area.offsetLeft}px`;
    area.setAttribute("aria-controls", list.id);
  };

  const ask = async (area) => {
    const mine = (asked += 1);
    const before = [...area.value.slice(0, area.selectionStart)].slice(-LOOKED_AT).join("");
    const answer = await fetch(`${area.dataset.completions}?${new URLSearchParams({ before })}`).catch(() => null);
    if (mine !== asked || !answer?.ok) return;
    const found = await answer.json();
    if (mine === asked) show(area, found);
  };

  const later = (area) => {
    clearTimeout(timer);
    if (area.selectionStart !== area.selectionEnd) return close();
    timer = setTimeout(() => ask(area), WAIT);
  };

  const of = (event) => event.target.closest?.("textarea[data-completions]");
  document.addEventListener("input", (event) => { if (of(event) && !event.isComposing) later(of(event)); });
  document.addEventListener("compositionstart", (event) => { if (of(event)) close(); });
  document.addEventListener("compositionend", (event) => { if (of(event)) later(of(event)); });
  document.addEventListener("focusout", (event) => { if (of(event)) close(); });
  document.addEventListener("submit", close, true);

  const KEYS = {
    ArrowDown: () => choose((chosen + 1) % options.length),
    ArrowUp: () => choose((chosen <= 0 ? options.length : chosen) - 1),
    Enter: () => take(chosen),
    Tab: () => take(chosen),
    Escape: close,
  };
  document.addEventListener("keydown", (event) => {
    if (!list || event.target !== box || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) return close();
    if (!KEYS[event.key] || event.shiftKey) return;
    if (["Enter", "Tab"].includes(event.key) && chosen < 0) return close();
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  }, true);

  // A long query is posted: an address that holds it is more than many a proxy takes.
  const LONG = 1500;
  document.addEventListener("htmx:configRequest", (event) => {
    const { detail } = event;
    if (detail.verb !== "get" || encodeURIComponent(detail.parameters.q ?? detail.parameters.query ?? "").length <= LONG) return;
    detail.verb = "post";
    detail.useUrlParams = false;
    detail.headers["Content-Type"] = "application/x-www-form-urlencoded";
  });

  // The pointer takes before the box loses the focus.
  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest?.(".ls-completions li");
    if (!item) return;
    event.preventDefault();
    take([...list.children].indexOf(item));
  });

  // A suggestion is written into its box as if it were typed, so that undo takes it back: over everything, or over the
  // code points from `from` to `to` of what stands there without the white space around it.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-write]");
    if (!button) return;
    const { write: text, from, to } = button.dataset;
    const area = document.querySelector(`textarea[hx-target="#${event.target.closest(".ls-check").id}"]`);
    area.focus();
    area.select();
    if (from !== undefined) {
      const typed = [...area.value.trimStart()];
      const units = (end) => area.value.length - area.value.trimStart().length + typed.slice(0, end).join("").length;
      area.setSelectionRange(units(Number(from)), units(Number(to)));
    }
    if (!document.execCommand("insertText", false, text)) area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
  });
})();
