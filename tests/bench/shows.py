"""The shows, the house and the fader that the console is measured with, as the files a user would give it.

Every show is filled up with songs that do not play: what is measured is a cue of a show of ten thousand. Numbers are
easy: a song's first click is its zero, and every payload says which cue it came from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from console.show.cues import After, AtOffset, Cue, OnMessage
from console.show.rundown import Item, ItemKind
from console.show.show import FreeList, Rules, Show
from console.show.show_json import show_to_json
from console.show.songs import Song
from tests.support.builders import CALLED, at_bar, big_show, light, make_cue, make_show, make_song, step
from tests.support.osc_bytes import osc

SHOW_CUES = 10_000
ITEM = "measured"
LEAD_S = 1.0
"""From an item's first click to the first cue that is measured."""

TRIGGER = "/bench/fire"
"""The OSC address that fires the relay's cue."""

FADE_HZ = 60.0
TIMECODE_RATE = 25.0


@dataclass(frozen=True)
class Ports:
    """Ports on the loopback: where measured cues go, where all others go, where triggers are taken."""

    probe: int
    elsewhere: int
    remote: int


HOUSE = """\
id = "bench"
name = "Bench"
time_zone = "Europe/London"
rate = "25"
devices = [
  {{ id = "probe", profile = "generic/osc", host = "127.0.0.1", port = {probe}, latency_ms = 0 }},
  {{ id = "fader", profile = "bench/fader", host = "127.0.0.1", port = {probe}, latency_ms = 0 }},
  {{ id = "elsewhere", profile = "generic/osc", host = "127.0.0.1", port = {elsewhere}, latency_ms = 0 }},
]
roles = [
  {{ id = "lighting.main", main = "probe" }},
  {{ id = "audio.foh", main = "fader" }},
  {{ id = "audio.playback", main = "elsewhere" }},
  {{ id = "video.server", main = "elsewhere" }},
  {{ id = "camera.cueing", main = "elsewhere" }},
]
absent = [{{ role = "sfx.pyro", policy = "skip", reason = "no pyro here" }}]

[remote]
bind = "127.0.0.1"
port = {remote}
allow = ["127.0.0.1/32"]

[safe]
soft = [{{ role = "lighting.main", verb = "cue.fire", args = {{ list = 900, cue = "soft" }} }}]
hard = [{{ role = "lighting.main", verb = "cue.fire", args = {{ list = 900, cue = "hard" }} }}]
show_stop = []
"""

TIMECODE_OUT = f"""
[timecode]
freewheel_frames = 10
jam_frames = 10
out = [{{ id = "main", kind = "mtc", midi_port = "bench", rate = "{TIMECODE_RATE:g}" }}]
"""

FADER = f"""\
vendor = "Bench"
product = "Fader"
department = "SND"
summary = "Faders that take {FADE_HZ:g} steps a second and rest at -90 dB."
grade = "own"
sources = ["tests/bench"]

[[transports]]
kind = "osc_udp"
port = 9000
reply = "none"

[verbs."level.set"]
fade = "stream"
rate_hz = {FADE_HZ:g}
rest = -90.0
args.strip = {{ slashes = true }}
send = [{{ address = "/level/{{strip}}", args = [{{ f = "{{db}}" }}] }}]
"""


def payload(number: int) -> bytes:
    """What the measured cue of that number sends, as generic/osc spells it."""
    return osc("/cue/fire", "main", 1, str(number))


def trigger_payload() -> bytes:
    """What fires the relay's cue."""
    return osc(TRIGGER)


SAFE_PAYLOADS = (osc("/cue/fire", "main", 900, "soft"), osc("/cue/fire", "main", 900, "hard"))
"""What panic sends first; and again within a second."""


def timed_show(count: int, period_s: float, cues: int = SHOW_CUES) -> Show:
    """A song whose cues are ``period_s`` apart on its timeline, the first at LEAD_S; GO starts it."""
    timed = [_timed(number, LEAD_S + number * period_s) for number in range(count)]
    return _filled([_start(step("transport.play", session="bench")), *timed], LEAD_S + count * period_s, cues)


def fade_show(fades: int, fade_s: float, beside: int, period_s: float, cues: int = SHOW_CUES) -> Show:
    """A song whose start is ``fades`` faders on their way to 0 dB for ``fade_s``, with timed cues beside them."""
    faders = [step("level.set", strip=f"ch/{number + 1}", db=0.0, fade_s=fade_s) for number in range(fades)]
    timed = [_timed(number, LEAD_S + number * period_s) for number in range(beside)]
    return _filled([_start(*faders, role="audio.foh"), *timed], max(LEAD_S + beside * period_s, fade_s), cues)


def called_show(count: int, cues: int = SHOW_CUES) -> Show:
    """An item of cues that GO runs one by one, without a gap between presses."""
    called = [make_cue(f"{ITEM}-{n}", _number(n), CALLED, light(str(n)), item=ITEM) for n in range(count)]
    return _filled(called, 60.0, cues, song=False)


def chain_show(steps: int, step_s: float, cues: int = SHOW_CUES) -> Show:
    """GO runs the first of ``steps`` cues; each lasts ``step_s`` and the next follows its end."""
    chain = [make_cue(f"{ITEM}-0", _number(0), CALLED, _lasting(0, step_s), item=ITEM)]
    for number in range(1, steps):
        end = After(on="after", cue=chain[-1].id, of="end")
        chain.append(make_cue(f"{ITEM}-{number}", _number(number), end, _lasting(number, step_s), item=ITEM))
    return _filled(chain, steps * step_s, cues, song=False)


def relay_show(cues: int = SHOW_CUES) -> Show:
    """A cue in a free list that an OSC message fires, as often as it comes."""
    at = OnMessage(on="message", source="osc", address=TRIGGER)
    fired = make_cue("relay", "1", at, light("0"), item=None, list="outside")
    return _filled([fired], 0.0, cues, lists=(FreeList(id="outside", title="From outside"),))


def parameter_show(cues: int, parameters: int) -> Show:
    """A song whose cues set so many faders in turn, every third with a fade."""
    timed = []
    for number in range(cues):
        fade_s = 1.0 if number % 3 == 0 else None
        level = step("level.set", strip=f"ch/{number % parameters + 1}", db=-float(number % 60), fade_s=fade_s)
        at = AtOffset(on="offset", anchor="start", seconds=number / 4)
        timed.append(make_cue(f"{ITEM}-{number}", _number(number), at, level, role="audio.foh", item=ITEM))
    return _filled(timed, cues / 4, cues)


def bars_show(bpm: float, bars: int, places: Iterable[int]) -> Show:
    """A song at one tempo with a cue on each of these bars; GO starts it."""
    song = make_song(ITEM, bars=bars, tc_start="00:00:00:00")
    song = song.model_copy(update={"tempi": (song.tempi[0].model_copy(update={"bpm": bpm}),)})
    cues = [make_cue(f"{ITEM}-{bar}", str(bar), at_bar(bar), light(str(bar)), item=ITEM) for bar in places]
    item = Item(id=ITEM, kind="song", title="Measured", planned_s=bars * 240 / bpm + 8, song=ITEM)
    start = _start(step("transport.play", session="bench"))
    return make_show(start, *cues, songs=(song,), items=(item,), rules=Rules(go_gap_ms=0))


def write_all(directory: Path, show: Show, ports: Ports, *, timecode: bool = False) -> tuple[Path, Path]:
    """The show's file and the house's, and the fader's profile in a folder `profiles` beside them: (show, house)."""
    show_file, house_file = directory / "bench.json", directory / "bench.toml"
    fader_file = directory / "profiles" / "bench" / "fader.toml"
    fader_file.parent.mkdir(parents=True, exist_ok=True)
    fader_file.write_text(FADER, encoding="utf-8")
    show_file.write_text(show_to_json(show), encoding="utf-8")
    house = HOUSE.format(probe=ports.probe, elsewhere=ports.elsewhere, remote=ports.remote)
    house_file.write_text(house + TIMECODE_OUT if timecode else house, encoding="utf-8")
    return show_file, house_file


def _start(*steps: object, role: str = "audio.playback") -> Cue:
    return make_cue(f"{ITEM}-start", "0.0", CALLED, *steps, role=role, item=ITEM, starts_item=True)


def _timed(number: int, at_s: float) -> Cue:
    at = AtOffset(on="offset", anchor="start", seconds=round(at_s, 6))
    return make_cue(f"{ITEM}-{number}", _number(number), at, light(str(number)), item=ITEM)


def _lasting(number: int, step_s: float) -> object:
    return light(str(number)).model_copy(update={"length_s": step_s})


def _number(number: int) -> str:
    return f"0.{number + 1:05}"


def _filled(
    measured: list[Cue],
    length_s: float,
    cues: int,
    *,
    song: bool = True,
    lists: tuple[FreeList, ...] = (),
) -> Show:
    """The measured cues in an item of their own at the top, then songs that bring the show to ``cues`` cues."""
    rest = big_show(cues - len(measured)) if cues > len(measured) else make_show()
    items: tuple[Item, ...] = ()
    songs: tuple[Song, ...] = ()
    if any(cue.item == ITEM for cue in measured):
        bars = 4 * (int(length_s / 2.0 + 4) // 4 + 1)
        played = ITEM if song else None
        kind: ItemKind = "song" if song else "talk"
        items = (Item(id=ITEM, kind=kind, title="Measured", planned_s=bars * 2.0 + 4, song=played),)
        songs = (make_song(ITEM, bars=bars, tc_start="21:00:00:00"),) if song else ()
    return make_show(
        *measured,
        *rest.cues,
        songs=(*songs, *rest.songs),
        items=(*items, *rest.items),
        lists=lists,
        rules=Rules(go_gap_ms=0, go_key_up=True),
        id="bench",
        title="Bench",
    )
