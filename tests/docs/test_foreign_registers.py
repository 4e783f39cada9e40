"""What METHODS.md and registers/README.md say of the import of registers is so."""

import re
import subprocess
import sys

from documents import HOME, Document

from analysis.command.foreign_commands import KINDS
from analysis.imports.foreign import axes, checking, merging
from analysis.imports.foreign.rgre import NEEDED
from analysis.imports.foreign.sheets import find_field

METHODS = Document("METHODS.md")
SECTION = METHODS.text.split("## Registers of other people")[1].split("\n## ")[0]


def test_every_kind_of_file_is_described():
    rows = next(table for table in METHODS.tables() if table[0][0] == "`rgre`" or table[0][0] == "rgre")
    assert [row[0].strip("`") for row in rows] == list(KINDS)


def test_calls_are_understood():
    asked = [sys.executable, "-m", "analysis", "import", "--help"]
    told = subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    text = (HOME / "registers/README.md").read_text(encoding="utf-8")
    calls = [line.split() for line in text.splitlines() if re.match(r"    twinning import (?!log)", line)]
    assert [call[2] for call in calls] == list(KINDS)
    options = {word for call in calls for word in call if word.startswith("--")}
    named = options | set(re.findall(r"`(--[a-z-]+)", SECTION))
    assert all(re.search(rf"{option}\b", told) for option in named)


def test_the_columns_of_an_rgre_list_are_those_that_are_read():
    [row] = [line for line in SECTION.splitlines() if line.startswith("| `rgre`")]
    names = re.search(r"with (.*?);", row)[1].split(", ")
    assert len({find_field(name, "rgre") for name in names} - {""}) == len(names) == 11
    needed = re.search(r"only (.*?) are needed", row)[1].replace(" and ", ", ").split(", ")
    assert tuple(find_field(name, "rgre") for name in needed) == NEEDED


def test_the_limits_are_those_of_the_code():
    assert f"more than {merging.NEAR_KM:.0f} km apart" in SECTION
    assert (
        f"more than {checking.FAR_KM:.0f} km outside the named one, or {checking.SEA_KM:.0f} km\nout"
        in SECTION
    )
    assert axes.CLEAR == 4
    assert "at least four times as many" in SECTION
