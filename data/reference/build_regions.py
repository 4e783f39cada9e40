"""Build regions.csv: the world region (UN M49) of each country.

Input: the npm package cldr-core (48, Unicode License V3), unpacked to a folder (``npm pack cldr-core``).

    python build_regions.py CLDR_CORE_FOLDER

The region is the finest that M49 has, as CLDR lists it: Eastern Africa (014) rather than sub-Saharan Africa (202),
Central America (013) rather than Latin America (419). CLDR adds what M49 leaves out: Kosovo (XK, Southern Europe)
and Taiwan (TW, Eastern Asia). Antarctica has no region in M49 and no row here.
M49 groups for statistics; it makes no statement on politics: Bosnia and Herzegovina is "Southern Europe", the Baltic
states are "Northern Europe", and "Eastern Europe" reaches from Czechia to all of Russia.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

OUTPUT = Path(__file__).with_name("regions.csv")


def read_supplemental(cldr_core: Path, name: str) -> dict[str, dict]:
    """Read one table of CLDR's supplemental data."""
    content = json.loads((cldr_core / f"supplemental/{name}.json").read_text(encoding="utf-8"))
    return content["supplemental"][name]


def find_regions(containment: dict[str, dict], mappings: dict[str, dict]) -> dict[str, str]:
    """Find the region that holds each country of ISO 3166-1, and Kosovo."""
    numbered = {code for code, row in mappings.items() if "_numeric" in row}
    countries = {code for code in numbered if code.isalpha() and code not in containment}  # not QO, a group
    regions = {}
    for region, row in containment.items():
        if region.isdigit() and "_grouping" not in row:
            regions |= {code: region for code in row["_contains"] if code in countries}
    return regions


def main(cldr_core: Path) -> None:
    """Build the file beside this script."""
    containment = read_supplemental(cldr_core, "territoryContainment")
    regions = find_regions(containment, read_supplemental(cldr_core, "codeMappings"))
    with OUTPUT.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["country_code", "region_code"])
        writer.writerows(sorted(regions.items()))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
