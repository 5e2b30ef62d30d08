/* A notebook of the playbook opens as a page: its cells run at once, and a link to another one opens it beside.
   One whose cells are not ours runs when its reader says so, and at once from then on, until its cells are others.
   JupyterLab asks a container for "./extension" and gives it the modules that extensions share. */
(() => {
  let modules;

  const shared = async (name) => (await Object.values(modules[name])[0].get())();

  // ipywidgets has no way to say what describes a field: the words of a row are named to its fields here.
  let count = 0;
  const describe = (row) => {
    const said = [...row.querySelectorAll(".err, .hint")].filter((one) => one.textContent.trim());
    for (const one of said) one.id ||= `pb-said-${++count}`;
    for (const field of row.querySelectorAll("input, textarea, select")) {
      field.setAttribute("aria-describedby", said.map((one) => one.id).join(" "));
      field.setAttribute("aria-invalid", String(said.some((one) => one.matches(".err"))));
    }
  };

  const rows = ({ target, addedNodes }) => [
    target.closest?.(".pb-row"),
    ...[...addedNodes].flatMap((node) => [...(node.querySelectorAll?.(".pb-row") ?? [])]),
  ];

  const listen = () => new MutationObserver((changes) => {
    for (const row of new Set(changes.flatMap(rows))) if (row) describe(row);
  }).observe(document.body, { childList: true, subtree: true });

  // The cells as Python's `fingerprint` writes and hashes them.
  const written = (text) => JSON.stringify(text).replace(/[\u007f-\uffff]/g, (sign) =>
    `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const fingerprint = async (book) => {
    const cells = book.cells.map((cell) => `[${written(cell.cell_type)}, ${written([cell.source].flat().join(""))}]`);
    const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`[${cells.join(", ")}]`));
    return [...new Uint8Array(hash)].slice(0, 8).map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const KNOWN = "marketing-playbook:run-before", MOST_KNOWN = 300;

  const extension = async () => {
    const [{ INotebookTracker, NotebookActions }, { IStateDB }, { Notification }] = await Promise.all(
      ["@jupyterlab/notebook", "@jupyterlab/statedb", "@jupyterlab/apputils"].map(shared));
    const { ours, words } = JSON.parse(document.getElementById("jupyter-config-data").textContent).playbook;
    const begun = new WeakSet(), asked = new WeakSet();

    const start = async (panel, state) => {
      begun.add(panel);
      panel.context.saveState.connect(async (context, told) => {
        if (told !== "completed") return;
        const known = (await state.fetch(KNOWN)) ?? [], now = await fingerprint(context.model.toJSON());
        if (!known.includes(now)) await state.save(KNOWN, [...known, now].slice(-MOST_KNOWN));
      });
      await panel.sessionContext.ready;
      await NotebookActions.runAll(panel.content, panel.sessionContext);
      panel.node.dataset.run = "whole";
    };

    const ask = (panel, state) => {
      asked.add(panel);
      const told = Notification.warning(`${panel.context.path}: ${words.what}`, {
        autoClose: false,
        actions: [{ label: words.run, displayType: "accent", callback: () => void consent(panel, state) }],
      });
      panel.disposed.connect(() => Notification.dismiss(told));
    };

    const consent = async (panel, state) => {
      await start(panel, state);
      await panel.context.save();
    };

    const run = async (tracker, state, panel) => {
      await panel?.context.ready;
      if (!panel || begun.has(panel) || asked.has(panel)) return;
      const handedOn = panel.context.path.startsWith("handed-on/");
      if (!handedOn && !panel.context.model.getMetadata("playbook")) return;
      if (tracker.currentWidget !== panel) return; // one that only was open before runs when it is looked at
      const cells = await fingerprint(panel.context.model.toJSON());
      const known = ours.includes(cells) || ((await state.fetch(KNOWN)) ?? []).includes(cells);
      if (begun.has(panel) || asked.has(panel)) return;
      if (known) await start(panel, state);
      else ask(panel, state);
    };

    const activate = (app, tracker, state) => {
      listen();
      tracker.currentChanged.connect((_, panel) => void run(tracker, state, panel));
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-notebook]");
        if (!link || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        void app.commands.execute("docmanager:open", { path: link.dataset.notebook });
      }, true);
    };
    return { id: "marketing-playbook:page", autoStart: true, requires: [INotebookTracker, IStateDB], activate };
  };

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["marketing-playbook"] = {
    init: (given) => { modules = given; },
    get: async () => {
      const made = { __esModule: true, default: await extension() };
      return () => made;
    },
  };
})();
