// Lists of insights and decisions, and the board: walking and moving by keys, moving by dragging.
(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // Filters answer at once; without this script their button does.
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });

  // Lists: j and k walk, o and Enter open.
  const walk = (by) => () => {
    const rows = all("[data-walks]");
    if (!rows.length) return false;
    const at = rows.indexOf(document.activeElement.closest("[data-walks]"));
    rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))].focus();
    return true;
  };
  const open = () => {
    const here = document.activeElement;
    const place = here?.closest?.("[data-walks], [data-card]");
    if (!place || (here !== place && here.matches("a, button, summary"))) return false;
    $('[data-act="open"]', place)?.click();
    return true;
  };
  const follow = (selector) => () => { const link = $(selector); link?.click(); return Boolean(link); };

  // The board: arrows go from card to card, with Shift they move the card.
  const cards = (column) => all("[data-card]", column);
  const go = (sideways, down) => (event) => {
    const card = document.activeElement?.closest?.("[data-card]");
    if (!card) { const first = $("[data-card]"); first?.focus(); return Boolean(first); }
    if (event.shiftKey) return sideways ? move(card, sideways < 0 ? "back" : "on") : false;
    const columns = all("[data-state]").filter((column) => cards(column).length);
    const column = card.closest("[data-state]");
    const place = cards(column).indexOf(card);
    const next = down ? cards(column)[place + down] : columns[columns.indexOf(column) + sideways];
    const target = down ? next : next && cards(next)[Math.min(place, cards(next).length - 1)];
    target?.focus();
    return true;
  };
  const move = (card, side) => { const button = $(`[data-move="${side}"]`, card); button?.click(); return Boolean(button); };
  const onBoard = Boolean($("#board"));
  window.outlisten?.keys?.({
    j: onBoard ? go(0, 1) : walk(1), k: onBoard ? go(0, -1) : walk(-1), o: open, Enter: open,
    n: follow("[data-new]"), e: follow('[data-key="e"]'), r: follow('[data-key="r"]'),
    ...(onBoard && { ArrowLeft: go(-1, 0), ArrowRight: go(1, 0), ArrowUp: go(0, -1), ArrowDown: go(0, 1) }),
  });

  // Dragging a card onto a column sends the same form as its buttons.
  let dragged = null;
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-card]") ?? null;
    if (dragged) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", dragged.dataset.card); }
  });
  const over = (event) => (dragged ? event.target.closest?.("[data-moves] [data-state]") : null);
  document.addEventListener("dragover", (event) => {
    const column = over(event);
    all(".is-over").forEach((other) => { if (other !== column) other.classList.remove("is-over"); });
    if (!column) return;
    event.preventDefault();
    column.classList.add("is-over");
  });
  document.addEventListener("dragend", () => { dragged = null; all(".is-over").forEach((column) => column.classList.remove("is-over")); });
  document.addEventListener("drop", (event) => {
    const column = over(event);
    if (!column || column === dragged.closest("[data-state]")) return;
    event.preventDefault();
    const form = $("form", dragged);
    window.htmx.ajax("POST", form.action, { target: "#board", swap: "morph:outerHTML", values: { state: column.dataset.state } });
  });

  // A moved card keeps the focus in its new column.
  let moved = "";
  document.addEventListener("htmx:beforeRequest", (event) => { moved = event.target.closest?.("[data-card]")?.id ?? moved; });
  document.addEventListener("htmx:afterSettle", () => { if (moved) { document.getElementById(moved)?.focus(); moved = ""; } });
})();
