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
