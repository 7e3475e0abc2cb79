// The command palette: go to a room, open a topic or brand, do something, or run what was typed as a query.
(() => {
  const dialog = document.getElementById("palette");
  if (!dialog) return;
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("ul");
  const template = dialog.querySelector("template");
  const word = (name) => dialog.querySelector(`[data-word="${name}"]`).textContent;
  const icons = document.documentElement.dataset.icons;
  let entries = null;
  let shown = [];
  let chosen = 0;

  dialog.addEventListener("dialog:open", async () => {
    input.value = "";
    input.focus();
    draw();
    if (entries) return;
    try {
      const response = await fetch(dialog.dataset.source, { headers: { Accept: "application/json" } });
      entries = response.ok ? (await response.json()).entries : [];
    } catch { entries = []; }
    draw();
  });

  // Letters of the typed words must occur in order; a hit at the start of the name ranks first.
  function rank(entry, wanted) {
    const name = `${entry.name} ${entry.also ?? ""}`.toLowerCase();
    let score = 0;
    for (const part of wanted.split(/\s+/).filter(Boolean)) {
      const at = name.indexOf(part);
      if (at < 0) return -1;
      score += at === 0 ? 3 : /[\s(]/.test(name[at - 1]) ? 2 : 1;
    }
    return score;
  }

  function draw() {
    const wanted = input.value.trim().toLowerCase();
    const found = (entries ?? []).map((entry) => ({ ...entry, score: rank(entry, wanted) })).filter((entry) => entry.score >= 0);
    if (wanted) found.sort((a, b) => b.score - a.score);
    shown = found.slice(0, 40);
    if (wanted) {
      const address = `${dialog.dataset.listen}?q=${encodeURIComponent(input.value.trim())}`;
      shown.push({ name: `${word("search")} “${input.value.trim()}”`, kind: word("query"), icon: "search", url: address });
    }
    chosen = 0;
    list.replaceChildren(...shown.map(row));
    mark();
  }

  function row(entry, index) {
    const item = template.content.firstElementChild.cloneNode(true);
    item.id = `palette-${index}`;
    item.querySelector("use").setAttribute("href", `${icons}#${entry.icon}`);
    item.querySelector(".ol-name").textContent = entry.name;
    item.querySelector(".ol-kind").textContent = entry.kind ?? "";
    item.addEventListener("click", () => run(entry));
    item.addEventListener("pointermove", () => { if (chosen !== index) { chosen = index; mark(); } });
    return item;
  }

  function mark() {
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === chosen)));
    const current = list.children[chosen];
    input.setAttribute("aria-activedescendant", current?.id ?? "");
    current?.scrollIntoView({ block: "nearest" });
  }

  function run(entry) {
    dialog.close();
    if (entry.open) { window.outlisten.open(entry.open); return; }
    if (entry.post) { submit(entry.post); return; }
    window.location.assign(entry.url);
  }

  // An act is a form of the header sent for the reader: same token, same address as pressing its button.
  function submit({ name, value }) {
    document.querySelector(`button[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`)?.click();
  }

  input.addEventListener("input", draw);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) { event.preventDefault(); chosen = (chosen + step + shown.length) % shown.length; mark(); }
    if (event.key === "Enter" && shown[chosen]) { event.preventDefault(); run(shown[chosen]); }
  });
})();
