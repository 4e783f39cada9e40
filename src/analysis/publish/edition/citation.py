"""How an edition is cited: in words, and as BibTeX."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from analysis.publish.edition.editions import Edition
from analysis.wording import Wording

BIBTEX = "citation.bib"
PROJECT = "twinning-analysis"

_AUTHORS = f"The {PROJECT} authors"  # a name, the same in each language
_LANGUAGES = {"de": "ngerman", "en": "british"}
_NO_DOI = "No DOI is registered for this edition. Whoever registers one adds to each entry: doi = {...}"
# Characters that LaTeX does not print as they are. A brace goes by its name: BibTeX counts braces, escaped or not.
_LATEX = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "$&#%_"},
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\symbol{34}",  # a shorthand where German is set
    }
)


@dataclass(frozen=True)
class Citation:
    """
    What is known of an edition to those who cite it.

    Attributes
    ----------
    edition_id : str
    titles, authors : mapping of str to str
        By language, in the order of the edition's languages; an edition without publisher is by the project's authors.
    as_of : datetime.date
        The day whose state is told; its year counts as the year of publication, since no clock is read.
    version : str
        Of this program; empty where it is not installed.
    is_draft : bool
    """

    edition_id: str
    titles: Mapping[str, str]
    authors: Mapping[str, str]
    as_of: datetime.date
    version: str
    is_draft: bool = False

    def write_text(self, language: str) -> str:
        """The citation in words."""
        return f"{self.authors[language]}: {self.titles[language]} ({self.describe_state(language)}), {self.program}."

    def describe_state(self, language: str) -> str:
        """Which edition it is, and of which day; a draft says so."""
        words = Wording(language)
        text = words.text(
            "Ausgabe {edition}, Stand {day}",
            "edition {edition}, as of {day}",
            edition=self.edition_id,
            day=words.date(self.as_of.isoformat()),
        )
        return text + (words.text(", Entwurf", ", draft") if self.is_draft else "")

    @property
    def program(self) -> str:
        """This program with its version."""
        return f"{PROJECT} {self.version}".rstrip()

    def write_bibtex(self) -> str:
        """
        The citation as BibTeX, an entry for each language.

        Author and title stand in two pairs of braces, so that "and" parts no author and no letter changes its case.
        """
        return "\n".join([f"% {_NO_DOI}\n", *map(self._write_entry, self.titles)])

    def _write_entry(self, language: str) -> str:
        fields = {
            "author": f"{{{escape_latex(self.authors[language])}}}",
            "title": f"{{{escape_latex(self.titles[language])}}}",
            "year": str(self.as_of.year),
            "date": self.as_of.isoformat(),
            "langid": _LANGUAGES[language],
            "note": escape_latex(f"{self.describe_state(language)}, {self.program}"),
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        return f"@misc{{{self.edition_id}-{language},\n{lines}}}\n"


def cite(edition: Edition, titles: Mapping[str, str]) -> Citation:
    """Cite an edition by its titles, which are given by language with what marks the whole of it ("fictional data")."""
    from importlib import metadata  # only now: it takes long

    try:
        version = metadata.version(PROJECT)
    except metadata.PackageNotFoundError:  # the project runs without being installed
        version = ""
    authors = {language: edition.publisher(language) or _AUTHORS for language in titles}
    return Citation(edition.edition_id, titles, authors, edition.as_of, version, edition.is_draft)


def escape_latex(text: str) -> str:
    """Write a text so that LaTeX prints it letter by letter; control characters and breaks of lines become blanks."""
    return re.sub(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+", " ", text).strip().translate(_LATEX)
