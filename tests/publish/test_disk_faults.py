"""A disk that is full, read-only, or not ours: the promised message and exit code, and the last good edition stays."""

import contextlib
import os
import shutil
import subprocess
import sys

import pytest
from fault_campaign import check_whole

pytestmark = [pytest.mark.edition, pytest.mark.skipif(sys.platform != "linux", reason="mounts as Linux does")]

ADVICE = "Make room and check the rights of the folder, or choose another one with --output."


@pytest.fixture
def disk(tmp_path):
    """A file system of four megabytes."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("mounting a small file system needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", folder], check=True)


def report(target, *options, before=(), **environment):
    """Build the small edition into a folder; return exit code and message."""
    command = [sys.executable, "-m", "analysis", "report", "now", "--format", "html", "--quiet"]
    done = subprocess.run(
        [*before, *command, "--output", str(target), *options],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@contextlib.contextmanager
def only_left(folder, kilobytes):
    """Fill a file system during the block, but for some kilobytes."""
    filler = folder / "filler"
    free = shutil.disk_usage(folder).free
    filler.write_bytes(b"x" * (free - kilobytes * 1000))
    try:
        yield
    finally:
        filler.unlink()


def list_left(folder):
    """What is in the store besides the published generation and the cache."""
    store = folder / ".generations"
    shown = (folder / "now").resolve().name
    return sorted(path.name for path in store.iterdir() if path.name not in {shown, "now.cache"})


@pytest.mark.parametrize("kilobytes", [0, 30, 60, 100, 200, 300])
def test_a_full_disk(home, disk, kilobytes):
    """Wherever in the build the room ends, from the first file to the copies that are to be published."""
    assert report(disk / "now") == (0, "")
    with only_left(disk, kilobytes):
        code, message = report(disk / "now", "--force")
        assert code == 1
        assert "No space left on device" in message
        assert "Make room and check the" in message
        check_whole(disk / "now")
        left = [name for name in list_left(disk) if not name.startswith("now.failed.")]
        assert left == []
    assert report(disk / "now", "--force") == (0, "")
    check_whole(disk / "now")
    assert list_left(disk) == []
    assert sorted(path.name for path in disk.iterdir()) == [".generations", "now"]


def test_a_full_disk_for_temporary_files(home, disk, tmp_path):
    target = tmp_path / "now"
    assert report(target, TMPDIR=str(disk)) == (0, "")
    with only_left(disk, 0):  # Python looks for another folder
        assert report(target, "--force", TMPDIR=str(disk)) == (0, "")
    with only_left(disk, 8):
        code, message = report(target, "--force", TMPDIR=str(disk))
        assert code == 1
        assert "No space left on device" in message
        assert "Make room and check the" in message
    check_whole(target)
    assert list(disk.iterdir()) == []


def test_a_disk_that_has_become_read_only(home, disk):
    assert report(disk / "now") == (0, "")
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert report(disk / "now") == (0, "")  # nothing to do
    lock = disk / ".generations" / "now.lock"
    expected = f"twinning: {disk / 'now'}: cannot be written (Read-only file system: {lock}). {ADVICE}\n"
    assert report(disk / "now", "--force") == (1, expected)
    check_whole(disk / "now")


def test_a_folder_that_may_not_be_written_to(home, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    before = []
    if os.geteuid() == 0:  # who may write everywhere
        if not shutil.which("setpriv"):
            pytest.skip("as root the test needs the program setpriv")
        before = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
    code, message = report(locked / "now", before=before)
    store = locked / ".generations"
    assert code == 1
    assert (
        message == f"twinning: {locked / 'now'}: cannot be written (Permission denied: {store}). {ADVICE}\n"
    )
    assert list(locked.iterdir()) == []
