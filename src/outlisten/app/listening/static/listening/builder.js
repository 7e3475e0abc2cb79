// The builder below a query box. The server reads the text and draws the rows; here are the things only a browser can do:
// sending an act with what was typed, writing the new text into the box, the focus, undo, keys and dragging.
(() => {
  const WAIT = 300;
  const histories = {}; // of each box: every state shown, and which of them is shown now
  const $ = (selector, within) => within.querySelector(selector);
  const builderOf = (element) => element.closest?.("[data-builder]");
  const boxOf = (builder) => document.getElementById(builder.dataset.builder);
  const pathOf = (element) => element.closest("[data-path]")?.dataset.path ?? "";
  const stateOf = (builder) => { const kept = $("[data-state]", builder); return kept ? JSON.parse(kept.value) : { text: "", outline: null }; };
  const historyOf = (builder) => (histories[builder.dataset.builder] ??= { states: [], at: -1 });
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // An act goes out with the text and the outline shown; one at a time, so that its path is still right when it arrives.
  let busy = false;
  const send = async (builder, act, values = {}, shown = stateOf(builder)) => {
    if (busy && act === "words") return void setTimeout(send, 50, builder, act, values); // typed quickly: nothing is lost
    if (busy) return;
    busy = true;
    const box = boxOf(builder);
    const before = box.value;
    const { outline } = shown;
    const sent = { text: shown.text, outline: JSON.stringify(outline), act, saving: builder.dataset.saving ?? "", ...values };
    try {
      await window.htmx.ajax("POST", builder.dataset.url, { source: builder, target: $("[data-picture]", builder), swap: "innerHTML", values: sent });
    } finally { busy = false; }
    drawn(builder, box, act, values);
    if (!act && box.value !== before) later(builder); // typed meanwhile
  };

  const drawn = (builder, box, act, values) => {
    const kept = $("[data-state]", builder);
    const history = historyOf(builder);
    const state = stateOf(builder);
    const { text, said, focus, focusOn, refused } = kept.dataset;
    if (act && box.value !== text) {
      box.value = text;
      box.dispatchEvent(new CustomEvent("input", { bubbles: true, detail: "builder" }));
    }
    if (act === "undo") history.at = values.at;
    else if (!$(".qb-stale", builder) && !same(history.states[history.at], state)) {
      history.states.splice(history.at + 1, Infinity, state);
      history.at = history.states.length - 1;
    }
    const undo = $("[data-undo]", builder);
    if (undo) undo.disabled = history.at < 1;
    $("[data-announce]", builder).textContent = said;
    if (refused && act === "words") $(`[data-words][data-path="${values.path}"]`, builder).value = values.value;
    if (act || values.closed !== undefined) focusAt(builder, values.closed ?? focus, values.closed === undefined ? focusOn : "row", values);
  };

  const focusAt = (builder, path, on, values) => {
    const at = `[data-path="${path}"]`;
    const found = {
      input: () => $(`[data-words]${at}`, builder),
      mode: () => $(`[data-group]${at} > .qb-head select`, builder),
      set: () => $(`${at} > [data-set] [data-name="${values.from_name}"]`, builder),
      form: () => $(`.qb-form${at} :is([data-inputs] :is(input:not([type=hidden]), select, textarea, button), .qb-buttons button)`, builder),
    }[on]?.() ?? $(`${at} > [data-chip]`, builder) ?? $(`${at} > .qb-head [data-act=edit]`, builder) ?? $("[data-words]", builder);
    if (found?.matches("[data-chip]")) rove(found);
    found?.focus();
  };

  // The text changed by hand: the rows follow.
  const timers = {};
  const later = (builder) => {
    clearTimeout(timers[builder.dataset.builder]);
    timers[builder.dataset.builder] = setTimeout(() => (busy ? later(builder) : redraw(builder)), WAIT);
  };
  const redraw = (builder) => send(builder, "", { text: boxOf(builder).value });
  document.addEventListener("input", (event) => {
    if (event.detail === "builder" || !event.target.matches?.("textarea[data-completions]")) return;
    const builder = document.querySelector(`[data-builder="${event.target.id}"]:not([hidden])`);
    if (builder) later(builder);
  });

  // Buttons, choices and words
  const named = (within) => Object.fromEntries([...within.querySelectorAll("[data-name]")].map((one) => [one.dataset.name, one.type === "checkbox" && !one.checked ? "" : one.value]));
  const act = (element) => {
    const form = element.closest(".qb-form");
    const { act: name, form: chosen, by, field } = element.dataset;
    if (name === undefined) return;
    element.closest("details[data-drop]")?.removeAttribute("open");
    if (!name) { send(builderOf(element), "", { closed: pathOf(element) }); return; }
    const values = { path: pathOf(element), from: form?.dataset.form ?? "" };
    if (form) values.field = form.dataset.field ?? "";
    if (chosen && element.matches("button")) values.form = chosen;
    if (by) values.by = by;
    if (field) values.field = field;
    if (element.dataset.takes) Object.assign(values, named(element.closest("[data-inputs]")));
    if (name === "set") Object.assign(values, named(element.closest("[data-set]")), { from_name: element.dataset.name });
    else if (element.matches("select")) values[element.dataset.name] = element.value;
    if (name === "edit" && element.getAttribute("aria-expanded") === "true") { send(builderOf(element), "", { closed: values.path }); return; }
    send(builderOf(element), name, values);
  };
  const addWords = (input) => send(builderOf(input), "words", { path: input.dataset.path, value: input.value });
  document.addEventListener("click", (event) => {
    const builder = builderOf(event.target);
    if (!builder) return;
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-undo]")) undo(builder, -1);
    else if (button.matches("[data-add-words]")) addWords(button.previousElementSibling);
    else if (button.matches("[data-show]")) showPlace(boxOf(builder), button.dataset.show.split(",").map(Number));
    else act(button);
  });
  document.addEventListener("change", (event) => {
    if (builderOf(event.target) && event.target.matches("select[data-act], input[data-act]") && event.target.value !== "-") act(event.target);
  });
  document.addEventListener("paste", (event) => {
    const input = event.target.closest?.("[data-words]");
    const pasted = event.clipboardData?.getData("text") ?? "";
    if (!input || !/[\n\t]/.test(pasted.trim())) return;
    event.preventDefault(); // a line of input would lose where the lines end
    send(builderOf(input), "words", { path: input.dataset.path, value: `${input.value}\n${pasted}` });
  });

  // A place in the text, counted in characters as people count them.
  const showPlace = (box, [start, end]) => {
    const units = (count) => [...box.value].slice(0, count).join("").length;
    box.focus();
    box.setSelectionRange(units(start), units(end));
  };

  const undo = (builder, by) => {
    const history = historyOf(builder);
    const state = history.states[history.at + by];
    if (state) send(builder, "undo", { at: history.at + by }, state);
  };

  // Keys: Enter adds words; Delete removes a chip, Alt with an arrow moves it, an arrow goes to the next; Ctrl Z undoes.
  const rove = (chip) => {
    chip.closest(".qb-rows").querySelectorAll(":scope > .qb-chip > [data-chip]").forEach((one) => { one.tabIndex = one === chip ? 0 : -1; });
  };
  const beside = (chip, by) => {
    const all = [...chip.closest(".qb-rows").querySelectorAll(":scope > .qb-chip > [data-chip]")];
    const next = all[all.indexOf(chip) + by];
    if (next) { rove(next); next.focus(); }
  };
  const BACK = ["ArrowLeft", "ArrowUp"];
  const chipKeys = (event, chip) => {
    const by = BACK.includes(event.key) ? -1 : ["ArrowRight", "ArrowDown"].includes(event.key) ? 1 : 0;
    if (by && event.altKey) send(builderOf(chip), "shift", { path: pathOf(chip), by });
    else if (by && !event.ctrlKey && !event.metaKey) beside(chip, by);
    else if (["Delete", "Backspace"].includes(event.key)) send(builderOf(chip), "remove", { path: pathOf(chip) });
    else return;
    event.preventDefault();
  };
  const inputKeys = (event, input) => {
    if (event.key === "Enter") {
      event.preventDefault(); // the form around the builder is not sent
      if (input.matches("[data-words]")) { if (input.value.trim()) addWords(input); }
      else if (input.matches("[data-act]")) act(input);
      else input.closest("[data-inputs]")?.querySelector("[data-takes]")?.click();
    } else if (event.key === "Backspace" && input.matches("[data-words]") && !input.value) {
      const chips = input.closest(".qb-rows").querySelectorAll(":scope > .qb-chip > [data-chip]");
      const last = chips[chips.length - 1];
      if (last) { event.preventDefault(); rove(last); last.focus(); }
    }
  };
  document.addEventListener("keydown", (event) => {
    const builder = builderOf(event.target);
    if (!builder || event.isComposing) return;
    const typing = event.target.matches("input[type=text], textarea") && event.target.value;
    if ((event.ctrlKey || event.metaKey) && ["z", "y"].includes(event.key.toLowerCase()) && !typing) {
      event.preventDefault();
      undo(builder, event.key.toLowerCase() === "y" || event.shiftKey ? 1 : -1);
    } else if (event.key === "Escape" && event.target.closest(".qb-form")) {
      send(builder, "", { closed: pathOf(event.target) });
    } else if (event.target.matches("[data-chip]")) chipKeys(event, event.target);
    else if (event.target.matches("input")) inputKeys(event, event.target);
  });
  document.addEventListener("focusin", (event) => { if (event.target.matches?.("[data-chip]")) rove(event.target); });

  // Dragging: a chip by itself, a block by its head, so that text in its boxes can still be marked.
  let dragged = null;
  document.addEventListener("pointerdown", (event) => {
    const row = builderOf(event.target) && event.target.closest("[data-row]");
    if (row) row.draggable = row.matches(".qb-chip") || (event.target.closest(".qb-head") !== null && !event.target.closest("input, select, button"));
  });
  const targetOf = (event) => {
    const found = dragged && event.target.closest?.("[data-row], [data-group]");
    const path = found ? pathOf(found) : null;
    const inside = path === dragged || path?.startsWith(`${dragged}.`);
    return !found || inside || builderOf(found) === null ? null : found;
  };
  const unmark = () => document.querySelectorAll(".qb .is-over").forEach((one) => one.classList.remove("is-over"));
  document.addEventListener("dragstart", (event) => {
    const row = builderOf(event.target) && event.target.closest("[data-row]");
    if (!row) return;
    dragged = row.dataset.path;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", row.textContent.trim());
  });
  document.addEventListener("dragover", (event) => {
    const target = targetOf(event);
    if (!target) return;
    event.preventDefault();
    unmark();
    target.classList.add("is-over");
  });
  document.addEventListener("drop", (event) => {
    const target = targetOf(event);
    const path = dragged;
    if (!target) return;
    event.preventDefault();
    unmark();
    const at = target.dataset.path.split(".").map(Number);
    const box = target.getBoundingClientRect();
    const after = event.clientX > box.left + box.width / 2 ? 1 : 0;
    const into = target.matches("[data-group]") ? { into: target.dataset.path } : { into: at.slice(0, -1).join("."), place: at.at(-1) + after };
    send(builderOf(target), "move", { path, ...into });
  });
  document.addEventListener("dragend", () => { dragged = null; unmark(); });

  // Write or build. On Listen the address keeps which; elsewhere the page does.
  const turn = (group, on) => {
    const builder = document.querySelector(`[data-builder="${group.dataset.switch}"]`);
    group.querySelectorAll("[data-build]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.build === (on ? "1" : ""))));
    builder.hidden = !on;
    const kept = $("input[name=build]", group.closest("form"));
    if (kept) {
      kept.value = on ? "1" : "";
      kept.disabled = !on; // an empty value would stand in the address
      const address = new URL(window.location.href);
      if (on) address.searchParams.set("build", "1"); else address.searchParams.delete("build");
      window.history.replaceState(window.history.state, "", address);
    }
    if (on) redraw(builder); else boxOf(builder).focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-switch] [data-build]");
    if (!button) return;
    turn(button.closest("[data-switch]"), button.dataset.build === "1");
  });

  // A page that comes with the builder open: what was shown before a search is shown again, with its history.
  const resume = () => document.querySelectorAll("[data-builder]:not([hidden]):not([data-resumed])").forEach((builder) => {
    if (!$("[data-state]", builder)) return;
    builder.dataset.resumed = "1";
    const history = historyOf(builder);
    const before = history.states[history.at];
    const state = stateOf(builder);
    if (before && before.text === state.text) { if (!same(before, state)) send(builder, "", {}, before); else $("[data-undo]", builder).disabled = history.at < 1; return; }
    history.states.splice(history.at + 1, Infinity, state);
    history.at = history.states.length - 1;
  });
  document.addEventListener("DOMContentLoaded", resume);
  document.addEventListener("htmx:load", resume);
})();
