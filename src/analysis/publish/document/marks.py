"""The mark of a report: what nobody may overlook about all of it, as "Fiktive Daten"."""


def add_mark(title: str, mark: str) -> str:
    """The title with the mark behind it, unless it says so itself or there is none."""
    is_said = mark.casefold() in title.casefold()
    return title if is_said else f"{title} ({mark[:1].lower()}{mark[1:]})"
