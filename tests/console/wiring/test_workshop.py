"""The process beside the engine: it answers in whole frames, one job after another, and costs nobody a show."""

import select
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from console.link.codec import for_window
from console.link.messages import FindingFrame, InquiryFrame
from console.vocabulary import ExplainCue, Inquiry, ListProfiles, OpenProfile, ProfilePage, TryCommand
from console.wiring.workshop import Workshop
from console.wiring.workshop_main import answer_frame

Open = Callable[..., Workshop]


@pytest.fixture
def open_shop() -> Iterator[Open]:
    made: list[Workshop] = []

    def make(**wishes: float) -> Workshop:
        made.append(Workshop(None, **wishes))
        return made[-1]

    yield make
    for each in made:
        each.close()


def frames(shop: Workshop, count: int) -> list[tuple[int, FindingFrame]]:
    """The next answers; waits on nothing but the workshop's own pipe, and the suite's limit."""
    found: list[tuple[int, FindingFrame]] = []
    while len(found) < count:
        for ticket, answer in shop.collect():
            if isinstance(answer, bytes):
                (frame,) = for_window().feed(answer)
                assert isinstance(frame, FindingFrame)
                found.append((ticket, frame))
            else:
                found.append((ticket, answer))
        if len(found) < count and shop.descriptor is not None:
            select.select([shop.descriptor], [], [], 0.05)
    return found


def inquiry(number: int, what: Inquiry) -> InquiryFrame:
    return InquiryFrame(id=number, inquiry=what)


def test_jobs_are_answered_one_after_another_to_whoever_asked(open_shop: Open) -> None:
    shop = open_shop()
    shop.ask(7, inquiry(1, OpenProfile(profile="etc/eos")))
    shop.ask(8, inquiry(2, TryCommand(profile="etc/eos", command="cue.fire", words={"cue": "x y"})))
    shop.ask(9, inquiry(3, OpenProfile(profile="etc/eoss")))
    assert shop.waiting == 3
    (first, page), (second, tried), (third, refused) = frames(shop, 3)
    assert (first, second, third) == (7, 8, 9)
    assert page.id == 1
    assert isinstance(page.finding, ProfilePage)
    assert tried.id == 2
    assert refused.finding is None
    assert "etc/eos" in refused.words
    assert shop.waiting == 0


def test_a_job_that_takes_too_long_is_given_up_and_the_next_one_is_answered(open_shop: Open) -> None:
    shop = open_shop(patience_s=0.0)
    shop.ask(1, inquiry(1, ListProfiles()))
    assert "given up" in frames(shop, 1)[0][1].words
    shop = open_shop()
    shop.ask(2, inquiry(2, OpenProfile(profile="etc/eos")))
    assert isinstance(frames(shop, 1)[0][1].finding, ProfilePage)


def test_a_workshop_that_was_ended_is_started_again(open_shop: Open) -> None:
    shop = open_shop()
    shop.ask(1, inquiry(1, OpenProfile(profile="etc/eos")))
    assert frames(shop, 1)[0][1].finding is not None
    shop.close()
    shop.ask(2, inquiry(2, OpenProfile(profile="etc/eos")))
    assert frames(shop, 1)[0][1].finding is not None


def test_what_is_asked_of_the_engine_is_refused_there() -> None:
    frame = answer_frame(inquiry(4, ExplainCue(cue="c")), None)
    assert (frame.id, frame.finding) == (4, None)
    assert "engine" in frame.words


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    frame = answer_frame(inquiry(5, ListProfiles()), tmp_path / "none")
    assert frame.finding is not None
