"""Builds that are struck, starved or locked out: the last good edition stays whole, nothing is left, the next one succeeds."""

import os
import sys
import tempfile
from pathlib import Path

import pytest
from conftest import make_home
from fault_campaign import Campaign

pytestmark = [
    pytest.mark.edition,
    pytest.mark.skipif(sys.platform != "linux", reason="finds the processes of a build in /proc"),
]
STRIKES = int(os.environ.get("STRIKES", "10"))


@pytest.fixture(scope="module")
def campaign(tmp_path_factory):
    """A small edition, built once."""
    with tempfile.TemporaryDirectory(prefix="f") as temporary:  # short enough for sockets
        yield Campaign(make_home(tmp_path_factory.mktemp("home")), Path(temporary))


@pytest.mark.parametrize("seed", range(STRIKES))
def test_a_struck_build_leaves_the_last_edition_whole_and_nothing_else(campaign, seed):
    print(campaign.strike(seed))
