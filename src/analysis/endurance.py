"""How lasting relations are: contact after crises, carriers, the last activity found."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.dates import first_day, has_passed, last_day
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
        partnership_id, date (EDTF), source_id.
    """
    milestones = register["milestones"]
    signs = milestones.loc[milestones["milestone"].isin(_CONTACT), ["partnership_id", "date", "source_id"]]
    activities = list_activities(register, as_of).rename(columns={"start_date": "date"})
    # an exhibition or a publication at home shows no contact unless somebody or something travelled
    is_meeting = activities["direction"].notna() | ~activities["activity_type"].isin(["exhibition", "other"])
    held = activities[activities["partnership_id"].notna() & is_meeting][
        ["partnership_id", "date", "source_id"]
    ]
    contacts = pd.concat([signs, held], ignore_index=True)
    contacts = contacts[[has_passed(date, as_of) for date in contacts["date"]]]
    return contacts.loc[contacts["date"].map(first_day).sort_values(kind="stable").index].reset_index(
        drop=True
    )


def list_activities(register: Register, as_of: str) -> pd.DataFrame:
    """The activities that had begun by a date, in order of time; columns as in the table `activities`."""
    activities = register["activities"]
    begun = activities[[has_passed(date, as_of) for date in activities["start_date"]]]
    return begun.loc[begun["start_date"].map(first_day).sort_values(kind="stable").index].reset_index(
        drop=True
    )


def find_last_activity(register: Register, as_of: str) -> pd.DataFrame:
    """The last documented activity of each relation that has one.

    Returns
    -------
    pandas.DataFrame
        partnership_id, last_activity_date (EDTF; its last day, or its first where the last had not passed),
        title_de, title_en, source_id.
    """
    activities = list_activities(register, as_of).dropna(subset="partnership_id")
    ends = [
        end if pd.notna(end) and has_passed(end, as_of) else start
        for start, end in zip(activities["start_date"], activities["end_date"], strict=True)
    ]
    dated = activities.assign(last_activity_date=ends, day=[last_day(end) for end in ends])
    last = dated.sort_values("day", kind="stable").drop_duplicates("partnership_id", keep="last")
    columns = ["partnership_id", "last_activity_date", "title_de", "title_en", "source_id"]
    return last[columns].reset_index(drop=True)


def list_carriers(register: Register, as_of: str) -> pd.DataFrame:
    """Associations that carried a relation at a date; one without a founding date is counted.

    Returns
    -------
    pandas.DataFrame
        Rows of the table `associations`.
    """
    carriers = register["associations"]
    founded = carriers["founded_date"].map(lambda date: has_passed(date, as_of), na_action="ignore")
    return carriers[founded.fillna(True).astype(bool)].reset_index(drop=True)


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
        partnership_id, crisis, contact ("documented", "not_documented", "later" where the relation is younger),
        date (EDTF, first contact after the crisis began). "not_documented" never means that there was none.
    """
    contacts = list_contacts(register, as_of)
    rows = []
    for relation in relations.itertuples():
        own = contacts.loc[contacts["partnership_id"] == relation.partnership_id, "date"]
        for crisis in (code for code, day in crises.items() if day <= as_of):
            rows.append(
                (relation.partnership_id, crisis, *_contact_after(relation.first_date, own, crises[crisis]))
            )
    return pd.DataFrame(rows, columns=["partnership_id", "crisis", "contact", "date"])


def _contact_after(first_date: str, dates: pd.Series, day: str) -> tuple[str, str | None]:
    start = first_day(day)
    if pd.notna(first_date) and last_day(first_date) >= start:
        return "later", None
    after = [date for date in dates if first_day(date) >= start]
    return ("documented", after[0]) if after else ("not_documented", None)


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
    shown = [
        words.date(row.date) if row.contact == "documented" else words.label("contact", row.contact)
        for row in lasting.itertuples()
    ]
    cells = lasting.assign(shown=shown, label=[words.label("crisis", crisis) for crisis in lasting["crisis"]])
    wide = cells.pivot(index="partnership_id", columns="label", values="shown")
    return wide.loc[list(dict.fromkeys(cells["partnership_id"])), list(dict.fromkeys(cells["label"]))]
