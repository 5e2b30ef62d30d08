/* A notebook of the playbook opens as a page: its cells run at once, and a link to another one opens it beside.
   JupyterLab asks a container for "./extension" and gives it the modules that extensions share. */
(() => {
  let modules;

  const shared = async (name) => (await Object.values(modules[name])[0].get())();

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
