"""How typical a choice of partners is: against counting by hand, a published example, and any seed."""

import pandas as pd
import pytest

from analysis.portfolio import (
    MEASURES,
    arrange_portfolio,
    compare_portfolio,
    correct_holm,
    has_enough_peers,
)
from analysis.wording import Wording


def table(*rows):
    """Twinnings from (home, country, group, distance, year)."""
    names = ["home_city_id", "country_code", "group", "distance_km", "started_year"]
    return pd.DataFrame(rows, columns=names).astype({"distance_km": "Float64", "started_year": "Int64"})


def compare(peers, **how):
    return compare_portfolio(peers, "own", **how).set_index("measure")


@pytest.fixture
def half_abroad():
    """Three of three partners abroad; five of the ten of the peers. All else is equal."""
    mine = [("own", "PL", "international", 100, 1991)] * 3
    groups = ["international"] * 5 + ["national"] * 5
    others = [(f"peer{place % 2}", "PL", group, 100, 1991) for place, group in enumerate(groups)]
    return table(*mine, *others)


def test_chance_is_that_of_counting_by_hand(half_abroad):
    found = compare(half_abroad, draws=20_000)
    # Of C(10, 3) = 120 choices, C(5, 3) = 10 lie abroad as a whole: 10 / 120, times 2 sides, times 5 tests
    assert found.loc["abroad", "p_value"] == pytest.approx(5 / 6, abs=0.05)
    assert found.loc["abroad", "expected"] == pytest.approx(0.5, abs=0.01)
    assert found.loc["abroad", ["own", "low", "high"]].tolist() == [1, 0, 1]
    same = found.drop("abroad")
    assert same["own"].tolist() == same["expected"].tolist() == [100, 1, 1991, 0]
    assert set(same["p_value"]) == {1}
    assert set(found["standing"]) == {"typical"}


def test_the_number_of_countries_is_that_of_counting_by_hand():
    peers = table(
        ("own", "FR", "international", 1, 1990),
        ("own", "PL", "international", 1, 1990),
        *[("peer", country, "international", 1, 1990) for country in ("PL", "PL", "CZ")],
    )
    found = compare(peers, draws=20_000).loc["countries"]
    assert found["own"] == 2
    assert found["expected"] == pytest.approx(5 / 3, abs=0.02)  # two of the three pairs name two countries


def test_an_unusual_choice_is_told_with_its_side():
    mine = [("own", f"C{place}", "international", 9000, 2020) for place in range(8)]
    others = [(f"p{place % 4}", "PL", "national", 100 + place, 1980 + place % 3) for place in range(40)]
    found = compare(table(*mine, *others), draws=2000)
    assert set(found["standing"]) - {"below"} == {"above"}
    assert found.loc["before_unity", "standing"] == "below"
    assert found[["lower", "cities"]].values.tolist() == [[4, 4], [4, 4], [4, 4], [4, 4], [0, 4]]
    assert (found["p_value"] <= 5 * 2 / 2001 + 1e-12).all()


def test_as_many_peers_are_enough(half_abroad):
    assert has_enough_peers(half_abroad[:6], "own")
    assert not has_enough_peers(half_abroad[:5], "own")


def test_a_seed_gives_the_same_result_and_the_order_of_rows_of_the_city_none(half_abroad):
    once = compare(half_abroad, draws=500)
    assert once.equals(compare(half_abroad, draws=500))
    assert once.equals(compare(pd.concat([half_abroad[3:], half_abroad[:3]]), draws=500))
    assert not once.equals(compare(half_abroad, draws=500, seed=1))


def test_unknown_years_are_left_out():
    mine = [("own", "PL", "international", 1, None), ("own", "PL", "international", 1, 1985)]
    found = compare(table(*mine, *[("peer", "PL", "international", 1, 1995)] * 4), draws=200)
    assert found.loc[["median_start", "before_unity"], "own"].tolist() == [1985, 1]
    assert found.loc[["median_start", "before_unity"], "expected"].tolist() == [1995, 0]


def test_correction_agrees_with_the_published_example():
    # p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm"): the smallest times 4, the next times 3 …, never falling
    adjusted = correct_holm(pd.Series([0.01, 0.04, 0.03, 0.005]))
    assert adjusted.tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert correct_holm(pd.Series([0.9, 0.8])).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("city", "has"),
    [("nowhere", "0 twinnings and its peers have 5"), ("own", "3 twinnings and its peers have 2")],
)
def test_too_few_twinnings_are_refused(city, has):
    peers = table(
        *[("own", "PL", "international", 1, 1990)] * 3, *[("peer", "PL", "international", 1, 1990)] * 2
    )
    assert not has_enough_peers(peers, city)
    with pytest.raises(ValueError) as caught:  # noqa: PT011
        compare_portfolio(peers, city)
    assert str(caught.value) == (
        f"compare_portfolio: {city!r} has {has}, allowed are one or more and at least as many. "
        "Choose another city, or registers with more."
    )


@pytest.mark.parametrize(
    ("language", "row"), [("de", ["100 %", "50 %", "0 % – 100 %"]), ("en", ["100%", "50%", "0% – 100%"])]
)
def test_values_are_written_with_their_unit(half_abroad, language, row):
    shown = arrange_portfolio(compare(half_abroad, draws=4000).reset_index(), Wording(language))
    assert len(shown) == len(MEASURES)
    assert shown.loc[1, ["own", "expected", "interval"]].str.replace("\u00a0", " ").tolist() == row
    assert shown.loc[3, "own"] == "1991"
    assert shown.loc[0, "own"].endswith("km")
