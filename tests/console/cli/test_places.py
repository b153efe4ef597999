"""P, a place in a show: each way to write one, and each way to miss."""

from __future__ import annotations

import pytest

from console.cli.errors import CommandError
from console.cli.places import text_to_position
from console.plan.schedule import build_schedule
from console.show.cues import Called
from console.show.show import FreeList
from console.timebase.positions import Position
from tests.support.builders import evening_show, make_cue

SHOW = evening_show(lists=(FreeList(id="hot", title="Hot"),))
SHOW = SHOW.model_copy(
    update={"cues": (*SHOW.cues, make_cue("laugh", "1", Called(on="called"), item=None, list="hot"))}
)
SCHEDULE = build_schedule(SHOW)


@pytest.mark.parametrize(
    ("text", "item", "seconds"),
    [
        ("song", "song", -4.0),
        ("film", "film", 0.0),
        ("song@1.1", "song", 0.0),
        ("song@5", "song", 8.0),
        ("song@5.2", "song", 8.5),
        ("song@5.2.240", "song", 8.75),
        ("song@12.5s", "song", 12.5),
        ("song@-1.25s", "song", -1.25),
        ("song@0s", "song", 0.0),
        ("song@32s", "song", 32.0),
        ("talk@7s", "talk", 7.0),
        ("talk@86400s", "talk", 86_400.0),
        ("cue:song-verse", "song", 8.0),
        ("cue:song-after", "song", 9.0),
        ("cue:song-load", "song", -4.0),
        ("cue:song-start", "song", -4.0),
        ("01:00:00:00", "song", -4.0),
        ("01:00:12:12", "song", 8.48),
        ("02:00:04:00", "second", 0.0),
    ],
)
def test_a_place_is_found(text: str, item: str, seconds: float):
    assert text_to_position(text, SHOW, SCHEDULE) == Position(item, round(seconds * 1e9))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the rundown has no item '': there are film, song, talk, second, encore"),
        ("sogn", "the rundown has no item 'sogn': did you mean song? (a place is ITEM, "),
        ("sogn@17.1", "the rundown has no item 'sogn': did you mean song?"),
        ("song@", "song@: '' is no bar.beat.tick"),
        ("song@x", "song@x: 'x' is no bar.beat.tick"),
        ("song@5.9", "song@5.9: "),
        ("song@5.1.480", "song@5.1.480: "),
        ("song@s", "song@s: '' is not a usable number"),
        ("song@nans", "song@nans: 'nan' is not a usable number"),
        ("song@infs", "song@infs: 'inf' is not a usable number"),
        ("song@32.1s", "song@32.1s is not in song: it goes from -4.000000 s to 32.000000 s"),
        ("song@-4.1s", "song@-4.1s is not in song: "),
        ("song@1e300s", "song@1e300s is not in song: "),
        ("song@99999.1", "song@99999.1 is not in song: "),
        ("talk@3.1", "talk has no tempo map: give seconds, as in talk@12.5s"),
        ("talk@86401s", "talk@86401s is not in talk: "),
        ("cue:song-vers", "the show has no cue 'song-vers': did you mean song-verse?"),
        ("cue:", "the show has no cue '': there are "),
        ("cue:laugh", "cue laugh is in a free list"),
        ("05:00:00:00", "timecode 05:00:00:00 lies in no song of the show"),
        ("25:00:00:00", "timecode 25:00:00:00: "),
        ("01:00:00:25", "timecode 01:00:00:25: "),
        ("01:00:00", "timecode '01:00:00' "),
    ],
)
def test_no_place_is_told_what_to_write(text: str, said: str):
    with pytest.raises(CommandError) as caught:
        text_to_position(text, SHOW, SCHEDULE)
    assert str(caught.value).startswith(said)
    assert caught.value.code == 2
