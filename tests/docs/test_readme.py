"""What the READMEs promise is true, in both languages."""

import functools
import re
import subprocess
import sys
import tomllib

import pytest
from documents import HOME, READMES, Document

from analysis.command.inputs import find_tables
from analysis.evaluation import count_ratings, find_ratings, read_scale
from analysis.history import GROUPS, count_groups, describe_relations
from analysis.publish.runs.limits import USUAL
from analysis.tables import read_register

LEIPZIG = HOME / "data" / "leipzig"

each_readme = pytest.mark.parametrize("readme", [Document(name) for name in READMES], ids=READMES)


@functools.cache
def ask_for_help(*command: str) -> str:
    """What ``twinning … --help`` prints."""
    asked = [sys.executable, "-m", "analysis", *command, "--help"]
    return subprocess.run(asked, capture_output=True, text=True, encoding="utf-8", check=True).stdout


def read_editions() -> dict[str, dict]:
    """The editions by name, without the default."""
    content = tomllib.loads((HOME / "reports" / "editions.toml").read_text(encoding="utf-8"))
    return {name: entry for name, entry in content.items() if name != "default"}


def find_calls(readme: Document) -> list[list[str]]:
    """Every call of ``twinning`` in a code block, as words."""
    lines = [
        line for mark in ("sh", "powershell") for code in readme.blocks(mark) for line in code.splitlines()
    ]
    calls = [re.search(r"\btwinning (.*)", line) for line in lines if not line.startswith("conda")]
    return [call[1].split() for call in calls if call]


@each_readme
def test_the_result_on_top_follows_from_the_data(readme):
    register = read_register(LEIPZIG)
    relations = describe_relations(register, "2021-03-13")
    scale = read_scale(register)[::-1]
    counts = count_ratings(find_ratings(register, relations, 2020), scale)
    counts = counts.pivot(index="group", columns="rating", values="count").loc[list(GROUPS), scale]
    expected = [[*row, sum(row)] for row in counts.to_numpy().tolist()]
    expected.append([sum(column) for column in zip(*expected, strict=True)])
    assert [[int(cell) for cell in row[1:]] for row in readme.tables()[0]] == expected


@each_readme
def test_the_change_since_then_follows_from_the_data(readme):
    register = read_register(LEIPZIG)
    before, after = (
        int(count_groups(describe_relations(register, day))[["international", "national"]].sum())
        for day in ("2021-07-20", "2021-07-21")
    )
    found = re.search(r"(\d+) (?:twin cities instead of|statt) (\d+)", readme.prose)
    assert (int(found[1]), int(found[2])) == (after, before)


@each_readme
def test_every_call_of_twinning_is_understood(readme):
    calls = find_calls(readme)
    assert len(calls) > 5
    general, editions = ask_for_help(), read_editions()
    for name, *rest in calls:
        assert re.search(rf"^    {name} ", general, re.MULTILINE), name
        own = ask_for_help(name)
        for option in (word for word in rest if word.startswith("-")):
            assert re.search(rf"{option}\b", own), f"{name} {option}"
        assert not rest or rest[0].startswith(("-", "data/")) or rest[0] in editions or "registers" in rest[0]


@each_readme
def test_exit_codes_are_those_of_the_command(readme):
    codes = re.findall(r"^  (\d+) +\S", ask_for_help().split("exit codes:")[1], re.MULTILINE)
    assert [row[0] for row in readme.tables()[1]] == codes


@each_readme
def test_limits_are_those_of_a_run(readme):
    rows = next(table for table in readme.tables() if "600 s" in table[0])
    numbers = [int(re.match(r"\d+", row[1])[0]) for row in rows[:3]]
    assert numbers == [USUAL.cell_s, USUAL.run_s, USUAL.memory_mb]


@each_readme
def test_editions_are_those_of_the_file(readme):
    rows = next(table for table in readme.tables() if table[0][0].startswith("leipzig"))
    editions = read_editions()
    assert [row[:2] for row in rows] == [[name, str(entry["as_of"])] for name, entry in editions.items()]


@each_readme
def test_make_targets_are_those_of_the_makefile(readme):
    known = set(re.findall(r"^(\w+):.*##", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert known == set(re.findall(r"\bmake ([a-z]+)", "\n".join([*readme.names(), *readme.blocks("sh")])))


@each_readme
def test_the_same_commands_install_everywhere(readme):
    makefile, workflow = (
        (HOME / name).read_text(encoding="utf-8") for name in ("Makefile", ".github/workflows/test.yml")
    )
    for arguments in ("--require-hashes -r requirements.lock", "--no-deps --no-build-isolation -e ."):
        assert all(arguments in text for text in (makefile, workflow, *readme.blocks("powershell")))


def test_both_readmes_tell_the_same():
    english, german = (Document(name) for name in READMES)
    assert english.anchors() != german.anchors()
    assert len(english.anchors()) == len(german.anchors())
    assert len(english.tables()) == len(german.tables())
    assert [len(table) for table in english.tables()] == [len(table) for table in german.tables()]
    assert english.blocks("powershell") == german.blocks("powershell")
    assert [code.replace("--language en", "--language de") for code in english.blocks("sh")] == german.blocks(
        "sh"
    )
    assert {link for link in english.links() if link[0] != "#"} ^ {
        link for link in german.links() if link[0] != "#"
    } == {
        "README.md",
        "README.de.md",
    }


@each_readme
def test_after_a_rating_has_changed_all_reports_are_built_but_the_history(readme):
    assert "ratings.csv" in readme.prose
    notebooks = [report["notebook"] for report in read_editions()["leipzig-2026"]["reports"]]
    tables = {name: find_tables(HOME / "notebooks" / f"{name}.ipynb") for name in notebooks}
    assert [name for name in notebooks if "ratings" not in tables[name]] == ["history"]
    assert re.search(r"all but the history|alle außer der Geschichte", readme.prose)
