"""Prose of a notebook (Markdown without HTML) as blocks and inlines.

Beyond CommonMark there are citations, ``[@source-id]``, and text in another language, ``[Kraków]{lang=pl}``.
Citations are found in the raw source, so escaped text never becomes one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin

from analysis.publish.document.blocks import (
    Block,
    BulletList,
    Citation,
    Code,
    Emphasis,
    Foreign,
    Heading,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Plain,
    Quote,
    Strong,
)

Cite = Callable[[str], Citation]

_CITATION = re.compile(r"\[@([^\[\]@\s]+)\]")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_LINK = re.compile(
    r"(https?://|mailto:)[^\s\x00-\x1f\x7f]+|report:[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*", re.IGNORECASE
)
_KNOWN = "headings, paragraphs, lists, quotations, emphasis, code, links, [@source] and [text]{lang=en}"

# Control characters have no place in HTML, Word or PDF; a tab and a line break have.
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160)), "�")


class ProseError(ValueError):
    """Prose that a report cannot show; the message does not know the cell yet."""


def is_link(href: str) -> bool:
    """Whether a report may link there: http, https, mailto, or ``report:<key>``."""
    return _LINK.fullmatch(href) is not None


def clean(text: str) -> str:
    """The text with control characters replaced by U+FFFD."""
    return text.translate(_CONTROLS)


def read_blocks(markdown: str, cite: Cite) -> tuple[Block, ...]:
    """Read Markdown as blocks.

    Parameters
    ----------
    markdown : str
        CommonMark; HTML in it is plain text.
    cite : callable
        Turns a source id into a `Citation`, or raises `ProseError`.

    Returns
    -------
    tuple of Block
        Headings have an empty id: the reader of the whole document gives them one.

    Raises
    ------
    ProseError
        For a picture, a code block or a rule.
    """
    return _blocks(iter(_PARSER.parse(clean(markdown))), cite)


def read_inlines(markdown: str, cite: Cite) -> tuple[Inline, ...]:
    """Read one line of Markdown, for example a caption; errors as in `read_blocks`."""
    tokens = _PARSER.parseInline(clean(markdown))
    return _inlines(tokens[0].children or [], cite)


def to_html(markdown: str) -> str:
    """The Markdown as safe HTML for a notebook's output; citations appear as raised source ids."""
    return _PARSER.render(clean(markdown))


def _blocks(tokens: Iterator[Token], cite: Cite) -> tuple[Block, ...]:
    """Blocks up to the end of the tokens or of the enclosing element."""
    found: list[Block] = []
    for token in tokens:
        if token.nesting == -1:
            break
        if token.type in ("paragraph_open", "heading_open") and not (token.level and token.tag != "p"):
            inlines = _inlines(next(tokens).children or [], cite)
            next(tokens)
            is_heading = token.type == "heading_open"
            found.append(Heading(int(token.tag[1]), "", inlines) if is_heading else Paragraph(inlines))
        elif token.type == "blockquote_open":
            found.append(Quote(_blocks(tokens, cite)))
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            found.append(BulletList(token.type == "ordered_list_open", _items(tokens, cite)))
        else:
            raise ProseError(f"{_name(token)} in prose cannot be shown, allowed are {_KNOWN}. Write it so.")
    return tuple(found)


def _items(tokens: Iterator[Token], cite: Cite) -> tuple[tuple[Block, ...], ...]:
    items = []
    for token in tokens:
        if token.nesting == -1:
            break
        items.append(_blocks(tokens, cite))
    return tuple(items)


def _inlines(tokens: list[Token], cite: Cite) -> tuple[Inline, ...]:
    stack: list[list[Inline]] = [[]]
    opened: list[Token] = []
    for token in tokens:
        if token.nesting == 1:
            opened.append(token)
            stack.append([])
        elif token.nesting == -1:
            inlines = tuple(stack.pop())
            stack[-1].extend(_wrap(opened.pop(), inlines))
        else:
            _add_leaf(stack[-1], token, cite)
    return tuple(stack[0])


def _wrap(opening: Token, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    match opening.type:
        case "strong_open":
            return (Strong(inlines),)
        case "em_open":
            return (Emphasis(inlines),)
        case "link_open":
            return (Link(str(opening.attrs["href"]), inlines),)
    language = str(opening.attrs.get("lang", ""))
    return (Foreign(language, inlines),) if _LANGUAGE.fullmatch(language) else inlines


def _add_leaf(inlines: list[Inline], token: Token, cite: Cite) -> None:
    match token.type:
        case "citation":
            # The raised number stands close to the word, also where the author left a space.
            if inlines and isinstance(inlines[-1], Plain):
                before = inlines.pop().text.rstrip(" ")
                inlines.extend([Plain(before)] if before else [])
            inlines.append(cite(token.content))
        case "code_inline":
            inlines.append(Code(token.content))
        case "hardbreak":
            inlines.append(LineBreak())
        case "text" | "softbreak":
            text = token.content if token.type == "text" else " "
            if inlines and isinstance(inlines[-1], Plain):
                text = inlines.pop().text + text
            if text:
                inlines.append(Plain(text))
        case _:
            raise ProseError(f"{_name(token)} in prose cannot be shown, allowed are {_KNOWN}. Write it so.")


def _name(token: Token) -> str:
    names = {
        "image": "a picture (show it with page.figure)",
        "fence": "a code block",
        "hr": "a rule (---)",
        "heading_open": "a heading in a list or quotation",
    }
    return names.get(token.type, repr(token.type))


def _citation_rule(state: StateInline, silent: bool) -> bool:
    found = _CITATION.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        state.push("citation", "", 0).content = found[1]
    state.pos = found.end()
    return True


def _show_citation(renderer: object, tokens: list[Token], index: int, options: object, env: object) -> str:
    shown = tokens[index].content.replace("&", "&amp;").replace("<", "&lt;")
    return f"<sup>[{shown}]</sup>"


def _make_parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False})
    # Indented text is text; a definition of a link, or dashes below a line, would swallow what an author wrote.
    parser.disable(["code", "reference", "lheading"])
    parser.validateLink = is_link
    attrs_plugin(parser, after=("span_close",), spans=True, allowed=["lang"])
    parser.inline.ruler.before("link", "citation", _citation_rule)
    parser.add_render_rule("citation", _show_citation)
    return parser


_PARSER = _make_parser()
