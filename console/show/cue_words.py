"""What makes a cue run and what it does, in words a crew says: for lists, sheets and comparisons."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from console.show.cues import ChoiceTable, Cue, Step
from profiles.verbs import CATALOGUE, Verb

MINUS: Final = "\u2212"

_SAID: Final[Mapping[str, str]] = {
    "cue.fire": "cue {cue}, list {list}",
    "cue.release": "release the playback",
    "cue.go": "next cue",
    "cue.back": "back a cue",
    "macro.fire": "macro {macro}",
    "zone.scene": "scene {scene} in zone {zone}",
    "zone.effect": "{effect} in zone {zone}",
    "zone.off": "zone {zone} off",
    "level.set": "{strip} to {db}",
    "scene.recall": "scene {scene}",
    "clip.load": "load {clip}",
    "clip.play": "play {clip}",
    "clip.stop": "stop the clip",
    "opacity.set": "opacity {level}",
    "transport.play": "play {session}",
    "transport.stop": "stop",
    "transport.locate": "locate {session} to {position_s}",
    "transport.exit_loop": "leave the loop of {session}",
    "text.load": "load {template}",
    "text.take": "take {template}",
    "text.update": "update the text",
    "text.clear": "clear {template}",
    "camera.take": "take {source}",
    "camera.shot": "{camera}: {shot}",
    "camera.standby": "{camera} stand by",
    "camera.clear": "{camera} clear",
    "station.standby": "stand by {station}",
    "station.go": "cue light of {station} to green",
    "station.clear": "cue light of {station} off",
    "timer.countdown": "count down {secs}",
    "timer.countup": "count up",
    "timer.message": "message “{text}”",
    "timer.flash": "flash the timer",
    "timer.clear": "clear the timer",
    "prompter.load": "page {page}",
    "prompter.run": "run",
    "prompter.hold": "hold",
    "effect.fire": "fire {device}",
    "effect.stop": "stop {device}",
    "automation.move": "{device} to {preset}",
    "automation.release": "release {device}",
    "replay.mark": "mark {name}",
    "replay.roll": "roll {name}",
    "nowplaying.show": "show “{title}”",
    "nowplaying.clear": "clear now playing",
}
"""How a verb is said with its main arguments; the others follow by name, defaults unsaid."""


def when_text(cue: Cue) -> str:
    """What makes the cue run, short: ``called``, ``bar 41.3``, ``start −10 s``, ``with 1.210 +2 s`` …"""
    at = cue.at
    if at.on == "called":
        return "called"
    if at.on == "bar":
        return f"bar {at.bar}.{at.beat}" + (f".{at.tick}" if at.tick else "")
    if at.on == "timecode":
        return at.label
    if at.on == "offset":
        anchor = at.section.rsplit("/", 1)[-1] if at.section else at.anchor
        return anchor if not at.seconds else f"{anchor} {seconds_text(at.seconds, signed=True)}"
    if at.on == "after":
        delay = f" {seconds_text(at.delay_s, signed=True)}" if at.delay_s else ""
        return ("follow" if at.of == "end" else "continue") + delay
    if at.on == "clock":
        return at.time
    if at.on == "message":
        return f"{at.source} {at.address}"
    if at.on == "choice":
        return f"{at.choice} = {at.value}"
    if at.on == "feed":
        return f"{at.feed} is {at.state}"
    return "in group"


def seconds_text(seconds: float, *, signed: bool = False) -> str:
    """``2 s``, ``0.25 s``, ``+2 s``, ``−10 s``."""
    figures = f"{abs(seconds):.3f}".rstrip("0").rstrip(".")
    sign = MINUS if seconds < 0 else "+" if signed else ""
    return f"{sign}{figures} s"


def steps_text(cue: Cue) -> tuple[str, ...]:
    """What each step does, with its moment where that is not the cue's own."""
    return tuple(
        (f"{seconds_text(step.offset_s, signed=True)}: " if step.offset_s else "") + step_text(step)
        for step in cue.steps
    )


def step_text(step: Step) -> str:
    """``cue 10, list 2, over 2 s``, ``cam-6: CU hands``, ``ch/1 to −10 dB``."""
    verb = CATALOGUE.get(step.verb)
    args = {name: _value_text(value, verb, name) for name, value in step.args.items()}
    for arg in verb.args if verb is not None else ():
        if arg.name not in args and arg.default is not None:
            args[arg.name] = _value_text(arg.default, verb, arg.name)
    saying = _SAID.get(step.verb, "")
    told = {name for name in args if f"{{{name}}}" in saying}
    if not saying or saying.count("{") != len(told):  # an argument is missing: said by name
        saying, told = step.verb.replace(".", " ").replace("_", " "), set()
    parts = [saying.format_map(args)]
    parts += [
        f"{_arg_name(name)} {args[name]}".strip()
        for name in step.args
        if name not in told and not _is_default(step, verb, name)
    ]
    return ", ".join([*parts, *_lasting(step, verb)])


def _arg_name(name: str) -> str:
    """How an argument is called before its value and unit; one that is called by its unit alone is not."""
    return "" if name == "ms" else name.removesuffix("_hz").removesuffix("_s").replace("_", " ")


def _lasting(step: Step, verb: Verb | None) -> tuple[str, ...]:
    """How long it takes: a fade, points or a length."""
    if step.points:
        end = step.points[-1]
        words = f"{len(step.points)} points in {seconds_text(end.offset_s)}"
        arg = verb.fade_arg if verb is not None else None
        return (f"{words}, to {_value_text(end.value, verb, arg or '')}",)
    if step.fade_s:
        curve = "" if step.curve == "linear" else f", {step.curve.replace('_', ' ')}"
        return (f"over {seconds_text(step.fade_s)}{curve}",)
    return (f"for {seconds_text(step.length_s)}",) if step.length_s else ()


def _is_default(step: Step, verb: Verb | None, name: str) -> bool:
    arg = verb.find_arg(name) if verb is not None else None
    return arg is not None and arg.default is not None and step.args[name] == arg.default


def _value_text(value: object, verb: Verb | None, name: str) -> str:
    if isinstance(value, ChoiceTable):
        rows = ", ".join(f"{word} → {_value_text(each, verb, name)}" for word, each in value.table.items())
        return f"by {value.choice} ({rows})"
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, str):
        return value
    if not isinstance(value, int | float):
        return str(value)
    arg = verb.find_arg(name) if verb is not None else None
    unit = arg.unit if arg is not None else ""
    if unit == "0..1":
        return f"{value * 100:g} %"
    figures = f"{MINUS}∞" if value == -math.inf else f"{value:g}".replace("-", MINUS)
    return f"{figures} {unit}".strip()
