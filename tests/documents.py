"""Reads the project's own documents: code blocks, tables, links and paths of a Markdown page."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
READMES = ("README.md", "README.de.md")

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)


def read_project() -> dict:
    """The content of pyproject.toml."""
    return tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Document:
    """A Markdown page of the project."""

    name: str

    @property
    def path(self) -> Path:
        return HOME / self.name

    @property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """The page without its code blocks."""
        return FENCE.sub("", self.text)

    def blocks(self, language: str) -> list[str]:
        """Code blocks marked with a language; the empty one for those without a mark."""
        return [code for mark, code in FENCE.findall(self.text) if mark == language]

    def links(self) -> list[str]:
        return LINK.findall(self.prose)

    def names(self) -> list[str]:
        """What stands between single backticks."""
        return CODE.findall(self.prose)

    def anchors(self) -> list[str]:
        """The names by which a link can jump to a heading."""
        titles = HEADING.findall(self.prose)
        return [re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles]

    def tables(self) -> list[list[list[str]]]:
        """Body rows of every table, cell by cell, without emphasis and code marks."""
        tables, rows = [], []
        for line in [*self.prose.splitlines(), ""]:
            if line.startswith("|"):
                rows.append([cell.strip(" *`") for cell in line.strip("|").split("|")])
            elif rows:
                tables.append(rows[2:])
                rows = []
        return tables
