"""Which licences a user's policy accepts, by their SPDX identifiers (https://spdx.org/licenses)."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

LicencePolicy = Literal["cc0", "attribution", "any"]

NOTHING_ASKED: Final = frozenset({"CC0-1.0", "CC-PDDC", "PDDL-1.0", "Unlicense", "0BSD", "MIT-0"})
"""What may be used without naming anybody."""

ONLY_NAMES: Final = frozenset({
    "CC-BY-2.0", "CC-BY-2.5", "CC-BY-3.0", "CC-BY-3.0-US", "CC-BY-4.0", "MIT", "ISC", "Zlib",
    "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "BSL-1.0", "ODC-By-1.0", "OFL-1.1",
})  # fmt: skip
"""What asks that its authors or its notice be named where it is passed on, and for nothing else."""

_ACCEPTED: Final[Mapping[LicencePolicy, frozenset[str]]] = MappingProxyType(
    {"cc0": NOTHING_ASKED, "attribution": NOTHING_ASKED | ONLY_NAMES}
)


def accepts(policy: LicencePolicy, licence: str) -> bool:
    """Whether a policy accepts a licence.

    `cc0` takes what asks for nothing; `attribution` also what only asks that its authors be
    named; `any` takes whatever is installed: also what binds what is made of it (CC-BY-SA), or
    grants patents and states conditions of its own (SCEA).

    Args:
        policy: What the user accepts.
        licence: SPDX identifier. One that is not known here is taken by `any` alone.
    """
    return policy == "any" or licence in _ACCEPTED[policy]
