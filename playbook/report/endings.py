"""What a file's ending asks for, for everything that is written to a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from playbook.errors import PlaybookError
from playbook.i18n import t

Make = TypeVar("Make")

_ALSO = {"htm": "html", "markdown": "md"}


def maker(formats: Mapping[str, Make], ending: str, refusal: str) -> Make:
    """The maker of the format that `ending` stands for, such as `pdf`; `refusal` says that there is none.

    Raises:
        PlaybookError: nothing in `formats` answers to the ending.
    """
    make = formats.get(_ALSO.get(ending, ending))
    if make is None:
        named = ", ".join(f".{one}" for one in formats)
        raise PlaybookError(
            refusal,
            saw=f".{ending}" if ending else t("report", "a name without an ending"),
            hint=t("report", "give a name that ends in one of: {endings}", endings=named),
            field="output",
        )
    return make
