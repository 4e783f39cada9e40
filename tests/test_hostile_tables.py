"""Registers that nobody thought of: whatever stands in a file, a register is read or refused, never a crash."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_tables import ACTIVITIES, CITIES, MILESTONES, PARTNERSHIPS, RATINGS, read_tiny

from analysis.tables import DataError

TABLES = {
    "activities.csv": ACTIVITIES,
    "cities.csv": CITIES,
    "milestones.csv": MILESTONES,
    "partnerships.csv": PARTNERSHIPS,
    "ratings.csv": RATINGS,
}
LETTERS = st.characters(
    exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u202a\u202b\u202c\u202d\u202e\ufffd"
)
TITLES = st.text(LETTERS, min_size=1, max_size=30).map(str.strip).filter(lambda t: t and t[0] not in "=#")
DAYS = st.dates(date(1000, 1, 1), date(2100, 12, 31)).map(str)
AMOUNTS = st.one_of(st.none(), st.integers(0, 10**9).map(lambda cents: cents / 100))
CELLS = st.one_of(
    st.text(max_size=80), st.sampled_from(["kyiv", "2020-13", "-1", "1e9", "{row}", "A|B", "\x1f", ";", '"'])
)
QUICK = settings(max_examples=40, deadline=None)


def write_csv(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def read_or_refuse(changed):
    """Read the tiny register with changes; problems are whole sentences that say where."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read_tiny(Path(folder), changed)
        except DataError as error:
            problems = error.problems
    assert problems
    assert all(problem.startswith(folder) and problem.isprintable() for problem in problems)
    assert all(problem.endswith((".", "?")) for problem in problems)
    return None


@QUICK
@given(name=st.sampled_from(sorted(TABLES)), data=st.data())
def test_any_text_in_a_cell_is_read_or_refused(name, data):
    rows = list(csv.reader(io.StringIO(TABLES[name])))
    row, column = data.draw(st.integers(0, 1)), data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = data.draw(CELLS)
    read_or_refuse({name: write_csv(rows).encode("utf-8", "surrogatepass")})


@QUICK
@given(
    name=st.sampled_from(sorted(TABLES)), content=st.one_of(st.binary(max_size=300), st.text(max_size=200))
)
def test_any_bytes_for_a_table_are_read_or_refused(name, content):
    read_or_refuse({name: content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content})


@QUICK
@given(name=st.sampled_from(sorted(TABLES)), data=st.data())
def test_any_damage_to_a_table_is_read_or_refused(name, data):
    content = bytearray(TABLES[name].encode())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    read_or_refuse({name: bytes(content)})


@QUICK
@given(
    rows=st.lists(
        st.tuples(TITLES, DAYS, st.booleans(), st.none() | st.integers(0, 10**9), AMOUNTS), max_size=8
    )
)
def test_what_is_written_is_read(rows):
    columns = "activity_id,start_date,activity_type,is_project,participants,amount_own_eur,title_de,source_id"
    written = [
        [f"a{n}", day, "culture", str(is_project).lower(), people, amount, title, "paper"]
        for n, (title, day, is_project, people, amount) in enumerate(rows)
    ]
    table = read_or_refuse({"activities.csv": write_csv([columns.split(","), *written])})["activities"]
    read = table[["title_de", "start_date", "is_project", "participants", "amount_own_eur"]].astype(object)
    assert list(read.where(read.notna(), None).itertuples(index=False, name=None)) == rows
