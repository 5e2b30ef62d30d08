/* ---- the clock: counts down here, may be paused, tells each minute, never locks anything ---- */
const tally = () => {
  const cells = document.querySelector('.pb-clock [data-part="tally"]')?.dataset.cells || "";
  all(".pb-clock .segs i").forEach((cell, place) => { cell.dataset.a = cells[place] || "0"; });
};
const clock = () => {
  const box = document.querySelector(".pb-clock");
  if (!box) return;
  const key = `pb-clock:${frame().dataset.workspace}:${frame().dataset.page}`;
  const full = Number(box.dataset.seconds);
  const said = JSON.parse(box.dataset.said);
  const button = box.querySelector("button");
  const kept = JSON.parse(stored(sessionStorage, key) || "null");
  let left = kept ? kept.left : full;
  let running = Boolean(kept?.running) && left > 0;
  let told = Math.ceil(left / 60);
  let last = performance.now();
  const show = () => {
    const whole = Math.ceil(left);
    box.querySelector(".t").textContent = `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
    box.querySelector(".left i").style.width = `${(100 * left) / full}%`;
    box.querySelector(".up").hidden = left > 0;
    button.hidden = left <= 0;
    button.textContent = running ? button.dataset.pause : left < full ? button.dataset.goOn : button.dataset.start;
    store(sessionStorage, key, JSON.stringify({ left, running }));
  };
  const tell = () => { if (left < full) navigator.sendBeacon(`${frame().dataset.place}/clock/${frame().dataset.page}`, String(Math.round(full - left))); };
  const complete = () => !box.querySelector('.segs i:not([data-a="1"])');
  const begun = complete();
  const tick = () => {
    const now = performance.now(), ran = running;
    if (running) left = Math.max(0, left - (now - last) / 1000);
    last = now;
    if (left <= 0 || (!begun && complete())) running = false; // every question is answered: the clock has done its work
    if (ran && !running) tell();
    const minutes = Math.ceil(left / 60);
    if (minutes < told) {
      told = minutes;
      box.querySelector('[role="status"]').textContent = said[minutes];
    }
    show();
  };
  const run = (on) => { tick(); running = on && left > 0; show(); if (!on) tell(); };
  addEventListener("pagehide", tell);
  button.addEventListener("click", () => run(!running));
  const answering = () => { if (!running && left === full && !begun) run(true); }; // mending an old answer is no new run
  const cells = document.getElementById("root");
  cells.addEventListener("input", answering, true);
  cells.addEventListener("click", ({ target }) => { if (target.closest("marimo-radio")) answering(); }, true);
  setInterval(() => { if (running) tick(); }, 250);
  show();
};

/* ---- the meeting's timer: counts the minutes of its button down, also over a reload; a second press takes it back ---- */
const meeting = () => {
  for (const button of all("[data-meeting]")) {
    const until = Number(stored(sessionStorage, "pb-meeting") || 0), left = Math.round((until - Date.now()) / 1000);
    const digits = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const said = !until ? button.dataset.start : left > 0 ? `${button.dataset.left} ${digits}` : button.dataset.over;
    if (button.textContent !== said) button.textContent = said;
  }
};
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-meeting]");
  if (!button) return;
  const runs = Number(stored(sessionStorage, "pb-meeting") || 0);
  store(sessionStorage, "pb-meeting", runs ? "" : String(Date.now() + Number(button.dataset.meeting) * 60000));
  meeting();
});
setInterval(meeting, 1000);
