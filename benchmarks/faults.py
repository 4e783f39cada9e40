"""Strike the build of a small edition a hundred times and see what is left of it.

The strikes are those of ``tests/publish/test_faults.py``, of which ``make check`` makes ten: SIGKILL to the parent, the
server of the kernels, a worker or a kernel, Ctrl-C and SIGTERM, each at a random moment. Give another number if a hundred
are too many: ``python benchmarks/faults.py 20``. Each line says who was struck, when, and the exit code of the build;
the last line is one JSON object.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).parents[1]
TEST = "tests/publish/test_faults.py"


def main(strikes: int) -> int:
    """Run the tests, print what they tell and sum it up; the exit code is that of pytest."""
    begin = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-s",
        "-n0",
        "-m",
        "edition",
        "-p",
        "no:cacheprovider",
        TEST,
    ]
    process = subprocess.Popen(
        command, cwd=HOME, env={**os.environ, "STRIKES": str(strikes)}, stdout=subprocess.PIPE, text=True
    )
    hits = 0
    for line in process.stdout or ():
        print(line, end="", flush=True)
        hits += " s hit, code " in line
    seconds = round(time.monotonic() - begin)
    told = {"strikes": strikes, "hits": hits, "is_well": process.wait() == 0, "seconds": seconds}
    print(json.dumps(told))
    return process.returncode


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("strikes", nargs="?", type=int, default=100)
    sys.exit(main(parser.parse_args().strikes))
