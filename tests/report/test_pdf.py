"""The report as PDF: printed by a real browser, and what is said where none can."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import zlib
from pathlib import Path

import pytest

import start
from playbook import i18n, report, samples
from playbook.errors import Failure
from playbook.report import browser, sheets
from playbook.workspace import Workspace

MOST_PAGES = 14
A4 = (595, 842)
"""In points."""


def pages(pdf: bytes) -> int:
    """How many pages a PDF of Chromium has."""
    return len(re.findall(rb"/Type /Page\b(?!s)", pdf))


def letters(pdf: bytes) -> str:
    """Every letter that the fonts of a PDF say they draw."""
    found: set[int] = set()
    for packed in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL):
        try:
            plain = zlib.decompress(packed)
        except zlib.error:
            continue
        if b"begincmap" in plain:
            found |= {int(code, 16) for code in re.findall(rb"<[0-9A-F]{4}> <([0-9A-F]{4})>", plain)}
            for first, last, code in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]{4})>", plain):
                found |= {int(code, 16) + step for step in range(int(last, 16) - int(first, 16) + 1)}
    return "".join(map(chr, sorted(found)))


def program(file: Path, text: str) -> Path:
    """A program in Python that stands in for a browser."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!{sys.executable}\nimport sys, time\nfrom pathlib import Path\n{text}\n", encoding="utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


TO = "out = next(word.partition('=')[2] for word in sys.argv if word.startswith('--print-to-pdf='))"
PRINTS = f"{TO}\nPath(out).write_bytes(b'%PDF-1.4')"


@pytest.mark.parametrize("language", ["en", "ru"])
def test_sample_firm_is_a_short_pdf(tmp_path: Path, language: str) -> None:
    """A whole firm on a few pages of A4, with the letters of its language and no more than a mail takes."""
    pdf = report.pdf(samples.create(tmp_path / "firm", "ecommerce", language))
    sizes = {
        (round(float(wide)), round(float(high)))
        for wide, high in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    }
    assert 1 < pages(pdf) <= MOST_PAGES
    assert sizes == {A4}
    assert len(pdf) < 2_000_000
    alphabet = "абвгдежзийклмнопрстуфхцчшщыьэюя" if language == "ru" else "abcdefghijklmnopqrstuvwxyz"
    assert set(alphabet) <= set(letters(pdf))


@pytest.mark.prove
@pytest.mark.parametrize("language", ["en", "ru"])
def test_documents_waste_no_page(tmp_path: Path, language: str) -> None:
    """The system stands on one page, filled in and empty; no page holds a rule of thumb alone."""
    firm = samples.create(tmp_path / "firm", "ecommerce", language)
    with i18n.speaking(language, "USD"):
        printed = {key: pages(sheets.taken(firm, key, "pdf")) for key in ("scheme", "icp", "cjm")}
        assert pages(sheets.write(sheets.blank("scheme"), "pdf")) == 1
    assert printed == {"scheme": 1, "icp": 2, "cjm": 2}


def test_name_of_the_firm_cannot_leave_the_footer(workspace: Workspace) -> None:
    """Quotes, a backslash and the end of a style sheet are letters of a name, on every page."""
    workspace.set_setting("name", 'A"; } </style><script> \\ Ж')
    html = report.html(workspace)
    footer = re.search(r"@bottom-left \{ content: ('[^\n]*'); \}", html)
    assert footer
    assert re.fullmatch(r"'(?:\w|\\[0-9a-f]+ )*'", footer[1])
    assert html.count("</style>") == 1


def test_browser_gets_no_network_and_its_own_profile(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No name is looked up, nothing of the person's own browser is touched, and nothing is left behind."""
    told = tmp_path / "told"
    fake = program(tmp_path / "chromium", f"{PRINTS}\nPath({str(told)!r}).write_text('\\n'.join(sys.argv))")
    monkeypatch.setenv("PLAYBOOK_BROWSER", str(fake))
    assert report.pdf(workspace) == b"%PDF-1.4"
    words = told.read_text(encoding="utf-8").splitlines()
    assert {"--headless", "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking"} <= set(words)
    assert ("--no-sandbox" in words) == (os.geteuid() == 0)
    profile = next(word.partition("=")[2] for word in words if word.startswith("--user-data-dir="))
    assert not Path(profile).parent.exists()


SAID = {
    "en": (
        "A PDF is made by Chrome, Chromium or Edge, and none of them was found.",
        "install one of them, or name it in PLAYBOOK_BROWSER",
    ),
    "ru": (
        "PDF печатает Chrome, Chromium или Edge, а на этом компьютере их нет.",
        "установите любой из них или укажите путь к нему в PLAYBOOK_BROWSER",
    ),
}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_missing_browser_is_told(workspace: Workspace, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    """What, what was looked for, and what to do."""
    monkeypatch.setenv("PLAYBOOK_BROWSER", "no-such-browser")
    with pytest.raises(browser.NoBrowser) as told:
        report.pdf(workspace, language)
    assert (told.value.what, told.value.hint) == SAID[language]
    assert (told.value.saw, told.value.exit_code) == ("no-such-browser", 1)


def test_machine_without_a_browser_names_what_was_looked_for(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nobody named one, the names tried are what was seen."""
    monkeypatch.delenv("PLAYBOOK_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(browser.NoBrowser) as told:
        report.pdf(workspace)
    assert "chromium" in told.value.saw


def test_browser_that_fails_is_told(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its name and how it ended; the way out is the browser's own menu."""
    monkeypatch.setenv("PLAYBOOK_BROWSER", str(program(tmp_path / "chromium", "sys.exit(7)")))
    with pytest.raises(Failure, match="could not print") as told:
        report.pdf(workspace)
    assert told.value.saw == f"{tmp_path / 'chromium'}: ended with 7"


def test_browser_that_hangs_is_ended_with_its_helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After our patience nothing of it runs on: what it held open is closed."""
    os.mkfifo(tmp_path / "pipe")
    with open(os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK), "rb") as pipe:  # noqa: PTH123 - by its number
        hangs = (
            f"import os\nos.fork()\nheld = open({str(tmp_path / 'pipe')!r}, 'w')\nprint('here', file=held, flush=True)"
        )
        monkeypatch.setenv("PLAYBOOK_BROWSER", str(program(tmp_path / "chromium", f"{hangs}\ntime.sleep(600)")))
        monkeypatch.setattr(browser, "SECONDS", 3)
        with i18n.speaking("ru"), pytest.raises(Failure, match="не смог напечатать") as caught:
            browser.pdf("<p>x")
        assert caught.value.saw.endswith("нет ответа: 3\N{NO-BREAK SPACE}секунды")
        assert written(pipe.fileno()) == b"here\nhere\n"


def written(pipe: int) -> bytes:
    """All that was written into a pipe until its last writer was gone."""
    found = b""
    while True:
        try:
            part = os.read(pipe, 100)
        except BlockingIOError:
            time.sleep(0.05)
            continue
        if not part:
            return found
        found += part


def test_browser_in_a_snap_prints_in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that may not write to the system's passing files is asked again where it may."""
    room = tmp_path / "snap" / "chromium" / "common"
    room.mkdir(parents=True)
    fake = program(tmp_path / "chromium", f"{TO}\nif out.startswith({str(room)!r}): Path(out).write_bytes(b'%PDF')")
    monkeypatch.setenv("PLAYBOOK_BROWSER", str(fake))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert browser.pdf("<p>x") == b"%PDF"
    assert list(room.iterdir()) == []


@pytest.mark.parametrize("name", browser.known()["names"])
def test_set_up_and_report_find_the_same_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Whatever it is called, start.py and the package agree on it."""
    monkeypatch.delenv("PLAYBOOK_BROWSER", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert start.find_browser() == browser.find()
    fake = program(tmp_path / name, PRINTS)
    assert start.find_browser() == browser.find() == str(fake)


@pytest.mark.parametrize("ending", ["docx", "PDF", ""])
def test_other_endings_are_refused_with_those_there_are(workspace: Workspace, ending: str) -> None:
    """The hint names every format that works."""
    with pytest.raises(Exception, match="not made in this format") as told:
        report.write(workspace, ending)
    assert all(f".{known}" in told.value.hint for known in report.FORMATS)
    assert set(report.FORMATS) >= {"html", "pdf"}
