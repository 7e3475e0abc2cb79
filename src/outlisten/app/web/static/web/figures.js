// Draws Vega-Lite figures without eval: `[data-chart]` names its specification (`data-spec`, the id of a JSON block,
// or `data-spec-url`). Vega is fetched when the first figure comes near the screen.
(() => {
  const root = document.documentElement;
  const chinese = root.lang.startsWith("zh");
  let vega = null;

  const loadVega = () => (vega ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = root.dataset.vega;
    script.onload = () => { prepare(window.outlistenVega); resolve(window.outlistenVega); };
    script.onerror = () => reject(new Error("vega"));
    document.head.append(script);
  }));

  function prepare({ timeFormatLocale, formatLocale }) {
    formatLocale({ decimal: ".", thousands: ",", grouping: [3], currency: ["", ""] });
    if (!chinese) return;
    const days = [..."日一二三四五六"];
    const months = Array.from({ length: 12 }, (_, index) => `${index + 1}月`);
    timeFormatLocale({
      dateTime: "%Y年%-m月%-d日 %H:%M", date: "%Y年%-m月%-d日", time: "%H:%M", periods: ["上午", "下午"],
      days: days.map((day) => `星期${day}`), shortDays: days.map((day) => `周${day}`), months, shortMonths: months,
    });
  }

  async function specification(element) {
    if (!element.dataset.specUrl) return JSON.parse(document.getElementById(element.dataset.spec).textContent);
    const response = await fetch(element.dataset.specUrl, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`specification: ${response.status}`);
    return response.json();
  }

  async function draw(element) {
    if (element.dataset.drawing || !element.isConnected) return; // the page may have drawn its part anew meanwhile
    element.dataset.drawing = "1";
    try {
      const [{ parse, View, expressionInterpreter, compile, Tooltip }, spec] = await Promise.all([loadVega(), specification(element)]);
      const compiled = compile(spec).spec;
      element.replaceChildren();
      const view = new View(parse(compiled, null, { ast: true }), {
        expr: expressionInterpreter, renderer: "svg", container: element, hover: true, logLevel: 1,
        tooltip: new Tooltip({ disableDefaultStyle: true, theme: root.dataset.bsTheme ?? "light" }).call,
      });
      await view.runAsync();
      // Vega names the parts of a brush as pictures without saying what they show.
      element.querySelectorAll('[role="graphics-symbol"]:not([aria-label])').forEach((part) => part.setAttribute("aria-hidden", "true"));
      element.classList.add("is-drawn");
      element.vegaView = view;
      report(element, view);
      view.addEventListener("click", (event, item) => pick(element, item?.datum));
      fit(element, view);
    } catch (problem) {
      if (!element.isConnected) return;
      element.classList.add("is-drawn");
      const words = document.createElement("p");
      words.className = "ol-chart-problem";
      words.textContent = element.dataset.problem ?? "";
      element.replaceChildren(words);
      console.error(problem);
    }
  }

  // A brush tells the page its range when the reader lets go: { from, to } in milliseconds, or null when cleared.
  function report(element, view) {
    const name = element.dataset.brush;
    if (!name) return;
    let range = null;
    const note = (_, value) => { const [ends] = Object.values(value ?? {}); range = ends?.length ? ends.map(Number) : null; };
    view.addSignalListener(name, note);
    element.addEventListener("pointerup", () => setTimeout(() => {
      const [from, to] = range ? [Math.min(...range), Math.max(...range)] : [null, null];
      element.dispatchEvent(new CustomEvent("figure:brush", { bubbles: true, detail: { from, to } }));
    }));
  }

  // A mark that carries its evidence opens onto its posts, unless the page has its own idea (figure:pick, cancelled).
  function pick(element, datum) {
    if (!datum?.evidence) return;
    const event = new CustomEvent("figure:pick", { bubbles: true, cancelable: true, detail: datum });
    if (element.dispatchEvent(event)) window.location.assign(`${root.dataset.listen}?q=${encodeURIComponent(datum.evidence)}&period=all&voice=all`);
  }

  function fit(element, view) {
    let width = element.clientWidth;
    new ResizeObserver(() => {
      if (Math.abs(element.clientWidth - width) < 2 || !element.clientWidth) return;
      width = element.clientWidth;
      window.dispatchEvent(new Event("resize")); // Vega's `container` width listens to the window
      view.resize().runAsync();
    }).observe(element);
  }

  const near = new IntersectionObserver((seen) => seen.filter((entry) => entry.isIntersecting).forEach(({ target }) => {
    near.unobserve(target);
    draw(target);
  }), { rootMargin: "400px" });
  const find = (within) => within.querySelectorAll("[data-chart]:not([data-drawing])").forEach((element) => near.observe(element));
  find(document);
  document.addEventListener("htmx:load", (event) => find(event.detail.elt.parentElement ?? document));
  window.addEventListener("beforeprint", () => document.querySelectorAll("[data-chart]:not([data-drawing])").forEach(draw));
})();
