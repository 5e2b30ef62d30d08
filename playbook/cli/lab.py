"""`lab`: the same playbook in JupyterLab, where the `[lab]` extra is installed."""

from __future__ import annotations

from contextlib import suppress

from playbook import recent
from playbook.cli.options import Lang, app, opened, speak
from playbook.cli.serving import Folder, NoBrowser, Port
from playbook.errors import WorkspaceError


@app.command("lab", help="Open the same playbook in JupyterLab.")
def lab(
    workspace: Folder = None,
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = "",
) -> None:
    """Serve the notebooks of a workspace until it is stopped; a language that is asked for becomes the workspace's."""
    from playbook import lab as jupyter

    speak(lang)
    firm = opened(workspace, lang) if workspace else recent.open_or_make(lang)
    if lang:
        with suppress(WorkspaceError):
            firm.set_setting("language", lang)
    recent.remember(firm)
    jupyter.serve(firm, port=port, open_browser=not no_browser)
