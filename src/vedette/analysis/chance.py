"""How often something would be seen by chance, in the words of somebody who looks at it once a period."""

from __future__ import annotations

from vedette.analysis.periods import MEAN_DAYS, Unit

__all__ = ["in_words"]

LOOKS = {"day": "daily", "week": "weekly", "month": "monthly", "year": "yearly"}
# Beyond this the tail of the replicates carries no figure.
LONGEST_YEARS = 100


def in_words(recurrence_days: float | None, unit: Unit) -> str:
    """Return such as "would be seen by chance once in 3 years of weekly looks".

    >>> in_words(1100.0, "week")
    'would be seen by chance once in 3 years of weekly looks'
    >>> in_words(10.0, "week")
    'would be seen by chance in most weekly looks'
    >>> in_words(1e9, "day")
    'would be seen by chance less than once in 100 years of daily looks'
    """
    looks = f"{LOOKS[unit]} looks"
    if recurrence_days is None:
        return "no replicates: how often by chance is not known"
    if recurrence_days < 2 * MEAN_DAYS[unit]:
        return f"would be seen by chance in most {looks}"
    years = recurrence_days / MEAN_DAYS["year"]
    if years > LONGEST_YEARS:
        return f"would be seen by chance less than once in {LONGEST_YEARS} years of {looks}"
    return f"would be seen by chance once in {_length(recurrence_days)} of {looks}"


def _length(days: float) -> str:
    """A length of time in the largest unit of which it has two or more; down to days."""
    names: tuple[Unit, ...] = ("year", "month", "week", "day")
    unit = next((name for name in names if days / MEAN_DAYS[name] >= 1.95), "day")
    return f"{days / MEAN_DAYS[unit]:.0f} {unit}s"
