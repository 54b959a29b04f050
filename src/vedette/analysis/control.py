"""Who holds each place on each day, as a distribution: a hidden Markov filter in continuous time, on arrays.

States of a place are its named controllers, CONTESTED and UNKNOWN, in this order. Between days they move by the rates
of the model; evidence multiplies by its likelihood. `weights_of` makes claims of one origin count once and several
sub-additively; regional shares tilt their places together. The result depends on which evidence there is and never
on the order in which it came. Equations and their sources: docs/method/control.md.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vedette.analysis.control_model import ControlModel

__all__ = [
    "CONTESTED",
    "UNKNOWN",
    "ControlFilter",
    "Evidence",
    "RegionalShare",
    "Turn",
    "entropy_bits",
    "weights_of",
]

CONTESTED = "CONTESTED"
UNKNOWN = "UNKNOWN"

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
# Below this share of a claim's newness taken by an older one, the older is forgotten: 2^-7, seven memories back.
FORGOTTEN = 7.0


class Evidence(NamedTuple):
    """What is known of single places: `place` (n,) and `day` (n,) int64, `log_likelihood` (n, n_states) float64.

    Days are proleptic ordinals. States that a place has not are ignored.
    """

    place: Ints
    day: Ints
    log_likelihood: Floats


class Turn(NamedTuple):
    """That a controller, by number `state`, took a place on a day and had not held it the day before.

    `gain` is the log of how much likelier the claim is if it was so, beside its likelihood for the day itself; `loss`
    of how much less likely if the controller held the place already. Both 0 or more.
    """

    day: int
    place: int
    state: int
    gain: float
    loss: float


class RegionalShare(NamedTuple):
    """A share of several places that one controller is said to hold; no word on any single one.

    `members` (m,) are places, `state` (m,) the controller's number in each. `low`, `best`, `high` are shares 0..1, one
    of low and high None where the share is open to that side. `spread` is how far the speaker may be off, as
    a share; `limit` the most that the log odds of one place may move. `order` breaks ties within a day.
    """

    day: int
    members: Ints
    state: Ints
    low: float | None
    best: float
    high: float | None
    spread: float
    limit: float
    order: str


class ControlFilter:
    """Distributions of all places over a grid of days, forward and smoothed.

    Args:
        model: the priors.
        n_controllers: how many named controllers each place has, at least 1, shape (n_places,).
        days: ascending ordinals at which the distributions are wanted; they must hold every day of evidence.
    """

    def __init__(self, model: ControlModel, n_controllers: Ints, days: Ints) -> None:
        self.model = model
        self.days = np.asarray(days, np.int64)
        if len(self.days) == 0 or np.any(np.diff(self.days) <= 0):
            raise ValueError("days must ascend")
        kinds, self._kind = np.unique(np.asarray(n_controllers, np.int64), return_inverse=True)
        if len(kinds) == 0 or kinds[0] < 1:
            raise ValueError("every place needs a controller")
        self._kinds = [int(k) for k in kinds]
        self.n_states = self._kinds[-1] + 2
        self._moves: dict[int, Floats] = {}
        n_places = len(self._kind)
        self.start = np.zeros((n_places, self.n_states))
        for number, k in enumerate(self._kinds):
            self.start[self._kind == number] = self._padded(model.starting(k), k)
        self.forward = np.zeros((len(self.days), n_places, self.n_states))
        self._direct = np.zeros_like(self.forward)
        self._tilts: dict[int, Floats] = {}
        self._has_evidence = np.zeros(len(self.days), np.bool_)
        self._shares: dict[int, list[RegionalShare]] = {}
        self._turns: dict[int, list[Turn]] = {}
        self._first = np.full(n_places, len(self.days))

    def run(
        self,
        evidence: Evidence,
        shares: Sequence[RegionalShare] = (),
        turns: Sequence[Turn] = (),
        *,
        since: int | None = None,
    ) -> None:
        """Filter forward; `evidence`, `shares` and `turns` are all there are, old and new.

        `since`: the first day on which they differ from those of the last run (a late report's day); what lies before
        is kept. None: all days anew. Linear in days times places times states squared.

        Raises:
            ValueError: evidence on a day that is not in the grid.
        """
        first = 0 if since is None else int(np.searchsorted(self.days, since))
        self._direct[first:] = 0.0
        at = self._at(evidence.day)
        late = at >= first
        np.add.at(self._direct, (at[late], evidence.place[late]), evidence.log_likelihood[late])
        self._has_evidence[first:] = False
        self._has_evidence[at[late]] = True
        self._shares = defaultdict(list)
        for share in sorted(shares, key=lambda s: (s.day, s.order)):
            self._shares[int(self._at(np.array([share.day]))[0])].append(share)
        self._turns = defaultdict(list)
        for turn in sorted(turns):
            self._turns[int(self._at(np.array([turn.day]))[0])].append(turn)
        self._first[:] = len(self.days)
        np.minimum.at(self._first, evidence.place, at)
        for t, listed in self._shares.items():
            for share in listed:
                np.minimum.at(self._first, share.members, t)
        self._tilts = {t: tilt for t, tilt in self._tilts.items() if t < first}
        for t in range(first, len(self.days)):
            self._step(t)

    def smoothed(self) -> Floats:
        """The distributions given all evidence, also later one: forward-backward (Rabiner 1989); shape as `forward`."""
        found = np.empty_like(self.forward)
        back = np.ones_like(self.start)
        for t in range(len(self.days) - 1, -1, -1):
            found[t] = _normal(self.forward[t] * back)
            if t:
                if self._has_evidence[t]:
                    back = back * np.exp(self._direct[t] - self._direct[t].max(axis=1, keepdims=True))
                if t in self._tilts:
                    back = back * np.exp(self._tilts[t])
                move = self._move(int(self.days[t] - self.days[t - 1]))
                moved = np.einsum("pst,pt->ps", move, back)
                for place, state, gain, loss in self._turns_at(t):
                    change = np.full(self.n_states, np.expm1(gain))
                    change[state] = np.expm1(-loss)
                    moved[place] += move[place, :, state] * change * back[place, state]
                back = np.where((self._first < t)[:, None], moved, back)
                back /= back.max(axis=1, keepdims=True)
        return found

    def ahead(self, day: int) -> Floats:
        """The distributions on `day`, nothing told since the last day of the grid before it; (n_places, n_states)."""
        t = int(np.searchsorted(self.days, day, side="right")) - 1
        if t < 0:
            return np.array(self.start)
        gap = day - int(self.days[t])
        if gap == 0:
            return np.array(self.forward[t])
        moved = np.einsum("ps,pst->pt", self.forward[t], self._move(gap))
        return np.asarray(np.where((self._first <= t)[:, None], moved, self.start))

    def _step(self, t: int) -> None:
        if t == 0:
            now = self.start
        else:
            move = self._move(int(self.days[t] - self.days[t - 1]))
            now = np.einsum("ps,pst->pt", self.forward[t - 1], move)
            for place, state, gain, loss in self._turns_at(t):
                stayed = self.forward[t - 1, place, state] * move[place, state, state]
                now[place, state] = stayed * np.exp(-loss) + (now[place, state] - stayed) * np.exp(gain)
            now = _normal(now)
            now = np.where((self._first < t)[:, None], now, self.start)  # nothing ages before it is known
        if self._has_evidence[t]:
            told = self._direct[t]
            now = _normal(now * np.exp(told - told.max(axis=1, keepdims=True)))
        if t in self._shares:
            tilt = np.zeros_like(now)
            for share in self._shares[t]:
                by = _tilt(now, share)
                tilt[share.members, share.state] += by
                now = now.copy()
                now[share.members, share.state] *= np.exp(by)
                now = _normal(now)
            self._tilts[t] = tilt
        self.forward[t] = now

    def _turns_at(self, t: int) -> list[tuple[int, int, float, float]]:
        """Place, state, gain and loss of each turn of a day; told by several it gains once, and loses each time."""
        found: dict[tuple[int, int], tuple[float, float]] = {}
        for turn in self._turns.get(t, ()):
            gain, loss = found.get((turn.place, turn.state), (0.0, 0.0))
            found[turn.place, turn.state] = (max(gain, turn.gain), loss + turn.loss)
        return [(*key, *both) for key, both in found.items()]

    def _at(self, day: Ints) -> Ints:
        at = np.searchsorted(self.days, day)
        if np.any(at >= len(self.days)) or np.any(self.days[np.minimum(at, len(self.days) - 1)] != day):
            raise ValueError("a day of evidence is not in the grid")
        return at.astype(np.int64)

    def _move(self, days: int) -> Floats:
        """The transitions of every place within `days`, shape (n_places, n_states, n_states)."""
        if days not in self._moves:
            kinds = np.zeros((len(self._kinds), self.n_states, self.n_states))
            for number, k in enumerate(self._kinds):
                held = [*range(k), self.n_states - 2, self.n_states - 1]
                kinds[number][np.ix_(held, held)] = self.model.transition(k, days)
            self._moves[days] = kinds[self._kind]
        return self._moves[days]

    def _padded(self, values: Floats, k: int) -> Floats:
        found = np.zeros(self.n_states)
        found[:k], found[-2:] = values[:k], values[k:]
        return found


def weights_of(
    model: ControlModel,
    place: Sequence[int],
    day: Sequence[int],
    says: Sequence[str],
    origin: Sequence[str],
    strength: Sequence[float],
    order: Sequence[str],
    is_serving: Sequence[bool],
) -> Floats:
    """Return how much of each claim counts, 0..1, shape (n,); the order of the arguments changes nothing.

    In order of their days a claim on a place has

        (1 - 2^(-a / own memory)) * n ^ -dependence,   n = 1 + sum over other origins of 2^(-b / memory)

    a: days since its origin's last word on the place; where that was another word, `changed_word` stands before the
    power, as a voice that says something else has news. b: days since each other origin said the same. A claim that
    serves its speaker has the longer memory of such as its own. One day's claims stand by `strength`, the strongest
    first. So one origin counts once a day however often it is printed, and n origins for about n ^ (1 - dependence)
    claims, on one day as well as in a steady stream: what most voices say is never outweighed because it is said often.
    """
    found = np.zeros(len(place))
    groups: dict[int, list[int]] = defaultdict(list)
    for i, key in enumerate(place):
        groups[key].append(i)
    repeats = model.repeats
    memory, serving = repeats.memory_days, repeats.serving_memory_days
    for group in groups.values():
        last: dict[str, dict[str, int]] = defaultdict(dict)  # of what is said the last day, by origin
        word: dict[str, tuple[str, int]] = {}  # of an origin the last word and its day
        group.sort(key=lambda i: (day[i], -strength[i], origin[i], says[i], order[i]))
        for i in group:
            by_origin, own, n = last[says[i]], 0.0, 1.0
            before, then = word.get(origin[i], ("", -(10**9)))
            if by_origin.get(origin[i]) == day[i]:
                own = 1.0
            elif day[i] - then <= FORGOTTEN * max(memory, serving):
                own = 2.0 ** -((day[i] - then) / (serving if is_serving[i] else memory))
                own *= 1.0 if before == says[i] else repeats.changed_word
            for one, then in list(by_origin.items()):
                gap = day[i] - then
                if gap > FORGOTTEN * max(memory, serving):
                    del by_origin[one]
                elif one != origin[i]:
                    n += 2.0 ** -(gap / memory)
            found[i] = (1 - own) * n**-repeats.dependence
            by_origin[origin[i]] = day[i]
            word[origin[i]] = (says[i], day[i])
    return found


def entropy_bits(distribution: Floats) -> Floats:
    """Shannon's entropy over the last axis, in bits."""
    p = np.clip(distribution, 1e-300, 1.0)
    return np.asarray(-(distribution * np.log2(p)).sum(axis=-1) + 0.0)


def _normal(p: Floats) -> Floats:
    return np.asarray(p / p.sum(axis=-1, keepdims=True))


def _tilt(now: Floats, share: RegionalShare) -> float:
    """By how much the log odds of the members move, so that the expected number held meets what is said.

    The number held has mean m and variance v under independent places; what is said has its own variance. The aim is
    their precision-weighted mean, and the exponential tilt that reaches it changes the joint distribution least
    (Csiszár 1975); it is cut off at `limit`.
    """
    p = now[share.members, share.state]
    n = len(p)
    mean, variance = float(p.sum()), float((p * (1 - p)).sum())
    said = share.best * n
    if (share.low is None and mean <= said) or (share.high is None and mean >= said) or variance < 1e-12:
        return 0.0
    half = ((share.best if share.high is None else share.high) - (share.best if share.low is None else share.low)) / 2
    noise = (n * max(half, 0.05)) ** 2 + (n * share.spread) ** 2 * 0.25
    aim = (mean * noise + said * variance) / (noise + variance)
    low, high = -share.limit, share.limit
    for _ in range(50):
        middle = (low + high) / 2
        odds = p * np.exp(middle)
        if float((odds / (1 - p + odds)).sum()) < aim:
            low = middle
        else:
            high = middle
    return (low + high) / 2
