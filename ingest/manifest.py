"""`manifest.toml` beside the documents: what their files are, stated by hand."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from kb.documents import Document, DocumentKind
from kb.errors import InputError, system_reason
from kb.fiscal_year import FiscalYear

MANIFEST = "manifest.toml"


class ManifestEntry(BaseModel):
    """One `[[documents]]` table; what is left out is found in the text.

    `file` is the path from the manifest's folder, `fiscal_year` is written 令和5, R5 or 2023,
    `decided_on` is an ISO date.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1)
    id: str | None = Field(default=None, pattern=r"^[^\s/\\#?%&:*\"'<>|]+$")
    title: str | None = None
    kind: DocumentKind | None = None
    issuer: str | None = None
    fiscal_year: str | int | None = None
    decided_on: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
    prefecture: str | None = None
    source: str = ""
    licence: str = ""
    sha256: str | None = Field(default=None, pattern=r"^[0-9a-f]{64}$")

    @field_validator("fiscal_year")
    @classmethod
    def _names_a_year(cls, value: str | int | None) -> str | int | None:
        if value is not None and FiscalYear.parse(str(value)) is None:
            raise ValueError("not a fiscal year")
        return value

    @property
    def year(self) -> FiscalYear | None:
        """The stated fiscal year."""
        return None if self.fiscal_year is None else FiscalYear.parse(str(self.fiscal_year))

    def agrees_with(self, document: Document) -> bool:
        """Whether the document was read with just these statements."""
        stated = (
            (self.title, document.title),
            (self.kind, document.kind),
            (self.issuer, document.issuer),
            (self.year, document.fiscal_year),
            (self.decided_on, document.decided_on),
            (self.prefecture, document.prefecture),
        )
        return (
            all(said is None or said == known for said, known in stated)
            and self.source == document.source
            and self.licence == document.licence
            and (self.kind is None or document.kind_confidence == 1.0)
        )


class Manifest(BaseModel):
    """All statements of one folder."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    folder: Path = Field(default=Path(), exclude=True)
    documents: tuple[ManifestEntry, ...] = ()

    def entry_for(self, file: Path) -> ManifestEntry | None:
        """The statements about a file; None when there are none."""
        for entry in self.documents:
            if (self.folder / entry.file).resolve() == file.resolve():
                return entry
        return None


def load_manifest(folder: Path) -> Manifest:
    """Read `manifest.toml` of a folder; an empty manifest when there is none.

    Raises InputError that names the first unknown key or bad value.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return Manifest(folder=folder)
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return Manifest.model_validate({**stated, "folder": folder})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(
            f"「{path}」は TOML として読めません（{error}）。書き方を直してください。"
        ) from error
    except OSError as error:
        raise InputError(
            f"「{path}」を読めません（{system_reason(error)}）。読み取り権限を確認してください。"
        ) from error
    except ValidationError as error:
        raise InputError(_complaint(path, error)) from error


def _complaint(path: Path, error: ValidationError) -> str:
    problem = error.errors()[0]
    place = ".".join(str(part + 1 if isinstance(part, int) else part) for part in problem["loc"])
    if problem["type"] == "extra_forbidden":
        known = "、".join(ManifestEntry.model_fields)
        return f"「{path}」の項目「{place}」は使えません。使える項目は {known} です。"
    if problem["type"] == "missing":
        return f"「{path}」に項目「{place}」がありません。書き加えてください。"
    return f"「{path}」の項目「{place}」の値「{problem.get('input')}」は使えません。値を直してください。"
