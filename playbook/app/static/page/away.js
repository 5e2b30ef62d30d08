/* ---- a server that went away is asked for, longer than marimo asks; the page of one that came back is loaded anew ---- */
const offline = () => document.getElementById("App")?.dataset.connectionState === "CLOSED";
let answered = 0; // how often since marimo lost it
const call = async () => {
  const there = offline() && !document.hidden && (await fetch("/health").catch(() => null))?.ok;
  answered = there && offline() ? answered + 1 : 0;
  if (answered >= ANSWERS) location.reload(); // marimo has given up
};

/* ---- a fault on the page: marimo's own message is hidden, ours stands in the frame, another one for a file that was not taken; offline the header says enough ---- */
const trouble = () => {
  const box = document.querySelector(".pb-trouble:not(.pb-unread)");
  if (!box) return;
  const seen = new WeakSet();
  new MutationObserver(() => {
    for (const fault of all('[role="region"] > ol > li.destructive')) {
      const shown = (/upload failed/i.test(fault.textContent) && document.querySelector(".pb-unread")) || box;
      if (!offline() && !seen.has(fault)) shown.hidden = false;
      seen.add(fault);
    }
  }).observe(document.body, { childList: true, subtree: true });
};
