"""Leipzig's partners to draw, and what a reader sees of a map. For the tests of maps."""

import csv
from itertools import combinations
from pathlib import Path

import pandas as pd
from matplotlib.text import Text

LEIPZIG = Path(__file__).parents[1] / "data/leipzig"
COOPERATION = {"gdansk", "gwangju", "lviv", "moscow"}


def read_leipzig():
    """The home city, and its 21 partners as relations; Moscow's state is unknown."""
    with (LEIPZIG / "cities.csv").open(encoding="utf-8", newline="") as file:
        cities = pd.DataFrame(csv.DictReader(file)).set_index("city_id")
    cities = cities.astype({"latitude": "Float64", "longitude": "Float64"})
    with (LEIPZIG / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["partner_city_id"]: row for row in csv.DictReader(file)}
    groups = [
        "district" if row["level"] == "district" else "cooperation" if name in COOPERATION else row["scope"]
        for name, row in rows.items()
    ]
    states = ["unknown" if name == "moscow" else "active" for name in rows]
    return cities.loc["leipzig"], cities.loc[list(rows)].assign(group=groups, status=states)


HOME, RELATIONS = read_leipzig()


def make_relations(*places, group="international", status="active"):
    """Relations from (name, latitude, longitude)."""
    rows = [
        {"name_de": name, "name_en": name, "latitude": north, "longitude": east}
        for name, north, east in places
    ]
    return pd.DataFrame(rows).assign(group=group, status=status)


def list_texts(figure, *kinds):
    """Drawn texts of the kinds name, ring, caption."""
    return [text for axes in figure.axes for text in axes.texts if text.get_gid() in kinds]


def read_names(axes):
    return {text.get_text() for text in axes.texts if text.get_gid() == "name"}


def list_markers(axes):
    return [line for line in axes.lines if line.get_linestyle() == "None"]


def check_names(axes):
    """Assert that names hide neither each other nor the ring labels, and stay in their map."""
    axes.figure.draw_without_rendering()
    frame = axes.get_window_extent()
    texts = [text for text in axes.texts if text.get_gid() in ("name", "ring")]
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in texts]
    for text, box in boxes:
        assert frame.x0 - 1 <= box.x0 <= box.x1 <= frame.x1 + 1, text
        assert frame.y0 - 1 <= box.y0 <= box.y1 <= frame.y1 + 1, text
    for (one, first), (other, second) in combinations(boxes, 2):
        assert not first.overlaps(second), f"{one!r} and {other!r} overlap"
