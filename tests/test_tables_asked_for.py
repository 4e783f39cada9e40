"""Reading a part of a register: what is there, what is not, and that the two are not mistaken for each other."""

import re

import pytest
from tiny_tables import ACTIVITIES, CLAIMS, DECISIONS, REFERENCE, REGISTER, read_tiny, write_files

from analysis.tables import DataError, read_register

# A claim about a decision, which can only be checked where both tables are read
CLAIM = CLAIMS.replace("cities,kyiv,name", "decisions,{row},date")
BAD_RATING = (
    "round_year,partnership_id,criterion_id,rating,rated_by,source_id\n2020,nowhere,activity,Z,office,paper\n"
)


def read_part(folder, files, tables):
    reference = write_files(folder / "reference", REFERENCE)
    return read_register(write_files(folder / "register", REGISTER | files), reference, tables)


def test_the_tables_asked_for_come_with_those_of_every_register_and_the_reference(tmp_path):
    files = {
        "activities.csv": ACTIVITIES,
        "decisions.csv": DECISIONS,
        "claims.csv": CLAIM.format(row="round"),
    }
    part = read_part(tmp_path, files, ["activities"])
    own = {"cities", "partnerships", "milestones", "activities"}
    assert set(part) == own | {"sources", "criteria", "thresholds", "glossary", "regions"}
    assert list(part["activities"]["activity_id"]) == ["trip"]
    whole = read_tiny(tmp_path, files)
    for name in part:
        assert part[name].equals(whole[name]), name


def test_a_table_asked_for_that_the_register_lacks_is_empty_as_ever(tmp_path):
    assert read_part(tmp_path, {}, ("activities",))["activities"].empty


def test_what_was_not_read_is_no_empty_table_but_an_error(tmp_path):
    part = read_part(tmp_path, {"activities.csv": ACTIVITIES}, ())
    for ask in (lambda: part["activities"], lambda: part.get("activities"), lambda: "activities" in part):
        with pytest.raises(DataError) as caught:
            ask()
        assert str(caught.value) == (
            "1 problem in the tables\n"
            "table activities: was not read, allowed are cities, criteria, glossary, milestones, partnerships, "
            "regions, sources, thresholds. Add it to read_register(…, tables=(…))."
        )


def test_what_was_not_read_is_not_checked_and_no_evidence(tmp_path):
    files = {"ratings.csv": BAD_RATING, "claims.csv": CLAIM.format(row="lost")}
    part = read_part(tmp_path, files, ["claims"])  # neither the rating is told, nor the lost decision
    assert list(part["claims"]["row_id"]) == ["lost"]
    with pytest.raises(DataError) as caught:
        read_part(tmp_path, files, None)
    assert len(caught.value.problems) == 3  # partner, rating and claim


@pytest.mark.parametrize(
    ("tables", "problem"),
    [
        (["rattings"], r"^tables: is 'rattings', allowed are activities, .*, thresholds\. Did you mean 'ratings'\?$"),
        ([7], r"^tables: is '7', allowed are activities, .*, thresholds\. Choose of these\.$"),
        ("ratings", r"^tables: is the text 'ratings', allowed is a list of names\. Write tables=\('ratings',\)\.$"),
    ],
)  # fmt: skip
def test_what_is_no_list_of_tables_is_told(tmp_path, tables, problem):
    with pytest.raises(DataError) as caught:
        read_part(tmp_path, {}, tables)
    (told,) = caught.value.problems
    assert re.search(problem, told), told
