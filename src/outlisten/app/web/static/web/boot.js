// Runs before the first paint: the theme and the folded rail, so that nothing jumps or flashes.
(() => {
  const root = document.documentElement;
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const scheme = dark.matches ? "dark" : "light";
    // The server draws charts in the theme the browser last reported.
    document.cookie = `outlisten_scheme=${scheme};path=/;max-age=31536000;samesite=lax`;
    const chosen = root.dataset.theme;
    const theme = chosen === "light" || chosen === "dark" ? chosen : scheme;
    if (root.dataset.bsTheme !== theme) root.dataset.bsTheme = theme;
  };
  apply();
  dark.addEventListener("change", apply);
  try {
    if (localStorage.getItem("outlisten.rail") === "narrow") root.dataset.rail = "narrow";
  } catch { /* storage refused: the rail stays wide */ }
})();
