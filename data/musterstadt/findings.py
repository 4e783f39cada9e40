"""The office's ratings and findings on Musterstadt's relations in both rounds: made up, with numbers from the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from details import Row
from draw import Place
from truth import PARTNERS, ROUNDS

YEARS = 5  # a round looks back on its own year and the four before

AIMS = {
    "villeneuve-l-exemple": ("Aussöhnung und Begegnung der Jugend", "Reconciliation and encounters of young people"),
    "borgo-esempio": ("Kultur und Sprache", "Culture and language"),
    "mintavaros": ("Freundschaft, seit 2022 Beteiligung der Bürger", "Friendship, since 2022 citizens’ participation"),
    "przykladow": ("Verständigung, gemeinsames Erinnern", "Understanding, shared remembrance"),
    "vzorov": ("Nachbarschaft und Kultur", "Neighbourhood and culture"),
    "sampleton": ("Begegnung der Vereine", "Encounters of associations"),
    "beispielhausen": ("Aufbau der Verwaltung nach 1990", "Building the administration after 1990"),
    "modellstedt": ("Begegnung von Ost und West", "Encounters of east and west"),
    "voorbeeldhaven": ("Handel, Häfen, nachhaltige Stadt", "Trade, ports, the sustainable city"),
    "prykladiv": ("Zusammenarbeit der Verwaltungen, seit 2022 Hilfe", "Cooperation of administrations, since 2022 aid"),
    "saint-exemple": ("Begegnung der Familien des Stadtteils", "Encounters of the district’s families"),
    "villaejemplo": ("Sprache und Schulen", "Language and schools"),
    "sample-falls": ("Schüleraustausch", "School exchange"),
    "paradeigmatochori": ("Erinnerung und Kultur", "Remembrance and culture"),
    "mihonmachi": ("Kultur und Wirtschaft", "Culture and business"),
    "mfanoni": ("Globale Verantwortung", "Global responsibility"),
    "mau-giang": ("Wirtschaft und Ausbildung", "Business and training"),
    "primjerovac": ("Jugend und Demokratie", "Youth and democracy"),
}  # fmt: skip

REACHED = {
    "steady": ("Erreicht und weiter gültig", "Reached and still valid"),
    "fading": ("Früher erreicht, zuletzt kaum verfolgt", "Reached earlier, hardly pursued of late"),
    "reviving": ("Neu gesetzt und zum Teil erreicht", "Set anew and reached in part"),
    "rising": ("Übertroffen", "Exceeded"),
    "new": ("In Arbeit", "Under way"),
    "bursts": ("In der Kultur erreicht, in der Wirtschaft nicht", "Reached in culture, not in business"),
    "gap": ("Soweit bekannt erreicht", "Reached as far as known"),
    "ended": ("Nicht mehr verfolgt", "No longer pursued"),
}
# What a round says differently, or not at all.
EARLIER = {
    "fading": ("Erreicht und weiter gültig", "Reached and still valid"),
    "reviving": ("Kaum verfolgt", "Hardly pursued"),
    "rising": ("Erreicht", "Reached"),
    "gap": None,
}


def list_ratings(
    activities: list[Row], places: Mapping[str, Place], associations: list[Row]
) -> Iterator[Row]:
    """Rows of the table `ratings`: for each round and relation the rating and the findings in words."""
    carriers = {row["partnership_id"]: (row["name"], row["founded_date"][:4]) for row in associations}
    for number, round_year in enumerate(ROUNDS):
        for partner, truth in PARTNERS.items():
            rating = truth.office[number]
            if not rating:  # the relation had ended
                continue
            years = range(round_year - YEARS + 1, round_year + 1)
            own = [row for row in activities if _belongs(row, partner, years)]
            base = {"round_year": str(round_year), "partnership_id": partner}
            yield {**base, **_close("activity", round_year), "rating": rating}
            for criterion, texts in _find(own, partner, years, carriers.get(partner), round_year):
                if texts:
                    found = {"finding_de": texts[0], "finding_en": texts[1]}
                    yield {**base, **_close(criterion, round_year), **found}


def _belongs(row: Row, partner: str, years: range) -> bool:
    return row["partnership_id"] == partner and int(row["start_date"][:4]) in years


def _close(criterion: str, round_year: int) -> Row:
    return {"criterion_id": criterion, "rated_by": "office", "source_id": f"musterstadt-{round_year}"}


def _find(own: list[Row], partner: str, years: range, carrier: tuple[str, str] | None, round_year: int):
    """Pairs of criterion and finding (German, English), or None where the office found nothing."""
    part = PARTNERS[partner].part
    is_first = round_year == ROUNDS[0]
    yield "original-aim", AIMS[partner]
    yield "civil-society", _count_others(own, years)
    yield "association", _name_carrier(carrier)
    yield "projects", _count_projects(own, years)
    yield "aims-reached", EARLIER.get(part, REACHED[part]) if is_first else REACHED[part]


def _count_others(own: list[Row], years: range) -> tuple[str, str]:
    others = [row for row in own if row["actor_type"] != "administration"]
    actors = len({row["actor"] for row in others})
    span, word = f"{years[0]}–{years[-1]}: {len(others)}", "Träger" if actors == 1 else "Trägern"
    return (
        f"{span} Aktivitäten von {actors} {word} außerhalb der Verwaltung",
        f"{span} activities of {actors} organisations outside the administration",
    )


def _count_projects(own: list[Row], years: range) -> tuple[str, str]:
    begun = sum(row["is_project"] == "true" for row in own)
    span = f"{years[0]}–{years[-1]}: {begun}"
    return f"{span} begonnene Projekte", f"{span} projects begun"


def _name_carrier(carrier: tuple[str, str] | None) -> tuple[str, str] | None:
    if carrier is None:
        return None
    name, founded = carrier
    return f"{name}, gegründet {founded}", f"{name}, founded in {founded}"
