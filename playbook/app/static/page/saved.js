/* ---- what is saved, and the frame's parts anew after each save ---- */
const frame = () => document.querySelector(".pb-frame");
let revision = "";
let asked = 0;
const refused = (why = "") => {
  const box = document.querySelector(".pb-saved");
  const words = box?.querySelector(".why");
  if (!words || words.textContent === why) return;
  words.textContent = why;
  box.toggleAttribute("data-not", Boolean(why));
};
const saved = () => {
  const state = document.querySelector(".pb-state");
  if (!state) return;
  refused(state.dataset.unsaved);
  if (state.dataset.revision === revision) return;
  const first = revision === "";
  revision = state.dataset.revision;
  const on = document.querySelector(".pb-saved .on");
  if (on && state.dataset.saved) {
    on.querySelector(".at").textContent = state.dataset.saved;
    on.hidden = false;
  }
  if (!first || frame().dataset.revision !== revision) refresh();
};
const refresh = async (seen = "") => { // with what was seen already, only if something was saved since
  const mine = ++asked;
  const { page, place } = frame().dataset;
  if (!page) return;
  const painted = document.querySelector(".pb-first") ? "&first" : "";
  const answer = await fetch(`${place}/frame/${page}?r=${seen}${painted}`).catch(() => null);
  if (answer?.status !== 200 || mine !== asked) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of all("[data-part]")) {
    const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!other || other.innerHTML === part.innerHTML) continue;
    if (part.open) other.open = true;
    part.replaceWith(other);
  }
  news();
  tally();
};

const current = () => { if (frame()) refresh(frame().dataset.revision); };

/* ---- the plan's values that changed since the last visit ---- */
const news = () => {
  const key = `pb-plan:${frame().dataset.workspace}`;
  const now = Object.fromEntries(all(".pb-plan .wide [data-key]").map((item) => [item.dataset.key, item.querySelector("dd").textContent.trim()]));
  if (!Object.keys(now).length) return;
  const before = stored(sessionStorage, key) ?? stored(localStorage, key);
  if (before) store(sessionStorage, key, before);
  else store(sessionStorage, key, JSON.stringify(now));
  const old = JSON.parse(before || JSON.stringify(now));
  for (const item of all(".pb-plan [data-key]")) {
    const changed = old[item.dataset.key] !== undefined && old[item.dataset.key] !== now[item.dataset.key];
    item.classList.toggle("changed", changed);
    item.querySelector(".new").hidden = !changed;
  }
  store(localStorage, key, JSON.stringify(now));
};
