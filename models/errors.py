"""What the rules of the domain can answer instead of a value.

Each error names a fixed ``reason_code`` and carries facts; the words that a person reads are chosen by ``messages``.

    Refused
    ├── NotFound    no such thing, or nothing this person may know of
    ├── NotAllowed  the person's role does not reach this far
    └── Invalid     the input cannot be understood or would break a rule
"""

from __future__ import annotations


class Refused(Exception):
    """A request that the rules turn down; safe to tell the person who asked.

    Attributes:
        reason_code: fixed snake_case name of the reason, the key of the sentence in ``messages.refusals``.
        facts: plain values that the sentence needs (numbers, names the person typed, times).
    """

    def __init__(self, reason_code: str, **facts: object) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code
        self.facts = facts

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.reason_code} ({facts})" if facts else self.reason_code


class NotFound(Refused):
    """There is no such thing, or nothing that this person may know of; the two are never told apart."""


class NotAllowed(Refused):
    """The person's role or unit does not allow it."""


class Invalid(Refused):
    """The input cannot be understood or would break a rule."""
