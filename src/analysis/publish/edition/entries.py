"""What an entry of ``reports/editions.toml`` may hold: every key, its type, and what is wrong with an entry."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path, PurePosixPath

from analysis.dates import FIRST_YEAR, LAST_YEAR
from analysis.problems import did_you_mean
from analysis.publish.edition.parameters import ParameterError, check_parameters

LANGUAGES = ("de", "en")
NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NAME_RULE = "allowed are small letters a-z, digits and single hyphens between them"
TYPES: dict[str, tuple[type, str]] = {
    "title_de": (str, "a text"),
    "title_en": (str, "a text"),
    "register": (str, 'a path from the project folder, as "data/leipzig"'),
    "as_of": (date, "a date without quotes, as 2026-11-01"),
    "reports": (list, 'a list, as [{notebook = "evaluation"}]'),
    "languages": (list, 'a list, as ["de", "en"]'),
    "is_draft": (bool, "true or false"),
    "paper_number": (str, "a text"),
    "publisher_de": (str, "a text"),
    "publisher_en": (str, "a text"),
    "variable": (str, "the name of an environment variable"),
    "obtain": (str, "a text: where to get the data"),
    "extra": (list, 'a list of further registers to read, as ["data/leipzig"]'),
}
REQUIRED = ("title_de", "title_en", "register", "as_of", "reports")
REPORT_TYPES = {"notebook": str, "each": str, "group_de": str, "group_en": str, "parameters": dict}


def check_entries(where: str, content: Mapping[str, object], home: Path) -> list[str]:
    """Return what is wrong with the editions of a file; `where` names it, `home` is the project folder."""
    return [
        f"{where}, {text}" for name, entry in content.items() for text in _check_edition(name, entry, home)
    ]


def _check_edition(name: str, entry: object, home: Path) -> list[str]:
    """Return the problems of one edition of the file."""
    if not isinstance(entry, dict):
        return [f"{name}: unknown, allowed on top are 'default' and [editions]."]
    problems = [] if NAME.fullmatch(name) else [f"[{name}]: is no edition name; {NAME_RULE}."]
    for key, value in entry.items():
        if fault := _find_fault(key, value):
            problems.append(f"[{name}] {key}: {fault}")
    needed = [key for key in REQUIRED if not (key == "register" and "variable" in entry)]
    problems += [f"[{name}] {key}: is missing. Add {TYPES[key][1]}." for key in needed if key not in entry]
    if entry.get("reports") == []:
        problems.append(f"[{name}] reports: is empty, allowed is {TYPES['reports'][1]}. Add a report.")
    if problems:
        return problems
    if not _is_inside(entry.get("register", name)):
        problems.append(
            f"[{name}] register: is {entry['register']!r}, allowed is {TYPES['register'][1]}. "
            "For a register elsewhere use: twinning report --register PATH."
        )
    if not all(isinstance(place, str) and _is_inside(place) for place in entry.get("extra", ())):
        problems.append(f"[{name}] extra: is {entry['extra']!r}, allowed is {TYPES['extra'][1]}. Correct it.")
    if not entry.get("languages", LANGUAGES) or not set(entry.get("languages", LANGUAGES)) <= set(LANGUAGES):
        problems.append(f"[{name}] languages: is {entry['languages']!r}, allowed is {TYPES['languages'][1]}.")
    return problems + [
        f"[{name}] reports: {text}" for report in entry["reports"] for text in _check_report(report, home)
    ]


def _is_inside(place: str) -> bool:
    """Whether a path leads to a place in the project folder."""
    path = PurePosixPath(place)
    return not (path.is_absolute() or ".." in path.parts or "\\" in place)


def _find_fault(key: str, value: object) -> str:
    """Say what is wrong with a key of an edition or its value, or return an empty string."""
    if key not in TYPES:
        return f"unknown, allowed is: {', '.join(TYPES)}.{did_you_mean(key, TYPES)}"
    if not isinstance(value, TYPES[key][0]) or isinstance(value, datetime):
        return f"is {str(value)!r}, allowed is {TYPES[key][1]}."
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return f"is {str(value)!r}, allowed are the years {FIRST_YEAR} to {LAST_YEAR}. Correct the year."
    return ""


def _check_report(report: object, home: Path) -> list[str]:
    """Return the problems of one entry of ``reports``."""
    if not isinstance(report, dict) or not isinstance(report.get("notebook"), str):
        return [f'is {report!r}, allowed is {{notebook = "NAME"}}.']
    for key, value in report.items():
        if key not in REPORT_TYPES:
            return [
                f"{key}: unknown, allowed is: {', '.join(REPORT_TYPES)}.{did_you_mean(key, REPORT_TYPES)}"
            ]
        if not isinstance(value, REPORT_TYPES[key]):
            return [f"{key}: is {value!r}, allowed is a {'table' if key == 'parameters' else 'text'}."]
    known = sorted(path.stem for path in (home / "notebooks").glob("*.ipynb"))
    name = report["notebook"]
    if name not in known:
        return [f"notebook {name!r}: unknown, allowed is: {', '.join(known)}.{did_you_mean(name, known)}"]
    try:
        given = report.get("parameters", {}) | ({report["each"]: ""} if "each" in report else {})
        check_parameters(home / "notebooks" / f"{name}.ipynb", given)
    except ParameterError as error:
        return error.problems
    return []
