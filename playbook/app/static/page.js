/* What the page does by itself: theme, the words of errors beside their fields, what is saved, the clock, the plan's news.
   Every word it shows stands in the page's markup. Nothing here may hold an answer back. */
(() => {
  "use strict";
  const root = document.documentElement;
  const LONGEST_WAIT = 3000; // a cell with a fault never draws what the first paint shows
  const LONGEST_FOLLOW = 10000;
  const CALL_EVERY = 5000;
  const ANSWERS = 3; // of a server that is there while marimo stays away
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const stored = (store, key) => { try { return store.getItem(key); } catch { return null; } };
  const store = (place, key, value) => { try { place.setItem(key, value); } catch { /* a private window keeps nothing */ } };

  const icon = document.querySelector('link[rel="icon"]'); // marimo would put its own there, and one that is not found
  if (icon) Object.defineProperty(icon, "href", { get: () => icon.getAttribute("href"), set: () => {} });

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

  /* ---- a server that went away is asked for, longer than marimo asks; the page of one that came back is loaded anew ---- */
  const offline = () => document.getElementById("App")?.dataset.connectionState === "CLOSED";
  let answered = 0; // how often since marimo lost it
  const call = async () => {
    const there = offline() && !document.hidden && (await fetch("/health").catch(() => null))?.ok;
    answered = there && offline() ? answered + 1 : 0;
    if (answered >= ANSWERS) location.reload(); // marimo has given up
  };

  /* ---- a fault on the page: marimo's own message is hidden, ours stands in the frame; offline the header says enough ---- */
  const trouble = () => {
    const box = document.querySelector(".pb-trouble");
    if (!box) return;
    const seen = new WeakSet();
    new MutationObserver(() => {
      for (const fault of all('[role="region"] > ol > li.destructive')) {
        if (!offline() && !seen.has(fault)) box.hidden = false;
        seen.add(fault);
      }
    }).observe(document.body, { childList: true, subtree: true });
  };

  const search = () => { // the handbook: entries that hold every typed word stay, and open
    const field = document.getElementById("find");
    if (!field) return;
    const plain = (text) => text.toLowerCase().replaceAll("ё", "е").replaceAll("\u00a0", " ");
    const entries = all(".shelf details").map((entry) => [entry, plain(entry.textContent)]);
    field.addEventListener("input", () => {
      const words = plain(field.value).split(/\s+/).filter(Boolean);
      let found = 0;
      for (const [entry, text] of entries) {
        const holds = words.every((word) => text.includes(word));
        entry.hidden = !holds;
        entry.open = holds && words.length > 0;
        found += holds;
      }
      for (const shelf of all(".shelf")) shelf.hidden = !shelf.querySelector("details:not([hidden])");
      document.getElementById("nothing").hidden = found > 0;
    });
  };

  /* ---- a file that takes a while to make: its link or button says so until it is there; a fault has a page of its own ---- */
  const wait = async (event) => {
    const link = event.target.closest?.("[data-wait]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const said = link.querySelector('[role="status"]');
    if (link.classList.contains("pb-wait")) return;
    const words = said.textContent;
    said.textContent = link.dataset.wait;
    link.classList.add("pb-wait");
    const address = link.href ?? `${link.formAction}?${new URLSearchParams(new FormData(link.form))}`;
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) {
      const file = document.createElement("a");
      file.href = URL.createObjectURL(await answer.blob());
      file.download = answer.headers.get("content-disposition")?.match(/filename="(.+)"/)?.[1] ?? "";
      file.click();
      setTimeout(() => URL.revokeObjectURL(file.href), 60_000);
    } else location.href = address;
    said.textContent = words;
    link.classList.remove("pb-wait");
  };

  const carry = () => { // a packed workspace goes off as soon as it is chosen; one too large to be taken stays here
    for (const form of all("form.send")) form.querySelector("input").addEventListener("change", ({ target }) => {
      const over = target.files[0]?.size > Number(form.dataset.most);
      form.querySelector(".over").hidden = !over;
      if (over || !target.files.length) return;
      const said = form.querySelector('[role="status"]');
      said.textContent = said.dataset.say;
      form.submit();
    });
  };

  addEventListener("click", (event) => { wait(event); });
  const begin = () => {
    theme();
    search();
    carry();
    if (!frame()) return;
    first();
    news();
    tally();
    clock();
    let soon = 0;
    const look = () => {
      origins();
      errors();
      saved();
      again();
      if (!names()) setTimeout(look, 200); // a widget that is still drawing itself is nothing the observer sees
    };
    let answered = "";
    const watch = () => { // at the first change, once an answer is painted, and once more when the widgets have drawn themselves
      unpack();
      const newest = document.querySelector(".pb-state")?.dataset.revision ?? "";
      if (!soon) requestAnimationFrame(look);
      else if (newest !== answered) requestAnimationFrame(() => setTimeout(look));
      answered = newest;
      clearTimeout(soon);
      soon = setTimeout(() => { soon = 0; look(); }, 200);
    };
    trouble();
    setInterval(call, CALL_EVERY);
    new MutationObserver(watch).observe(document.getElementById("root") || document.body, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ["data-revision", "data-html"] });
    watch();
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
  /* ---- the ten-second test: the offer stands over the page, goes away, and the listener's words are asked ---- */
  let hidden = 0; // when the offer goes away
  const retell = () => {
    const box = document.querySelector(".pb-retell[open]");
    if (!box || box.dataset.stage !== "shown") return;
    const left = Math.ceil((hidden - Date.now()) / 1000);
    if (left > 0) return void (box.querySelector(".left").textContent = left);
    box.dataset.stage = "asked";
    box.querySelector(".said").textContent = "";
    box.querySelector('[name="heard"]').focus();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-retell]");
    if (event.target.closest("[data-leave]")) event.target.closest("dialog").close();
    if (!button) return;
    const box = document.querySelector(".pb-retell");
    hidden = Date.now() + Number(box.dataset.seconds) * 1000;
    box.dataset.stage = "shown";
    box.querySelector(".said").textContent = button.dataset.retell;
    box.querySelector('[name="offer"]').value = button.dataset.segment;
    box.showModal();
    retell();
  });
  setInterval(retell, 200);
  document.addEventListener("readystatechange", begin, { once: true }); // parsed; DOMContentLoaded would wait for marimo's scripts
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
    else if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") current(); // the browser's own copy
  });
  document.addEventListener("prerenderingchange", current);
})();
