"""A city among its partners."""

import pytest
from network.examples import PLACES, link, small

from analysis.network.ego import describe_ego, find_city, summarise_ego
from analysis.network.graph import build_network
from analysis.problems import DataError


def test_partners_with_what_they_share_and_who_names_whom():
    ego = describe_ego(small(), "Aa")
    partners = ego.partners.set_index("name")
    assert list(partners.index) == ["Cc", "Bb"]
    assert partners["degree"].to_list() == [3, 2]
    assert partners["shared"].to_list() == [1, 1]
    assert partners["named_by"].to_list() == ["city", "both"]
    assert ego.links.tolist() == [[1, 2]]
    assert partners.loc["Bb", "distance_km"] == pytest.approx(131, abs=1)


def test_an_ego_network_in_numbers():
    network = small()
    assert summarise_ego(network, describe_ego(network, "C")) == pytest.approx(
        {"partners": 3, "countries": 2, "links_among": 1, "density_among": 1 / 3, "degree_rank": 1}
    )
    assert summarise_ego(network, describe_ego(network, "E"))["density_among"] == 0


def test_a_partner_may_be_the_one_who_names():
    assert describe_ego(small(), "E").partners["named_by"].to_list() == ["partner"]


def test_an_unknown_city_is_told_the_nearest():
    with pytest.raises(DataError) as error:
        find_city(small(), "Bbb")
    assert error.value.problems == [
        "city: 'Bbb' is not in the network. Did you mean 'Bb'? Give a name or an id of `cities`."
    ]


def test_homonyms_need_the_id():
    network = build_network(link("A B"), PLACES.replace({"name": {"Bb": "Aa"}}))
    with pytest.raises(DataError) as error:
        find_city(network, "Aa")
    assert error.value.problems == ["city: 'Aa' is the name of 2 cities. Give the id: A, B."]
    assert find_city(network, "B") == 1
