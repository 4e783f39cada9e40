"""Which partnership a log means by the name of a place: every spelling the register knows, and no guess."""

import re
from collections.abc import Mapping

from babel import Locale

from analysis.imports.words import Unreadable, find_near, foldings, is_missing_word
from analysis.tables import Register

NAMES = ("name_de", "name_en", "name_local")
TITLE = re.compile(r"^(?:partnerstadt|stadt|city of|hansestadt)\s+", re.IGNORECASE)
COUNTRY = re.compile(r"\s*(?:[,/(]|\s-\s)\s*([^,/()]+?)\s*\)?\s*$")  # Kiew (Ukraine), Kiew / UA
SEVERAL = re.compile(r"\s*(?:,|;|/|\+|&|\bund\b|\band\b)\s*")


class Places:
    """The partnerships of a register by the names of their cities.

    Parameters
    ----------
    register : Register
    words : dict of str to str
        Partnership by folded spelling, as the user's mapping says; an empty one is no partner at all.
    """

    def __init__(self, register: Register, words: Mapping[str, str]) -> None:
        self.words, self.by_name = dict(words), {}
        cities = register["cities"].set_index("city_id")
        self.countries = cities["country_code"].to_dict()
        relations = register["partnerships"]
        self.cities = dict(zip(relations["partnership_id"], relations["partner_city_id"], strict=True))
        self.home = register.home["city_id"]
        for city, row in cities.iterrows():
            for name in (city, *(row[column] for column in NAMES)):
                self._add(str(name), str(city))
        aliases = register["aliases"]
        for city, spelling in zip(aliases["city_id"], aliases["spelling"], strict=True):
            self._add(str(spelling), str(city))
        self.by_id = {form: key for key in self.cities for form in foldings(key)}

    def _add(self, name: str, city: str) -> None:
        for form in foldings(name):
            self.by_name.setdefault(form, set()).add(city)

    def read(self, text: str) -> str | None:
        """Give the partnership_id that a cell means, None for "no partner city".

        Raises
        ------
        Unreadable
            If the cell is empty, the place is unknown, may be several, is the home city, or is a list.
        """
        for form in foldings(text):
            if form in self.words:
                return self.words[form] or None
        if is_missing_word(text):
            raise Unreadable("empty")
        found = self._find(text)
        if len(found) == 1:
            return found[0]
        if found:
            raise Unreadable("place-ambiguous", options=", ".join(found))
        if self._find_cities(text) == {self.home}:
            raise Unreadable("place-home")
        parts = [self._find(part) for part in SEVERAL.split(text)]
        if len(parts) > 1 and all(parts):
            raise Unreadable("place-two", options=", ".join(key for part in parts for key in part))
        raise Unreadable("place-unknown", hint=find_near(foldings(text)[0], self.by_name))

    def knows(self, text: str) -> bool:
        """Tell whether a text (the name of a sheet) is the name of a partner, also of several."""
        return bool(self._find(text)) or any(form in self.words for form in foldings(text))

    def _find(self, text: str) -> list[str]:
        """The partnerships a name may mean: a relation's own id, else those of its cities."""
        for form in foldings(text):
            if form in self.by_id and form not in self.by_name:
                return [self.by_id[form]]
        cities = self._find_cities(text)
        return [key for key, city in self.cities.items() if city in cities]

    def _find_cities(self, text: str) -> set[str]:
        bare = TITLE.sub("", text.strip())
        found = self._look_up(bare)
        country = COUNTRY.search(bare)
        if not found and country:  # only its own country: Frankfurt (Oder) is not Frankfurt am Main
            cities = self._look_up(bare[: country.start()])
            found = {city for city in cities if self._is_country(country[1], self.countries[city])}
        return found

    def _look_up(self, name: str) -> set[str]:
        return set().union(*(self.by_name.get(form, set()) for form in foldings(name)))

    def _is_country(self, text: str, code: str) -> bool:
        names = [Locale(language).territories.get(code, code) for language in ("de", "en")]
        return set(foldings(text)) & {form for name in (code, *names) for form in foldings(name)} != set()
