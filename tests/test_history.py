"""States derived from milestones; every expectation follows from the rows above it on paper."""

import pytest
from small_register import milestones, relation, write_register

from analysis import growth, history
from analysis.tables import read_register


@pytest.fixture
def make(tmp_path):
    def make_register(partners, *rows):
        relations = [one if isinstance(one, dict) else relation(one) for one in partners]
        return read_register(
            write_register(tmp_path / "register", partnerships=relations, milestones=milestones(*rows))
        )

    return make_register


def state_of(register, as_of):
    relations = history.describe_relations(register, as_of)
    return dict(
        zip(
            relations["partnership_id"], zip(relations["form"], relations["status"], strict=True), strict=True
        )
    )


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("signed", "partnership")], ("partnership", "active")),
        ([("letter_of_intent", "cooperation")], ("cooperation", "active")),
        ([("signed", "cooperation"), ("suspended", "")], ("cooperation", "suspended")),
        ([("signed", "cooperation"), ("suspended", ""), ("resumed", "")], ("cooperation", "active")),
        ([("signed", "partnership"), ("dormant", "")], ("partnership", "dormant")),
        ([("signed", "partnership"), ("ended", "")], ("partnership", "ended")),
        ([("signed", "cooperation"), ("unclear", "")], ("cooperation", "unknown")),
        ([("signed", "cooperation"), ("expired", "")], ("cooperation", "unknown")),
        ([("signed", "cooperation"), ("expired", ""), ("listed", "cooperation")], ("cooperation", "active")),
        ([("signed", "cooperation"), ("council_decision", "partnership")], ("partnership", "active")),
        ([("signed", "partnership"), ("association_founded", "")], ("partnership", "active")),
        ([("signed", "contact"), ("form_changed", "friendship")], ("friendship", "active")),
    ],
)
def test_form_and_status_follow_from_the_milestones(make, rows, expected):
    dated = [("east", str(1990 + n), *row) for n, row in enumerate(rows)]
    assert state_of(make(["east"], *dated), "2020-01-01") == {"east": expected}


@pytest.mark.parametrize("first", ["first_contact", "letter_of_intent", "council_decision"])
def test_a_relation_without_a_form_is_in_preparation(make, first):
    relations = history.describe_relations(make(["east"], ("east", "2007", first)), "2020-01-01")
    assert relations["status"].to_list() == ["in_preparation"]
    assert relations[["form", "first_date", "first_year"]].isna().all(axis=None)


def test_the_same_register_gives_the_state_of_any_day(make):
    register = make(
        ["far"],
        ("far", "2015", "signed", "cooperation"),
        ("far", "2021-03-13", "listed", "cooperation"),
        ("far", "2021-07-21", "council_decision", "partnership"),
    )
    assert state_of(register, "2014-12-31") == {}
    assert state_of(register, "2021-07-20") == {"far": ("cooperation", "active")}
    assert state_of(register, "2021-07-21") == {"far": ("partnership", "active")}


def test_a_year_counts_once_it_is_over(make):
    register = make(["east"], ("east", "1973", "signed", "partnership"))
    assert state_of(register, "1973-12-30") == {}
    assert state_of(register, "1973-12-31") == {"east": ("partnership", "active")}


def test_rows_in_any_order_give_the_same_state(make):
    register = make(["east"], ("east", "2001", "ended"), ("east", "1999-05", "signed", "partnership"))
    assert state_of(register, "2020-01-01") == {"east": ("partnership", "ended")}


def test_groups_are_the_four_kinds_of_the_report(make):
    register = make(
        ["east", "near", "far", relation("west", "district", "Althen")],
        *[(partner, "1990", "signed", "partnership") for partner in ("east", "near", "west")],
        ("far", "1991", "signed", "friendship"),
    )
    relations = history.describe_relations(register, "2020-01-01").set_index("partnership_id")
    groups = {"east": "international", "near": "national", "west": "district", "far": "cooperation"}
    assert relations["group"].to_dict() == groups
    assert history.count_groups(relations).to_dict() == dict.fromkeys(history.GROUPS, 1)


def test_the_first_signature_outranks_letters_and_lists(make):
    register = make(
        ["east"],
        ("east", "2010-01", "letter_of_intent", "cooperation"),
        ("east", "2011-09-18", "signed", "partnership"),
        ("east", "2019", "renewed", "partnership"),
        ("east", "2020-02", "association_founded"),
    )
    row = history.describe_relations(register, "2021-06-01").iloc[0]
    assert (row["first_date"], row["first_year"], row["years_in_force"]) == ("2011-09-18", 2011, 9)
    assert (row["confirmed_date"], row["confirmed_source_id"]) == ("2019", "paper")


@pytest.mark.parametrize(
    ("start", "as_of", "years"),
    [
        ("1990-10-03", "2020-10-02", 29),
        ("1990-10-03", "2020-10-03", 30),
        ("1961", "2026-11-01", 64),
        ("1961", "2026-12-31", 65),
        ("1973-09", "2026-09-30", 53),
        ("1973-09", "2026-09-29", 52),
    ],
)
def test_years_are_those_that_have_certainly_passed(make, start, as_of, years):
    relations = history.describe_relations(make(["east"], ("east", start, "signed", "partnership")), as_of)
    assert relations["years_in_force"].to_list() == [years]


def test_relations_stand_in_order_of_their_start(make):
    register = make(
        ["east", "west", "far"],
        ("east", "1990-10-03", "signed", "partnership"),
        ("west", "1961", "signed", "partnership"),
        ("far", "2007", "first_contact"),
    )
    relations = history.describe_relations(register, "2020-01-01")
    assert relations["partnership_id"].to_list() == ["west", "east", "far"]


def test_relations_carry_place_region_and_distance(make):
    row = history.describe_relations(
        make(["east"], ("east", "1990", "signed", "partnership")), "2020-01-01"
    ).iloc[0]
    assert (row["country_code"], row["region_code"]) == ("PL", "151")
    # great-circle distance of 51 N 12 E and 50 N 20 E on a sphere of 6371 km: 576.8 km; the ellipsoid adds 0.2 %
    assert row["distance_km"] == pytest.approx(576.8, rel=0.005)


def test_spans_end_where_form_or_status_changes(make):
    register = make(
        ["far"],
        ("far", "2004", "first_contact"),
        ("far", "2015", "signed", "cooperation"),
        ("far", "2018", "renewed", "cooperation"),
        ("far", "2021-07-21", "council_decision", "partnership"),
        ("far", "2022-03", "unclear"),
    )
    spans = history.list_spans(register, "2026-01-01")
    assert spans[["form", "status", "start_date"]].to_numpy().tolist() == [
        ["cooperation", "active", "2015"],
        ["partnership", "active", "2021-07-21"],
        ["partnership", "unknown", "2022-03"],
    ]
    assert spans["end_date"].fillna("open").to_list() == ["2021-07-21", "2022-03", "open"]
    assert spans["name_en"].unique().tolist() == ["Far"]


def test_changes_name_the_state_before_them(make):
    register = make(
        ["far", "east"],
        ("far", "2015", "signed", "cooperation"),
        ("far", "2018", "renewed", "cooperation"),
        ("far", "2021-07-21", "council_decision", "partnership"),
        ("east", "2022", "signed", "friendship"),
        ("east", "2030", "ended"),
    )
    changes = history.list_changes(register, "2020-10-14", "2026-01-01")
    assert changes[["partnership_id", "date", "form"]].to_numpy().tolist() == [
        ["far", "2021-07-21", "partnership"],
        ["east", "2022", "friendship"],
    ]
    assert changes["form_before"].fillna("none").to_list() == ["cooperation", "none"]


def test_a_second_contact_without_a_form_changes_nothing(make):
    register = make(["far"], ("far", "2000", "first_contact"), ("far", "2010-01", "first_contact"))
    assert history.list_changes(register, "1990-01-01", "2026-01-01")["date"].to_list() == ["2000"]
    assert history.list_changes(register, "2005-01-01", "2026-01-01").empty


def test_growth_counts_active_relations_at_the_end_of_each_year(make):
    register = make(
        ["east", "west"],
        ("east", "1973", "signed", "partnership"),
        ("west", "1974-06", "signed", "cooperation"),
        ("west", "1975-02", "ended"),
    )
    counts = growth.count_growth(register, "1976-06-30").pivot(index="year", columns="group", values="count")
    assert counts["international"].to_dict() == {1973: 1, 1974: 1, 1975: 1, 1976: 1}
    assert counts["cooperation"].to_dict() == {1973: 0, 1974: 1, 1975: 0, 1976: 0}


def test_growth_by_region(make):
    register = make(["east"], ("east", "1973", "signed", "partnership"))
    counts = growth.count_growth(register, "1974-06-30", by="region_code")
    assert counts.to_numpy().tolist() == [[1973, "151", 1], [1974, "151", 1]]


def test_waves_count_every_era_and_group(make):
    register = make(
        ["east", "west"], ("east", "1989", "signed", "partnership"), ("west", "1990", "signed", "partnership")
    )
    waves = growth.count_waves(history.describe_relations(register, "2020-01-01"))
    assert waves.to_numpy().tolist() == [
        ["gdr", "international", 1],
        ["nineties", "international", 1],
        ["since-2000", "international", 0],
    ]


def test_eras_are_a_parameter(make):
    relations = history.describe_relations(
        make(["east"], ("east", "1963", "signed", "partnership")), "2020-01-01"
    )
    eras = (("before", None, 1962), ("after", 1963, None))
    assert growth.name_era(relations["first_year"], eras).to_list() == ["after"]


def test_a_register_without_passed_milestones_describes_nothing(make):
    register = make(["east"], ("east", "1990", "signed", "partnership"))
    assert history.describe_relations(register, "1980-01-01").empty
    assert history.list_spans(register, "1980-01-01").empty
    assert growth.count_growth(register, "1980-01-01").empty
