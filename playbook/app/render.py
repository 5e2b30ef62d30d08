"""Pages from templates: escaping always, words in the reader's language."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from playbook import faces, i18n, paths
from playbook.app import assets
from playbook.errors import PlaybookError, WorkspaceError
from playbook.i18n import t

if TYPE_CHECKING:
    from jinja2 import Environment

LOG = "playbook.log"
PAGES = Path(__file__).resolve().parent / "pages"
LANGUAGE_COOKIE = "playbook_lang"


def page(name: str, **values: Any) -> str:
    """The template `name` with its values, in the language that is spoken now."""
    template = _environment().get_template(f"{name}.html")
    return template.render(language=i18n.language(), files=assets.addresses(), **values)


def refusal(status: int, reason: str, *, again: bool = False) -> HTMLResponse:
    """The page of a request that the guard did not let in.

    `again` loads the page once more by itself: a browser keeps the cookie back when a link of another site leads here.
    """
    what, hint = {
        "token": (
            t("app", "This page opens only from the address with its key."),
            t(
                "app",
                "Take the address from the window where the playbook was started, or start it anew: playbook open",
            ),
        ),
        "host": (
            t("app", "The playbook does not answer under this address."),
            t("app", "Use the address that was shown at its start; it begins with http://127.0.0.1"),
        ),
        "origin": (
            t("app", "Another site tried to use your playbook. The request was refused."),
            t("app", "Nothing was changed. Open the playbook by its own address."),
        ),
        "session": (
            t("app", "This page belongs to someone else."),
            t("app", "Reload it to get your own."),
        ),
        "closed": (t("app", "This door is closed here."), t("app", "Nothing was changed.")),
        "missing": (t("app", "There is no such page."), t("app", "Go to the start page and choose a step there.")),
    }[reason]
    return HTMLResponse(page("error", what=what, saw="", hint=hint, home=reason == "missing", again=again), status)


def failure(error: PlaybookError) -> HTMLResponse:
    """The page of a fault with its remedy."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR if error.exit_code == 1 else HTTPStatus.BAD_REQUEST
    if isinstance(error, WorkspaceError):
        status = HTTPStatus.CONFLICT
    html = page("error", what=error.what, saw=error.saw, hint=error.hint, home=False, again=False)
    return HTMLResponse(html, status)


def broken() -> HTMLResponse:
    """The page of a fault that nobody foresaw; what happened stands in the log."""
    what = t("app", "Something failed that should not. What you have saved is safe.")
    hint = t("app", "Load the page again. If it fails again, the details are in {file}", file=paths.state_dir() / LOG)
    return HTMLResponse(
        page("error", what=what, saw="", hint=hint, home=True, again=False), HTTPStatus.INTERNAL_SERVER_ERROR
    )


def language_of(call: HTTPConnection) -> str:
    """The language of someone we do not know yet: their last choice, else the browser's first of ours, else English."""
    chosen = call.cookies.get(LANGUAGE_COOKIE, "")
    wanted = [chosen, *(part.strip()[:2].lower() for part in call.headers.get("accept-language", "").split(","))]
    return next((name for name in wanted if name in i18n.LANGUAGES), "en")


@cache
def _environment() -> Environment:
    made = faces.environment(PAGES)
    made.globals.update(t=i18n.t, tn=i18n.tn, number=i18n.number)
    return made
