"""A reader of BibTeX by its own rules: braces are counted, with a backslash before them or not, and nothing else matters.

What LaTeX prints of a field is found by another hand than the one that writes it: commands are replaced one by one."""

import re

_COMMANDS = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}


def read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """The fields of every entry by its key, each without its outer braces."""
    entries, place = {}, text.find("@")
    while place >= 0:
        key = re.compile(r"@misc\{([^\s,{}]+),").match(text, place)
        end = _find_end(text, text.index("{", place))
        fields, at = {}, key.end()
        while field := re.compile(r"\s*(\w+) = (?=\{)").match(text, at):
            at = _find_end(text, field.end())
            fields[field[1]] = text[field.end() + 1 : at - 1]
            at += text[at] == ","
        assert text[at:end].strip() == "}", text[at:end]
        entries[key[1]] = fields
        place = text.find("@", end)
    return entries


def _find_end(text: str, start: int) -> int:
    """The place behind the brace that closes the one at `start`."""
    depth = 0
    for place in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    raise AssertionError(f"a brace is not closed: {text[start:]}")


def print_latex(text: str) -> str:
    """What LaTeX prints; a special character that stands alone is a fault."""
    printed, place = "", 0
    token = re.compile(r"\\symbol\{(\d+)\}|\\([a-z]+)\{\}|\\([$&#%_])|([^\\{}$&#%_~^<>|\"])")
    while place < len(text):
        found = token.match(text, place)
        assert found, f"LaTeX does not print this: {text[place:]}"
        number, command, mark, plain = found.groups()
        printed += chr(int(number)) if number else _COMMANDS[command] if command else mark or plain
        place = found.end()
    return printed
