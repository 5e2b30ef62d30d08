"""Files that the browser keeps for good."""

from __future__ import annotations

import gzip

import pytest

from playbook.app import assets
from tests.app.conftest import Enter

LASTING = "public, max-age=31536000, immutable"
MODULE = next(name for name in assets.first_files() if name.endswith(".js"))


@pytest.mark.parametrize("address", [f"{assets.MARIMO}/{MODULE}", *assets.addresses().values()])
def test_files_are_packed_and_kept_for_good(enter: Enter, address: str) -> None:
    """Marimo's and ours alike, without a cookie: they are the program, not the person."""
    answer = enter(known=False).get(address, headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == LASTING
    assert "charset=utf-8" in answer.headers["content-type"] or address.endswith(".svg")


def test_unpacked_file_is_the_same(enter: Enter) -> None:
    """A client that takes no gzip gets marimo's own bytes."""
    answer = enter(known=False).get(f"{assets.MARIMO}/{MODULE}", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in answer.headers
    assert answer.content == (assets.marimo_folder() / MODULE).read_bytes()


def test_packed_bytes_unpack_to_the_file() -> None:
    """What is kept ahead of the first request is the file itself."""
    files = assets.Files(assets.marimo_file)
    files.pack(MODULE)
    plain, packed = files.kept[MODULE]
    assert gzip.decompress(packed) == plain
    assert len(packed) < len(plain) / 2


def test_address_changes_with_the_contents(monkeypatch: pytest.MonkeyPatch) -> None:
    """An update is never hidden by what the browser keeps."""
    before = assets.addresses()["playbook"]
    monkeypatch.setattr(assets, "ours", lambda: {"playbook.css": b"other"})
    assert assets.addresses.__wrapped__()["playbook"] != before


@pytest.mark.parametrize(
    "name", ["../__init__.py", "assets/../../__init__.py", "nothing.js", "index.html", "CLAUDE.md", ""]
)
def test_only_page_files_are_served(enter: Enter, name: str) -> None:
    """Nothing outside the folder, nothing that a page does not load."""
    assert enter(known=False).get(f"{assets.MARIMO}/{name.replace('..', '%2e%2e')}").status_code == 404


def test_marimos_first_files_are_found() -> None:
    """The list to pack ahead is not empty: over a hundred modules and four sheets."""
    names = assets.first_files()
    assert len([name for name in names if name.endswith(".js")]) > 100
    assert len([name for name in names if name.endswith(".css")]) == 4
