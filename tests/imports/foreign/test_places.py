"""Which mentions of an import are one place: namesakes kept apart, ids of their own, and what is told of merged ones."""

from pathlib import Path

import pytest
from imports.foreign.exhibits import bring, read_rows

from analysis.imports.foreign.cities import City, name_cities
from analysis.imports.foreign.statements import Place
from analysis.problems import DataError
from analysis.tables import read_register

HEAD = "municipality,plz,bundesland,latitude,longitude,partnergemeinde,land,seit,form,partner_latitude,partner_longitude\n"


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def bring_rgre(*rows):
    Path("rgre.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    bring(Path("rgre.csv"), Path("r"))
    return read_rows(Path("r/cities.csv"))


def read_places():
    """What is told of places: name and reason."""
    rows = read_rows(Path("r/imports/import-report.csv"))
    return [(row["value"], row["reason_code"]) for row in rows if row["outcome"] == "place"]


def test_namesakes_of_one_region_that_lie_71_km_apart_have_ids_of_their_own(here):
    cities = bring_rgre(
        "Neukirchen,93453,Bayern,49.26,12.97,Linz,Österreich,1990,p,48.3,14.28",
        "Neukirchen,94154,Bayern,48.69,13.38,Wels,Österreich,1991,p,48.16,14.02",
    )
    found = {row["city_id"]: row["latitude"] for row in cities if row["name_en"] == "Neukirchen"}
    assert sorted(found.values()) == ["48.69", "49.26"]
    homes = {row["home_city_id"]: row["partner_city_id"] for row in read_rows(Path("r/partnerships.csv"))}
    assert {found[home]: partner for home, partner in homes.items()} == {
        "49.26": "linz-at",
        "48.69": "wels-at",
    }
    assert len(read_register("r")["cities"]) == 4


def test_places_that_share_an_id_are_refused():
    twins = {number: City("same", Place("Rye", "GB")) for number in (1, 2)}
    with pytest.raises(DataError) as error:
        name_cities(twins)
    [problem] = error.value.problems
    assert problem.startswith("city_id: is the id of several places (rye-gb-")
    assert problem.endswith("), allowed is one. Tell the places apart by coordinates or a region.")
