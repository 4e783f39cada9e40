"""Spellings of towns in other languages: what a new register understands, and what it asks about."""

import csv

import pandas as pd
import pytest

from analysis.home import find_home
from analysis.imports.places import Places
from analysis.imports.spellings import FILE, read_spellings
from analysis.imports.words import Unreadable, fold

TOWNS = {  # name_de, name_en, name_local, country: as an office fills in its register, without any alias
    "kyjiw": ("Kyjiw", "Kyiv", "Київ", "UA", 50.45, 30.52),
    "lviv": ("Lwiw", "Lviv", "Львів", "UA", 49.84, 24.03),
    "danzig": ("Danzig", "Gdańsk", "Gdańsk", "PL", 54.35, 18.65),
    "breslau": ("Breslau", "Wrocław", "Wrocław", "PL", 51.1, 17.03),
    "gwangju": ("Gwangju", "Gwangju", "광주", "KR", 35.15, 126.92),
    "frankfurt-oder": ("Frankfurt (Oder)", "Frankfurt (Oder)", "Frankfurt (Oder)", "DE", 52.34, 14.55),
    "testhausen": ("Testhausen", "Testhausen", "Testhausen", "DE", 51.0, 11.0),
}


class SmallRegister(dict):
    """As much of a register as places need."""

    @property
    def home(self):
        return {"city_id": "testhausen"}


@pytest.fixture
def make_places():
    def make(towns):
        names = ["name_de", "name_en", "name_local", "country_code", "latitude", "longitude"]
        cities = pd.DataFrame.from_dict(towns, orient="index", columns=names)
        partners = [town for town in towns if town != "testhausen"]
        relations = pd.DataFrame({"partnership_id": partners, "partner_city_id": partners})
        tables = {"cities": cities.rename_axis("city_id").reset_index(), "partnerships": relations}
        return Places(SmallRegister(tables, aliases=pd.DataFrame({"city_id": [], "spelling": []})), {})

    return make


@pytest.mark.parametrize(
    ("town", "spellings"),
    [
        ("kyjiw", "Kiew, Kiev, Kyjiw, Kyiv, KIEW, Kijów, Kiew (Ukraine)"),
        ("gwangju", "Gwanju, Gwangju, Kwangju"),
        ("danzig", "Danzig, Gdańsk, Gdansk, Stadt Danzig"),
        ("lviv", "Lemberg, Lwiw, Lviv, Lwów, Lvov, Lemberg / UA"),
        ("breslau", "Breslau, Wrocław, Wroclaw, Vratislav"),
    ],
)
def test_a_new_register_understands_every_spelling_of_a_place(make_places, town, spellings):
    places = make_places(TOWNS)
    assert {spelling: places.read(spelling) for spelling in spellings.split(", ")} == dict.fromkeys(
        spellings.split(", "), town
    )


def read_fault(places, text):
    with pytest.raises(Unreadable) as caught:
        places.read(text)
    return caught.value.code, caught.value.values.get("options", "")


def test_a_name_that_a_larger_town_bears_is_asked_about(make_places):
    places = make_places(TOWNS)
    assert read_fault(places, "Frankfurt") == ("place-namesake", "frankfurt-oder")
    assert places.read("Frankfurt/Oder") == "frankfurt-oder"


def test_what_two_partners_are_called_is_asked_about(make_places):
    both = {
        **TOWNS,
        "frankfurt-main": ("Frankfurt am Main", "Frankfurt", "Frankfurt am Main", "DE", 50.11, 8.68),
    }
    assert make_places(both).read("Frankfurt") == "frankfurt-main"  # what the register calls it
    both["frankfurt-main"] = ("Frankfurt am Main",) * 3 + ("DE", 50.11, 8.68)
    assert make_places(both).read("Frankfort on the Main") == "frankfurt-main"
    twins = {
        "one": ("Kiew", "Kyiv", "Kyiv", "UA", 50.45, 30.52),
        "two": ("Kyjiw", "Kyiv", "Kyiv", "UA", 50.4, 30.5),
        **TOWNS,
    }
    assert read_fault(make_places(twins), "Kijew")[0] == "place-ambiguous"


def test_the_register_has_the_last_word(make_places):
    places = make_places({**TOWNS, "lemberg-pfalz": ("Lemberg", "Lemberg", "Lemberg", "DE", 49.17, 7.65)})
    assert places.read("Lemberg") == "lemberg-pfalz"
    assert places.read("Lwów") == "lviv"


def test_a_town_of_another_country_has_no_part_in_it(make_places):
    places = make_places({**TOWNS, "kyjiw": ("Kiew", "Kiew", "Kiew", "DE", 50.45, 30.52)})
    assert read_fault(places, "Kyiv")[0] == "place-unknown"


def test_a_town_that_may_be_two_has_no_further_spellings(tmp_path):
    table = tmp_path / "spellings.csv"
    table.write_text(
        "geonames_id,country_code,latitude,longitude,names,names_shared\n"
        "1,FR,47,2,Sainte-Fiktion|Sankt Fiktion,\n2,FR,47.1,2,Fiktion-sur-Mer,Sainte-Fiktion\n"
    )
    assert read_spellings({"town": ["Sainte-Fiktion"]}, {"town": ("FR", 47.05, 2.0)}, table) == ({}, {})
    own, shared = read_spellings({"town": ["Fiktion-sur-Mer"]}, {"town": ("FR", 47.05, 2.0)}, table)
    assert own == {"fiktion sur mer": {"town"}}
    assert shared == {"sainte fiktion": {"town"}}


@pytest.mark.parametrize(
    ("names", "place", "other"),
    [
        ("Halle", ("DE", 52.06, 8.36), "Halle (Saale)"),
        ("Boulogne", ("FR", 50.73, 1.61), "Boulogne-Billancourt"),
        ("Neustadt", ("DE", 54.11, 10.81), "Neustadt an der Weinstraße"),
        ("Newcastle", ("GB", 53.01, -2.23), "Newcastle upon Tyne"),
    ],
)
def test_a_namesake_far_away_is_not_the_town_of_the_register(make_places, names, place, other):
    """Halle in Westphalia, Boulogne-sur-Mer, Neustadt in Holstein, Newcastle-under-Lyme: smaller than their namesakes."""
    places = make_places({**TOWNS, "small": ((names,) * 3 + place)})
    assert places.read(names) == "small"
    assert read_fault(places, other)[0] == "place-unknown"


def test_no_spelling_of_the_table_is_two_towns():
    with (find_home() / FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    forms = [form for row in rows for form in {fold(name) for name in row["names"].split("|") if name}]
    assert len(forms) == len(set(forms))
    assert len(rows) > 3000
