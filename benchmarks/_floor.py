"""The cells of notebooks in one plain Python process: what a report costs at least. A part of regenerate.py."""

import json
import os
import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from pathlib import Path
from time import perf_counter, process_time


def main(plan: Path) -> None:
    """Print the seconds and processor seconds that the cells of all runs take, imports and other first times paid."""
    runs = json.loads(plan.read_text(encoding="utf-8"))
    for notebook in {notebook for notebook, _ in runs}:
        _run_notebook(*next(run for run in runs if run[0] == notebook))
    begin = perf_counter(), process_time()
    for run in runs:
        _run_notebook(*run)
    print(json.dumps([perf_counter() - begin[0], process_time() - begin[1]]))


def _run_notebook(notebook: str, parameters: Mapping[str, object]) -> None:
    """Execute the code cells of a notebook as papermill would: its parameters after those of its own."""
    names: dict[str, object] = {}
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        for cell in json.loads(Path(notebook).read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "code":
                exec(compile("".join(cell["source"]), notebook, "exec"), names)  # noqa: S102
                names |= parameters if "parameters" in cell["metadata"].get("tags", []) else {}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
