"""What the generator of the fictional city knows: `PARTNERS` of data/musterstadt/truth.py, and what goes with it."""

import runpy
from types import SimpleNamespace

from own_data import DATA

FOLDER = DATA / "musterstadt"
truth = SimpleNamespace(**runpy.run_path(str(FOLDER / "truth.py"), run_name="musterstadt_truth"))
PARTNERS = truth.PARTNERS


def expect_activities(partner: str, year: int) -> float:
    """Expected number of activities in a year, with season and pandemic (0 where the log is lost)."""
    if year in truth.LOST.get(partner, ()):
        return 0
    rate = truth.find_step(PARTNERS[partner].rates, year) or 0
    months = zip(range(1, 13), truth.SEASON, strict=True)
    return rate / 12 * sum(season * truth.find_pandemic_factor(year, month) for month, season in months)
