"""Editions are read from TOML; everything wrong in the file is told at once."""

from datetime import date

import pytest

from analysis.publish.edition.editions import EditionError, read_editions
from analysis.publish.edition.parameters import ParameterError
from analysis.publish.edition.plan import plan_runs


def rewrite(home, old, new):
    path = home / "reports" / "editions.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_of(home):
    with pytest.raises(EditionError) as caught:
        read_editions(home)
    return caught.value.problems


def test_editions_are_what_the_file_says(home):
    editions = read_editions(home)
    now = editions.find(None)
    assert (now.edition_id, now.title("de"), now.title("en")) == ("now", "Jetzt", "Now")
    assert (now.as_of, now.languages, now.is_draft, now.paper_number) == (
        date(2026, 11, 1),
        ("de", "en"),
        False,
        "",
    )
    assert now.register == home / "data" / "heim"
    assert [(each.notebook, each.each, each.group("en")) for each in now.reports] == [
        ("overview", "", ""),
        ("partner", "partnership_id", "Each"),
    ]
    assert list(editions.by_id) == ["now", "then"]


def test_an_unknown_edition_is_refused_with_a_suggestion(home):
    editions = read_editions(home)
    with pytest.raises(
        EditionError, match=r"^edition 'thne': unknown, allowed is: now, then\. Did you mean 'then'\?$"
    ):
        editions.find("thne")
    with pytest.raises(EditionError, match=r"^edition '\.\./now': unknown"):
        editions.find("../now")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            'default = "now"',
            'default = "nwo"',
            ("default: is 'nwo', allowed is one of the editions: now, then. Did you mean 'now'?"),
        ),
        ('default = "now"', "", "default: is missing, allowed is one of the editions: now, then."),
        (
            'default = "now"',
            'default = "now"\nnow_too = 1',
            ("now_too: unknown, allowed on top are 'default' and [editions]."),
        ),
        (
            "[then]",
            '["../then"]',
            (
                "[../then]: is no edition name; allowed are small letters a-z, digits and single "
                "hyphens between them."
            ),
        ),
        (
            "title_de",
            "titel_de",
            (
                "[now] titel_de: unknown, allowed is: title_de, title_en, register, as_of, reports, "
                "languages, is_draft, paper_number, publisher_de, publisher_en, variable, obtain, extra. Did you mean 'title_de'?"
            ),
        ),
        (
            "2026-11-01",
            '"2026-11-01"',
            ("[now] as_of: is '2026-11-01', allowed is a date without quotes, as 2026-11-01."),
        ),
        (
            "2026-11-01",
            "2026-11-01T10:00:00",
            ("[now] as_of: is '2026-11-01 10:00:00', allowed is a date without quotes, as 2026-11-01."),
        ),
        (
            "2026-11-01",
            "0001-01-01",
            "[now] as_of: is '0001-01-01', allowed are the years 1000 to 2100. Correct the year.",
        ),
        (
            "2026-11-01",
            "2101-01-01",
            "[now] as_of: is '2101-01-01', allowed are the years 1000 to 2100. Correct the year.",
        ),
        (
            "data/heim",
            "../heim",
            (
                "[now] register: is '../heim', allowed is a path from the project folder, as "
                '"data/leipzig". For a register elsewhere use: twinning report --register PATH.'
            ),
        ),
        (
            'languages = ["de"]',
            'extra = ["data/heim", "../heim"]',
            (
                "[then] extra: is ['data/heim', '../heim'], allowed is a list of further registers to read, as "
                '["data/leipzig"]. Correct it.'
            ),
        ),
        ('["de"]', '["fr"]', '[then] languages: is [\'fr\'], allowed is a list, as ["de", "en"].'),
        ('["de"]', "[]", '[then] languages: is [], allowed is a list, as ["de", "en"].'),
        (
            '[{ notebook = "partner", each = "partnership_id" }]',
            "[]",
            '[then] reports: is empty, allowed is a list, as [{notebook = "evaluation"}]. Add a report.',
        ),
        (
            '"overview"',
            '"overveiw"',
            (
                "[now] reports: notebook 'overveiw': unknown, allowed is: overview, partner. "
                "Did you mean 'overview'?"
            ),
        ),
        (
            '{ notebook = "overview" }',
            '"overview"',
            "[now] reports: is 'overview', allowed is {notebook = \"NAME\"}.",
        ),
        (
            "each",
            "eahc",
            (
                "[now] reports: eahc: unknown, allowed is: notebook, each, group_de, group_en, parameters. "
                "Did you mean 'each'?"
            ),
        ),
        (
            '"partnership_id"',
            '"partner_id"',
            (
                "[now] reports: partner.ipynb, parameter 'partner_id': unknown, allowed "
                "is: language, as_of, register, partnership_id. "
                "Did you mean 'partnership_id'?"
            ),
        ),
        (
            'notebook = "overview"',
            'notebook = "overview", parameters = { as_off = 1 }',
            (
                "[now] reports: overview.ipynb, parameter 'as_off': unknown, allowed is: language, as_of, register. "
                "Did you mean 'as_of'?"
            ),
        ),
    ],
)
def test_each_mistake_has_its_message(home, old, new, problem):
    rewrite(home, old, new)
    assert f"editions.toml, {problem}" in problems_of(home)


def test_all_mistakes_are_told_at_once(home):
    rewrite(home, "title_de", "titel_de")
    rewrite(home, '["de"]', '["fr"]')
    assert len(problems_of(home)) == 3  # unknown titel_de, missing title_de, languages
    assert "editions.toml, [now] title_de: is missing. Add a text." in problems_of(home)


def test_broken_toml_and_a_missing_file_are_told(home):
    rewrite(home, "[now]", "[now")
    (problem,) = problems_of(home)
    assert problem.startswith("editions.toml: ")
    assert problem.endswith("Correct the file; its form is TOML.")
    (home / "reports" / "editions.toml").unlink()
    (problem,) = problems_of(home)
    assert problem.endswith("editions.toml: cannot be read (No such file or directory).")


def test_a_plan_has_one_run_for_each_language_and_value(home):
    edition = read_editions(home).find("now")
    runs = plan_runs(edition, home / "notebooks", {"partnership_id": ["east", "west"]})
    assert [str(run) for run in runs] == [
        "overview (de)", "overview (en)", "partner/east (de)", "partner/east (en)", "partner/west (de)",
        "partner/west (en)",
    ]  # fmt: skip
    assert runs[-1].parameters == {
        "language": "en",
        "as_of": "2026-11-01",
        "register": "../data/heim",
        "partnership_id": "west",
    }
    only = plan_runs(edition, home / "notebooks", {}, languages=["en"])
    assert [str(run) for run in only] == ["overview (en)"]


def test_parameters_of_an_edition_reach_their_notebook(home):
    rewrite(home, 'notebook = "overview"', 'notebook = "overview", parameters = { as_of = "2000-01-01" }')
    edition = read_editions(home).find("now")
    assert plan_runs(edition, home / "notebooks", {})[0].parameters["as_of"] == "2000-01-01"


def test_a_plan_refuses_what_the_notebook_refuses(home):
    rewrite(home, 'title_en = "Now"', 'title_en = "Now"\nlanguages = ["en"]')
    path = home / "notebooks" / "overview.ipynb"
    path.write_text(path.read_text().replace("language: str", "language: Literal['de']"))
    edition = read_editions(home).find("now")
    with pytest.raises(
        ParameterError, match="overview.ipynb, parameter 'language': is 'en', allowed is one of 'de'"
    ):
        plan_runs(edition, home / "notebooks", {})
