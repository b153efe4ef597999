"""What the columns of a cue sheet may mean, and the headings that crews write above them."""

from __future__ import annotations

from typing import Final

from console.show.sheet import Field

CUE_FIELDS: Final = (
    Field(
        "number",
        "Number",
        ("number", "cuenumber", "cueno", "cuenr", "cue#", "qnumber", "qno", "q#", "q", "cue", "no", "nr", "#"),
    ),
    Field(
        "label", "Label", ("label", "cuelabel", "cuename", "description", "desc", "name", "title", "what", "cueaction")
    ),
    Field("call", "Call", ("call", "calltext", "standbycall", "callout", "cueline", "caller")),
    Field("notes", "Notes", ("notes", "note", "remarks", "remark", "comments", "comment")),
    Field("item", "Item", ("item", "itemid", "song", "songtitle", "segment", "act", "scene", "part")),
    Field("department", "Department", ("department", "dept", "dep", "discipline")),
    Field("role", "Role", ("role", "target", "speaksto", "desk", "console")),
    Field("bar", "Bar", ("bar", "bars", "measure", "barbeat", "bbt", "barbeattick")),
    Field("when", "Moment", ("when", "moment", "trigger", "place", "at", "placement", "go", "goon")),
    Field("timecode", "Timecode", ("timecode", "tc", "smpte", "ltc", "mtc", "timecodein", "tcin")),
    Field("seconds", "Seconds", ("seconds", "secs", "songtime", "position", "time")),
    Field("does", "Does", ("does", "command", "commands", "action", "verb", "sends", "send")),
    Field("desk_cue", "Desk's cue", ("deskcue", "consolecue", "lxcue", "lxq", "eoscue", "lightcue", "memory")),
    Field("fade", "Fade", ("fade", "fadetime", "fadein", "fades", "uptime", "crossfade", "duration")),
    Field("pre_wait", "Pre-wait", ("prewait", "wait", "delay", "delaytime")),
    Field("colour", "Colour", ("colour", "color")),
)
