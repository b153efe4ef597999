"""What a headless run says of outside timecode: a line whenever it stands otherwise."""

from __future__ import annotations

from io import StringIO

from console.cli.progress import Progress
from console.vocabulary import ChaseState, ChaseWord, CodeSourceState
from tests.support.builders import evening_show
from tests.support.snapshots import make_snapshot


def test_the_state_of_the_source_is_a_line_when_it_changes() -> None:
    show, out = evening_show(), StringIO()
    progress = Progress(show, out)
    snapshot = make_snapshot(show, "song", 0)

    def stand(word: ChaseWord, source: CodeSourceState) -> None:
        chase = ChaseState(word=word, on=True, moves_items=False, active=source.id, sources=(source,))
        progress.catch_up(snapshot.model_copy(update={"chase": chase}))

    progress.catch_up(snapshot)
    stand("waiting", CodeSourceState(id="truck", state="waiting", rate="25", words="no code yet"))
    stand("waiting", CodeSourceState(id="truck", state="waiting", rate="25", words="code comes"))
    stand("locked", CodeSourceState(id="truck", state="locked", rate="25", label="01:00:00:04"))
    assert [line.split("  ", 1)[1] for line in out.getvalue().splitlines()] == [
        "timecode waiting: truck (no code yet)",
        "timecode locked: truck at 01:00:00:04",
    ]
