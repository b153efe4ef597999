"""The report as it is read: what comes first, what is seen, when it is stale."""

from __future__ import annotations

from console.vocabulary import CheckLine, PreflightMoved, PreflightReport, Unready, lines_to_verdict
from tests.support.builders import song_show
from tests.support.fake_link import opened
from tests.support.snapshots import make_snapshot
from ui.dialogs.begin_run import MOST_LINES, failing_words
from ui.state.desk import Desk
from ui.state.go import go_face
from ui.state.preflight import GroupHead, LineRow, counts, failing, is_stale, report_face, report_rows, report_text
from ui.state.rows import item_rows


def line(code: str, group: str, word: str, where: str = "here") -> CheckLine:
    return CheckLine.model_validate(
        {"code": code, "group": group, "where": where, "word": word, "message": "said", "remedy": "do"}
    )


LINES = (
    line("paper.files", "files", "pass"),
    line("venue.verb", "roles", "warn"),
    line("live.device", "devices", "note"),
    line("live.device", "devices", "fail", "device lx"),
)


def report(*lines: CheckLine, **fields: object) -> PreflightReport:
    given = {"wall": "2026-09-19T20:00:00+00:00", "by": "ada", "revision": 0, **fields}
    return PreflightReport.model_validate({"at_ns": 0, "verdict": lines_to_verdict(lines), "lines": lines, **given})


def desk(found: PreflightReport | None = None) -> Desk:
    made = Desk()
    made.take_opened(opened(song_show()))
    made.take_snapshot(make_snapshot(song_show()), 0)
    if found is not None:
        made.take_notice(found)
    return made


def test_what_has_to_be_mended_comes_first_and_each_group_says_how_much() -> None:
    rows = report_rows(report(*LINES), None)
    heads = [row for row in rows if isinstance(row, GroupHead)]
    assert [head.title for head in heads] == ["Devices", "Roles, verbs and maps", "Files and profiles"]
    assert heads[0] == GroupHead("Devices", 1, 0)
    assert [row.mark.word for row in rows if isinstance(row, LineRow)] == ["Note", "Fail", "Warn", "Pass"]


def test_only_what_is_wrong_or_only_one_word_is_seen() -> None:
    wrong = [row.line.word for row in report_rows(report(*LINES), None, wrong=True) if isinstance(row, LineRow)]
    notes = [row.line.word for row in report_rows(report(*LINES), "note") if isinstance(row, LineRow)]
    assert (wrong, notes) == (["fail", "warn"], ["note"])
    assert report_rows(None, None) == ()
    assert counts(report(*LINES)) == {"fail": 1, "warn": 1, "note": 1, "pass": 1}


def test_every_word_has_a_shape_of_its_own() -> None:
    marks = [row.mark for row in report_rows(report(*LINES), None) if isinstance(row, LineRow)]
    assert len({mark.shape for mark in marks}) == len(marks)


def test_the_head_says_the_verdict_how_far_a_look_is_or_that_there_was_none() -> None:
    assert report_face(desk(), None).words == "Nothing has been looked at yet"
    moving = report_face(desk(), PreflightMoved(at_ns=0, done=3, total=9, looking_at="networks"))
    assert (moving.done, moving.total, "networks" in moving.words) == (3, 9, True)
    found = report_face(desk(report(*LINES)), None)
    assert (found.verdict, found.words) == ("FAIL", "20:00:00, asked by ada")
    assert "cancelled" in report_face(desk(report(*LINES, cut_short="cancelled")), None).words
    assert report_face(desk(report(cut_short="cancelled")), None).words == "Not finished: cancelled"
    assert "look again" in report_face(desk(report(*LINES, revision=7)), None).words


def test_a_report_is_stale_after_an_edit_after_a_while_and_with_another_run() -> None:
    assert is_stale(desk())
    assert not is_stale(desk(report(*LINES)))
    assert is_stale(desk(report(*LINES, revision=1)))
    assert is_stale(desk(report(*LINES, wall="2026-09-19T19:30:00+00:00")))
    begun = desk(report(*LINES))
    begun.take_opened(opened(song_show()))
    assert begun.report is None


def test_what_fails_is_named_where_a_performance_is_begun() -> None:
    assert failing_words(desk()) == ""
    assert failing(report(*LINES)) == (LINES[3],)
    assert failing_words(desk(report(*LINES))) == "Preflight fails:\n• device lx: said"
    many = [line("live.device", "devices", "fail", f"device {n}") for n in range(MOST_LINES + 3)]
    assert failing_words(desk(report(*many))).endswith("and 3 more, on the page of preflight")


def test_the_report_as_text_names_show_and_house() -> None:
    text = report_text(desk(report(*LINES)))
    assert text.startswith("FAIL  ")
    assert "in Test House, 2026-09-19T20:00:00+00:00" in text.splitlines()[0]


def test_the_messages_say_what_came_of_it() -> None:
    assert desk(report(*LINES)).lines[-1].words == "Preflight: FAIL, 1 to be mended"
    assert desk(report(*LINES, cut_short="cancelled")).lines[-1].words == "Preflight: cancelled"


def test_an_item_whose_devices_are_silent_says_so_in_rundown_and_standby_and_may_be_run() -> None:
    made = desk()
    assert made.snapshot is not None
    silent = Unready(item="song", devices=("lx-main", "foh"), untold=("cams",))
    made.take_snapshot(made.snapshot.model_copy(update={"unready": (silent,)}), 0)
    row = next(row for row in item_rows(made) if row.item.id == "song")
    assert (row.silent, row.untold) == ("lx-main, foh", "cams")
    face = go_face(made, 0)
    assert face.look == "ready", "an operator decides"
    assert "lx-main, foh" in face.reason
