"""How a device is, graded by consequence: a pure watch over questions, answers and silence.

Nothing turns green on sending. Where a device can be asked, an answer makes it good, one question without an answer
makes it doubtful (MAJOR: what is sent may be lost), several in a row make it away (BAD: it comes back without us). A
way there that needs a person is FATAL, and what cannot be known stays UNKNOWN. A keep-alive is no sign of health.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from devices.contract import Health, Severity
from devices.driver import Standing
from profiles.device_profile import DeviceProfile
from profiles.venue_profile import HealthOverride

_NS_PER_S: Final = 1_000_000_000

FAILING_NS: Final = 3_000_000_000
"""How long a send that went wrong is held against a device that has not been heard since."""


@dataclass(frozen=True, slots=True)
class WatchRule:
    """How a device is watched. ``asks`` False: it speaks unasked, and its silence counts.

    ``misses`` questions without an answer in a row make it away, or ``deaf_after_ns`` of silence where that is given.
    """

    asks: bool
    every_ns: int
    timeout_ns: int
    misses: int
    deaf_after_ns: int | None = None


def watch_rule(profile: DeviceProfile, override: HealthOverride) -> WatchRule | None:
    """The profile's way, with the house's words; None where the device cannot tell, or is not watched here.

    A house that wants silence noticed sooner has the device asked three times as often as that.
    """
    health = profile.health
    if health is None or not override.watch:
        return None
    every_s = override.every_s or health.every_s
    if override.deaf_after_s is not None and health.send is not None:
        every_s = min(every_s, override.deaf_after_s / 3)
    return WatchRule(
        asks=health.send is not None,
        every_ns=_ns(every_s),
        timeout_ns=_ns(health.timeout_s),
        misses=health.misses,
        deaf_after_ns=None if override.deaf_after_s is None else _ns(override.deaf_after_s),
    )


class HealthWatch:
    """One device's watch. Told what happens, it says when to ask, and how the device is where that has changed.

    ``still_words`` are said where the way stands and the device cannot tell; ``proves``: a way that stands is proof.
    """

    def __init__(self, device: str, rule: WatchRule | None, *, proves: bool, still_words: str) -> None:
        self.device = device
        self.rule = rule
        self.last_heard_ns: int | None = None
        self._proves = proves
        self._still_words = still_words
        self._began_ns: int | None = None  # of the session; None while the way does not stand
        self._heard_now = False  # in this session
        self._asked_ns: int | None = None  # of the question that is open
        self._missed = 0
        self._ask_ns: int | None = None
        self._failing = ""
        self._failing_until_ns = 0
        self._told: tuple[Severity, str] | None = None

    def began(self, now_ns: int, first_ask_ns: int) -> None:
        """A new session: what was open before is forgotten. The first question is due at ``first_ask_ns``."""
        self._began_ns = now_ns
        self._heard_now = False
        self._asked_ns, self._missed = None, 0
        self._ask_ns = first_ask_ns if self.rule is not None and self.rule.asks else None
        self._failing = ""

    def ended(self) -> None:
        """The way no longer stands: nothing is asked until the next session."""
        self._began_ns = self._asked_ns = self._ask_ns = None

    def asks_at_ns(self) -> int | None:
        """When the next question is due; None where there is none, or one is open."""
        return self._ask_ns if self._asked_ns is None else None

    def asked(self, now_ns: int) -> None:
        """The question has been sent."""
        self._asked_ns = now_ns

    def asked_too(self, now_ns: int) -> None:
        """Somebody else has sent the same question. One that is open already will be answered first."""
        if self._asked_ns is None or self.rule is None:
            self._asked_ns = now_ns

    def answered(self, now_ns: int) -> int | None:
        """The answer came: ns since the question, or None where none was open."""
        asked_ns = self._asked_ns
        self.heard(now_ns)
        return None if asked_ns is None else now_ns - asked_ns

    def heard(self, now_ns: int) -> None:
        """Something of the device's own came, which answers whether it is alive."""
        self.last_heard_ns = now_ns
        self._heard_now = True
        self._missed = 0
        self._failing = ""
        if self._asked_ns is not None and self.rule is not None:
            self._ask_ns = self._asked_ns + self.rule.every_ns
        self._asked_ns = None

    def failed(self, now_ns: int, words: str) -> None:
        """A send went wrong, or came back."""
        self._failing, self._failing_until_ns = words, now_ns + FAILING_NS

    def judge(self, now_ns: int, standing: Standing) -> Health | None:
        """How the device is, where that is news."""
        self._count_misses(now_ns)
        if self._failing and now_ns >= self._failing_until_ns:
            self._failing = ""
        severity, words = self._grade(now_ns, standing)
        if (severity, words) == self._told:
            return None
        self._told = (severity, words)
        return Health(self.device, severity, words, self.last_heard_ns, standing.carries)

    def wake_at_ns(self) -> int | None:
        """When :meth:`judge` may say something new by itself, or a question is due."""
        wakes = [self._failing_until_ns] if self._failing else []
        rule = self.rule
        if rule is not None and self._began_ns is not None:
            if self._asked_ns is not None:
                wakes.append(self._asked_ns + rule.timeout_ns)
            elif self._ask_ns is not None:
                wakes.append(self._ask_ns)
            else:
                wakes += self._silence_wakes(rule)
        return min(wakes, default=None)

    def _count_misses(self, now_ns: int) -> None:
        rule = self.rule
        if rule is None or self._asked_ns is None or now_ns - self._asked_ns < rule.timeout_ns:
            return
        self._missed += 1
        # Ask again at once while in doubt, so that one lost datagram is soon forgiven; at leisure once it is away.
        away = self._missed >= rule.misses
        self._ask_ns = self._asked_ns + max(rule.timeout_ns, rule.every_ns if away else 0)
        self._asked_ns = None

    def _grade(self, now_ns: int, standing: Standing) -> tuple[Severity, str]:
        if standing.severity is not Severity.GOOD:
            return standing.severity, standing.words
        if self._failing:
            return Severity.BAD, self._failing
        rule = self.rule
        if rule is None:
            return (Severity.GOOD if self._proves else Severity.UNKNOWN), self._still_words
        if self._is_away(rule, now_ns) and rule.deaf_after_ns is not None:
            return (
                Severity.BAD,
                f"deaf: not heard for {rule.deaf_after_ns / _NS_PER_S:g} s; check its power and network",
            )
        if self._is_away(rule, now_ns):
            return Severity.BAD, "does not answer: check its power, its network, and that its remote control is on"
        if self._missed or self._is_late(rule, now_ns):
            return Severity.MAJOR, "did not answer the last question"
        if self._heard_now:
            return Severity.GOOD, ""
        return Severity.UNKNOWN, "has not answered yet"

    def _is_away(self, rule: WatchRule, now_ns: int) -> bool:
        silent_ns = self._silent_ns(now_ns)
        if rule.deaf_after_ns is not None:
            return silent_ns >= rule.deaf_after_ns
        if rule.asks:
            return self._missed >= rule.misses
        return silent_ns >= rule.misses * rule.every_ns + rule.timeout_ns

    def _is_late(self, rule: WatchRule, now_ns: int) -> bool:
        """For a device that speaks unasked: its word is overdue."""
        return not rule.asks and self._silent_ns(now_ns) >= rule.every_ns + rule.timeout_ns

    def _silent_ns(self, now_ns: int) -> int:
        since_ns = max((at for at in (self._began_ns, self.last_heard_ns) if at is not None), default=now_ns)
        return now_ns - since_ns

    def _silence_wakes(self, rule: WatchRule) -> list[int]:
        since_ns = max(self._began_ns or 0, self.last_heard_ns or 0)
        away_ns = rule.deaf_after_ns or rule.misses * rule.every_ns + rule.timeout_ns
        marks = [since_ns + rule.every_ns + rule.timeout_ns, since_ns + away_ns]
        told_away = self._told is not None and self._told[0] is Severity.BAD
        told_late = told_away or (self._told is not None and self._told[0] is Severity.MAJOR)
        return [] if told_away else marks[1:] if told_late else marks


def _ns(seconds: float) -> int:
    return round(seconds * _NS_PER_S)
