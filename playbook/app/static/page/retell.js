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
