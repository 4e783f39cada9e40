"""``python -m analysis`` is the command ``twinning``."""

import sys

from analysis.cli import main

if __name__ == "__main__":  # the workers of a build import this file too
    sys.exit(main())
