"""Registers and networks in other people's formats: data package, GraphML, GeoPackage, each with its licence."""

FORMS = {"datapackage": ".zip", "graphml": ".graphml", "gpkg": ".gpkg"}  # and how their files end
