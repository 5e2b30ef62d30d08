"""Workspaces on the home page: the report and the whole as files, packed ones opened, folders opened, lists kept."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from playbook import addresses, i18n, packs, recent
from playbook.app import uploads, workspaces
from playbook.data import Importer
from playbook.i18n import NBSP
from playbook.workspace import FILE, Workspace
from tests.app.conftest import ORIGIN, Enter, under

OWN = {"origin": ORIGIN}
ORDERS = b"order_id,customer,paid_at,revenue,currency\n1,a@example.com,2026-06-01,100,RUB\n"


@pytest.fixture
def other(tmp_path: Path) -> Workspace:
    """Another firm, opened here before."""
    made = Workspace.create(tmp_path / "other", name="Клиника", language="ru")
    recent.remember(made)
    return made


def plain(html: str) -> str:
    """A page's text with plain spaces."""
    return html.replace(NBSP, " ")


def mark(client: TestClient) -> str:
    """The mark of the first workspace on the list."""
    found = re.search(r'name="mark" value="(\w+)"', client.get("/").text)
    assert found
    return found[1]


def forms(client: TestClient) -> list[str]:
    """The doors that the home page's forms lead to."""
    return re.findall(r'action="/firm/\w+(/workspace/\w+)"', client.get("/").text)


@pytest.fixture
def at_home(client: TestClient) -> Iterator[TestClient]:
    """A browser that was led to the ten questions already."""
    client.get("/")
    return client


# --- files to take along


@pytest.mark.parametrize("language", ["en", "ru"])
def test_report_as_pdf_without_a_browser_leads_to_the_html(
    at_home: TestClient, workspace: Workspace, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    """What is missing, and the same report in the format that can always be made."""
    monkeypatch.setenv("PLAYBOOK_BROWSER", "no-such-browser")
    at_home.get(f"/lang/{language}")
    answer = at_home.get("/report/pdf")
    assert answer.status_code == 500
    words = {"en": ("Chrome, Chromium or Edge", "as HTML"), "ru": ("Chrome, Chromium или Edge", "в HTML")}[language]
    assert all(word in plain(answer.text) for word in words)
    assert f'href="{under(workspace)}/report"' in answer.text
    assert at_home.get("/report").text.startswith("<!doctype html>")


def test_report_as_pdf_comes_as_a_file(at_home: TestClient) -> None:
    """Under a dated name, printed by the browser of this machine."""
    answer = at_home.get("/report/pdf")
    assert (answer.headers["content-type"], answer.content[:4]) == ("application/pdf", b"%PDF")
    assert re.fullmatch(r'attachment; filename="report-\d{4}-\d\d-\d\d\.pdf"', answer.headers["content-disposition"])


def test_report_in_a_format_there_is_not_is_no_page(at_home: TestClient) -> None:
    """Refused in words."""
    assert at_home.get("/report/docx").status_code == 404


@pytest.mark.parametrize(("query", "whole"), [("", True), ("?originals=no", False)])
def test_workspace_is_packed_with_or_without_the_imported_files(
    at_home: TestClient, workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str, whole: bool
) -> None:
    """What the page promises is in the file, and nothing passing is left on the disk."""
    passing = tmp_path / "passing"
    passing.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    importer = Importer(workspace)
    importer.run(importer.preview(ORDERS, "orders.csv"))
    answer = at_home.get(f"/workspace/pack{query}")
    assert re.search(r'filename="script-alert-1-script-sons-\d{4}-\d\d-\d\d\.playbook"',
                     answer.headers["content-disposition"])  # fmt: skip
    names = zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert any(name.startswith("originals/") for name in names) == whole
    made = packs.unpack(io.BytesIO(answer.content), tmp_path / "there")
    assert made.setting("name") == workspace.setting("name")
    assert list(passing.iterdir()) == []


# --- opening


def sent(file: Path | bytes) -> dict[str, tuple[str, bytes]]:
    """A file as a form sends it."""
    return {"pack": ("firm.playbook", file.read_bytes() if isinstance(file, Path) else file)}


def test_packed_workspace_is_opened(at_home: TestClient, other: Workspace, tmp_path: Path, state: Path) -> None:
    """Under its firm's name in this machine's own folder, a second time beside it."""
    packs.pack(other, tmp_path / "firm.playbook")
    for folder in ("клиника", "клиника-2"):
        answer = at_home.post("/workspace/unpack", files=sent(tmp_path / "firm.playbook"), headers=OWN)
        assert recent.listed()[0] == (state / "workspaces" / folder).resolve()
        opened = addresses.firm(recent.mark(recent.listed()[0]))
        assert (answer.status_code, answer.headers["location"]) == (303, f"{opened}/")
    assert ">Клиника</span>" in at_home.get("/").text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "This is no packed workspace"), ("ru", "Это не упакованная рабочая папка")]
)
def test_what_is_no_pack_is_told_beside_the_form(
    at_home: TestClient, workspace: Workspace, language: str, said: str
) -> None:
    """The home page comes again with the fault; the workspace that was open stays."""
    at_home.get(f"/lang/{language}")
    answer = at_home.post("/workspace/unpack", files=sent(b"no zip at all"), headers=OWN)
    assert answer.status_code == 409
    assert said in plain(answer.text).partition("/workspace/unpack")[2]
    assert "&lt;script&gt;" in answer.text
    assert recent.listed() == []
    assert Workspace.open(workspace.path).setting("name") == workspace.setting("name")


def test_form_without_a_file_says_what_to_choose(at_home: TestClient) -> None:
    """As when the button is pressed at once."""
    for files in ({"pack": ("", b"")}, {"other": ("a", b"x")}):
        answer = at_home.post("/workspace/unpack", files=files, headers=OWN)
        assert answer.status_code == 400
        assert "choose a file that ends in .playbook" in plain(answer.text).replace("Choose", "choose")


@pytest.mark.parametrize("told", [True, False])
def test_file_over_the_limit_is_not_taken(at_home: TestClient, monkeypatch: pytest.MonkeyPatch, told: bool) -> None:
    """By the length that is told, and by what really comes where none is told; the way around is named."""
    monkeypatch.setattr(uploads, "MOST_BYTES", 2 * uploads.MEGABYTE)
    body = b"--x\r\nContent-Disposition: form-data; name=pack; filename=a\r\n\r\n" + b"0" * 3_000_000 + b"\r\n--x--\r\n"
    pieces: object = body if told else iter([body[:1_000_000], body[1_000_000:2_500_000], body[2_500_000:]])
    kind = {"content-type": "multipart/form-data; boundary=x"}
    answer = at_home.post("/workspace/unpack", content=pieces, headers=OWN | kind)  # type: ignore[arg-type]
    assert answer.status_code == 400
    assert "The file is larger than 2 MB." in plain(answer.text)
    assert "playbook unpack FILE" in plain(answer.text)


@pytest.mark.parametrize("door", ["unpack", "folder", "forget", "new"])
def test_foreign_page_opens_no_door(enter: Enter, other: Workspace, door: str) -> None:
    """Neither another site with the person's cookie nor someone without one."""
    for client, origin in ((enter(), "https://evil.example"), (enter(known=False), ORIGIN)):
        answer = client.post(f"/workspace/{door}", data={"path": str(other.path)}, headers={"origin": origin})
        assert answer.status_code == 403
    assert recent.listed() == [other.path]
    assert enter(known=False).get("/workspace/pack").status_code == 403


@pytest.mark.parametrize("written", ["{}", '"{}"', "  {}/ ", "{}/" + FILE])
def test_workspace_is_opened_by_its_folder(at_home: TestClient, other: Workspace, written: str) -> None:
    """As a person types or copies a path; it is the one that opens the next time."""
    recent.forget(other.path)
    answer = at_home.post("/workspace/folder", data={"path": written.format(other.path)}, headers=OWN)
    assert (answer.status_code, recent.listed()) == (303, [other.path])
    assert ">Клиника</span>" in at_home.get("/").text


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("/no/such/folder", 409, "There is no workspace in this folder."),
        ("", 400, "The whole path of the folder is needed."),
        ("my-clinic", 400, "The whole path of the folder is needed."),
        ("/a\0b", 409, "There is no workspace in this folder."),
        ("/" + "x" * 5000, 409, "There is no workspace in this folder."),
        ("~nobody-of-this-name/x", 409, "There is no workspace in this folder."),
        ("/<script>alert(2)</script>", 409, "There is no workspace in this folder."),
    ],
)
def test_path_that_is_none_is_told_beside_its_field(
    at_home: TestClient, workspace: Workspace, typed: str, status: int, said: str
) -> None:
    """What was typed stands in the field again, as words."""
    answer = at_home.post("/workspace/folder", data={"path": typed}, headers=OWN)
    assert (answer.status_code, said in plain(answer.text)) == (status, True)
    assert "<script>alert(2)" not in answer.text
    assert at_home.get("/workspace/folder").headers["location"] == f"{under(workspace)}/"
    assert "autofocus" in answer.text.partition('id="path"')[2].partition(">")[0]


def test_packed_file_in_the_path_leads_to_its_own_form(at_home: TestClient, other: Workspace, tmp_path: Path) -> None:
    """A file where a folder was asked for."""
    packs.pack(other, tmp_path / "firm.playbook")
    answer = at_home.post("/workspace/folder", data={"path": str(tmp_path / "firm.playbook")}, headers=OWN)
    assert "This is a packed workspace." in plain(answer.text)


def test_damaged_folder_is_told_and_the_open_one_stays(at_home: TestClient, other: Workspace) -> None:
    """Said beside the field; home is still the person's own."""
    (other.path / FILE).write_bytes(b"rubbish" * 99)
    answer = at_home.post("/workspace/folder", data={"path": str(other.path)}, headers=OWN)
    assert (answer.status_code, "damaged" in answer.text) == (409, True)
    assert "&lt;script&gt;" in at_home.get("/").text


# --- the list


def test_list_says_when_each_was_opened_last() -> None:
    """Today by the clock, before that by the day; nothing where nobody noted it."""
    today, zone = date(2026, 11, 26), datetime.now(UTC).astimezone().tzinfo
    with i18n.speaking("ru"):
        said = [
            workspaces._when(opened, today)
            for opened in (
                datetime(2026, 11, 26, 9, 5, tzinfo=zone),
                datetime(2026, 11, 24, 9, 5, tzinfo=zone),
                None,
            )
        ]
    assert [plain(words) for words in said] == ["открывали сегодня в 09:05", "открывали 24 ноября 2026", ""]


def test_gone_workspace_is_shown_and_can_be_forgotten(at_home: TestClient, other: Workspace) -> None:
    """With its firm's name and no way to open it; forgotten, it is off the list."""
    assert forms(at_home).count("/workspace/open") == 1
    other.path.rename(other.path.with_name("elsewhere"))
    html = plain(at_home.get("/").text)
    assert "It is not there any more. Opened today at" in html
    assert "<b>Клиника</b>" in html
    assert "/workspace/open" not in forms(at_home)
    answer = at_home.post("/workspace/forget", data={"mark": mark(at_home)}, headers=OWN)
    assert (answer.status_code, recent.noted()) == (303, [])
    assert "Клиника" not in at_home.get("/").text


def test_forgetting_leaves_the_folder_as_it_is(at_home: TestClient, other: Workspace) -> None:
    """It is off the list and opens by its path."""
    at_home.post("/workspace/forget", data={"mark": mark(at_home)}, headers=OWN)
    assert recent.noted() == []
    assert Workspace.open(other.path).setting("name") == "Клиника"


def test_workspace_that_goes_while_its_button_stands_is_told(at_home: TestClient, other: Workspace) -> None:
    """The old page's button: why, and the open one stays."""
    old = mark(at_home)
    other.path.rename(other.path.with_name("elsewhere"))
    answer = at_home.post("/workspace/open", data={"mark": old}, headers=OWN)
    assert answer.status_code == 409
    assert "&lt;script&gt;" in at_home.get("/").text
    assert at_home.post("/workspace/open", data={"mark": "nothing"}, headers=OWN).status_code == 400


def test_home_of_a_workspace_that_is_gone_offers_the_others(
    at_home: TestClient, workspace: Workspace, other: Workspace
) -> None:
    """A folder moved away while it was open: what happened, and the list; one press and another is open."""
    workspace.close()
    workspace.path.rename(workspace.path.with_name("moved"))
    page = at_home.get("/")
    assert page.status_code == 409
    assert "Open another workspace" in plain(page.text)
    assert at_home.post("/workspace/open", data={"mark": mark(at_home)}, headers=OWN).status_code == 303
    assert ">Клиника</span>" in at_home.get("/").text
    assert other.path == recent.listed()[0]
