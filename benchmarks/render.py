"""What writing a report costs: seconds and kilobytes, report by report and format by format.

Reads the executed notebooks of a built edition and writes each once more, into a folder that is thrown away. Give the
edition, and formats if not all are wanted: ``python benchmarks/render.py leipzig-2026 --format pdf``. "first" is the first
call (for the first report with what a process pays once: imports, fonts), "best" the shortest of three.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

from analysis.home import find_home
from analysis.publish.document.reading import read_document
from analysis.publish.edition.editions import Edition, read_editions
from analysis.publish.forms.formats import FORMATS
from analysis.publish.forms.html import PageContext

REPEATS = 3
REPORTS = ("evaluation", "history", "partner/kyiv")


def measure(what: str, name: str, notebook: Path, context: PageContext) -> None:
    """Write one report in one format, and print one line."""
    document = read_document(notebook, context.language)
    form, seconds = FORMATS[name], []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / form.place.format(key="report", language=context.language)
        path.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(REPEATS):
            begin = time.perf_counter()
            form.write(document, context, path, None)
            seconds.append(time.perf_counter() - begin)
        size = sum(one.stat().st_size for one in path.parent.iterdir())
    print(f"{what:28}{name:6}{seconds[0]:8.2f}{min(seconds):8.2f}{size / 1000:10,.0f}")


def place(edition: Edition, language: str) -> PageContext:
    """A report that stands alone."""
    return PageContext(
        edition=edition.edition_id,
        edition_title=edition.title(language),
        as_of=edition.as_of.isoformat(),
        language=language,
        other_language_href=None,
        index_href=f"index.{language}.html",
        is_draft=edition.is_draft,
    )


def main() -> None:
    """Measure the reports of an edition that are there."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("edition", nargs="?", help="default: that of twinning report")
    parser.add_argument("--format", action="append", choices=FORMATS, help="default: all")
    options = parser.parse_args()
    home = find_home()
    edition = read_editions(home).find(options.edition)
    print(f"{'report':28}{'format':6}{'first':>8}{'best':>8}{'kB':>10}")
    for language in edition.languages:
        for key in REPORTS:
            notebook = home / "reports" / edition.edition_id / f"{key}.{language}.ipynb"
            if not notebook.exists():
                sys.exit(
                    f"{notebook} does not exist. Build the edition first: twinning report {edition.edition_id}"
                )
            for one in options.format or FORMATS:
                measure(f"{key} ({language})", one, notebook, place(edition, language))


if __name__ == "__main__":
    main()
