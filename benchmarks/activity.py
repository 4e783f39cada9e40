"""How long a log takes: importing it, checking the register, and all measures, for 10,000 to 1,000,000 activities.

Each step is a process of its own, as in an office: ``twinning import``, and a notebook, which checks what it reads. Seconds are those of
the clock, with the start of Python, and those of the processor; memory is the largest that a process had. The last line is one JSON object.
The log is fictional and drawn with a fixed seed, on the partners of Musterstadt.
"""

import argparse
import csv
import json
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).parents[1]
SIZES = (10_000, 100_000, 1_000_000)
WORKBOOK_SIZE = 100_000
FIRST_DAY, DAYS, AS_OF = date(2011, 1, 1), 5479, "2025-12-31"
TABLES = ("cities", "aliases", "partnerships", "milestones", "sources", "contacts", "ratings", "log_periods")
HEAD = (
    *("Aktenzeichen", "Datum", "Partnerstadt", "Art", "Richtung", "Projekt", "TN", "unter 27", "Träger"),
    *("Art des Trägers", "Amt", "Eigenmittel", "Drittmittel", "Geldgeber", "Thema", "Titel"),
)
KINDS = (
    "Delegation",
    "Konzert",
    "Schüleraustausch",
    "Jugendbegegnung",
    "Konferenz",
    "Sport",
    "Ausstellung",
    "Projekt",
)
WAYS = ("eingehend", "ausgehend", "online", "k. A.")
THEMES = ("Kultur", "Bildung", "Sport", "Jugend", "Feuerwehr", "")


def draw_rows(size: int, partners: list[str]):
    """Draw the rows of a log as an office writes them."""
    draw = random.Random(size)
    for number in range(size):
        start = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        end = start + timedelta(days=draw.choice((0, 0, 1, 4)))
        days = f"{start:%d.%m.%Y}" if start == end else f"{start:%d.%m.}-{end:%d.%m.%Y}"
        people = draw.randrange(2, 300)
        money = f"{draw.randrange(2_000_000) / 100:,.2f} €".translate(str.maketrans(",.", ".,"))
        yield [
            f"IB {start.year}/{number}",
            days,
            draw.choice(partners),
            draw.choice(KINDS),
            draw.choice(WAYS),
            draw.choice(("ja", "nein")),
            str(people) if number % 50 else f"ca. {people}",
            str(people // 3),
            f"Verein {draw.randrange(400)}",
            "Verein",
            f"Amt {draw.randrange(40)}",
            money,
            "" if number % 4 else "500,00 €",
            "" if number % 4 else "Land",
            draw.choice(THEMES),
            f"Begegnung {number} der Bürgerinnen und Bürger",
        ]


def write_log(path: Path, size: int, partners: list[str]) -> None:
    """Write a log as CSV of Excel in Germany, or as a workbook."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file, delimiter=";")
            writer.writerow(HEAD)
            writer.writerows(draw_rows(size, partners))
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Liste")
        for number, row in enumerate([HEAD, *draw_rows(size, partners)]):
            sheet.write_row(number, 0, row)


def bring_in(log: Path, register: Path) -> None:
    """What ``twinning import log`` does."""
    from analysis.imports.store import import_log

    done = import_log(log, register, source_id="musterstadt-log")
    assert done.counts["accepted"] == done.counts["read"], done.lines


def check_and_measure(log: Path, register: Path) -> None:
    """Read the register, which checks it as ``twinning check`` does, and take all measures as the notebook does."""
    from analysis import activity, attention, fading, history, logs, rounds, sensitivity, silence, trend
    from analysis.rating import read_scale
    from analysis.tables import read_register

    data = read_register(register)
    relations = history.describe_relations(data, AS_OF)
    placed, observed = logs.place_activities(data, AS_OF), logs.list_observed(data, relations, AS_OF)
    first, last = activity.find_period(AS_OF, 5)
    yearly = activity.measure_years(placed, observed, relations, FIRST_DAY.year, last)
    measures = activity.measure_activity(placed, yearly, relations, first, last)
    activity.count_activities(placed, ["partnership_id", "year", "activity_type"])
    activity.count_months(placed)
    silence.measure_silence(placed, observed, relations, AS_OF)
    attention.measure_gini(measures["activities"])
    trend.measure_trend(yearly)
    fading.warn_of_fading(placed, observed, relations, AS_OF)
    _, conditions = rounds.rate_round(data, first, last)
    sensitivity.measure_shares(conditions, read_scale(data))
    rounds.compare_rounds(data, AS_OF)


STEPS = {"import": bring_in, "check and measures": check_and_measure}


def time_step(step: str, log: Path, register: Path) -> dict[str, float]:
    """Run a step in a process of its own."""
    begin = time.perf_counter()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        processor, memory = pool.submit(run_step, step, log, register).result()
    seconds = time.perf_counter() - begin
    return {"seconds": round(seconds, 1), "processor_seconds": processor, "megabytes": memory}


def run_step(step: str, log: Path, register: Path) -> tuple[float, int]:
    """Run a step and hand back its processor time in seconds and the largest memory it had in MB."""
    STEPS[step](log, register)
    unit = 1024**2 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    used = resource.getrusage(resource.RUSAGE_SELF)
    return round(used.ru_utime + used.ru_stime, 1), round(used.ru_maxrss / unit)


def make_register(folder: Path) -> list[str]:
    """A register like Musterstadt's without its activities; the German names of its partners."""
    folder.mkdir(parents=True)
    for table in TABLES:
        shutil.copy(ROOT / "data/musterstadt" / f"{table}.csv", folder)
    with (folder / "cities.csv").open(encoding="utf-8", newline="") as file:
        names = {row["city_id"]: row["name_de"] for row in csv.DictReader(file)}
    with (folder / "partnerships.csv").open(encoding="utf-8", newline="") as file:
        cities = [row["partner_city_id"] for row in csv.DictReader(file)]
    return [names[city] for city in cities if cities.count(city) == 1]


def measure_size(size: int, kind: str, steps: list[str]) -> dict[str, dict[str, float]]:
    """Time the steps on a log of this many rows."""
    with tempfile.TemporaryDirectory() as name:
        register, log = Path(name) / "register", Path(name) / f"log.{kind}"
        write_log(log, size, make_register(register))
        found = {step: time_step(step, log, register) for step in steps}
    sums = {
        name: round(sum(each[name] for each in found.values()), 1)
        for name in ("seconds", "processor_seconds")
    }
    found["all"] = {**sums, "megabytes": max(each["megabytes"] for each in found.values())}
    for step, each in found.items():
        times = f"{each['seconds']:8.1f} s{each['processor_seconds']:8.1f} s of a processor"
        print(f"{size:>9,} {kind:4} {step:19}{times}{each['megabytes']:8} MB", flush=True)
    return found


def main() -> None:
    """Measure all sizes, or only those named."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help=f"rows; default: {SIZES}")
    sizes = parser.parse_args().sizes
    figures = {str(size): measure_size(size, "csv", list(STEPS)) for size in sizes}
    figures["workbook"] = {"rows": WORKBOOK_SIZE, **measure_size(WORKBOOK_SIZE, "xlsx", ["import"])}
    print(json.dumps({"benchmark": "activity", "processors": os.cpu_count(), "figures": figures}))


if __name__ == "__main__":
    main()
