"""What each device was told last, and what became of it; bounded, and gone with its run."""

from console.vocabulary import CommandBytes, Confirmed, LedgerRow, PacketText
from tests.support.builders import evening_show
from ui.state.blocks import blocks_to_text
from ui.state.device_log import MOST_EACH, DeviceLog, command_blocks, command_rows, late_text

S = 1_000_000_000


def row(seq: int, device: str | None = "desk", **fields: object) -> LedgerRow:
    given: dict[str, object] = {
        "at_ns": 2 * S,
        "seq": seq,
        "item": "song",
        "cue": "song-start",
        "role": "lighting.main",
        "device": device,
        "command": "cue.fire cue=10",
        "cue_s": 2.022,
        "due_s": 2.0,
        "sent_s": 2.0001,
        "late_us": 100,
        "outcome": "sent",
        "by": "playhead",
        "trigger": "at 1.1.0",
    }
    return LedgerRow.model_validate(given | fields)


def word(seq: int, result: str, words: str = "") -> Confirmed:
    at_ns = 2 * S + 12_100_000
    told = {"at_ns": at_ns, "seq": seq, "item": None, "cue": None, "role": "r", "device": "desk"}
    return Confirmed.model_validate({**told, "result": result, "words": words})


def test_commands_are_kept_by_device_newest_first_and_no_more_than_a_few() -> None:
    log = DeviceLog()
    for seq in range(MOST_EACH + 5):
        log.take(row(seq))
    log.take(row(900, "other"))
    log.take(row(901, None))
    assert [told.row.seq for told in log.of("desk")] == list(range(MOST_EACH + 4, 4, -1))
    assert [told.row.seq for told in log.of("other")] == [900]
    assert log.of(None) == ()
    log.clear()
    assert log.of("desk") == ()


def test_the_devices_word_changes_the_mark_of_its_command_alone() -> None:
    log = DeviceLog()
    for seq in (1, 2, 3):
        log.take(row(seq))
    log.take(word(2, "contradicted", "the device says cue=9"))
    rows = command_rows(log, "desk", evening_show())
    assert [each.cells[0] for each in rows] == ["Sent", "Otherwise", "Sent"]
    assert rows[0].cells[1:] == ("0:02", "1.2", "cue.fire cue=10", "+0.10 ms")
    log.take(word(77, "confirmed"))
    assert [each.cells[0] for each in command_rows(log, "desk", None)] == ["Sent", "Otherwise", "Sent"]


def test_every_way_a_command_can_end_has_its_own_word() -> None:
    log = DeviceLog()
    ends = [
        row(1, outcome="failed: no connection", sent_s=None, late_us=None),
        row(2, outcome="inhibited: arm by pyro", sent_s=None, late_us=None),
        row(3, outcome="skipped: bypassed", sent_s=None, late_us=None),
        row(4, confirmed="unconfirmable"),
        row(5),
    ]
    for each in ends:
        log.take(each)
    log.take(word(5, "confirmed"))
    told = list(reversed(log.of("desk")))
    assert [each.mark.word for each in told] == ["Failed", "Inhibited", "Skipped", "Sent, blind", "Confirmed"]
    assert len({each.mark.shape for each in told}) == 5
    assert "no connection" in blocks_to_text(command_blocks(told[0], None, None, ""))


def test_one_command_says_cause_times_answer_and_bytes() -> None:
    log = DeviceLog()
    log.take(row(7))
    log.take(word(7, "confirmed"))
    packet = PacketText(transport="osc_udp", port=8000, framing="none", delay_ms=0, hex="2f 61", words="/a")
    found = CommandBytes(seq=7, packets=(packet,))
    text = blocks_to_text(command_blocks(log.of("desk")[0], evening_show(), found, ""))
    assert "at 1.1.0 by playhead" in text
    assert "Sent: 2.0001 s, +0.10 ms against due" in text
    assert "Answered: 12.0 ms after it was sent" in text
    assert "Bytes: /a\nBy: osc_udp port 8000\n2f 61" in text


def test_a_stream_stands_there_from_its_first_and_from_its_last() -> None:
    log = DeviceLog()
    log.take(row(1))
    log.take(row(1, count=40))
    first, last = reversed(log.of("desk"))
    assert first.key != last.key
    assert command_rows(log, "desk", None)[0].cells[3].endswith("× 40")


def test_lateness_reads_like_a_number() -> None:
    assert late_text(None) == ""
    assert late_text(-250) == "\u22120.25 ms"
