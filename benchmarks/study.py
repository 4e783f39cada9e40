"""What an analyst waits for in JupyterLab: imports, reading the register, its state at a day, figures.

Prints the seconds of the first call and the shortest of five (the import has a first call only).
"""

import time
from collections.abc import Callable

REPEATS = 5
AS_OF = "2026-11-01"


def measure(what: str, work: Callable[[], object], repeats: int = REPEATS) -> object:
    """Time a piece of work, print one line, and return what the work gave."""
    seconds = []
    for _ in range(repeats):
        begin = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - begin)
    shortest = f"{min(seconds):8.3f}" if repeats > 1 else " " * 8
    print(f"{what:32}{seconds[0]:8.3f}{shortest}")
    return result


def load() -> tuple:
    """Import what a notebook imports."""
    from analysis import charts, history, maps
    from analysis.home import find_home
    from analysis.tables import read_register
    from analysis.wording import Wording

    return charts, history, maps, find_home, read_register, Wording


def main() -> None:
    """Measure one step after the other, on the register of Leipzig."""
    print(f"{'seconds':32}{'first':>8}{'best':>8}")
    charts, history, maps, find_home, read_register, wording = measure("import", load, repeats=1)
    words = wording("en")
    register = measure("read and check the register", lambda: read_register(find_home() / "data" / "leipzig"))
    relations = measure("describe relations", lambda: history.describe_relations(register, AS_OF))
    spans = measure("list spans", lambda: history.list_spans(register, AS_OF))
    measure("draw the timeline", lambda: charts.draw_timeline(spans, words, as_of=AS_OF))
    measure("draw the map of partners", lambda: maps.draw_partner_map(relations, register.home, words))


if __name__ == "__main__":
    main()
