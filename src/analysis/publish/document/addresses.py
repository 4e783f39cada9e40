"""Addresses that office programs open: one bad address, and they call the whole file damaged."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from analysis.publish.document.prose import is_link

_LONGEST = 2000  # Word refuses a file with a link of more than 2083 characters
_ALLOWED = "!$%&'()*+,-./:;=?@_~"  # besides letters and digits
_STRAY = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.?")


def safe_address(href: str) -> str | None:
    """
    Write an address in the letters that an address may have.

    Parameters
    ----------
    href : str
        An address with http, https or mailto; anything else is no link.

    Returns
    -------
    str or None
        None where an office program might refuse it: no sound host, a user name before the host (it is there to
        deceive), a port that is no number, too long.
    """
    if not is_link(href) or href.lower().startswith("report:"):
        return None
    address = quote(href, safe=_ALLOWED) if href.lower().startswith("mailto:") else _web_address(href)
    return _STRAY.sub("%25", address) if address and len(address) <= _LONGEST else None


def _web_address(href: str) -> str | None:
    try:
        parts = urlsplit(href)
        host = (parts.hostname or "").encode("idna").decode("ascii")
        place = f"{host}:{parts.port}" if parts.port else host
    except ValueError:
        return None
    if "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    rest = (quote(part, safe=_ALLOWED) for part in (parts.path, parts.query, parts.fragment))
    return urlunsplit((parts.scheme, place, *rest))
