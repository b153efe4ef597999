"""``showcaller times``: every cue's resolved time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from console.cli.errors import call_error
from console.cli.opening import open_show_aloud
from console.cli.page import columns, lines_to_text
from console.cli.places import find_item, no_item_words
from console.plan.schedule import CueTime, Schedule, build_schedule
from console.show.cues import After, AtClock, AtOffset, Called, Cue, InGroup, OnChoice, OnFeed, OnMessage
from console.show.show import Show
from console.timebase.instants import ns_to_s_text

HEADER: Final = ("item", "cue", "number", "role", "bar", "beat", "tick", "seconds", "timecode")
"""The stable columns. Seconds from the item's zero, six decimals; a follower of a positioned cue has no bar."""


def run_times(show_name: str, item: str | None, *, as_csv: bool) -> str:
    """The table of one item, or of the whole show in running order, as CSV or in columns.

    Columns say of a cue without a time what decides instead.
    """
    show = open_show_aloud(show_name)
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
    why = [why_no_time(show.cue_by_id[row[1]], show) if not row[7] else "" for row in rows]
    table = [(*HEADER, "when"), *((*row, words) for row, words in zip(rows, why, strict=True))]
    return lines_to_text(columns(table, right={4, 5, 6, 7}))


def time_rows(show: Show, schedule: Schedule, items: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """One row a cue, in the order of the show list."""
    for item in items:
        for cue_id in schedule.by_item[item]:
            yield _row(show, schedule.cue_times[cue_id])


def why_no_time(cue: Cue, show: Show) -> str:
    """What decides when a cue runs that has no time of its own."""
    match cue.at:
        case Called(section=section):
            words = "called" if section is None else f"called, in {section}"
            return f"{words}, starts its item" if cue.starts_item else words
        case AtOffset(anchor="load", seconds=seconds):
            return f"at load {seconds:+g} s" if seconds else "at load"
        case After(cue=leader, of=of):
            number = show.cue_by_id[leader].number if leader in show.cue_by_id else leader
            return f"after {'the end of ' if of == 'end' else ''}{number}"
        case AtClock(time=time):
            return f"at {time} on the clock"
        case OnMessage(source=source, address=address):
            return f"on {source} {address}"
        case OnChoice(choice=choice, value=value):
            return f"when {choice} is {value}"
        case OnFeed(feed=feed, state=state):
            return f"when {feed} is {state}"
        case InGroup():
            return "with its group"
    return "no place in the score: showcaller check says why"


def _row(show: Show, time: CueTime) -> tuple[str, ...]:
    cue = show.cue_by_id[time.cue]
    bar, beat, tick = ("", "", "") if time.bbt is None or time.position_ns is None else map(str, time.bbt)
    seconds = "" if time.position_ns is None else ns_to_s_text(time.position_ns)
    timecode = "" if time.timecode is None else str(time.timecode)
    return (time.item or "", cue.id, cue.number, cue.role or "", bar, beat, tick, seconds, timecode)
