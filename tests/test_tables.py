"""A register is read as it stands: types, gaps, encodings, places, and all problems at once."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from tiny_tables import (
    ACTIVITIES,
    CITIES,
    MILESTONES,
    PARTNERSHIPS,
    RATINGS,
    REFERENCE,
    REGISTER,
    problems_of,
    read_tiny,
    write_files,
)

from analysis.home import find_home
from analysis.tables import DataError, read_register


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def test_a_register_has_every_table_with_its_types():
    register = read_tiny(Path(), {"activities.csv": ACTIVITIES})
    trip = register["activities"].iloc[0]
    assert len(register) == 25
    assert register["activities"].dtypes.astype(str).to_dict() == {
        **dict.fromkeys(register["activities"], "string"),
        "is_project": "boolean",
        "participants": "Int64",
        "participants_under_27": "Int64",
        "amount_planned_eur": "Float64",
        "amount_own_eur": "Float64",
        "amount_third_party_eur": "Float64",
    }
    assert trip[["start_date", "participants", "amount_own_eur"]].tolist() == ["2019-05-03", 40, 1234.5]
    assert not trip["is_project"]
    assert trip[["direction", "amount_planned_eur", "title_de"]].isna().all()
    assert register["contacts"].columns.tolist() == [
        "partnership_id",
        "year",
        "frequency",
        "stated_by",
        "source_id",
    ]
    assert register["contacts"].empty
    assert str(register["contacts"]["year"].dtype) == "Int64"
    assert register["criteria"]["scale"].tolist() == [pd.NA, "A|AA|AAA"]


def test_a_register_knows_its_name_its_place_and_its_home_city():
    register = read_tiny(Path())
    assert register.name == "register"
    assert register.path == Path("register")
    assert register.home["name_local"] == "Leipzig"
    assert register.notices == []


def test_a_table_that_a_study_changes_leaves_the_register_alone():
    register = read_tiny(Path())
    cities = register["cities"]
    cities["distance_km"] = 0
    cities.loc[0, "name_de"] = "Lipsia"
    assert "distance_km" not in register["cities"]
    assert register.home["name_de"] == "Leipzig"


def test_the_code_of_namibia_is_a_value():
    register = read_tiny(Path(), {"cities.csv": CITIES.replace("UA", "NA").replace("Kiew", "null")})
    assert register["cities"]["country_code"].tolist() == ["DE", "NA"]
    assert register["cities"]["name_de"].tolist() == ["Leipzig", "null"]


def test_a_cell_may_have_commas_quotes_and_lines():
    note = 'Kyiv, the "Hero City"\non the Dnipro'
    quoted = note.replace('"', '""')
    register = read_tiny(Path(), {"cities.csv": CITIES.replace("Kiew", f'"{quoted}"')})
    assert register["cities"]["name_de"][1] == note


def test_marks_of_windows_and_blank_lines_change_nothing():
    windows = ("\ufeff" + CITIES.replace("\n", "\r\n") + ",,,,,,,,\r\n\r\n").encode()
    pd.testing.assert_frame_equal(
        read_tiny(Path(), {"cities.csv": windows})["cities"], read_tiny(Path())["cities"]
    )


def test_windows_1252_is_read_and_told():
    western = CITIES.replace("Київ", "Kyjiw").replace("Kiew", "Köln").encode("cp1252")
    register = read_tiny(Path(), {"cities.csv": western})
    assert register["cities"]["name_de"][1] == "Köln"
    assert register.notices == [
        (
            "register/cities.csv: is not UTF-8 and was read as Windows-1252 (as 'Köln'). "
            "Check the special letters, and save it as 'CSV UTF-8'."
        )
    ]


def test_spaces_around_a_text_are_left_out_and_told():
    register = read_tiny(Path(), {"cities.csv": CITIES.replace("Kiew", "\u00a0Kiew ")})
    assert register["cities"]["name_de"][1] == "Kiew"
    assert register.notices == [
        "register/cities.csv, line 3, column name_de: had spaces around the text, which were left out."
    ]


def test_own_sources_are_added_to_the_shared_ones():
    head, paper = REFERENCE["sources.csv"].splitlines()
    own = f"{head}\n{paper}\nletter,A letter,The office,own\n"
    changed = {"sources.csv": own, "milestones.csv": MILESTONES.replace("paper", "letter")}
    assert read_tiny(Path(), changed)["sources"]["source_id"].tolist() == ["paper", "letter"]


@pytest.mark.parametrize(
    "name", ["README.md", "LICENSE", "datapackage.json", ".gitkeep", "~$cities.xlsx", "build.py"]
)
def test_files_beside_the_tables_are_left_alone(name):
    assert problems_of(Path(), {name: "{}"}) == []


def test_a_link_is_no_table():
    write_files(Path(), {"secret.csv": RATINGS})
    folder = write_files(Path("register"), REGISTER)
    (folder / "ratings.csv").symlink_to(Path("secret.csv").absolute())
    assert problems_of(Path(), {}) == [
        "register/ratings.csv: is a link, allowed is a file of its own. Put the file itself there."
    ]


def test_a_folder_is_no_table():
    Path("register/ratings.csv").mkdir(parents=True)
    assert problems_of(Path(), {}) == [
        "register/ratings.csv: is a folder or device, allowed is a file. Put a file there."
    ]


def test_a_file_of_more_than_500_mb_is_not_read():
    write_files(Path("register"), REGISTER)
    with Path("register/ratings.csv").open("wb") as file:
        file.truncate(501 * 1024**2)
    assert problems_of(Path(), {}) == [
        "register/ratings.csv: has 501 MB, allowed are 500 MB. Split the register."
    ]


def test_braces_and_control_characters_in_a_path_do_no_harm():
    folder = write_files(Path("{0}\x1b"), {"cities.csv": CITIES, "partnerships.csv": PARTNERSHIPS})
    reference = write_files(Path("reference"), REFERENCE)
    with pytest.raises(DataError) as error:
        read_register(folder, reference)
    assert error.value.problems == [
        "{0}\\x1b: has no table milestones, allowed are registers with cities, partnerships, milestones. Add it."
    ]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (
            "registr",
            "does not exist, allowed is a folder of CSV files or a workbook. Did you mean 'register'?",
        ),
        ("no/where", "does not exist, allowed is a folder of CSV files or a workbook. Correct the path."),
        ("n" * 300, "does not exist, allowed is a folder of CSV files or a workbook. Correct the path."),
        (
            "register/cities.csv",
            (
                "is a file of another kind, allowed is a folder of CSV files or a workbook (.xlsx, .xls, .ods). "
                "Correct the path."
            ),
        ),
    ],
)
def test_what_is_no_register_is_told(path, problem):
    write_files(Path("register"), REGISTER)
    with pytest.raises(DataError) as error:
        read_register(path, write_files(Path("reference"), REFERENCE))
    assert error.value.problems == [f"{path}: {problem}"]


def test_a_missing_reference_folder_is_told():
    write_files(Path("register"), REGISTER)
    with pytest.raises(DataError, match="^.*\\nreferenz: does not exist, allowed is a folder of CSV files"):
        read_register("register", "referenz")


def test_a_wrong_cell_hides_no_other_problem(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    wrong = {
        "cities.csv": CITIES.replace("51.3397", "512").replace("DE", "de"),
        "milestones.csv": MILESTONES.replace("1961", "19733").replace("paper", "newspaper"),
        "ratings.csv": RATINGS.replace("criterion_id", "").replace("office", "mayor"),
    }
    places = [problem.split(": ")[0] for problem in problems_of(Path(), wrong)]
    assert places == [
        "register/cities.csv, line 2, column country_code",
        "register/cities.csv, line 2, column latitude",
        "register/milestones.csv, line 2, column date",
        "register/ratings.csv, line 1",
        "register/ratings.csv, line 1",
        "register/ratings.csv, line 2, column rated_by",
        "register/milestones.csv, line 2, column source_id",
    ]


def test_the_error_shows_fifty_problems_and_counts_them_all(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = "".join(f"k{n},kyiv,{n}.,signed,,false,paper\n" for n in range(60))
    with pytest.raises(DataError) as error:
        read_tiny(Path(), {"milestones.csv": MILESTONES + rows})
    shown = str(error.value).splitlines()
    assert shown[0] == "60 problems in the tables"
    assert shown[1:-1] == error.value.problems[:50]
    assert shown[-1] == "... and 10 more"
    assert len(error.value.problems) == 60


def test_the_limit_of_a_cell_does_not_depend_on_other_libraries(tmp_path):
    before = csv.field_size_limit(10)
    try:
        assert len(read_register(find_home() / "data/leipzig")) == 25
        assert csv.field_size_limit() == 10
    finally:
        csv.field_size_limit(before)
