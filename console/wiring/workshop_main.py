"""The workshop's own process: inquiries in, one a line; findings out, as frames of the link. Ends with its input."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from console.link.codec import encode
from console.link.messages import FindingFrame, InquiryFrame
from console.vocabulary import Finding, Inquiry, ListProfiles, OpenProfile, TryCommand
from console.wiring.profile_shelf import NotFoundError, profile_page, shelf, try_command

_log = logging.getLogger(__name__)

NICENESS = 5
"""It steps aside for everything else of the machine."""


def answer(inquiry: Inquiry, folder: Path | None) -> Finding:
    """What is found. Raises NotFoundError with words for a person."""
    match inquiry:
        case ListProfiles():
            return shelf(folder)
        case OpenProfile(profile=profile):
            return profile_page(profile, folder)
        case TryCommand():
            return try_command(inquiry, folder)
        case _:
            raise NotFoundError(f"{inquiry.kind} is asked of the engine")


def answer_frame(frame: InquiryFrame, folder: Path | None) -> FindingFrame:
    """As :func:`answer`, whatever comes of it."""
    try:
        return FindingFrame(id=frame.id, finding=answer(frame.inquiry, folder))
    except NotFoundError as error:
        return FindingFrame(id=frame.id, words=str(error))
    except Exception as error:  # noqa: BLE001  a profile that breaks its reader must be told to whoever asked
        _log.exception("workshop: %s failed", frame.inquiry.kind)
        return FindingFrame(id=frame.id, words=f"{frame.inquiry.kind} failed: {error}; see the log")


def main() -> None:
    """Answer until the input ends. Nothing else may write where the answers go."""
    os.nice(NICENESS)
    out = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for line in sys.stdin.buffer:
        out.write(encode(answer_frame(InquiryFrame.model_validate_json(line), folder)))


if __name__ == "__main__":
    main()
