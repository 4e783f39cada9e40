"""Every path, link and folder that a document names is there."""

import subprocess

import pytest
from documents import HOME, READMES, Document

DOCUMENTS = [
    *READMES,
    "METHODS.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "data/README.md",
    "registers/README.md",
    "deploy/README.md",
]

# A path such as ../schema is said of any register.
LEIPZIG = HOME / "data" / "leipzig"

each_document = pytest.mark.parametrize("document", [Document(name) for name in DOCUMENTS], ids=DOCUMENTS)
each_readme = pytest.mark.parametrize("readme", [Document(name) for name in READMES], ids=READMES)


def list_kept(folder: str = "") -> set[str]:
    """Names in a folder of the repository, without hidden ones."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", folder or "."],
        cwd=HOME, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("no git repository here: nothing tells the project's files from others")
    names = {line.removeprefix(folder).split("/")[0] for line in listed.stdout.splitlines()}
    return {name for name in names if not name.startswith(".")}


def read_tree(readme: Document) -> set[str]:
    """Paths of the tree: the names at the start of each line, below the folder that they are indented under."""
    paths, parent = set(), ""
    for line in readme.blocks("")[0].splitlines():
        for word in line.split("  " if not line.startswith(" ") else None):
            name = word.strip()
            if not (name.endswith("/") or "." in name or name in ("LICENSE", "Makefile")) or " " in name:
                break
            paths.add((parent if line.startswith(" ") else "") + name)
            if not line.startswith(" "):
                parent = name
    return paths


@each_document
def test_every_link_leads_somewhere(document):
    for link in document.links():
        path, _, anchor = link.partition("#")
        target = Document(str((document.path.parent / path).relative_to(HOME))) if path else document
        assert target.path.resolve().exists(), link
        assert not anchor or anchor in target.anchors(), link
    assert not [link for link in document.links() if link.startswith("http")]


@each_document
def test_every_path_is_there(document):
    paths = [name for name in document.names() if "/" in name and " " not in name and "*" not in name]
    made = ("leipzig-2020", "leipzig-2026", "changes.html", "report.log")
    built = (
        *(f"reports/{name}" for name in made),
        ".venv/",
        "/opt/twinning",
        "/var/",
    )  # the last on a server
    for path in (path for path in paths if not path.startswith(built)):
        places = (HOME, document.path.parent, LEIPZIG)
        assert any((place / path).exists() for place in places), path


@each_readme
def test_the_tree_is_the_real_one(readme):
    tree = read_tree(readme)
    assert [path for path in tree if not (HOME / path).exists()] == []
    assert {path.split("/")[0] for path in tree} == list_kept()
    assert {path.split("/")[1] for path in tree if path.startswith("data/") and path != "data/"} == list_kept(
        "data/"
    )
