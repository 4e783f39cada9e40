"""Contacts after crises, carriers and the last activity found."""

import pytest
from small_register import milestones, relation, write_register

from analysis import endurance, history
from analysis.tables import read_register
from analysis.wording import Wording

AS_OF = "2024-12-31"


def activity(partner, start, title="x"):
    return {
        "activity_id": f"a-{partner or 'none'}-{start}",
        "partnership_id": partner,
        "start_date": start,
        "activity_type": "delegation",
        "is_project": "false",
        "title_de": title,
        "source_id": "paper",
    }


def association(partner, name, founded):
    return {
        "association_id": name,
        "partnership_id": partner,
        "name": name,
        "founded_date": founded,
        "source_id": "paper",
    }


@pytest.fixture
def register(tmp_path):
    folder = write_register(
        tmp_path / "register",
        partnerships=[relation("east"), relation("far")],
        milestones=milestones(
            ("east", "1973", "signed", "partnership"),
            ("east", "1995", "renewed"),
            ("east", "2021-03-13", "listed"),
            ("far", "2021", "signed", "partnership"),
        ),
        activities=[
            activity("east", "2023-05"),
            activity("east", "2019"),
            activity("", "2020"),
            activity("far", "2025"),
        ],
        associations=[
            association("east", "early", "1997"),
            association("far", "late", "2025"),
            association("far", "undated", ""),
        ],
    )
    return read_register(folder)


def test_contact_after_a_crisis_is_documented_not_documented_or_later(register):
    relations = history.describe_relations(register, AS_OF)
    table = endurance.check_endurance(register, relations, AS_OF).set_index(["partnership_id", "crisis"])
    assert table.loc["east", "contact"].to_dict() == dict.fromkeys(endurance.CRISES, "documented")
    assert table.loc["east", "date"].to_dict() == {"unity": "1995", "pandemic": "2023-05", "war": "2023-05"}
    assert table.loc["far", "contact"].to_dict() == {
        "unity": "later",
        "pandemic": "later",
        "war": "not_documented",
    }


def test_a_line_in_a_list_is_no_contact(register):
    relations = history.describe_relations(register, "2022-12-31")
    table = endurance.check_endurance(register, relations, "2022-12-31").set_index(
        ["partnership_id", "crisis"]
    )
    assert table.loc[("east", "pandemic"), "contact"] == "not_documented"


def test_a_crisis_to_come_is_left_out(register):
    relations = history.describe_relations(register, "2021-12-31")
    assert set(endurance.check_endurance(register, relations, "2021-12-31")["crisis"]) == {
        "unity",
        "pandemic",
    }


def test_a_year_that_began_before_the_crisis_shows_no_contact_after_it(register):
    relations = history.describe_relations(register, AS_OF)
    table = endurance.check_endurance(register, relations, AS_OF, {"mid-1995": "1995-06-01"})
    assert table.set_index("partnership_id").loc["east", "date"] == "2019"


def test_the_last_activity_is_the_last_one_by_then(register):
    last = endurance.find_last_activity(register, AS_OF)
    assert last[["partnership_id", "last_activity_date"]].to_numpy().tolist() == [["east", "2023-05"]]
    assert endurance.find_last_activity(register, "2022-01-01")["last_activity_date"].to_list() == ["2019"]


def test_carriers_are_those_founded_by_then_or_undated(register):
    assert endurance.list_carriers(register, AS_OF)["name"].to_list() == ["early", "undated"]
    assert endurance.list_carriers(register, "1990-01-01")["name"].to_list() == ["undated"]


def test_contacts_read_as_dates_or_as_the_reason_for_none(register):
    relations = history.describe_relations(register, AS_OF)
    words = Wording("en")
    table = endurance.arrange_contacts(endurance.check_endurance(register, relations, AS_OF), words)
    assert table.loc["east"].to_list() == ["1995", "May 2023", "May 2023"]
    assert table.loc["far"].to_list() == [
        words.label("contact", code) for code in ("later", "later", "not_documented")
    ]
    assert table.columns.to_list() == [words.label("crisis", code) for code in endurance.CRISES]
