"""``showcaller times``: every cue's resolved time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from console.cli.errors import call_error
from console.cli.opening import open_show
from console.cli.page import columns, lines_to_text
from console.cli.places import find_item, no_item_words
from console.plan.schedule import CueTime, Schedule, build_schedule
from console.show.show import Show
from console.timebase.instants import ns_to_s_text

HEADER: Final = ("item", "cue", "number", "role", "bar", "beat", "tick", "seconds", "timecode")
"""The stable columns. Seconds from the item's zero, six decimals; a follower of a positioned cue has no bar."""


def run_times(show_name: str, item: str | None, *, as_csv: bool) -> str:
    """The table of one item, or of the whole show in running order, as CSV or in columns."""
    show = open_show(show_name).show
    schedule = build_schedule(show)
    items = list(schedule.items)
    if item is not None:
        found = find_item(item, show, schedule)
        if found is None:
            raise call_error(no_item_words(item, schedule))
        items = [found]
    rows = list(time_rows(show, schedule, items))
    if as_csv:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(HEADER)
        writer.writerows(rows)
        return text.getvalue()
    return lines_to_text(columns([HEADER, *rows], right={4, 5, 6, 7}))


def time_rows(show: Show, schedule: Schedule, items: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """One row a cue, in the order of the show list."""
    for item in items:
        for cue_id in schedule.by_item[item]:
            yield _row(show, schedule.cue_times[cue_id])


def _row(show: Show, time: CueTime) -> tuple[str, ...]:
    cue = show.cue_by_id[time.cue]
    bar, beat, tick = ("", "", "") if time.bbt is None or time.position_ns is None else map(str, time.bbt)
    seconds = "" if time.position_ns is None else ns_to_s_text(time.position_ns)
    timecode = "" if time.timecode is None else str(time.timecode)
    return (time.item or "", cue.id, cue.number, cue.role or "", bar, beat, tick, seconds, timecode)
