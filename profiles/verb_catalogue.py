"""The verbs themselves: one closed table. Source: design chapter 6, completed where the sample shows asked for more."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from profiles.verb_types import MAIN, Arg, Blend, Chase, Kind, Verb

# ------------------------------------------------------------------------------------------- arguments, by short forms


def _text(name: str, note: str = "", choices: tuple[str, ...] = ()) -> Arg:
    return Arg(name, "text", note=note, choices=choices)


def _maybe_text(name: str, note: str = "") -> Arg:
    return Arg(name, "text", required=False, note=note)


def _key(name: str, note: str) -> Arg:
    return Arg(name, "text", required=False, default=MAIN, note=note)


def _choice(name: str, choices: tuple[str, ...], default: str) -> Arg:
    return Arg(name, "text", required=False, default=default, choices=choices)


def _number(name: str, note: str = "", minimum: int = 0, maximum: int | None = None) -> Arg:
    return Arg(name, "int", minimum=minimum, maximum=maximum, note=note)


def _maybe_number(name: str, note: str = "", minimum: int = 0) -> Arg:
    return Arg(name, "int", required=False, minimum=minimum, note=note)


def _seconds(name: str, note: str = "") -> Arg:
    return Arg(name, "float", unit="s", minimum=0.0, note=note)


def _maybe_seconds(name: str, note: str = "") -> Arg:
    return Arg(name, "float", unit="s", required=False, minimum=0.0, note=note)


def _ms(name: str, default: int | None = None, note: str = "") -> Arg:
    return Arg(name, "int", unit="ms", required=default is None, default=default, minimum=0, maximum=600_000, note=note)


def _flag(name: str, *, default: bool | None = None, note: str = "") -> Arg:
    return Arg(name, "flag", required=default is None, default=default, note=note)


def _maybe_flag(name: str, note: str = "") -> Arg:
    return Arg(name, "flag", required=False, note=note)


def _unit_level(*, required: bool) -> Arg:
    return Arg(
        "level", "float", unit="0..1", required=required, default=None if required else 1.0, minimum=0, maximum=1
    )


_PLAYBACK = _key("playback", "which playback of the desk")
_LAYER = _key("layer", "which layer or channel of the machine")
_STRIP = _text("strip", "ch/1, dca/3, bus/2, mutegroup/1, main, or a name the venue maps")
_ZONE = _text("zone", "a zone of the house, or all")
_COLOUR = _maybe_text("colour", "#rrggbb")
_CAMERA = _text("camera", "a camera of the show")
_TRANSITION = _choice("transition", ("cut", "mix", "wipe"), "cut")
_SESSION = _maybe_text("session", "a session of the playback rig; without one, the session that is loaded")
_TEMPLATE = _text("template", "a template of the graphics machine")
_LINES = tuple(_maybe_text(f"line{n}") for n in range(1, 7))
_FIELDS = (*_LINES, _maybe_text("option", "which option or name is meant"), _maybe_seconds("secs", "for a count"))
_FIELD_NAMES = tuple(arg.name for arg in _FIELDS)
_STATION = _text("station", "a cue light station, or all")
_TIMER = _key("timer", "which timer or display")
_DEVICE = _text("device", "an effect or axis of the show")
_BREAK = _number("event_id", "the break's id at the injector")


# --------------------------------------------------------------------------------------------------------- the verbs


def _parameter(
    name: str,
    family: str,
    chase: Chase,
    *args: Arg,
    keys: tuple[str, ...] = (),
    value: tuple[str, ...] = (),
    blend: Blend = Blend.STEP,
    fade_arg: str = "",
    note: str = "",
) -> Verb:
    return Verb(name, family, Kind.PARAMETER, args, keys, value, blend, chase, fade_arg, note=note)


def _trigger(name: str, family: str, *args: Arg, hazardous: bool = False, note: str = "") -> Verb:
    return Verb(name, family, Kind.TRIGGER, args, (), (), Blend.STEP, Chase.NEVER, hazardous=hazardous, note=note)


_VERBS = (
    # lighting playbacks
    _parameter(
        "cue.fire",
        "cue",
        Chase.YES,
        _PLAYBACK,
        Arg("list", "int", required=False, default=1, minimum=0, note="cue list"),
        _text("cue", "cue number as the desk writes it"),
        keys=("playback",),
        value=("list", "cue"),
        note="a fade is the desk's own time",
    ),
    _parameter("cue.release", "cue", Chase.YES, _PLAYBACK, keys=("playback",)),
    _trigger("cue.go", "cue step", _PLAYBACK),
    _trigger("cue.back", "cue step", _PLAYBACK),
    _trigger("macro.fire", "macro", _number("macro")),
    _parameter("blackout.set", "blackout", Chase.YES, _flag("on"), value=("on",)),
    # zones of the house
    _parameter(
        "zone.scene",
        "zone",
        Chase.YES,
        _ZONE,
        _text("scene"),
        _unit_level(required=False),
        _COLOUR,
        keys=("zone",),
        value=("scene", "level", "colour"),
    ),
    _parameter(
        "zone.effect",
        "zone",
        Chase.YES,
        _ZONE,
        _text("effect"),
        Arg("rate_hz", "float", unit="Hz", required=False, default=1.0, minimum=0.0, maximum=30.0),
        _unit_level(required=False),
        _COLOUR,
        keys=("zone",),
        value=("effect", "rate_hz", "level", "colour"),
    ),
    _parameter("zone.off", "zone", Chase.YES, _ZONE, keys=("zone",)),
    # sound
    _parameter(
        "level.set",
        "level",
        Chase.YES,
        _STRIP,
        Arg("db", "float", unit="dB", minimum=-math.inf, maximum=24.0, note="-inf is off"),
        keys=("strip",),
        value=("db",),
        blend=Blend.DB,
        fade_arg="db",
    ),
    _parameter(
        "mute.set",
        "mute",
        Chase.YES,
        _STRIP,
        _flag("on", note="true mutes"),
        keys=("strip",),
        value=("on",),
        note="muting may be chased, opening a microphone never",
    ),
    _parameter("scene.recall", "scene", Chase.ASK, _PLAYBACK, _number("scene"), keys=("playback",), value=("scene",)),
    # pictures and sound clips
    _parameter("clip.load", "clip", Chase.ASK, _LAYER, _text("clip"), keys=("layer",), value=("clip",)),
    _parameter(
        "clip.play",
        "clip",
        Chase.ASK,
        _LAYER,
        _text("clip"),
        _flag("loop", default=False),
        _maybe_seconds("position_s", "where in the clip it starts"),
        keys=("layer",),
        value=("clip", "loop", "position_s"),
    ),
    _parameter("clip.stop", "clip", Chase.ASK, _LAYER, keys=("layer",)),
    _parameter("clip.loop", "clip loop", Chase.ASK, _LAYER, _flag("on"), keys=("layer",), value=("on",)),
    _parameter(
        "opacity.set",
        "opacity",
        Chase.YES,
        _LAYER,
        _unit_level(required=True),
        keys=("layer",),
        value=("level",),
        blend=Blend.LINEAR,
        fade_arg="level",
    ),
    # the track rig
    _trigger("transport.play", "transport", _text("session", "a session of the playback rig")),
    _trigger("transport.stop", "transport", _SESSION),
    _trigger("transport.locate", "transport", _SESSION, _seconds("position_s")),
    _trigger(
        "transport.loop",
        "transport",
        _SESSION,
        _flag("on", default=True),
        _maybe_seconds("start_s", "in the session"),
        _maybe_seconds("length_s"),
    ),
    _trigger("transport.exit_loop", "transport", _SESSION),
    # text on air
    _parameter(
        "text.load",
        "text load",
        Chase.ASK,
        _LAYER,
        _TEMPLATE,
        *_FIELDS,
        keys=("layer",),
        value=("template", *_FIELD_NAMES),
        note="made ready, not seen",
    ),
    _parameter(
        "text.take",
        "text",
        Chase.ASK,
        _LAYER,
        _TEMPLATE,
        *_FIELDS,
        keys=("layer",),
        value=("template", *_FIELD_NAMES),
        note="fields left out are those that were loaded",
    ),
    _parameter("text.update", "text update", Chase.ASK, _LAYER, *_FIELDS, keys=("layer",), value=_FIELD_NAMES),
    _parameter("text.clear", "text", Chase.ASK, _LAYER, _maybe_text("template"), keys=("layer",)),
    # cameras and the mixer
    _parameter(
        "camera.take",
        "bus",
        Chase.YES,
        Arg("bus", "text", required=False, default="pgm", note="pgm, pvw, aux/1 …"),
        _text("source"),
        _TRANSITION,
        _ms("ms", 0, "length of the transition"),
        keys=("bus",),
        value=("source", "transition", "ms"),
    ),
    _parameter(
        "camera.shot",
        "camera",
        Chase.YES,
        _CAMERA,
        _text("shot", "what the operator reads"),
        _TRANSITION,
        _ms("ms", 0, "length of the transition"),
        keys=("camera",),
        value=("shot", "transition", "ms"),
    ),
    _parameter("camera.standby", "camera", Chase.YES, _CAMERA, keys=("camera",)),
    _parameter("camera.clear", "camera", Chase.YES, _CAMERA, keys=("camera",)),
    _parameter("ftb.set", "ftb", Chase.NEVER, _flag("on"), value=("on",), note="fade to black of the programme"),
    # stations, timers, prompter
    _parameter("station.standby", "station", Chase.YES, _STATION, keys=("station",)),
    _parameter("station.go", "station", Chase.YES, _STATION, keys=("station",)),
    _parameter("station.clear", "station", Chase.YES, _STATION, keys=("station",)),
    _parameter(
        "timer.countdown",
        "timer",
        Chase.YES,
        _TIMER,
        _seconds("secs"),
        _maybe_seconds("light_at", "seconds run when the wrap light comes on"),
        _maybe_seconds("flash_at", "seconds run when it starts to flash"),
        keys=("timer",),
        value=("secs", "light_at", "flash_at"),
    ),
    _parameter(
        "timer.countup",
        "timer",
        Chase.YES,
        _TIMER,
        _maybe_seconds("light_at", "seconds run when the wrap light comes on"),
        _maybe_seconds("flash_at", "seconds run when it starts to flash"),
        keys=("timer",),
        value=("light_at", "flash_at"),
    ),
    _parameter("timer.message", "timer message", Chase.YES, _TIMER, _text("text"), keys=("timer",), value=("text",)),
    _trigger("timer.flash", "timer flash", _TIMER),
    _parameter("timer.clear", "timer", Chase.YES, _TIMER, keys=("timer",)),
    _parameter(
        "prompter.load",
        "prompter",
        Chase.YES,
        _key("prompter", "which prompter"),
        _text("page"),
        keys=("prompter",),
        value=("page",),
    ),
    _trigger("prompter.run", "prompter move", _key("prompter", "which prompter")),
    _trigger("prompter.hold", "prompter move", _key("prompter", "which prompter")),
    # effects and moving scenery: the role's hazard class applies
    _trigger("effect.fire", "effect", _DEVICE, _ms("ms", 0, "how long; 0 is the device's own length"), hazardous=True),
    _trigger("effect.stop", "effect", _DEVICE, hazardous=False, note="stopping is always allowed"),
    _trigger("automation.move", "automation", _DEVICE, _text("preset"), hazardous=True),
    _trigger("automation.release", "automation", _DEVICE, hazardous=True),
    # broadcast
    _trigger(
        "splice.start",
        "splice",
        _BREAK,
        _seconds("duration_s"),
        _ms("pre_roll_ms", 8000),
        _flag("auto_return", default=True),
        _maybe_number("unique_program_id"),
        _maybe_number("avail_num"),
        _maybe_number("avails_expected"),
    ),
    _trigger("splice.end", "splice", _BREAK, _ms("pre_roll_ms", 0)),
    _trigger("splice.cancel", "splice", _BREAK),
    _trigger("delay.arm", "delay"),
    _trigger("delay.dump", "delay"),
    _trigger("delay.rebuild", "delay"),
    _trigger("replay.mark", "replay", _maybe_text("name"), _maybe_seconds("before_s", "how far back the mark lies")),
    _trigger(
        "replay.roll",
        "replay",
        _maybe_text("name", "a marked clip; without one, the last mark"),
        Arg("speed", "float", unit="×", required=False, default=1.0, minimum=0.0, maximum=4.0),
    ),
    _parameter(
        "nowplaying.show",
        "nowplaying",
        Chase.YES,
        _text("title"),
        _maybe_text("artist"),
        _maybe_text("composer"),
        _maybe_text("isrc"),
        value=("title", "artist", "composer", "isrc"),
    ),
    _parameter("nowplaying.clear", "nowplaying", Chase.YES),
)

CATALOGUE: Mapping[str, Verb] = MappingProxyType({verb.name: verb for verb in _VERBS})
"""Every verb by its name."""
