"""Parameters of a notebook: read from its cell tagged ``parameters``, never executed, and checked before a kernel
starts. (papermill only warns about an unknown parameter, and executes a parameter's *name* as code.)"""

import ast
import io
import json
import math
import tokenize
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.problems import did_you_mean

TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}
FORM = "'name: type = value  # help' with a type of str, int, float, bool or Literal[…]"


class ParameterError(ValueError):
    """Parameters are wrong; ``problems`` lists all of them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))

    def __reduce__(self) -> tuple:
        return type(self), (self.problems,)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook. ``type`` is str, int, float or bool; ``choices`` is empty if any value will do."""

    name: str
    type: type
    default: Any
    choices: tuple[Any, ...] = ()
    help: str = ""

    def find_fault(self, value: Any) -> str:
        """Say what is wrong with a value, or return an empty string."""
        if self.choices and not any(
            type(value) is type(choice) and value == choice for choice in self.choices
        ):
            allowed = ", ".join(repr(choice) for choice in self.choices)
            return f"is {value!r}, allowed is one of {allowed}." + did_you_mean(
                str(value), map(str, self.choices)
            )
        if type(value) is not self.type and not (self.type is float and type(value) is int):
            return f"is {value!r}, of type {type(value).__name__}; its type is {self.type.__name__}."
        if isinstance(value, float) and not math.isfinite(value):
            return f"is {value!r}, allowed is a finite number."
        return ""


def read_parameters(notebook: Path) -> list[Parameter]:
    """
    Read the parameters of a notebook from its cell tagged ``parameters``.

    Parameters
    ----------
    notebook : Path
        File ``<name>.ipynb``.

    Returns
    -------
    list of Parameter
        In the order of the cell; empty if the notebook has no such cell. Imports from ``typing`` are passed over.

    Raises
    ------
    ParameterError
        If the file is no notebook, or for every line that is not ``name: type = value  # help``.
    """
    source = _find_cell(notebook)
    where = f"{notebook.name}, cell 'parameters'"
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 1)
        raise ParameterError([f"{where}, line {line}: is no Python. Each line is {FORM}."]) from None
    comments = _read_comments(source)
    parameters: dict[str, Parameter] = {}
    problems = []
    for statement in statements:
        if isinstance(statement, ast.ImportFrom) and statement.module == "typing":
            continue
        try:
            parameter = _read_statement(statement, comments.get(statement.end_lineno or 0, ""))
            if parameters.setdefault(parameter.name, parameter) is not parameter:
                raise ValueError(f"{parameter.name} is there twice. Remove one of the lines.")
        except ValueError as error:
            problems.append(f"{where}, line {statement.lineno}: {error}")
    if problems:
        raise ParameterError(problems)
    return list(parameters.values())


def check_parameters(notebook: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """
    Check values for a notebook's parameters; names that its cell does not hold are refused.

    Returns
    -------
    dict
        The given values, whole numbers for a ``float`` parameter as float.

    Raises
    ------
    ParameterError
        With all problems: unknown name, wrong type, value that is not among the choices.
    """
    known = {parameter.name: parameter for parameter in read_parameters(notebook)}
    problems = []
    for name, value in given.items():
        where = f"{notebook.name}, parameter {name!r}"
        if name not in known:
            names = ", ".join(known) or "none"
            problems.append(f"{where}: unknown, allowed is: {names}.{did_you_mean(name, known)}")
        elif fault := known[name].find_fault(value):
            problems.append(f"{where}: {fault}")
    if problems:
        raise ParameterError(problems)
    return {name: float(value) if known[name].type is float else value for name, value in given.items()}


def _find_cell(notebook: Path) -> str:
    """Return the source of the cell tagged ``parameters``, or an empty string."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        return "".join(tagged[0]["source"]) if tagged else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ParameterError(
            [f"{notebook.name}: is no Jupyter notebook. Save it anew from JupyterLab."]
        ) from None
    except OSError as error:
        raise ParameterError([f"{notebook.name}: cannot be read ({error.strerror})."]) from None


def _read_comments(source: str) -> dict[int, str]:
    """Map line numbers to the text of the comment on that line."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}


def _read_statement(statement: ast.stmt, comment: str) -> Parameter:
    """Make a parameter of ``name: type = value``; ValueError says what is wrong with the line."""
    if not (
        isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value
    ):
        raise ValueError(f"is {ast.unparse(statement)!r}, allowed is only {FORM}.")
    name = statement.target.id
    choices = _read_choices(statement.annotation)
    try:
        default = ast.literal_eval(statement.value)
    except (ValueError, TypeError):
        written = ast.unparse(statement.value)
        raise ValueError(
            f"default of {name} is {written!r}, allowed is a plain text, number, True or False."
        ) from None
    kind = type(choices[0]) if choices else TYPES[ast.unparse(statement.annotation)]
    parameter = Parameter(name, kind, default, choices, comment.strip())
    if fault := parameter.find_fault(default):
        raise ValueError(f"default of {name} {fault}")
    return parameter


def _read_choices(annotation: ast.expr) -> tuple[Any, ...]:
    """Return the values of ``Literal[…]``, nothing for a plain type; ValueError for any other type."""
    written = ast.unparse(annotation)
    if written in TYPES:
        return ()
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Literal":
        inner = annotation.slice
        parts = inner.elts if isinstance(inner, ast.Tuple) else [inner]
        values = tuple(part.value for part in parts if isinstance(part, ast.Constant))
        if len(values) == len(parts) and {type(value) for value in values} <= set(TYPES.values()):
            return values
    raise ValueError(f"type is {written!r}, allowed is str, int, float, bool or Literal[…] of plain values.")
