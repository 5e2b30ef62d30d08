"""Pages from templates: escaping always, words in the reader's language."""

from __future__ import annotations

from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse

from playbook import addresses, faces, i18n, paths
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
    return template.render(language=i18n.language(), files=assets.addresses(), command=paths.COMMAND, **values)


def refusal(status: int, reason: str, *, again: bool = False) -> HTMLResponse:
    """The page of a request that the guard did not let in.

    `again` loads the page once more by itself: a browser keeps the cookie back when a link of another site leads here.
    """
    what, hint = {
        "token": (
            t("app", "This page opens only from the address with its key."),
            t(
                "app",
                "Take the address from the window where the playbook was started, or start it anew: {playbook} open",
                playbook=paths.COMMAND,
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
        "firm": (
            t("app", "This page belongs to a firm that is not on this machine's list."),
            t("app", "Nothing was changed. Open the firm again on the start page, by its folder."),
        ),
        "other": (
            t("app", "This page belongs to another firm."),
            t("app", "Nothing was saved. Open the page again from its firm's start page."),
        ),
        "closed": (t("app", "This door is closed here."), t("app", "Nothing was changed.")),
        "missing": (t("app", "There is no such page."), t("app", "Go to the start page and choose a step there.")),
    }[reason]
    return _error(status, what, hint, home=reason in ("missing", "firm", "other"), again=again)


def failure(error: PlaybookError, **ways: Any) -> HTMLResponse:
    """The page of a fault with its remedy and the ways on.

    `instead` is the address and the name of what can be had all the same, `others` are workspaces that can be opened.
    """
    return _error(status_of(error), error.what, error.hint, saw=error.saw, **ways)


def status_of(error: PlaybookError) -> HTTPStatus:
    """The status that tells whose fault it is."""
    if isinstance(error, WorkspaceError):
        return HTTPStatus.CONFLICT
    return HTTPStatus.INTERNAL_SERVER_ERROR if error.exit_code == 1 else HTTPStatus.BAD_REQUEST


def broken() -> HTMLResponse:
    """The page of a fault that nobody foresaw; what happened stands in the log."""
    what = t("app", "Something failed that should not. What you have saved is safe.")
    hint = t("app", "Load the page again. If it fails again, the details are in {file}", file=paths.state_dir() / LOG)
    return _error(HTTPStatus.INTERNAL_SERVER_ERROR, what, hint, home=True)


def language_of(call: HTTPConnection) -> str:
    """The language of someone we do not know yet: their last choice, else the browser's first of ours, else English."""
    chosen = call.cookies.get(LANGUAGE_COOKIE, "")
    wanted = [chosen, *(part.strip()[:2].lower() for part in call.headers.get("accept-language", "").split(","))]
    return next((name for name in wanted if name in i18n.LANGUAGES), "en")


def _error(status: int, what: str, hint: str, **values: Any) -> HTMLResponse:
    plain = {"saw": "", "home": False, "again": False, "instead": None, "others": ()}
    return HTMLResponse(page("error", what=what, hint=hint, **{**plain, **values}), status)


@cache
def _environment() -> Environment:
    made = faces.environment(PAGES)
    made.globals.update(to=addresses.to, place=addresses.place, t=i18n.t, tn=i18n.tn, number=i18n.number)
    return made
