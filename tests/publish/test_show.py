"""What a notebook cell keeps of a finding."""

import json
import re

import matplotlib
import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.sentences import Text, cite

CITIES = pd.DataFrame({"name": ["Kiew", "Lyon"], "distance_km": [1234.4, None]})


def bars(numbers=(1, 2)):
    axes = Figure(figsize=(4, 3)).subplots()
    axes.bar(["a", "b"], numbers)
    return axes


def refuse(show, error, action):
    with pytest.raises(error) as raised:
        show(action)
    return str(raised.value)


# -- prose -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("action", "role", "text"),
    [
        (lambda page: page.title("Wer?", "Who?"), "title", "# Wer?"),
        (lambda page: page.summary("{n} Städte.", "{n} cities.", n=1234), "summary", "1\\.234 Städte."),
        (lambda page: page.heading(3, "Wie\nviel?", "How many?"), "heading", "### Wie viel?"),
        (lambda page: page.say("**Ja**.", "**Yes**."), "say", "**Ja**."),
        (lambda page: page.note("Eins.\n\nZwei.", "One."), "note", "> Eins.\n> \n> Zwei."),
    ],
)
def test_prose_is_markdown_with_a_role(show, action, role, text):
    (output,) = show(action)
    assert output.data["text/markdown"] == text
    assert output.metadata["report"] == {"language": "de", "role": role}


def test_prose_looks_right_in_jupyter(show):
    (output,) = show(lambda page: page.say("In [Brno]{{lang=cs}}{c}.", "…", c=cite("seed")))
    assert output.data["text/html"] == '<p>In <span lang="cs">Brno</span><sup>[seed]</sup>.</p>\n'


def test_a_value_is_never_markup(show):
    (output,) = show(lambda page: page.say("{x}", "{x}", x="<b>[@seed] *x*"))
    assert output.data["text/html"] == "<p>&lt;b&gt;[@seed] *x*</p>\n"


# -- tables ------------------------------------------------------------------------------------------


def test_a_table_is_data_and_accessible_html(show):
    (output,) = show(lambda page: page.table(CITIES, caption="Wie weit?", note="Luftlinie"))
    assert output.data["application/vnd.dataresource+json"] == {
        "profile": "tabular-data-resource",
        "schema": {
            "fields": [
                {"name": "name", "title": "Stadt", "type": "string"},
                {"name": "distance_km", "title": "Entfernung (km)", "type": "number"},
            ]
        },
        "data": [{"name": "Kiew", "distance_km": 1234.4}, {"name": "Lyon", "distance_km": None}],
    }
    assert output.data["text/html"] == (
        "<table>\n<caption><p>Wie weit?</p>\n</caption>\n"
        '<thead><tr><th scope="col">Stadt</th><th scope="col">Entfernung (km)</th></tr></thead>\n'
        '<tbody>\n<tr><th scope="row">Kiew</th><td>1.234</td></tr>\n'
        '<tr><th scope="row">Lyon</th><td>k.\u00a0A.</td></tr>\n</tbody>\n</table>\n<p>Luftlinie</p>\n'
    )
    assert output.data["text/plain"].splitlines()[1] == "Kiew | 1.234"


def test_a_table_escapes_its_cells(show):
    frame = pd.DataFrame({"name": ["<script>alert(1)</script>", '" onload="x']})
    (output,) = show(lambda page: page.table(frame, caption="<b>"))
    html = output.data["text/html"]
    assert "<caption><p>&lt;b&gt;</p>" in html
    assert '<th scope="row">&lt;script&gt;alert(1)&lt;/script&gt;</th>' in html
    assert '<th scope="row">&#34; onload=&#34;x</th>' in html


def test_kinds_come_from_names_then_from_values(show):
    frame = pd.DataFrame(
        {
            "name": ["Kiew"],
            "first_date": ["1961-05"],
            "first_year": [1961],
            "active_share": [0.62],
            "amount_eur": [5],
            "is_open": [True],
            "form": ["cooperation"],
            "source_id": ["seed; paper-2021"],
        }
    )
    (output,) = show(lambda page: page.table(frame, caption="x"))
    table = output.metadata["report"]["table"]
    assert [(one["kind"], one["unit"]) for one in table["columns"]] == [
        ("text", None),
        ("date", None),
        ("year", None),
        ("share", None),
        ("number", "EUR"),
        ("boolean", None),
        ("text", None),
        ("source", None),
    ]
    (row,) = table["rows"]
    texts = ["Kiew", "Mai 1961", "1961", "62\u00a0%", "5", "ja", "Kooperation", ""]
    assert [cell["text"] for cell in row] == texts
    assert [cell["value"] for cell in row][:-1] == ["Kiew", "1961-05", 1961, 0.62, 5, True, "cooperation"]
    assert row[-1]["sources"] == ["seed", "paper-2021"]


def test_missing_values_of_every_kind_are_null(show):
    values = [None, pd.NA, pd.NaT, float("nan"), float("inf"), ""]
    frame = pd.DataFrame({"name": values}, dtype=object)
    (output,) = show(lambda page: page.table(frame.head(4), caption="x"))
    assert [row[0]["text"] for row in output.metadata["report"]["table"]["rows"]] == ["k.\u00a0A."] * 4
    json.dumps(output.data, allow_nan=False)


def test_text_in_the_other_language_is_marked(show):
    frame = pd.DataFrame({"name": [Text("Kyiv", "en"), Text("Kiew")]}, dtype=object)
    (output,) = show(lambda page: page.table(frame, caption="x"))
    assert '<th scope="row" lang="en">Kyiv</th>' in output.data["text/html"]
    assert '<th scope="row">Kiew</th>' in output.data["text/html"]


def test_only_safe_links_are_kept(show):
    links = ["report:partner/kyiv", "javascript:alert(1)"]
    (output,) = show(lambda page: page.table(CITIES, caption="x", links=links))
    assert [row[0].get("link") for row in output.metadata["report"]["table"]["rows"]] == [links[0], None]


def test_a_named_index_becomes_columns(show):
    counts = CITIES.assign(form="cooperation").groupby("form").agg(distance_km=("distance_km", "count"))
    (output,) = show(lambda page: page.table(counts, caption="x"))
    assert [one["name"] for one in output.metadata["report"]["table"]["columns"]] == ["form", "distance_km"]


def test_an_own_column_shows_its_name(show):
    frame = CITIES.assign(own_idea=1).rename(columns={"distance_km": "Lyon"})
    (output,) = show(lambda page: page.table(frame, caption="x", titles={"name": "Ort"}))
    columns = output.metadata["report"]["table"]["columns"]
    assert [(one["title"], one["is_titled"]) for one in columns] == [
        ("Ort", True),
        ("Lyon", True),
        ("own_idea", False),
    ]


def test_the_frame_is_left_as_it_was(show):
    frame = CITIES.set_index("name")
    before = frame.copy()
    show(lambda page: page.table(frame, caption="x"))
    pd.testing.assert_frame_equal(frame, before)


@pytest.mark.parametrize(
    ("error", "message", "frame", "more"),
    [
        (ValueError, "table: caption is empty. Say what a reader sees in it.", CITIES, {"caption": " "}),
        (
            TypeError,
            "table: caption is None, allowed is a text. Write caption=page.words.text(de=…, en=…).",
            CITIES,
            {"caption": None},
        ),
        (
            TypeError,
            "frame: is a Series, allowed is a DataFrame. Use .to_frame() or reset_index().",
            CITIES["name"],
            {},
        ),
        (
            ValueError,
            "frame: has more than one column 'name'. Give each column a name of its own.",
            CITIES[["name", "name"]],
            {},
        ),
        (ValueError, "frame: has no column. Choose at least one.", CITIES[[]], {}),
        (
            ValueError,
            "links: there are 1 for 2 rows. Give one (or None) per row.",
            CITIES,
            {"links": ["https://a.b"]},
        ),
    ],
)
def test_a_table_says_what_it_lacks(show, error, message, frame, more):
    assert refuse(show, error, lambda page: page.table(frame, **{"caption": "x"} | more)) == message


# -- figures -----------------------------------------------------------------------------------------


def test_a_figure_is_a_picture_with_alt_and_data(show):
    picture, caption = show(lambda page: page.figure(bars(), alt="Zwei Balken", caption="Was", data=CITIES))
    assert picture.data["image/svg+xml"].startswith("<?xml")
    assert picture.metadata["image/svg+xml"] == {"alt": "Zwei Balken"}
    assert picture.data["application/vnd.dataresource+json"]["data"][0]["name"] == "Kiew"
    assert caption.data["text/markdown"] == "Was"


def test_pictures_are_the_same_every_time(show):
    first, second = (
        show(lambda page: page.figure(bars(), alt="a", caption="c", data=CITIES))[0] for _ in range(2)
    )
    assert first.data["image/svg+xml"] == second.data["image/svg+xml"]
    assert "<dc:date>" not in first.data["image/svg+xml"]
    assert "matplotlib" not in first.data["image/svg+xml"].replace("matplotlib.axis", "")


def test_paths_of_a_picture_are_short(show):
    (picture, _) = show(lambda page: page.figure(bars([1 / 3, 2 / 3]), alt="a", caption="c", data=CITIES))
    paths = re.findall(r' d="([^"]+)"', picture.data["image/svg+xml"])
    assert any(re.search(r"\.\d\d\b", path) for path in paths)
    assert not any(re.search(r"\.\d{3}", path) for path in paths)


def test_text_in_a_picture_stays_text(show):
    axes = bars()
    axes.set_title("<script>alert(1)</script>")
    (picture, _) = show(lambda page: page.figure(axes, alt="a", caption="c", data=CITIES))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</text>" in picture.data["image/svg+xml"]


def test_a_figure_of_pyplot_is_closed(show):
    from matplotlib import pyplot

    with matplotlib.rc_context({"backend": "agg"}):
        axes = pyplot.figure().subplots()
        show(lambda page: page.figure(axes, alt="a", caption="c", data=CITIES))
    assert pyplot.get_fignums() == []


@pytest.mark.parametrize(
    ("error", "message", "more"),
    [
        (ValueError, "figure: alt is empty. Say what a reader sees in it.", {"alt": ""}),
        (ValueError, "figure: caption is empty. Say what a reader sees in it.", {"caption": "\n"}),
        (
            TypeError,
            "figure: alt is None, allowed is a text. Write alt=page.words.text(de=…, en=…).",
            {"alt": None},
        ),
        (
            TypeError,
            "frame: is a NoneType, allowed is a DataFrame. Use .to_frame() or reset_index().",
            {"data": None},
        ),
    ],
)
def test_a_figure_says_what_it_lacks(show, error, message, more):
    given = {"alt": "a", "caption": "c", "data": CITIES} | more
    assert refuse(show, error, lambda page: page.figure(bars(), **given)) == message


def test_alt_caption_and_data_cannot_be_forgotten(show):
    message = refuse(show, TypeError, lambda page: page.figure(bars()))
    assert "'alt', 'caption', and 'data'" in message


def test_a_figure_must_be_one(show):
    message = refuse(show, TypeError, lambda page: page.figure([1], alt="a", caption="c", data=CITIES))
    assert message == (
        "figure: is a list, allowed are matplotlib Axes and Figure. Hand over what draw_… returns."
    )


# -- sources -----------------------------------------------------------------------------------------


def test_sources_must_be_whole(show):
    message = refuse(
        show, ValueError, lambda page: page.sources(pd.DataFrame({"source_id": [], "title": []}))
    )
    assert message == (
        "sources: has no column publisher, date, url, accessed_date. Hand over register['sources']."
    )
