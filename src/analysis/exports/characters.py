"""Characters that neither XML nor a database can hold: they are written out, so that nothing vanishes unseen."""

import re

# What XML 1.0 forbids, and the control characters that it takes but changes or that programs stumble over.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def show_controls(text: str) -> str:
    r"""
    Write control characters out as ``\u0001``; tabs and ends of lines stay.

    Examples
    --------
    >>> show_controls("Bad\x01 Ort")
    'Bad\\u0001 Ort'
    """
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
