"""Parameters are read without being run, and refused with all that is wrong."""

import pytest
from conftest import write_notebook

from analysis.publish.edition.parameters import Parameter, ParameterError, check_parameters, read_parameters

CELL = """
from typing import Literal
language: Literal["de", "en"] = "de"  # language of the report
horizon: int = 5  # years to look ahead, # and 1 = 1
share: float = 0.5
is_short: bool = False
note: str = "a # b"
"""


@pytest.fixture
def notebook(tmp_path):
    return write_notebook(tmp_path / "study.ipynb", parameters=CELL)


def problems_of(function, *arguments):
    with pytest.raises(ParameterError) as caught:
        function(*arguments)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_names_types_choices_and_help_come_from_the_cell(notebook):
    assert read_parameters(notebook) == [
        Parameter("language", str, "de", ("de", "en"), "language of the report"),
        Parameter("horizon", int, 5, (), "years to look ahead, # and 1 = 1"),
        Parameter("share", float, 0.5),
        Parameter("is_short", bool, False),
        Parameter("note", str, "a # b"),
    ]


def test_a_notebook_without_the_cell_has_no_parameters(tmp_path):
    path = write_notebook(tmp_path / "plain.ipynb", parameters="")
    assert read_parameters(path) == []
    assert problems_of(check_parameters, path, {"x": 1}) == [
        "plain.ipynb, parameter 'x': unknown, allowed is: none."
    ]


def test_right_values_come_back(notebook):
    given = {"language": "en", "horizon": 10, "share": 1, "is_short": True}
    checked = check_parameters(notebook, given)
    assert checked == {"language": "en", "horizon": 10, "share": 1.0, "is_short": True}
    assert type(checked["share"]) is float


def test_all_wrong_values_are_told_at_once(notebook):
    given = {
        "langauge": "de",
        "language": "En",
        "horizon": True,
        "share": float("nan"),
        "is_short": 1,
        "note": None,
    }
    assert problems_of(check_parameters, notebook, given) == [
        (
            "study.ipynb, parameter 'langauge': unknown, allowed is: language, horizon, share, is_short, note. "
            "Did you mean 'language'?"
        ),
        "study.ipynb, parameter 'language': is 'En', allowed is one of 'de', 'en'. Did you mean 'en'?",
        "study.ipynb, parameter 'horizon': is True, of type bool; its type is int.",
        "study.ipynb, parameter 'share': is nan, allowed is a finite number.",
        "study.ipynb, parameter 'is_short': is 1, of type int; its type is bool.",
        "study.ipynb, parameter 'note': is None, of type NoneType; its type is str.",
    ]


@pytest.mark.parametrize(
    "name",
    [
        "x = 1; import os",
        "language\nimport os\nx",
        "__import__('os').system('true')",
        "language ",
        "",
        "note;note",
    ],
)
def test_a_name_cannot_smuggle_code(notebook, name):
    (problem,) = problems_of(check_parameters, notebook, {name: "de"})
    assert problem.startswith(f"study.ipynb, parameter {name!r}: unknown, allowed is:")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "x = 1",
            (
                "is 'x = 1', allowed is only 'name: type = value  # help' with a type of str, int, float, bool or "
                "Literal[…]."
            ),
        ),
        (
            "x: int",
            (
                "is 'x: int', allowed is only 'name: type = value  # help' with a type of str, int, float, bool or "
                "Literal[…]."
            ),
        ),
        (
            "import os",
            (
                "is 'import os', allowed is only 'name: type = value  # help' with a type of str, int, float, "
                "bool or Literal[…]."
            ),
        ),
        (
            "x: str = open('x').read()",
            ("default of x is \"open('x').read()\", allowed is a plain text, number, True or False."),
        ),
        ("x: list = []", "type is 'list', allowed is str, int, float, bool or Literal[…] of plain values."),
        (
            "x: Literal[1, []] = 1",
            ("type is 'Literal[1, []]', allowed is str, int, float, bool or Literal[…] of plain values."),
        ),
        ("x: int = 'a'", "default of x is 'a', of type str; its type is int."),
        ("x: Literal['a'] = 'b'", "default of x is 'b', allowed is one of 'a'."),
    ],
)
def test_a_line_that_is_no_parameter_is_refused(tmp_path, line, problem):
    path = write_notebook(tmp_path / "bad.ipynb", parameters=f"y: int = 1\n{line}")
    assert problems_of(read_parameters, path) == [f"bad.ipynb, cell 'parameters', line 2: {problem}"]


def test_a_name_given_twice_and_broken_python_are_refused(tmp_path):
    path = write_notebook(tmp_path / "bad.ipynb", parameters="x: int = 1\nx: int = 2")
    assert problems_of(read_parameters, path) == [
        "bad.ipynb, cell 'parameters', line 2: x is there twice. Remove one of the lines."
    ]
    write_notebook(path, parameters="x: int = 1\ny: int = (")
    (problem,) = problems_of(read_parameters, path)
    assert problem.startswith(
        "bad.ipynb, cell 'parameters', line 2: is no Python. Each line is 'name: type = value"
    )


def test_a_file_that_is_no_notebook_is_refused(tmp_path):
    path = tmp_path / "bad.ipynb"
    assert problems_of(read_parameters, path) == ["bad.ipynb: cannot be read (No such file or directory)."]
    for text in ("", "[]", '{"cells": 3}', '{"cells": [{"metadata": 1}]}', "\x00"):
        path.write_text(text, encoding="utf-8")
        assert problems_of(read_parameters, path) == [
            "bad.ipynb: is no Jupyter notebook. Save it anew from JupyterLab."
        ]
