/* ---- markup without widgets comes packed, past marimo's own reading of it; what is as it was stays, with what is open ---- */
const alter = (old, fresh) => {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeName !== fresh.nodeName) return void old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) return void (old.nodeValue = fresh.nodeValue);
  const names = new Set([...old.getAttributeNames(), ...fresh.getAttributeNames()]);
  names.delete("open");
  for (const name of names) {
    const value = fresh.getAttribute(name);
    if (value === null) old.removeAttribute(name);
    else if (value !== old.getAttribute(name)) old.setAttribute(name, value);
  }
  renew(old, fresh);
};
const renew = (old, fresh) => {
  const kept = [...old.childNodes], parts = [...fresh.childNodes];
  kept.forEach((one, place) => (parts[place] ? alter(one, parts[place]) : one.remove()));
  old.append(...parts.slice(kept.length));
};
const unpack = () => {
  for (const box of all(".pb-packed")) {
    const { html } = box.dataset;
    if (box.unpacked === html) continue;
    box.unpacked = html;
    const fresh = document.createElement("template");
    fresh.innerHTML = new TextDecoder().decode(Uint8Array.from(atob(html), (sign) => sign.charCodeAt(0)));
    renew(box, fresh.content);
  }
};

/* ---- errors: from the answer's hidden list into the row, and onto the field inside its shadow root ---- */
const named = (part, name) => {
  if (part && name && part.getAttribute("aria-label") !== name) part.setAttribute("aria-label", name);
  return Boolean(part);
};
const names = () => {
  let drawn = true;
  for (const radio of all("marimo-radio")) { // marimo writes "Radio Group" there, in English, whatever the page speaks
    const name = radio.shadowRoot?.querySelector('[part="label"]')?.textContent.trim();
    drawn = named(radio.shadowRoot?.querySelector('[role="radiogroup"]'), name) && drawn;
  }
  for (const drop of all("marimo-file")) { // its hidden input has no name of its own
    const input = drop.shadowRoot?.querySelector('input[type="file"]');
    drawn = named(input, input?.parentElement.textContent.trim()) && drawn;
  }
  return drawn;
};
const field = (row) => row?.querySelector("marimo-text, marimo-text-area")?.shadowRoot?.querySelector("input, textarea");
const errors = () => {
  const list = document.querySelector(".pb-errs");
  if (!list) return;
  const said = new Map(all("[data-for]", list).map((line) => [line.dataset.for, line.textContent]));
  for (const row of all(".pb-row[data-k]")) {
    const text = said.get(row.dataset.k) || "";
    const place = row.querySelector(".err");
    if (place && place.textContent !== text) {
      place.textContent = text;
      place.hidden = !text;
      row.toggleAttribute("data-err", Boolean(text));
      const folded = text && row.closest("details:not([open])");
      if (folded) folded.open = true;
    }
    const input = field(row);
    if (!input) continue;
    const about = text || row.querySelector(".hint")?.textContent || "";
    if (input.getAttribute("aria-invalid") !== String(Boolean(text))) input.setAttribute("aria-invalid", String(Boolean(text)));
    if (about && input.getAttribute("aria-description") !== about) input.setAttribute("aria-description", about);
  }
};

/* ---- where values come from: told anew with each answer, as the rows themselves are not redrawn while one types ---- */
const origins = () => {
  for (const line of all(".pb-hints > [data-for]")) {
    const row = document.querySelector(`.pb-row[data-k="${CSS.escape(line.dataset.for)}"]`);
    const place = row?.querySelector(".hint");
    if (!place) continue;
    if (row.dataset.from !== line.dataset.from) row.dataset.from = line.dataset.from;
    if (place.innerHTML !== line.innerHTML) place.innerHTML = line.innerHTML;
  }
};
