"""Build countries.fgb: outlines of the world's countries at 1:50 million.

Input: two npm packages, unpacked to folders (``npm pack world-atlas cldr-core``): world-atlas 2.0.2 (Natural Earth
4.1, public domain) and cldr-core (48, Unicode License V3), which translates ISO 3166-1 numeric codes to alpha-2.

    python build_countries.py WORLD_ATLAS_FOLDER CLDR_CORE_FOLDER

Needs geopandas and, for polygons that cross 180°, the package antimeridian (development only). Same input,
same bytes (with the same GDAL): coordinates are rounded to 0.001 degrees (about 100 m). FlatGeobuf has an index of places:
a map reads the countries that it shows.

How disputed borders are drawn
------------------------------
Natural Earth draws who controls an area (de facto). The maps follow it, except where it departs from the country
that the United Nations and the Federal Republic of Germany see there and the outline can be told from the data:

- Crimea and Sevastopol: Ukraine (Natural Earth 4.1: Russia).
- Western Sahara: an area of its own up to 27°40' N (Natural Earth: the part west of the sand wall is Morocco).
- Northern Cyprus: Cyprus. Somaliland: Somalia.
- Kosovo: an outline of its own, with the code XK that CLDR and the European Union use; ISO 3166-1 has none.

As Natural Earth draws them, without a judgement: Taiwan (TW) and Palestine (PS, West Bank and Gaza Strip) have
outlines of their own, with their ISO codes; Abkhazia and South Ossetia are in Georgia, Transnistria in Moldova,
Nagorno-Karabakh in Azerbaijan, eastern Ukraine in Ukraine; the Golan Heights are in Israel; the southern Kuril
Islands in Russia; Kashmir is divided along the lines of control, the Siachen Glacier has no country code.
France holds its overseas departments, Norway Svalbard, Australia its territories in the Indian Ocean.
An outline is no statement on the legal status of an area.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import antimeridian
import geopandas
import shapely

OUTPUT = Path(__file__).with_name("countries.fgb")

GRID_DEGREES = 0.001
SIMFEROPOL = shapely.Point(34.10, 44.95)
WESTERN_SAHARA = shapely.box(-17.2, 20.7, -8.6, 27.6569)  # up to its northern border in world-atlas, 27°40' N

# Areas without an ISO number of their own in world-atlas, and the country whose outline they join.
NAMED_CODES = {
    "Kosovo": "XK",
    "N. Cyprus": "CY",
    "Somaliland": "SO",
    "Indian Ocean Ter.": "AU",
    "Siachen Glacier": "",
}


def read_codes(cldr_core: Path) -> dict[str, str]:
    """Read ISO 3166-1 alpha-2 by numeric code."""
    aliases = json.loads((cldr_core / "supplemental/aliases.json").read_text(encoding="utf-8"))
    rows = aliases["supplemental"]["metadata"]["alias"]["territoryAlias"]
    return {
        numeric: row["_replacement"]
        for numeric, row in rows.items()
        if numeric.isdigit() and row["_reason"] == "overlong"
    }


def cut_at_date_line(outline: shapely.Geometry) -> shapely.Geometry:
    """Cut what crosses 180°, so that no polygon spans the map."""
    parts = []
    for part in shapely.get_parts(outline):
        west, _, east, _ = part.bounds
        parts.append(antimeridian.fix_polygon(part, fix_winding=True) if east - west > 180 else part)
    return shapely.union_all(shapely.make_valid(parts))


def read_outlines(world_atlas: Path, codes: dict[str, str]) -> dict[str, shapely.Geometry]:
    """Read one valid outline per country code."""
    table = geopandas.read_file(world_atlas / "countries-50m.json", layer="countries")
    table["country_code"] = table["id"].map(codes).fillna(table["name"].map(NAMED_CODES))
    unknown = table.loc[table["country_code"].isna(), "name"].tolist()
    if unknown:
        raise SystemExit(f"world-atlas: areas without a code are {unknown}. Add them to NAMED_CODES.")
    table["geometry"] = table["geometry"].map(cut_at_date_line)
    return {
        code: shapely.union_all(group.to_numpy()) for code, group in table.groupby("country_code")["geometry"]
    }


def move_borders(outlines: dict[str, shapely.Geometry]) -> dict[str, shapely.Geometry]:
    """Give Crimea to Ukraine, and all of Western Sahara to Western Sahara."""
    russia = shapely.get_parts(outlines["RU"])
    is_crimea = shapely.contains(russia, SIMFEROPOL)
    west = shapely.intersection(outlines["MA"], WESTERN_SAHARA)
    return outlines | {
        "RU": shapely.union_all(russia[~is_crimea]),
        "UA": shapely.union_all([outlines["UA"], *russia[is_crimea]]),
        "MA": shapely.difference(outlines["MA"], WESTERN_SAHARA),
        "EH": shapely.union_all([outlines["EH"], west]),
    }


def round_outline(outline: shapely.Geometry) -> shapely.Geometry:
    """Round to the grid and bring rings and parts into one order; keep what is smaller than the grid."""
    rounded = shapely.set_precision(outline, GRID_DEGREES)
    polygons = [part for part in shapely.get_parts(rounded) if part.geom_type == "Polygon"]
    return shapely.normalize(shapely.MultiPolygon(polygons))


def write_outlines(outlines: dict[str, shapely.Geometry], path: Path) -> None:
    """Write one row per country code."""
    codes = sorted(outlines)
    geometry = [outlines[code] for code in codes]
    table = geopandas.GeoDataFrame({"country_code": codes}, geometry=geometry, crs="EPSG:4326")
    table.to_file(path, driver="FlatGeobuf")


def main(world_atlas: Path, cldr_core: Path) -> None:
    """Build the file beside this script."""
    outlines = move_borders(read_outlines(world_atlas, read_codes(cldr_core)))
    write_outlines({code: round_outline(outline) for code, outline in outlines.items()}, OUTPUT)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
