"""The input files of one run: files, folders and the members of zip archives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.manifest import ManifestEntry, load_manifest
from ingest.readers import SUFFIXES, read_bytes
from ingest.readers.archive import Member, expand, read_member
from kb.errors import InputError
from kb.ids import document_id
from kb.resources import CORPUS
from kb.settings import Settings

_ARCHIVE = ".zip"
_LEFTOVERS = ("~$", ".")
"""How the names of lock files of Office and of hidden files begin."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, and what its folder's manifest says of it.

    `member` is set for a file inside an archive; `fault` when it cannot even be opened.
    """

    path: Path
    entry: ManifestEntry | None = None
    member: Member | None = None
    fault: str = ""

    @property
    def wanted_id(self) -> str:
        """The id stated in the manifest, or one made from the file's name."""
        stated = self.entry.id if self.entry else None
        return stated or document_id(self.path.stem)

    def read(self, settings: Settings) -> bytes:
        """The file's bytes. Raises InputError."""
        if self.fault:
            raise InputError(self.fault)
        if self.member:
            return read_member(self.member, settings)
        return read_bytes(self.path, settings)


def shipped() -> list[Path]:
    """The documents of the product; the lexicon beside them is not one."""
    return [CORPUS / entry.file for entry in load_manifest(CORPUS).documents]


def whole_path(path: Path) -> Path:
    """The path without links; links that run in a circle stay, to be refused when read."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path.absolute()


def find_sources(wanted: Sequence[Path], settings: Settings) -> Iterator[Source]:
    """Every file of `wanted` once, those of folders in the order of their names.

    Raises InputError for a manifest that cannot be read.
    """
    seen: set[Path] = set()
    for path in wanted:
        for source in _found(path, settings):
            if source.path not in seen:
                seen.add(source.path)
                yield source


def _found(path: Path, settings: Settings) -> Iterator[Source]:
    if not path.is_dir():
        entry = load_manifest(path.parent).entry_for(path) if _is_text(path) else None
        yield from _opened(path, entry, settings)
        return
    manifest = load_manifest(path)
    for file in shipped() if path == CORPUS else _readable(path):
        yield from _opened(file, manifest.entry_for(file), settings)


def _readable(folder: Path) -> Iterator[Path]:
    known = SUFFIXES | {_ARCHIVE}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.suffix.lower() in known and not file.name.startswith(_LEFTOVERS):
            yield file


def _opened(path: Path, entry: ManifestEntry | None, settings: Settings) -> Iterator[Source]:
    if not _is_text(path):
        readable = str(path).encode(errors="replace").decode()
        fault = f"「{readable}」という名前は文字として読めません。ファイルの名前を変えてください。"
        yield Source(path, fault=fault)
        return
    if path.suffix.lower() != _ARCHIVE or not path.is_file():
        yield Source(path, entry)
        return
    try:
        for member in expand(path, settings):
            yield Source(member.path, member=member)
    except InputError as error:
        yield Source(path, fault=str(error))


def _is_text(path: Path) -> bool:
    """Whether the path's name is text that can be written down again."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True
