/* A notebook of the playbook opens as a page: its cells run at once, and a link to another one opens it beside.
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

  const extension = async () => {
    const { INotebookTracker, NotebookActions } = await shared("@jupyterlab/notebook");
    const begun = new WeakSet();
    const run = async (tracker, panel) => {
      await panel?.context.ready;
      if (!panel?.context.model.getMetadata("playbook") || begun.has(panel)) return;
      if (panel.context.path.includes("/")) return; // one that was handed on runs when its reader says so
      if (tracker.currentWidget !== panel) return; // one that only was open before runs when it is looked at
      begun.add(panel);
      await panel.sessionContext.ready;
      await NotebookActions.runAll(panel.content, panel.sessionContext);
    };
    const activate = (app, tracker) => {
      listen();
      tracker.currentChanged.connect((_, panel) => void run(tracker, panel));
      document.addEventListener("click", (event) => {
        const link = event.target.closest("a[data-notebook]");
        if (!link || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        void app.commands.execute("docmanager:open", { path: link.dataset.notebook });
      }, true);
    };
    return { id: "marketing-playbook:page", autoStart: true, requires: [INotebookTracker], activate };
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
