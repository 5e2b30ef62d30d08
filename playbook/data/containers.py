"""What a file holds: the tables of a ZIP, GZ, XLSX or HTML file by name, opened only as far as they may be trusted."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from playbook.data import aside, markup, xlsx
from playbook.data.raw import Raw
from playbook.data.text import Sheet, no_text
from playbook.errors import PlaybookError
from playbook.i18n import number, t

LARGEST = 2_000_000_000
"""Bytes that a file may unpack to."""
DENSEST, ALLOWED = 300, 20_000_000
"""A table packs to a hundredth at best; beyond this many bytes, more than `DENSEST` times the file is a bomb."""
_ZIP, _GZIP = b"PK\x03\x04", b"\x1f\x8b"
_EMPTY_ZIP = b"PK\x05\x06"
_DEEPEST = 3
_DOCUMENTS = {
    ("word/document.xml",): "Word",
    ("ppt/presentation.xml",): "PowerPoint",
    ("xl/workbook.bin",): "XLSB",
    ("mimetype", "content.xml"): "OpenDocument",
    ("Index/Document.iwa",): "Apple Numbers",
}
"""Documents that are archives inside: parts of each, and what people call it."""
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Leaf:
    """One table inside a file: its name there, empty where there is no other, and how to read it."""

    name: str
    read: Callable[[], Sheet]


def leaves(raw: Raw, name: str = "", depth: int = 0) -> list[Leaf]:
    """Every table that a file may hold, in its order; nothing is read yet.

    Raises:
        PlaybookError: an archive is broken, locked, packed too often, or would unpack to more than a table can be.
    """
    start = raw.start(len(_ZIP))
    if start.startswith(_GZIP):
        return leaves(Raw(_gunzip(raw.whole())), name, _deeper(depth))
    if not start.startswith((_ZIP, _EMPTY_ZIP)):
        return [Leaf(name, lambda: _text(raw))]
    archive = _archive(raw.whole())
    if xlsx.WORKBOOK in archive.namelist():
        sheets = xlsx.sheets(archive)
        return [
            Leaf(_joined(name, sheet if len(sheets) > 1 else ""), lambda place=place: xlsx.read(archive, place))  # type: ignore[misc]
            for sheet, place in sheets.items()
        ]
    if other := _other(archive):
        raise no_text(other)
    members = list(_members(archive))
    if not members:
        raise _broken(t("import", "there is no file in it"))
    return [
        leaf
        for member in members
        for leaf in _inside(archive, member, _joined(name, _name(member)) if len(members) > 1 else name, depth)
    ]


def _other(archive: zipfile.ZipFile) -> str:
    """What a file is that only looks like an archive to us; empty for an archive."""
    names = set(archive.namelist())
    return next((kind for parts, kind in _DOCUMENTS.items() if names.issuperset(parts)), "")


def _inside(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, depth: int) -> Iterator[Leaf]:
    """The tables of one file of an archive; what is no archive itself is unpacked only when it is read."""
    if PurePosixPath(member.filename).suffix.lower() in (".csv", ".tsv", ".txt"):
        yield Leaf(name, lambda: _text(Raw(_unpacked(archive, member))))
        return
    yield from leaves(Raw(_unpacked(archive, member)), name, _deeper(depth))


def _text(raw: Raw) -> Sheet:
    """A file of text: a web page, whatever it is called, or rows with marks between the cells."""
    return markup.read(raw.whole()) if markup.is_markup(raw.start(markup.START)) else aside.read(raw)


def _archive(raw: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
        whole = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _broken(t("import", "it is damaged, or cut off")) from None
    _bearable(whole, len(raw))
    return archive


def _members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The files a person put in, without those that systems add."""
    for member in archive.infolist():
        path = PurePosixPath(member.filename)
        hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
        if not member.is_dir() and not hidden and member.file_size:
            yield member


def _name(member: zipfile.ZipInfo) -> str:
    """The name as it was written: Windows in Russia packs names in cp866, which is read as cp437."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("cp866")
    except UnicodeError:
        return member.filename


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1:
        raise PlaybookError(
            t("import", "The archive is locked with a password."),
            saw=_name(member),
            hint=t("import", "unpack it and take the files inside"),
        )
    try:
        return archive.read(member)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise _broken(f"{_name(member)}: {t('import', 'it is damaged, or cut off')}") from None


def _gunzip(raw: bytes) -> bytes:
    """The unpacked bytes, all members one after another, counted while they come."""
    found, rest = bytearray(), raw
    try:
        while rest.startswith(_GZIP):
            unpacker = zlib.decompressobj(wbits=31)
            piece = unpacker.decompress(rest, _CHUNK)
            while piece or unpacker.unconsumed_tail:
                found += piece
                _bearable(len(found), len(raw))
                piece = unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
            if not unpacker.eof:
                raise _broken(t("import", "its end is missing"))
            rest = unpacker.unused_data
    except zlib.error:
        raise _broken(t("import", "it is damaged, or cut off")) from None
    return bytes(found)


def _bearable(size: int, packed: int) -> None:
    if size > LARGEST or (size > ALLOWED and size > DENSEST * packed):
        raise PlaybookError(
            t("import", "The archive unpacks to more than a table can be."),
            saw=t("import", "{packed} bytes unpack to {size} and more", packed=number(packed), size=number(size)),
            hint=t("import", "unpack it yourself and look at what is inside"),
        )


def _deeper(depth: int) -> int:
    if depth >= _DEEPEST:
        raise _broken(t("import", "archives inside archives"))
    return depth + 1


def _joined(outer: str, inner: str) -> str:
    return "/".join(part for part in (outer, inner) if part)


def _broken(saw: str) -> PlaybookError:
    return PlaybookError(
        t("import", "The archive cannot be unpacked."),
        saw=saw,
        hint=t("import", "download or pack it again, or unpack it yourself and take the files inside"),
    )
