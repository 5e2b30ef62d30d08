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
document.addEventListener("readystatechange", begin, { once: true }); // parsed; DOMContentLoaded would wait for marimo's scripts
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
  else if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") current(); // the browser's own copy
});
document.addEventListener("prerenderingchange", current);
