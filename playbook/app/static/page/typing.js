/* ---- what is typed goes out after a pause; whoever presses Enter or leaves the field has paused already ---- */
const typed = new Set();
const typing = (event) => event.composedPath().find((one) => one.matches?.("marimo-text, marimo-text-area"));
const send = (host, value) => {
  const detail = { value, element: host };
  host.dispatchEvent(new CustomEvent("marimo-value-update", { detail })); // the widget then has nothing left to send
  host.dispatchEvent(new CustomEvent("marimo-value-input", { bubbles: true, composed: true, detail }));
};
const hurry = (event) => {
  const host = typing(event);
  if (typed.has(host)) send(host, event.composedPath()[0].value);
};
addEventListener("input", (event) => {
  const host = typing(event);
  if (!host) return;
  typed.add(host);
  keep(host, event.composedPath()[0].value);
});
addEventListener("marimo-value-input", ({ detail }) => {
  typed.delete(detail.element);
  keep(detail.element, detail.value);
});
addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing && event.composedPath()[0].tagName === "INPUT") hurry(event); });
addEventListener("focusout", hurry);
document.addEventListener("toggle", ({ target }) => { // a row that folds is called by what it now says
  const first = target.matches?.(".pb-item:not(.pb-seldom)") && field(target.querySelector(".pb-row"));
  if (first) target.querySelector(".what").textContent = first.value;
}, true);

/* ---- what is typed and not yet on disk waits in this tab; into fields that are drawn anew it is typed again ---- */
const edits = () => `pb-edits:${frame().dataset.workspace}:${frame().dataset.page}:${root.lang}`;
const waiting = () => JSON.parse(stored(sessionStorage, edits()) || "{}");
const drawing = (host) => host.closest("marimo-ui-element")?.getAttribute("random-id");
const keep = (host, value) => {
  const name = host.matches?.(WIDGETS) && host.closest(".pb-row[data-k]")?.dataset.k; // a button's count is nothing typed
  if (name) store(sessionStorage, edits(), JSON.stringify({ ...waiting(), [name]: { value, drawn: drawing(host) } }));
};
const checksum = (text) => { // CRC-32, as Python's zlib counts it
  let sum = -1;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
};
const again = () => {
  const state = document.querySelector("#root .pb-state");
  if (!state || document.querySelector(".pb-first")) return;
  const onDisk = JSON.parse(state.dataset.kept || "{}");
  const left = Object.entries(waiting()).filter(([name, { value }]) => onDisk[name] !== checksum([value].flat()[0] ?? ""));
  store(sessionStorage, edits(), JSON.stringify(Object.fromEntries(left)));
  if (offline()) return;
  for (const [name, { value, drawn }] of left) {
    const host = document.querySelector(`#root .pb-row[data-k="${CSS.escape(name)}"]`)?.querySelector(WIDGETS);
    if (host && drawing(host) && drawing(host) !== drawn) send(host, value);
  }
};
