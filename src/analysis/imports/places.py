"""Which partnership a log means by the name of a place: the register's spellings, then the world's, and no guess."""

import re
from collections.abc import Mapping

from babel import Locale

from analysis.imports.spellings import read_spellings
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
        aliases = register["aliases"].groupby("city_id")["spelling"].agg(list)
        names = {
            str(city): [str(city), *map(str, row[list(NAMES)].dropna()), *aliases.get(city, [])]
            for city, row in cities.iterrows()
        }
        for city, spellings in names.items():
            for form in {form for spelling in spellings for form in foldings(spelling)}:
                self.by_name.setdefault(form, set()).add(city)
        self.by_id = {form: key for key in self.cities for form in foldings(key)}
        places = cities[["latitude", "longitude"]].astype("Float64").to_numpy(float, na_value=float("nan"))
        towns = {
            str(city): (code, *place)
            for (city, code), place in zip(self.countries.items(), places, strict=True)
        }
        self.by_spelling, self.by_shared = read_spellings(names, towns)

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
        shared = self._list_partners(set().union(*(self.by_shared.get(form, ()) for form in foldings(text))))
        if shared:
            raise Unreadable("place-namesake", options=", ".join(shared))
        parts = [self._find(part) for part in SEVERAL.split(text)]
        if len(parts) > 1 and all(parts):
            raise Unreadable("place-two", options=", ".join(key for part in parts for key in part))
        known = {**self.by_name, **self.by_spelling}
        raise Unreadable("place-unknown", hint=find_near(foldings(text)[0], known))

    def knows(self, text: str) -> bool:
        """Tell whether a text (the name of a sheet) is the name of a partner, also of several."""
        return bool(self._find(text)) or any(form in self.words for form in foldings(text))

    def _find(self, text: str) -> list[str]:
        """The partnerships a name may mean: a relation's own id, else those of its cities."""
        for form in foldings(text):
            if form in self.by_id and form not in self.by_name:
                return [self.by_id[form]]
        return self._list_partners(self._find_cities(text))

    def _list_partners(self, cities: set[str]) -> list[str]:
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
        """The towns of a name: what the register calls them comes before what the world does."""
        for names in (self.by_name, self.by_spelling):
            found = set().union(*(names.get(form, ()) for form in foldings(name)))
            if found:
                return found
        return set()

    def _is_country(self, text: str, code: str) -> bool:
        names = [Locale(language).territories.get(code, code) for language in ("de", "en")]
        return set(foldings(text)) & {form for name in (code, *names) for form in foldings(name)} != set()
