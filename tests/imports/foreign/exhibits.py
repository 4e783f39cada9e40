"""The museum of foreign registers: its files, what stands beside them, and how a register is written in a line."""

import csv
from functools import partial
from pathlib import Path

from analysis.imports.foreign.bring import Origin, bring_register
from analysis.imports.foreign.edge_lists import read_edges
from analysis.imports.foreign.geo import read_geo
from analysis.imports.foreign.rgre import read_rgre
from analysis.imports.foreign.wikidata import read_wikidata

MUSEUM = Path(__file__).parent / "museum"
AS_OF = "2023-06-30"
READERS = {"rgre": read_rgre, "wikidata": read_wikidata, "edges": read_edges, "geo": read_geo}
BESIDE = ("expected.txt", "build.py")
SIGNS = "@+-!"


def list_files():
    """The names of the files to import."""
    return sorted(
        path.name for path in MUSEUM.iterdir() if ".nodes." not in path.name and path.name not in BESIDE
    )


def read_expected():
    """By file the lines that begin with each sign."""
    found = {}
    for block in (MUSEUM / "expected.txt").read_text(encoding="utf-8").split("\n== ")[1:]:
        names, *lines = block.strip().split("\n")
        for name in names.split():
            found[name] = {sign: sorted(line[2:] for line in lines if line[:1] == sign) for sign in SIGNS}
    return found


def bring(path, register, kind=None, **options):
    """Import a file; its kind is the first word of its name."""
    kind = kind or path.stem.split("-")[0]
    read = READERS[kind]
    if (path.parent / f"{path.stem}.nodes.csv").exists():
        read = partial(read, nodes=path.parent / f"{path.stem}.nodes.csv")
    return bring_register(path, register, Origin(kind, as_of=AS_OF), read, **{"language": "en", **options})


def read_rows(file):
    """The rows of a CSV file as dicts."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def show_register(register):
    """Places, relations with their events, and complaints, as lines of expected.txt."""
    events = {}
    for row in read_rows(register / "milestones.csv"):
        own = "~" if row["is_own_reading"] == "true" else ""
        words = " ".join(filter(None, [row["date"], row["milestone"] + own, row["form"]]))
        events.setdefault(row["partnership_id"], []).append(words)
    return {
        "@": sorted(map(show_place, read_rows(register / "cities.csv"))),
        "+": sorted(
            show_relation(row, events[row["partnership_id"]])
            for row in read_rows(register / "partnerships.csv")
        ),
        "-": sorted(
            f"{row['outcome']} {row['row']}: {row['reason_code']}".replace(" :", ":")
            for row in read_rows(register / "imports/import-report.csv")
            if row["reason_code"]
        ),
    }


def show_place(row):
    spot = f"{float(row['latitude']):g} {float(row['longitude']):g}" if row["latitude"] else "nowhere"
    known = [row["wikidata_id"], row["population"] and f"{row['population']} people", row["population_year"]]
    known += ["area"] if row["is_area"] == "true" else []
    name = (
        row["name_local"] if row["name_local"] == row["name_en"] else f"{row['name_local']}/{row['name_en']}"
    )
    return " | ".join([row["city_id"], name, row["country_code"] or "?", spot, *filter(None, known)])


def show_relation(row, events):
    district = f" ({row['home_district']})" if row["home_district"] else ""
    return f"{row['home_city_id']}{district} > {row['partner_city_id']} | {'; '.join(events)}"
