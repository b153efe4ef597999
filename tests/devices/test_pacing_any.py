"""The pacer under whatever comes: no faster than it says, the newest of each address, and the last always goes."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from devices.pacing import Pacer

MS = 1_000_000
S = 1_000 * MS

SENDS = st.lists(
    st.tuples(
        st.sampled_from([0, 0, 1, 4, 20, 300]),  # ms since the one before
        st.sampled_from("abc"),  # address
        st.booleans(),  # a value of a stream, else an act on the same address
        st.booleans(),  # the port is full when it comes to leave
    ),
    max_size=60,
)


@dataclass
class Device:
    """Everything told to one device, as the conversation does it: at once where it may go, else held."""

    pacer: Pacer[tuple[str, int]]
    left: list[tuple[int, str, int]] = field(default_factory=list)
    displaced: list[tuple[str, int]] = field(default_factory=list)
    now_ns: int = 0

    def tell(self, address: str, number: int, *, value: bool, full: bool) -> None:
        pacer, what = self.pacer, (address, number)
        if pacer.held or pacer.free_at_ns(self.now_ns, value=value) > self.now_ns:
            assert pacer.hold(what, address, value=value)
        elif full:
            pacer.was_full(self.now_ns)
            assert pacer.hold(what, address, value=value)
        else:
            self._leave(what)
        self.displaced += pacer.displaced
        pacer.displaced.clear()

    def move(self, ns: int | None, *, full: bool = False) -> None:
        """Let time pass, appointment by appointment; None: until nothing waits."""
        end_ns = None if ns is None else self.now_ns + ns
        while (wake_ns := self.pacer.wake_at_ns(self.now_ns)) is not None and (end_ns is None or wake_ns <= end_ns):
            self.now_ns = max(self.now_ns, wake_ns)
            what = self.pacer.take(self.now_ns)
            assert what is not None, "it said that something may go"
            if full:
                full = False
                self.pacer.was_full(self.now_ns)
                self.pacer.put_back(what, what[0], value=True)
            else:
                self._leave(what)
        self.now_ns = self.now_ns if end_ns is None else end_ns

    def _leave(self, what: tuple[str, int]) -> None:
        self.pacer.went(self.now_ns)
        self.left.append((self.now_ns, *what))


@settings(max_examples=150, deadline=None)
@given(rate=st.sampled_from([None, 0.5, 1, 5, 40, 200]), sends=SENDS)
def test_the_newest_of_each_address_always_goes_and_nothing_overtakes_its_own(
    rate: float | None, sends: list[tuple[int, str, bool, bool]]
) -> None:
    device = Device(Pacer(rate))
    for number, (wait_ms, address, value, full) in enumerate(sends):
        device.move(wait_ms * MS, full=full)
        device.tell(address, number, value=value, full=full)
    device.move(None)
    for address in "abc":
        told = [number for number, (_, each, _, _) in enumerate(sends) if each == address]
        left = [number for _, each, number in device.left if each == address]
        assert left == sorted(left), "of one address none overtakes another"
        assert left[-1:] == told[-1:], "the last value always goes"
        gone = sorted([*left, *(number for each, number in device.displaced if each == address)])
        assert gone == told, "each has left, or a newer one has taken its place: once, and never both"
    assert device.pacer.held == 0


@settings(max_examples=100, deadline=None)
@given(rate=st.sampled_from([0.5, 1, 5, 40]), sends=SENDS)
def test_no_stretch_of_time_holds_more_than_the_device_bears(
    rate: float, sends: list[tuple[int, str, bool, bool]]
) -> None:
    device = Device(Pacer(rate))
    for number, (wait_ms, address, value, full) in enumerate(sends):
        device.move(wait_ms * MS, full=full)
        device.tell(address, number, value=value, full=full)
    device.move(None)
    count = max(1, int(rate))
    for (earlier, _, _), (later, _, _) in zip(device.left, device.left[count:], strict=False):
        assert later - earlier >= round(count * S / rate)
