/* ---- the first paint gives way to the notebook in the frame in which that is drawn; what was opened or pressed goes along ---- */
const WIDGETS = "marimo-text, marimo-text-area, marimo-radio, marimo-dropdown";
const drawn = (part) => {
  const cell = document.querySelector(`#root [data-cell-name="${part.dataset.first}"]`);
  const widgets = cell ? all(WIDGETS, cell) : [];
  return Boolean(cell?.querySelector(".output > *")) && widgets.every((one) => one.shadowRoot?.querySelector("input, textarea, select, button"));
};
let pressed = "";
addEventListener("click", (event) => {
  const paint = event.target.closest(".pb-first");
  pressed = event.target.closest(".pb-first [data-k]")?.dataset.k ?? (paint ? pressed : "");
});
const follow = (since) => { // marimo may draw the field late or twice; the reader's place is kept until they press elsewhere
  if (!pressed || performance.now() - since > LONGEST_FOLLOW) return;
  const row = document.querySelector(`#root .pb-row[data-k="${CSS.escape(pressed)}"]`);
  if (document.activeElement === document.body) field(row)?.focus();
  if (document.activeElement === document.body || row?.contains(document.activeElement)) requestAnimationFrame(() => follow(since));
};
const first = () => {
  let since = 0;
  const look = () => {
    const paint = document.querySelector(".pb-first");
    const parts = paint ? all("[data-first]", paint) : [];
    if (!since && document.querySelector("#root .output > *")) since = performance.now();
    if (!parts.every(drawn) && !(since && performance.now() - since > LONGEST_WAIT)) return void requestAnimationFrame(look);
    for (const part of parts) {
      const folded = all(`#root [data-cell-name="${part.dataset.first}"] details`);
      all("details", part).forEach((one, place) => { if (one.open && folded[place]) folded[place].open = true; });
    }
    paint?.remove();
    follow(performance.now());
  };
  look();
};
