"""Days and periods as offices write them; what they mean is read off the page."""

import pytest

from analysis.imports.log_dates import read_period
from analysis.imports.words import Unreadable

PERIODS = {
    "07.- 09.09.2018": ("2018-09-07", "2018-09-09"),
    "11. - 13.10.2019": ("2019-10-11", "2019-10-13"),
    "30.12.2022": ("2022-12-30", None),
    "September 1973": ("1973-09", None),
    "Sept. 1973": ("1973-09", None),
    "2018": ("2018", None),
    "1": "date-unclear",
    "43350": (
        "2018-09-07",
        None,
    ),  # 1900-01-01 is day 1 of Excel, which counts a 29 February 1900 that never was
    "43350.5": ("2018-09-07", None),
    "2018-09-07T14:00:00": ("2018-09-07", None),
    "Fr., 07.09.2018, 14:00 Uhr": ("2018-09-07", None),
    "7. September 2018": ("2018-09-07", None),
    "7.–9. September 2018": ("2018-09-07", "2018-09-09"),
    "September 7, 2018": ("2018-09-07", None),
    "07.09.2018 bis zum 09.09.2018": ("2018-09-07", "2018-09-09"),
    "2018-09-07 - 2018-09-09": ("2018-09-07", "2018-09-09"),
    "07./08.09.2018": ("2018-09-07", "2018-09-08"),
    "07.09. und 08.09.2018": ("2018-09-07", "2018-09-08"),
    "07.09. und 12.09.2018": "date-two",
    "30.12. - 02.01.2019": ("2018-12-30", "2019-01-02"),
    "09.09. - 07.09.2018": "date-backwards",
    "09.09.2018 - 07.09.2018": "date-backwards",
    "Oktober 2018 - Februar 2019": ("2018-10", "2019-02"),
    "09/2018": ("2018-09", None),
    "2018-12": ("2018-12", None),
    "2018-20": ("2018", "2020"),
    "2018/19": ("2018", "2019"),
    "2011/12": "date-month",
    "3. Quartal 2019": ("2019-07", "2019-09"),
    "2. Halbjahr 2019": ("2019-07", "2019-12"),
    "5. Quartal 2019": "date-unclear",
    "7.9.49": ("2049-09-07", None),
    "7.9.50": ("1950-09-07", None),
    "09/07/2018": "date-order",
    "25/07/2018": ("2018-07-25", None),
    "07/25/2018": ("2018-07-25", None),
    "31.02.2019": "date-calendar",
    "07.09.0999": "date-years",
    "Sommer 2019": "date-vague",
    "ab 2019": "date-vague",
    "07.09.": "date-year",
    "Mai": "date-year",
    "demnächst": "date-unclear",
    "": "date-unclear",
    "=A1": "formula",
    "#BEZUG!": "error-cell",
}


@pytest.mark.parametrize(("text", "meaning"), PERIODS.items())
def test_a_period_is_read_or_refused(text, meaning):
    if isinstance(meaning, tuple):
        assert read_period(text) == meaning
    else:
        with pytest.raises(Unreadable) as error:
            read_period(text)
        assert error.value.code == meaning


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("07.09.", ("2019-09-07", None)),
        ("07.- 09.09.", ("2019-09-07", "2019-09-09")),
        ("Mai", ("2019-05", None)),
        ("30.12.2022", ("2022-12-30", None)),
    ],
)
def test_the_year_of_the_sheet_stands_in(text, meaning):
    assert read_period(text, 2019) == meaning
