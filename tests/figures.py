"""What a reader sees of a figure: its texts and where they stand. For the tests of charts."""

from itertools import combinations
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.text import Text

from analysis.wording import Wording

GLOSSARY = """field,code,de,en
group,international,Internationale Partnerstädte,International twin cities
group,national,Nationale Partnerstädte,National twin cities
group,cooperation,Kooperationsstädte,Cooperation cities
group,district,Stadtteilpartnerschaften,District partnerships
form,partnership,Partnerschaft,twinning
form,cooperation,Kooperation,cooperation
status,active,aktiv,active
status,suspended,ausgesetzt,suspended
status,ended,beendet,ended
status,unknown,ungeklärt,unknown
milestone,signed,unterzeichnet,signed
milestone,renewed,erneuert,renewed
era,gdr,DDR (bis 1989),GDR (until 1989)
era,nineties,1990–1999,1990–1999
era,since-2000,seit 2000,since 2000
era,unknown,Jahr unbekannt,year unknown
factor,solid_ground,Solides Fundament,Solid ground
factor,visibility,Sichtbarkeit in beiden Städten,Visibility in both cities
factor,development_cooperation,Kommunale Entwicklungszusammenarbeit,Municipal development cooperation
column,rating,Bewertung,Rating
"""
ERAS = (("gdr", None, 1989), ("nineties", 1990, 1999), ("since-2000", 2000, None))


def write_glossary(folder: Path) -> Path:
    """Write the small glossary of these tests and return its path."""
    path = folder / "glossary.csv"
    path.write_text(GLOSSARY, encoding="utf-8")
    return path


def read_words(language: str, folder: Path) -> Wording:
    """The wording of a language, with the small glossary of these tests."""
    return Wording(language, write_glossary(folder))


def list_texts(ax: Axes) -> list[Text]:
    """Every text that is drawn: tick labels within the limits, names of axes, labels and the key."""
    ax.figure.draw_without_rendering()
    shown = [*ax.texts, ax.xaxis.label, ax.yaxis.label]
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        for ticks in (axis.get_major_ticks(), axis.get_minor_ticks()):
            inside = [tick for tick in ticks if low <= tick.get_loc() <= high]
            shown += [label for tick in inside for label in (tick.label1, tick.label2) if label.get_visible()]
    key = ax.get_legend()
    return [text for text in [*shown, *(key.get_texts() if key else [])] if text.get_text()]


def list_names(ax: Axes, gid: str) -> list[Text]:
    """The names of the rows or columns ("row", "column"), in their order."""
    return [text for text in ax.texts if text.get_gid() == gid]


def read_names(ax: Axes, gid: str) -> list[str]:
    """The strings of the names of the rows or columns."""
    return [text.get_text() for text in list_names(ax, gid)]


def read_texts(ax: Axes) -> list[str]:
    """The strings of all texts, line breaks as blanks."""
    return [text.get_text().replace("\n", " ") for text in list_texts(ax)]


def check_readable(ax: Axes) -> None:
    """Assert that no two texts overlap, none leaves the page, and none is smaller than 7 points."""
    page = ax.figure.bbox
    boxes = [(text.get_text(), Text.get_window_extent(text)) for text in list_texts(ax)]
    for text, box in boxes:
        assert page.x0 - 1 <= box.x0 <= box.x1 <= page.x1 + 1, f"{text!r} leaves the page sideways"
        assert page.y0 - 1 <= box.y0 <= box.y1 <= page.y1 + 1, f"{text!r} leaves the page"
    for (one, first), (other, second) in combinations(boxes, 2):
        width = min(first.x1, second.x1) - max(first.x0, second.x0)
        height = min(first.y1, second.y1) - max(first.y0, second.y0)
        assert width < 1 or height < 1, f"{one!r} and {other!r} overlap"
    assert min(text.get_fontsize() for text in list_texts(ax)) >= 7
