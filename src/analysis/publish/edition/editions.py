"""Editions: which reports exist, in which languages and as of which day. They are data, in ``reports/editions.toml``."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from analysis.problems import did_you_mean
from analysis.publish.edition.entries import LANGUAGES, check_entries


class EditionError(ValueError):
    """The file of editions, or a name asked of it, is wrong; ``problems`` lists everything."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Report:
    """A notebook in an edition; with ``each`` it is run once for each value of that parameter.

    ``group_de`` and ``group_en`` are a heading in the index.
    """

    notebook: str
    each: str = ""
    group_de: str = ""
    group_en: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def group(self, language: str) -> str:
        """Return the heading in ``de`` or ``en``."""
        return self.group_de if language == "de" else self.group_en


@dataclass(frozen=True)
class Edition:
    """A published version: what it covers, in which languages, and the day whose state it tells.

    ``publisher_de`` and ``publisher_en`` name who answers for it; without them, files name the program as author.
    Data that may not be part of the project lie in the folder that the environment variable ``variable`` names;
    ``obtain`` says where to get them. ``extra`` are further registers that its notebooks may read.
    """

    edition_id: str
    title_de: str
    title_en: str
    register: Path
    as_of: date
    reports: tuple[Report, ...]
    languages: tuple[str, ...] = LANGUAGES
    is_draft: bool = False
    paper_number: str = ""
    publisher_de: str = ""
    publisher_en: str = ""
    variable: str = ""
    obtain: str = ""
    extra: tuple[Path, ...] = ()

    def title(self, language: str) -> str:
        """Return the title in ``de`` or ``en``."""
        return self.title_de if language == "de" else self.title_en

    def publisher(self, language: str) -> str:
        """Return who publishes it in ``de`` or ``en``, in the other language where only that is given."""
        names = (self.publisher_de, self.publisher_en)
        return (names[0] or names[1]) if language == "de" else (names[1] or names[0])


@dataclass(frozen=True)
class Editions:
    """All editions by their id, in the order of the file, and the id of the default one."""

    default: str
    by_id: Mapping[str, Edition]

    def find(self, edition_id: str | None) -> Edition:
        """Return an edition, the default one for None; EditionError names the known ones."""
        wanted = self.default if edition_id is None else edition_id
        if wanted not in self.by_id:
            known = ", ".join(self.by_id)
            hint = did_you_mean(wanted, self.by_id)
            raise EditionError([f"edition {wanted!r}: unknown, allowed is: {known}.{hint}"])
        return self.by_id[wanted]


def read_editions(home: Path) -> Editions:
    """
    Read ``reports/editions.toml`` of the project folder `home`, and ``registers/*/editions.toml`` of the user's registers.

    Raises
    ------
    EditionError
        With all problems: unknown or missing key, wrong type, unknown notebook or parameter, bad name.
    """
    path = home / "reports" / "editions.toml"
    content = _read_file(path)
    default = content.pop("default", None)
    problems = check_entries(path.name, content, home)
    if default not in content:
        state = "is missing" if default is None else f"is {default!r}"
        hint = did_you_mean(str(default), content)
        allowed = f"allowed is one of the editions: {', '.join(content)}.{hint}"
        problems.append(f"{path.name}, default: {state}, {allowed}")
    for path in sorted((home / "registers").glob("*/editions.toml")):
        own, where = _read_file(path), path.relative_to(home).as_posix()
        twice = [name for name in own if name in content]
        problems += [f"{where}, [{name}]: is an edition already. Choose another name." for name in twice]
        problems += check_entries(where, own, home)
        content |= own
    if problems:
        raise EditionError(problems)
    return Editions(default, {name: _make_edition(name, entry, home) for name, entry in content.items()})


def _read_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EditionError([f"{path}: cannot be read ({error.strerror})."]) from None
    except ValueError as error:
        raise EditionError([f"{path.name}: {error}. Correct the file; its form is TOML."]) from None


def _make_edition(name: str, entry: Mapping[str, Any], home: Path) -> Edition:
    """Make an edition of a checked entry of the file."""
    fields = {
        **entry,
        "register": _find_register(name, entry, home),
        "extra": tuple(home / place for place in entry.get("extra", ())),
        "reports": tuple(Report(**each) for each in entry["reports"]),
    }
    if "languages" in fields:
        fields["languages"] = tuple(dict.fromkeys(fields["languages"]))
    return Edition(name, **fields)


def _find_register(name: str, entry: Mapping[str, Any], home: Path) -> Path:
    """The folder in the project, or the one that the edition's environment variable names, if it is set."""
    named = os.environ.get(entry.get("variable", ""), "")
    return Path(os.path.abspath(named)) if named else home / entry.get("register", f"registers/{name}")
