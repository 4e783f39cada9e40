"""The provenance of an edition that was really built."""

import json

from bibtex import read_bibtex
from crate_rules import find_faults, read_crate
from datacite_rules import find_faults as find_datacite_faults


def test_the_crate_of_a_built_edition_keeps_the_rules_and_lists_all_files(twinning, home):
    assert twinning("report", "--format", "html,csv", "--quiet") == (0, "", "")
    folder = home / "reports" / "now"
    assert find_faults(folder) == []
    assert find_datacite_faults(json.loads((folder / "datacite.json").read_text(encoding="utf-8"))) == []
    assert list(read_bibtex((folder / "citation.bib").read_text(encoding="utf-8"))) == ["now-de", "now-en"]
    entities = read_crate(folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*") if path.is_file()}
    named = {one["name"]: one["sha256"] for one in entities.values() if one["@type"] == "File"}
    assert files - named.keys() == {"ro-crate-metadata.json", "manifest.json"}
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    outputs = {path: value for report in manifest["reports"] for path, value in report["outputs"].items()}
    assert named.items() <= (outputs | manifest["index"]).items()
    assert len([one for one in entities.values() if one["@type"] == "CreateAction"]) == len(
        manifest["reports"]
    )


def test_two_builds_give_the_same_crate_and_citations(twinning, home, tmp_path):
    crates = []
    for place in ("one", "a place of another name"):
        target = tmp_path / place / "out"
        assert twinning("report", "then", "--format", "html", "--quiet", "--output", target) == (0, "", "")
        names = ("ro-crate-metadata.json", "citation.bib", "datacite.json")
        crates.append([(target / name).read_bytes() for name in names])
    assert crates[0] == crates[1]
