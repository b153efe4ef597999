"""When a cue runs, as it is typed: a bar, a timecode or seconds, one turned into another at the same moment. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from console.plan.item_times import ItemTimes
from console.show.cues import Cue
from console.show.show import Show
from console.timebase.instants import TimeError, ns_to_s, s_to_ns
from console.timebase.positions import position_to_timecode
from console.timebase.tempo import BarBeatTickError, text_to_bbt
from profiles.timecode import TimecodeError, frame_rate, parse_timecode
from ui.state.desk import Desk
from ui.state.inspector_text import FieldError

_PLACED: Final = ("bar", "timecode", "offset")


def text_to_at(text: str, cue: Cue, desk: Desk) -> dict[str, Any]:
    """The trigger that a position means: ``17.3.240``, ``10:00:12:00`` or ``12.5s``. Raises :class:`FieldError`."""
    times = _times(cue, desk)
    text = text.strip()
    try:
        if text.endswith("s"):
            return {"on": "offset", "anchor": _zero(times), "seconds": ns_to_s(s_to_ns(text.removesuffix("s").strip()))}
        if ":" in text:
            assert desk.show is not None  # noqa: S101 - a cue is picked
            parse_timecode(text, frame_rate(desk.show.rate))
            return {"on": "timecode", "label": text}
        place = text_to_bbt(text)
        if times is not None and times.tempo is None:
            raise FieldError("nothing is clicked here: give seconds, as in 12.5s")
        if times is not None and times.tempo is not None:
            times.tempo.bbt_to_ns(*place)
    except (TimeError, BarBeatTickError, TimecodeError) as error:
        raise FieldError(str(error)) from None
    return {"on": "bar", **place._asdict()}


def place_texts(cue: Cue, desk: Desk) -> tuple[str, ...]:
    """Where the cue stands in every form its item has: bar, timecode, seconds from the item's zero."""
    time = desk.schedule.cue_times.get(cue.id) if desk.schedule is not None else None
    if time is None or time.position_ns is None:
        return ()
    texts = (str(time.bbt) if time.bbt is not None else "", str(time.timecode) if time.timecode is not None else "")
    return (*filter(None, texts), f"{ns_to_s(time.position_ns):.3f}".rstrip("0").rstrip(".") + "s")


def other_form(form: str, cue: Cue, desk: Desk) -> dict[str, Any]:
    """A trigger of another form: at the same moment where it has one. Raises :class:`FieldError` where none fits."""
    show, times = desk.show, _times(cue, desk)
    if show is None:
        raise FieldError("open a show first")
    if form in _PLACED:
        return _placed(form, cue, desk, times)
    made = _plain_forms(cue, show).get(form)
    if made is None:
        raise FieldError(_LACKS[form])
    return {"on": form, **made}


_LACKS: Final[Mapping[str, str]] = {
    "after": "there is no other cue here that it could follow",
    "choice": "the show leaves nothing to choose: declare a choice first",
}


def _plain_forms(cue: Cue, show: Show) -> Mapping[str, dict[str, Any] | None]:
    mates = show.cues_by_item.get(cue.item, ()) if cue.item is not None else show.cues
    before = [each for each in mates if each.id != cue.id and (each.item, each.list) == (cue.item, cue.list)]
    leader = next((each for each in reversed(before) if show.cue_places[each.id] < show.cue_places[cue.id]), None)
    leader = leader or (before[0] if before else None)
    choice = show.choices[0] if show.choices else None
    return {
        "called": {},
        "after": None if leader is None else {"cue": leader.id},
        "clock": {"time": "20:00:00"},
        "message": {"source": "osc", "address": f"/cue/{cue.number}"},
        "choice": None if choice is None else {"choice": choice.id, "value": choice.default},
        "feed": {"feed": "feed", "state": "on"},
        "group": {},
    }


def _placed(form: str, cue: Cue, desk: Desk, times: ItemTimes | None) -> dict[str, Any]:
    time = desk.schedule.cue_times.get(cue.id) if desk.schedule is not None else None
    ns = max(time.planned_ns, -times.lead_in_ns) if time is not None and times is not None else 0
    if form == "offset":
        return {"on": form, "anchor": _zero(times), "seconds": ns_to_s(ns)}
    if times is None or (times.tempo is None if form == "bar" else times.tc_start is None):
        lacks = "nothing is clicked here" if form == "bar" else "its song has no timecode"
        raise FieldError(f"{lacks}: count from an anchor instead")
    if form == "bar":
        assert times.tempo is not None  # noqa: S101 - seen above
        return {"on": form, **times.tempo.ns_to_bbt(max(ns, 0))._asdict()}
    assert times.tc_start is not None and desk.show is not None  # noqa: S101, PT018 - seen above
    label = position_to_timecode(ns, times.tc_start, times.lead_in_ns, frame_rate(desk.show.rate))
    return {"on": form, "label": str(label)}


def _zero(times: ItemTimes | None) -> str:
    """What the item's zero is called: the downbeat where something is clicked, else its start."""
    return "downbeat" if times is not None and times.tempo is not None else "start"


def _times(cue: Cue, desk: Desk) -> ItemTimes | None:
    return desk.schedule.items.get(cue.item or "") if desk.schedule is not None else None
