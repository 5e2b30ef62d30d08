/* ---- theme: as chosen here, else as the system has it; marimo's own class follows ---- */
const system = matchMedia("(prefers-color-scheme: dark)");
const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
if (stored(localStorage, "pb-theme")) root.dataset.theme = stored(localStorage, "pb-theme");
const paint = () => {
  for (const [name, wanted] of [["dark", dark()], ["light", !dark()]]) {
    if (document.body.classList.contains(name) !== wanted) document.body.classList.toggle(name, wanted);
  }
  for (const button of all(".pb-theme")) button.setAttribute("aria-pressed", String(dark()));
};
const theme = () => {
  paint();
  new MutationObserver(paint).observe(document.body, { attributes: true, attributeFilter: ["class"] });
  system.addEventListener("change", paint);
  for (const button of all(".pb-theme")) {
    button.addEventListener("click", () => {
      root.dataset.theme = dark() ? "light" : "dark";
      store(localStorage, "pb-theme", root.dataset.theme);
      paint();
    });
  }
};
