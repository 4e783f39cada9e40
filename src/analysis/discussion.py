"""Points for discussion, derived from a register by stated rules."""

from __future__ import annotations

import pandas as pd

from analysis.dates import first_day, last_day
from analysis.endurance import find_last_activity, list_carriers
from analysis.evaluation import list_findings, measure_coverage
from analysis.tables import Register
from analysis.wording import Wording

# Each rule: what is looked for, and the sentence that puts it up for discussion.
RULES = {
    "unclear_state": {
        "de": "Welchen Stand hat die Beziehung zu {names:list}? Dass sie in Kraft ist, ist nicht belegt.",
        "en": "What is the state of the relation with {names:list}? It is not documented to be in force.",
    },
    "lowest_rating": {
        "de": "Was erwartet die Stadt künftig von den Beziehungen zu {names:list}, die in Runde {round} auf der "
        "untersten Stufe standen?",
        "en": "What does the city expect in future of the relations with {names:list}, rated lowest in round {round}?",
    },
    "no_recent_record": {
        "de": "Welche Aktivitäten mit {names:list} kann das Büro nachtragen? Im Register steht aus den letzten {years} "
        "Jahren keine; über die Aktivität selbst sagt das nichts.",
        "en": "Which activities with {names:list} can the office add? The register holds none from the last {years} "
        "years; that says nothing about the activity itself.",
    },
    "no_carrier": {
        "de": "Wer trägt die Beziehungen zu {names:list} außerhalb der Verwaltung? Ein Verein ist im Register nicht belegt.",
        "en": "Who supports the relations with {names:list} outside the administration? The register documents no "
        "association.",
    },
    "ceiling": {
        "de": "Unterscheidet die Skala noch? {share:%} der bewerteten Beziehungen stehen auf der obersten Stufe.",
        "en": "Does the scale still differentiate? {share:%} of the rated relations stand at the top.",
    },
    "blank_criterion": {
        "de": "Wie soll „{names:list}“ künftig erhoben werden? Im Register liegt für Runde {round} kein Befund vor.",
        "en": "How is “{names:list}” to be recorded in future? The register has no finding on it for round {round}.",
    },
}
# The rule behind each question, in words.
REASONS = {
    "unclear_state": {
        "de": "Beziehungen, deren Stand ungeklärt oder ausgesetzt ist",
        "en": "relations whose state is unclear or suspended",
    },
    "lowest_rating": {
        "de": "Beziehungen in Kraft auf der untersten Stufe der letzten Runde",
        "en": "relations in force with the lowest rating of the last round",
    },
    "no_recent_record": {
        "de": "Beziehungen in Kraft ohne Aktivität im Register in den letzten {years} Jahren",
        "en": "relations in force without an activity in the register in the last {years} years",
    },
    "no_carrier": {
        "de": "Beziehungen in Kraft ohne dokumentierten Träger außerhalb der Verwaltung",
        "en": "relations in force without a documented organisation outside the administration",
    },
    "ceiling": {
        "de": "mindestens die Hälfte der bewerteten Beziehungen auf der obersten Stufe",
        "en": "at least half of the rated relations at the top of the scale",
    },
    "blank_criterion": {
        "de": "Kriterien des Rates, zu denen das Register in der letzten Runde gar keinen Befund hat",
        "en": "criteria of the council on which the register has no finding at all in the last round",
    },
}
RECENT_YEARS = 2
CEILING_SHARE = 0.5


def list_discussion_points(
    register: Register, rated: pd.DataFrame, scale: list[str], as_of: str, round_year: int, words: Wording
) -> pd.DataFrame:
    """Points for discussion that a register gives rise to.

    Parameters
    ----------
    rated : pandas.DataFrame
        From `analysis.evaluation.find_ratings`.
    scale : list of str
        Ratings from low to high.

    Returns
    -------
    pandas.DataFrame
        rule (code, see `RULES`), names (of relations or criteria), text (a question), reason (the rule in words);
        rules that find nothing are left out.
    """
    judged = rated["rating"].dropna()
    share = float((judged == scale[-1]).mean()) if len(judged) else 0.0
    names = _find_relations(register, rated, as_of, words, scale)
    names["blank_criterion"] = _find_blank_criteria(register, rated, round_year, words)
    names["ceiling"] = [scale[-1]] if share >= CEILING_SHARE else []
    values = {"round": str(round_year), "years": RECENT_YEARS, "share": share}
    points = [
        (
            rule,
            names[rule],
            words.text(**RULES[rule], names=names[rule], **values),
            words.text(**REASONS[rule], **values),
        )
        for rule in RULES
        if names[rule]
    ]
    return pd.DataFrame(points, columns=["rule", "names", "text", "reason"])


def _find_relations(
    register: Register, rated: pd.DataFrame, as_of: str, words: Wording, scale: list[str]
) -> dict[str, list[str]]:
    """Name the relations that each rule on relations finds."""
    active = rated[rated["status"] == "active"]
    carried = active["partnership_id"].isin(list_carriers(register, as_of)["partnership_id"])
    found = {
        "unclear_state": rated[rated["status"].isin(["unknown", "suspended"])],
        "lowest_rating": active[active["rating"].eq(scale[0]).fillna(False)],
        "no_recent_record": active[_lacks_recent_record(register, active, as_of)],
        "no_carrier": active[~carried],
    }
    return {rule: words.names(rows) for rule, rows in found.items()}


def _lacks_recent_record(register: Register, relations: pd.DataFrame, as_of: str) -> pd.Series:
    last = find_last_activity(register, as_of).set_index("partnership_id")["last_activity_date"]
    limit = first_day(f"{int(as_of[:4]) - RECENT_YEARS}{as_of[4:7]}")
    dates = relations["partnership_id"].map(last)
    return dates.map(lambda date: pd.isna(date) or last_day(date) < limit).astype(bool)


def _find_blank_criteria(
    register: Register, relations: pd.DataFrame, round_year: int, words: Wording
) -> list[str]:
    coverage = measure_coverage(list_findings(register, relations, round_year))
    blank = coverage.loc[coverage["found"] == 0, "criterion_id"] if round_year else []
    criteria = register["criteria"].set_index("criterion_id")
    return [words.name(criteria.loc[criterion]) for criterion in blank]
