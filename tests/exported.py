"""What the tests of exports share: a small register, little networks, what is said of them, hostile names."""

import pandas as pd
from small_register import milestones, relation, write_register

from analysis.exports.attribution import About
from analysis.exports.graphs import Graph
from analysis.tables import read_register

LICENCE = {"name": "CC-BY-4.0", "title": "Attribution", "path": "https://example.org/by"}
ABOUT = About("small", "Register", "2026-11-01", [LICENCE], ["GeoNames, CC BY 4.0"])
HOSTILE = [
    "<script>alert(1)</script>",
    "]]> & </node>",
    "\"onload='x'",
    '=HYPERLINK("http://x")',
    '#read("/etc/passwd")',
    "Zeile\nzwei\tTab",
    "Київ 釜山 👩‍👩‍👧",
    "'; DROP TABLE places; --",
    "x" * 5000,
]


def small_register(folder, **more):
    """Home with East (1973, ended in 2022) and West (2004); `more` are further tables."""
    tables = {
        "partnerships": [relation("east"), relation("west")],
        "milestones": milestones(
            ("east", "1973", "signed", "partnership"),
            ("east", "2022", "ended"),
            ("west", "2004", "signed", "friendship"),
        ),
    }
    return read_register(write_register(folder / "small", **{**tables, **more}))


def graph_of(links, places=()):
    """A network of links (home, partner); `places` are (city_id, latitude, longitude), others have no coordinates."""
    names = list(dict.fromkeys(end for link in links for end in link))
    where = {name: degrees for name, *degrees in places}
    degrees = [where.get(name, (None, None)) for name in names]
    columns = {"city_id": names, "name": names}
    table = pd.DataFrame(columns, dtype="string").assign(
        latitude=pd.array([one for one, _ in degrees], dtype="Float64"),
        longitude=pd.array([other for _, other in degrees], dtype="Float64"),
    )
    relations = pd.DataFrame(links, columns=["home_city_id", "partner_city_id"], dtype="string")
    return Graph(table, relations, is_directed=True)
