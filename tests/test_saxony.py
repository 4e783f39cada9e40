"""The register of Saxon cities says what its sources say; expected counts are those of the compilation of 2026-11-22."""

from collections import Counter, defaultdict

import pytest
from own_data import DATA, SCHEMAS, read

from analysis.history import describe_relations
from analysis.tables import DataError, read_register

DAY = "2026-11-22"
TABLES = sorted(path.stem for path in (DATA / "saxony").glob("*.csv"))
ROWS = {
    "cities": 172,
    "partnerships": 148,
    "milestones": 311,
    "claims": 42,
    "candidates": 36,
    "coverages": 26,
}

# How many town twinnings each city has by the compilers' table
TWINNINGS = {
    "dresden": 13,
    "chemnitz": 12,
    "zwickau": 4,
    "plauen": 7,
    "goerlitz": 5,
    "freiberg": 7,
    "pirna": 6,
    "bautzen": 5,
    "radebeul": 3,
    "hoyerswerda": 4,
    "riesa": 7,
    "meissen": 7,
    "grimma": 5,
    "zittau": 7,
    "markkleeberg": 4,
    "limbach-oberfrohna": 3,
    "doebeln": 4,
    "glauchau": 7,
    "coswig": 2,
    "werdau": 2,
    "reichenbach-im-vogtland": 9,
    "torgau": 3,
    "annaberg-buchholz": 3,
    "crimmitschau": 2,
    "auerbach-vogtl": 2,
}


@pytest.fixture(scope="module")
def register():
    return read_register(DATA / "saxony")


@pytest.fixture(scope="module")
def relations(register):
    homes = register["partnerships"][["partnership_id", "home_city_id"]]
    return describe_relations(register, DAY).merge(homes, on="partnership_id")


@pytest.fixture(scope="module")
def twinnings(relations):
    return relations[(relations["form"] == "partnership") & (relations["status"] != "ended")]


def test_the_tables_have_the_rows_of_the_readme(register):
    assert {name: len(read(name, "saxony")) for name in ROWS} == ROWS
    assert len({row["conflict_id"] for row in read("claims", "saxony")}) == 20
    assert len(read("sources", "saxony")) == 164
    assert len(register.homes) == 26
    assert "leipzig" not in set(register["cities"]["city_id"])


def test_there_are_133_twinnings_by_city_and_one_is_a_districts(twinnings):
    assert twinnings["home_city_id"].value_counts().to_dict() == TWINNINGS
    assert sum(TWINNINGS.values()) == 133
    assert twinnings.loc[twinnings["level"] == "district", "partnership_id"].tolist() == [
        "reichenbach-im-vogtland-rocov"
    ]


def test_twinnings_lie_where_the_compilers_counted_them(twinnings):
    counts = twinnings["country_code"].value_counts()
    expected = {"DE": 37, "CZ": 19, "PL": 15, "FR": 14, "US": 7, "IT": 6, "CN": 4, "FI": 4, "IL": 4}
    assert counts[list(expected)].to_dict() == expected
    assert counts[["GB", "UA"]].tolist() == [3, 3]


def test_twinnings_began_when_the_compilers_counted_them(register, twinnings):
    milestones = register["milestones"]
    started = milestones[milestones["milestone"].isin(["signed", "council_decision"])]
    years = started.assign(year=started["date"].str[:4].astype(int)).groupby("partnership_id")["year"].min()
    years = years.reindex(twinnings["partnership_id"])
    spans = ((0, 1989), (1990, 1992), (1993, 1999), (2000, 2009), (2010, 2026))
    assert [int(years.between(*span).sum()) for span in spans] == [51, 30, 19, 14, 14]
    assert int(years.isna().sum()) == 5


def test_other_forms_and_states_are_those_of_the_compilers(relations):
    alive = relations[relations["status"] != "ended"]
    assert Counter(alive.loc[alive["form"] != "partnership", "form"]) == {"friendship": 8, "cooperation": 1}
    assert Counter(alive["status"]) == {"active": 138, "suspended": 2, "dormant": 2}
    assert len(relations) - len(alive) == 6  # two ended, two ended by the partner, two historic


def test_what_has_ended_says_why(register):
    ended = register["milestones"].query("milestone == 'ended'")
    assert len(ended) == 6
    assert ended[["note_de", "note_en"]].notna().all(axis=None)


def test_what_nobody_confirmed_never_counts(relations):
    verdicts = Counter(row["verdict"] for row in read("candidates", "saxony"))
    assert verdicts == {"rejected": 19, "unconfirmed": 17}  # with one that was only announced
    assert {row["candidate_id"] for row in read("candidates", "saxony")}.isdisjoint(
        relations["partnership_id"]
    )


def test_every_city_has_a_coverage_and_a_count_has_a_source(register):
    rows = read("coverages", "saxony")
    assert [row["city_id"] for row in rows] == register.homes["city_id"].tolist()
    assert Counter(row["coverage"] for row in rows) == {"complete": 20, "partial": 5, "poor": 1}
    assert all(bool(row["published_count"]) == bool(row["source_id"]) for row in rows)


def test_no_start_is_the_default_year_of_the_list_of_2015(register):
    signed = register["milestones"].query("milestone == 'signed'")
    assert not (signed["date"].str[:4] == "2000").any()


def test_claims_show_all_sides_of_a_conflict():
    sides = defaultdict(list)
    for row in read("claims", "saxony"):
        sides[row["conflict_id"]].append(row)
    for claims in sides.values():
        assert len({claim["value"] for claim in claims}) == len(claims) > 1
        assert [claim["verdict"] for claim in claims].count("accepted") == 1


def test_disputed_starts_are_the_accepted_ones(register):
    signed = register["milestones"].query("milestone == 'signed'")
    starts = dict(zip(signed["partnership_id"], signed["date"], strict=True))
    for row in read("claims", "saxony"):
        if row["property"] == "first_signed":
            assert (starts[row["row_id"]] == row["value"]) == (row["verdict"] == "accepted"), row


@pytest.mark.parametrize("table", TABLES)
def test_files_have_the_columns_of_the_schema_and_texts_in_both_languages(table):
    text = (DATA / "saxony" / f"{table}.csv").read_text(encoding="utf-8")
    names = [field["name"] for field in SCHEMAS[table]["fields"]]
    assert text.splitlines()[0].split(",") == names
    for row in read(table, "saxony"):
        assert all(bool(row[name]) == bool(row[f"{name[:-3]}_en"]) for name in names if name.endswith("_de"))


def test_distances_are_measured_from_each_home_city(relations):
    far = relations.set_index("partnership_id")["distance_km"]
    assert far["dresden-coventry"] == pytest.approx(
        1060, abs=10
    )  # great circle 13.74 E 51.05 N, 1.51 W 52.41 N
    assert far["goerlitz-zgorzelec"] < 5  # the other bank of the river


def test_where_one_home_city_is_needed_a_register_of_several_is_refused(register):
    with pytest.raises(DataError) as caught:
        register.home  # noqa: B018
    is_now = "register saxony: has 26 home cities (Dresden, Chemnitz, Zwickau, Plauen, Görlitz, …), allowed here is one."
    todo = "Use the register of one city, or the notebook comparison for several."
    assert caught.value.problems == [f"{is_now} {todo}"]
