"""A register with a log, for tests: Home, its partners since 1990, and the activities that a test names."""

from small_register import milestones, relation, write_register

from analysis.history import describe_relations
from analysis.logs import list_observed, place_activities
from analysis.tables import read_register

PARTNERS = ("east", "west", "near")


def entry(partner, start, end="", **more):
    """A row of `activities`; a delegation that is no project unless `more` says otherwise."""
    return {
        "partnership_id": partner,
        "start_date": start,
        "end_date": end,
        "activity_type": "delegation",
        "is_project": "false",
        "source_id": "paper",
        **more,
    }


def log_period(start, end="", partner=""):
    """A row of `log_periods`."""
    return {
        "partnership_id": partner,
        "start_date": start,
        "end_date": end,
        "stated_by": "office",
        "source_id": "paper",
    }


def write_log(folder, entries, periods=(), partners=PARTNERS, life=(), **tables):
    """Write a register of partners with these activities and complete periods, and read it.

    Without milestones in `life`, (partner, date, milestone, form), all partners are so since 1990.
    """
    life = life or [(name, "1990", "signed", "partnership") for name in partners]
    path = write_register(
        folder,
        partnerships=[relation(name) for name in partners],
        milestones=milestones(*life),
        activities=[{"activity_id": f"a{n}", **row} for n, row in enumerate(entries)],
        log_periods=[{"log_period_id": f"p{n}", **row} for n, row in enumerate(periods)],
        **tables,
    )
    return read_register(path)


def look(register, as_of):
    """Activities in time, observed stretches and relations of a register at a date."""
    relations = describe_relations(register, as_of)
    return place_activities(register, as_of), list_observed(register, relations, as_of), relations
