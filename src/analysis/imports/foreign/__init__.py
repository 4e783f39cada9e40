"""Bring other people's registers of partnerships into tables of ours: RGRE lists, Wikidata, edge lists, geodata."""
