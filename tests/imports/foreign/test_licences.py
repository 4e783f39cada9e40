"""Licences by their short names, however people write them."""

import pytest

from analysis.imports.foreign.licences import Source


@pytest.mark.parametrize(
    ("written", "name", "path"),
    [
        ("CC BY 4.0", "CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by 3.0", "CC-BY-3.0", "https://creativecommons.org/licenses/by/3.0/"),
        ("CC BY-SA 3.0", "CC-BY-SA-3.0", "https://creativecommons.org/licenses/by-sa/3.0/"),
        ("CC\u00a0BY\u2011SA\u00a04.0", "CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ("CC0 1.0", "CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("ODbL 1.0", "ODbL-1.0", "https://opendatacommons.org/licenses/odbl/1-0/"),
        ("dl-de/by-2-0", "dl-de-by-2.0", "https://www.govdata.de/dl-de/by-2-0"),
    ],
)
def test_a_licence_is_known_however_its_short_name_is_joined(written, name, path):
    source = Source("import-rgre", "List", "RGRE", "", written, "2023-06-30", "2023-07-01")
    [licence] = source.licences
    assert (licence["name"], licence["path"]) == (name, path)
    assert source.note.startswith(f"Licence: {licence['title']}, {path}. ")


@pytest.mark.parametrize("written", ["CC BY", "CC BY NC 4.0", "all rights reserved"])
def test_another_licence_is_kept_as_it_is_written(written):
    source = Source("import-rgre", "List", "RGRE", "", written, "2023-06-30", "2023-07-01")
    assert source.licences == [{"name": "other", "title": written}]
