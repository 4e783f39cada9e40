"""Make the zip files of this museum again; everything else in it is text, written by hand."""

import tempfile
import zipfile
from pathlib import Path

import geopandas
import shapely

HERE = Path(__file__).parent
LEIPZIG, KOELN, KYIV, HOUSTON = (12.37, 51.34), (6.96, 50.94), (30.52, 50.45), (-95.37, 29.76)


def pack(name, *files):
    """Zip files, each with its name in the zip file."""
    with zipfile.ZipFile(HERE / name, "w", zipfile.ZIP_DEFLATED) as package:
        for file, inner in files:
            entry = zipfile.ZipInfo(inner, (2020, 1, 1, 0, 0, 0))
            package.writestr(entry, file.read_bytes(), zipfile.ZIP_DEFLATED)


def main():
    folder = Path(tempfile.mkdtemp())
    words = {"home": ["Köln", "Leipzig"], "partner": ["Kyiv", "Houston"], "since": ["1988", "1993-05"]}
    shapes = [shapely.LineString([KOELN, KYIV]), shapely.LineString([LEIPZIG, HOUSTON])]
    lines = geopandas.GeoDataFrame(words, geometry=shapes, crs=4326)
    names = {"name": ["Kyiv", "Houston"], "country": ["UA", "US"]}
    points = geopandas.GeoDataFrame(names, geometry=[shapely.Point(KYIV), shapely.Point(HOUSTON)], crs=4326)
    lines.to_crs(25832).to_file(folder / "utm.shp", encoding="utf-8")
    lines.to_file(folder / "net.gpkg", layer="lines")
    points.to_file(folder / "net.gpkg", layer="points")
    utm, package = folder / "utm.shp", folder / "net.gpkg"
    endings = (".shp", ".shx", ".dbf", ".prj", ".cpg")
    pack("geo-shapefile.zip", *((utm.with_suffix(end), f"data/utm{end}") for end in endings))
    pack("geo-without-dbf-shx.zip", (utm, "utm.shp"))
    pack("geo-two-sets.zip", (utm, "a.shp"), (utm, "b.shp"))
    pack("geo-package.zip", (package, "net.gpkg"))
    (HERE / "geo-damaged.gpkg").write_bytes(package.read_bytes()[:3000])
    (HERE / "geo-damaged.zip").write_bytes((HERE / "geo-package.zip").read_bytes()[:1500])


if __name__ == "__main__":
    main()
