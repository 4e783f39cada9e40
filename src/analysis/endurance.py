"""How lasting relations are: contact after crises, carriers, the last activity found."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.dates import first_day, has_passed, last_day, passed
from analysis.tables import Register

# The days from which a crisis is counted: German unity, the WHO's word "pandemic", the attack on Ukraine.
CRISES = {"unity": "1990-10-03", "pandemic": "2020-03-11", "war": "2022-02-24"}

# Milestones that show that both sides were in touch; a line in a list or a loss does not.
_CONTACT = ("signed", "renewed", "resumed", "form_changed", "letter_of_intent")


def list_contacts(register: Register, as_of: str) -> pd.DataFrame:
    """Dated contacts: activities, and milestones that both sides took part in, in order of time.

    Returns
    -------
    pandas.DataFrame
        partnership_id, start_date, end_date (EDTF; see `list_activities`), source_id.
    """
    milestones = register["milestones"]
    signs = milestones[milestones["milestone"].isin(_CONTACT) & passed(milestones["date"], as_of)]
    signs = signs.assign(start_date=signs["date"], end_date=signs["date"])
    activities = list_activities(register, as_of).dropna(subset="partnership_id")
    # an exhibition or a publication at home shows no contact unless somebody or something travelled
    is_meeting = activities["direction"].notna() | ~activities["activity_type"].isin(["exhibition", "other"])
    columns = ["partnership_id", "start_date", "end_date", "source_id"]
    contacts = pd.concat([signs[columns], activities.loc[is_meeting, columns]], ignore_index=True)
    starts = contacts["start_date"].to_list()
    order = sorted(range(len(starts)), key=lambda line: first_day(starts[line]))
    return contacts.take(order).reset_index(drop=True)


def list_activities(register: Register, as_of: str) -> pd.DataFrame:
    """The activities that had begun by a date, in order of time.

    Returns
    -------
    pandas.DataFrame
        Columns as in the table `activities`; end_date is never missing: where none is given it is the start_date,
        and where it had not passed it is `as_of` (still running) or, if even that is open, the start_date.
    """
    activities = register["activities"]
    starts, ends = activities["start_date"].to_list(), activities["end_date"].to_list()
    begun = [line for line, start in enumerate(starts) if has_passed(start, as_of)]
    begun.sort(key=lambda line: first_day(starts[line]))
    known = pd.array([_end_by(starts[line], ends[line], as_of) for line in begun], dtype="string")
    return activities.take(begun).reset_index(drop=True).assign(end_date=known)


def _end_by(start: str, end: str, as_of: str) -> str:
    if pd.isna(end):
        return start
    if has_passed(end, as_of):
        return end
    return as_of if first_day(end) > first_day(as_of) else start


def find_last_activity(register: Register, as_of: str) -> pd.DataFrame:
    """The last documented activity of each relation that has one.

    Returns
    -------
    pandas.DataFrame
        partnership_id, last_activity_date (EDTF; its end, see `list_activities`), title_de, title_en, source_id.
    """
    activities = list_activities(register, as_of)
    ids, days = activities["partnership_id"].to_list(), [last_day(end) for end in activities["end_date"]]
    last: dict[str, int] = {}
    for line in sorted(range(len(days)), key=days.__getitem__)[::-1]:
        last.setdefault(ids[line], line)
    last.pop(pd.NA, None)  # activities of no relation
    columns = ["partnership_id", "end_date", "title_de", "title_en", "source_id"]
    table = activities[columns].take(list(reversed(last.values()))).reset_index(drop=True)
    return table.rename(columns={"end_date": "last_activity_date"})


def list_carriers(register: Register, as_of: str) -> pd.DataFrame:
    """Associations that carried a relation at a date; one without a founding date is counted.

    Returns
    -------
    pandas.DataFrame
        Rows of the table `associations`.
    """
    carriers = register["associations"]
    return carriers[passed(carriers["founded_date"], as_of, undated=True)].reset_index(drop=True)


def check_endurance(
    register: Register, relations: pd.DataFrame, as_of: str, crises: Mapping[str, str] = CRISES
) -> pd.DataFrame:
    """Whether contact is documented after each crisis, for relations that were there before it.

    Parameters
    ----------
    relations : pandas.DataFrame
        From `analysis.history.describe_relations`.
    crises : mapping of str to str
        Code of the crisis and the ISO date from which it counts; crises after `as_of` are left out.

    Returns
    -------
    pandas.DataFrame
        partnership_id, crisis, contact, date (EDTF; the first contact after the crisis began). Contact is
        "documented", "possible" (the date spans the beginning of the crisis, the day is not known), "not_documented"
        (which never means that there was none) or "later" (the relation is younger than the crisis).
    """
    contacts = list_contacts(register, as_of)
    spans: dict[str, list[tuple[str, str]]] = {}
    for key, *span in zip(
        *(contacts[name] for name in ("partnership_id", "start_date", "end_date")), strict=True
    ):
        spans.setdefault(key, []).append(span)
    rows = [
        (key, crisis, *_contact_after(first_date, spans.get(key, []), day))
        for key, first_date in zip(relations["partnership_id"], relations["first_date"], strict=True)
        for crisis, day in crises.items()
        if day <= as_of
    ]
    return pd.DataFrame(rows, columns=["partnership_id", "crisis", "contact", "date"])


def _contact_after(first_date: str, spans: list[tuple[str, str]], day: str) -> tuple[str, str | None]:
    crisis = first_day(day)
    if pd.isna(first_date) or last_day(first_date) >= crisis:
        return "later", None
    for start, end in spans:
        if first_day(end) >= crisis:
            return "documented", start if first_day(start) >= crisis else end
    possible = [end for _, end in spans if last_day(end) >= crisis]
    return ("possible", possible[0]) if possible else ("not_documented", None)


def arrange_contacts(lasting: pd.DataFrame, words) -> pd.DataFrame:
    """First contacts after each crisis as they are read: a row per relation, a column per crisis.

    Parameters
    ----------
    lasting : pandas.DataFrame
        From `check_endurance`.

    Returns
    -------
    pandas.DataFrame
        Index partnership_id; columns are the crises' labels, cells a date or why there is none.
    """
    shown = [_show_contact(row.contact, row.date, words) for row in lasting.itertuples()]
    cells = lasting.assign(shown=shown, label=[words.label("crisis", crisis) for crisis in lasting["crisis"]])
    wide = cells.pivot(index="partnership_id", columns="label", values="shown")
    return wide.loc[list(dict.fromkeys(cells["partnership_id"])), list(dict.fromkeys(cells["label"]))]


def _show_contact(contact: str, date: str | None, words) -> str:
    label = words.label("contact", contact)
    if pd.isna(date):
        return label
    return words.date(date) if contact == "documented" else f"{words.date(date)} ({label})"
