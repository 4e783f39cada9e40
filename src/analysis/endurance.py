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
    return contacts.loc[contacts["start_date"].map(first_day).sort_values(kind="stable").index].reset_index(
        drop=True
    )


def list_activities(register: Register, as_of: str) -> pd.DataFrame:
    """The activities that had begun by a date, in order of time.

    Returns
    -------
    pandas.DataFrame
        Columns as in the table `activities`; end_date is never missing: where none is given it is the start_date,
        and where it had not passed it is `as_of` (still running) or, if even that is open, the start_date.
    """
    activities = register["activities"]
    begun = activities[passed(activities["start_date"], as_of)]
    ends = [
        _end_by(start, end, as_of) for start, end in zip(begun["start_date"], begun["end_date"], strict=True)
    ]
    begun = begun.assign(end_date=pd.array(ends, dtype="string"))
    return begun.loc[begun["start_date"].map(first_day).sort_values(kind="stable").index].reset_index(
        drop=True
    )


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
    activities = list_activities(register, as_of).dropna(subset="partnership_id")
    dated = activities.assign(day=activities["end_date"].map(last_day))
    last = dated.sort_values("day", kind="stable").drop_duplicates("partnership_id", keep="last")
    columns = ["partnership_id", "end_date", "title_de", "title_en", "source_id"]
    return last[columns].rename(columns={"end_date": "last_activity_date"}).reset_index(drop=True)


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
    rows = []
    for relation in relations.itertuples():
        own = contacts[contacts["partnership_id"] == relation.partnership_id]
        for crisis in (code for code, day in crises.items() if day <= as_of):
            rows.append(
                (relation.partnership_id, crisis, *_contact_after(relation.first_date, own, crises[crisis]))
            )
    return pd.DataFrame(rows, columns=["partnership_id", "crisis", "contact", "date"])


def _contact_after(first_date: str, contacts: pd.DataFrame, day: str) -> tuple[str, str | None]:
    crisis = first_day(day)
    if pd.isna(first_date) or last_day(first_date) >= crisis:
        return "later", None
    spans = list(zip(contacts["start_date"], contacts["end_date"], strict=True))
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
