"""What Musterstadt's activities are like: kinds, titles, topics and organisations. All names are made up."""

from __future__ import annotations

from typing import NamedTuple

CITY = "Stadt Musterstadt"


class Kind(NamedTuple):
    """A kind of activity: how often, how long, how many people, who, and its titles (German, English)."""

    weight: float
    days: tuple[int, int]
    people: tuple[int, int]
    young: tuple[int, int]  # percent of the people who are under 27
    is_online: bool  # whether it can take place online
    actors: tuple[tuple[str, str], ...]
    themes: tuple[str, ...]  # empty: the themes of the partnership
    titles: tuple[tuple[str, str], ...]


ADMINISTRATION = ((CITY, "administration"),)
SCHOOLS = (
    ("Gymnasium am Musterplatz", "school"),
    ("Gesamtschule Musterstadt-Nord", "school"),
    ("Grundschule Musterdorf", "school"),
    ("Berufsschulzentrum Musterstadt", "school"),
)
CULTURE = (
    ("Stadttheater Musterstadt", "culture"),
    ("Stadtmuseum Musterstadt", "culture"),
    ("Musikschule Musterstadt", "culture"),
    ("Kantorei Musterstadt", "church"),
)

KINDS = {
    "delegation": Kind(
        10, (1, 4), (3, 24), (0, 10), False, ADMINISTRATION, (),
        (("Delegation zum Thema {de}", "Delegation on {en}"), ("Antrittsbesuch, Thema {de}", "Inaugural visit on {en}")),
    ),
    "administrative_exchange": Kind(
        14, (1, 3), (2, 14), (0, 10), True, ADMINISTRATION, (),
        (("Fachaustausch zum Thema {de}", "Expert exchange on {en}"), ("Hospitation zum Thema {de}", "Job shadowing on {en}")),
    ),
    "school_exchange": Kind(
        14, (4, 10), (12, 48), (80, 95), True, SCHOOLS, ("education", "youth"),
        (("Schüleraustausch mit {name}", "School exchange with {name}"),
         ("Klassenfahrt und Gegenbesuch, {name}", "Class trip and return visit, {name}")),
    ),
    "youth_exchange": Kind(
        8, (3, 12), (8, 40), (75, 100), True,
        (("Jugendring Musterstadt", "association"), ("Jugendfeuerwehr Musterstadt", "community")),
        ("youth", "democracy"),
        (("Jugendbegegnung mit {name}", "Youth meeting with {name}"),
         ("Jugendlager mit {name}", "Youth camp with {name}")),
    ),
    "citizens_trip": Kind(
        8, (3, 8), (15, 50), (0, 20), False, (("Volkshochschule Musterstadt", "other"),), (),
        (("Bürgerreise nach {name}", "Citizens’ trip to {name}"),
         ("Besuch aus {name} in Gastfamilien", "Visit from {name} with host families")),
    ),
    "culture": Kind(
        16, (1, 2), (20, 400), (10, 40), True, CULTURE, ("culture",),
        (("Konzert mit Gästen aus {name}", "Concert with guests from {name}"),
         ("Lesung: Literatur aus {name}", "Reading: literature from {name}"),
         ("Filmabend zu {name}", "Film evening on {name}"), ("Gastspiel aus {name}", "Guest play from {name}")),
    ),
    "exhibition": Kind(
        6, (14, 60), (80, 900), (10, 30), False, CULTURE, ("culture", "remembrance"),
        (("Ausstellung „{name} heute“", "Exhibition “{name} today”"),
         ("Fotografien aus {name}", "Photographs from {name}")),
    ),
    "sport": Kind(
        7, (1, 3), (12, 80), (40, 90), False,
        (("SV Musterstadt 1900", "sport"), ("Ruderclub Musterstadt", "sport")), ("sport",),
        (("Freundschaftsturnier mit {name}", "Friendly tournament with {name}"),
         ("Läufer aus {name} beim Musterlauf", "Runners from {name} at the Muster run")),
    ),
    "conference": Kind(
        8, (1, 2), (15, 120), (10, 40), True,
        (("Hochschule Musterstadt", "university"), ("Kammer für Handwerk Musterstadt", "business")), (),
        (("Tagung zum Thema {de}", "Conference on {en}"), ("Gesprächsrunde zum Thema {de}", "Round table on {en}")),
    ),
    "anniversary": Kind(
        2, (1, 2), (60, 500), (10, 30), False, ADMINISTRATION, ("culture",),
        (("Tag der Partnerschaft mit {name}", "Day of the relation with {name}"),),
    ),
    "aid": Kind(
        1, (1, 1), (2, 12), (0, 20), False,
        (("Feuerwehr Musterstadt", "administration"), ("Klinikum Musterstadt", "other")),
        ("humanitarian_aid", "health"),
        (("Hilfstransport für {name}", "Relief transport to {name}"),
         ("Geräte für das Krankenhaus in {name}", "Equipment for the hospital in {name}")),
    ),
    "other": Kind(
        5, (1, 1), (5, 60), (0, 30), True, (("Kirchenkreis Musterstadt", "church"), ("Markt der Vereine", "community")),
        (), (("Stammtisch zu {name}", "Get-together on {name}"), ("Infostand zu {name}", "Information stand on {name}")),
    ),
    "project": Kind(
        0, (60, 500), (4, 60), (0, 60), True, ADMINISTRATION, (),
        (("Projekt {de}", "Project on {en}"), ("Gemeinsames Vorhaben: {de}", "Joint undertaking: {en}")),
    ),
}  # fmt: skip

# How many times more often than usual: what marks a partner's activities.
LEANINGS = {
    "prykladiv": {"aid": 30, "administrative_exchange": 2},
    "mfanoni": {"aid": 6, "citizens_trip": 0.3, "sport": 0.2},
    "mau-giang": {"conference": 3, "citizens_trip": 0.2, "sport": 0.1},
    "saint-exemple": {"sport": 3, "citizens_trip": 3, "delegation": 0.3, "administrative_exchange": 0.2},
    "beispielhausen": {"administrative_exchange": 3, "school_exchange": 0.4},
    "mihonmachi": {"culture": 4, "sport": 2, "school_exchange": 0.3},
    "primjerovac": {"youth_exchange": 4, "citizens_trip": 0.3},
}

TOPICS = {
    "administration": ("Bürgerservice", "citizens’ services"), "business": ("Wirtschaft", "business"),
    "culture": ("Kultur", "culture"), "democracy": ("Bürgerbeteiligung", "participation"),
    "education": ("Bildung", "education"), "health": ("Gesundheit", "health"),
    "humanitarian_aid": ("Nothilfe", "relief"), "inclusion": ("Teilhabe", "inclusion"),
    "mobility": ("Radverkehr", "cycling"), "remembrance": ("Erinnerungsorte", "places of remembrance"),
    "rescue_services": ("Feuerwehr", "fire services"), "research": ("Forschung", "research"),
    "sport": ("Sport", "sport"), "sustainability": ("Klimaschutz", "climate protection"),
    "urban_development": ("Stadtumbau", "urban renewal"), "youth": ("Jugendarbeit", "youth work"),
}  # fmt: skip

DEPARTMENTS = {
    "business": "Amt für Wirtschaft", "culture": "Kulturamt", "education": "Schulamt", "youth": "Jugendamt",
    "mobility": "Verkehrsamt", "sustainability": "Umweltamt", "urban_development": "Stadtplanungsamt",
    "health": "Gesundheitsamt", "rescue_services": "Feuerwehr", "sport": "Sportamt",
}  # fmt: skip

OFFICE = "Büro für Internationales"
FUNDERS = ("Stiftung Musterbrücke", "Landesfonds Begegnung", "Sparstiftung Musterstadt")
