"""Requests about state that stands elsewhere than wanted, and what a screen is told of it."""

from __future__ import annotations

from typing import Any

from console.engine.asking import prune
from console.engine.differences import Target
from console.engine.ledger import command_words
from console.engine.left_over import count_by_department
from console.engine.parts import Parts
from console.engine.run_state import Cause
from console.vocabulary import AnswerAsk, AskState, PutRight, SetAskAnswer, Snapshot


def answer_for_state(parts: Parts, now_ns: int, request: PutRight | AnswerAsk | SetAskAnswer) -> str | None:
    """Carry one out. Returns why it was refused, or None."""
    run = parts.run
    match request:
        case PutRight(department=department, role=role):
            if run.held is not None:
                return "outputs are held: release them first"
            if department is not None and not _has_department(parts, department):
                return f"the show has no department {department!r}"
            if role is not None and role not in run.show.role_by_id:
                return f"the show has no role {role!r}"
            return _put_right(parts, now_ns, request.by, department, role)
        case AnswerAsk(department=department, send=send):
            keys = {
                key for key, asked in run.asks.asked.items() if department is None or asked.department == department
            }
            if not keys:
                return "nothing is asked" if department is None else f"nothing is asked of {department}"
            for key in keys:
                del run.asks.asked[key]
            if send:
                cause = Cause(request.by, "answered: send", now_ns)
                parts.putting_right.ask(run, cause, lambda target: target.key in keys, asked=True)
            return None
        case SetAskAnswer(department=department, answer=answer):
            if not _has_department(parts, department):
                return f"the show has no department {department!r}"
            run.asks.answers[department] = answer
            return None


def state_left(parts: Parts, taken: Snapshot) -> dict[str, Any]:
    """The fields of a snapshot that tell what stands elsewhere, what is asked, and who is not heard of."""
    run = parts.run
    left = parts.putting_right.left.listed(run)
    prune(run, {target.key for target in left})
    asks = tuple(
        AskState(
            department=send.department, role=send.role, cue=send.cue, command=command_words(send.verb, send.show_args)
        )
        for send in run.asks.asked.values()
    )
    return {
        "asks": asks,
        "ask_answers": dict(run.asks.answers),
        "unready": parts.readiness.unready(run, taken, parts.healths, parts.modes),
        "put_right": count_by_department(run, left),
    }


def _has_department(parts: Parts, department: str) -> bool:
    return any(each.id == department for each in parts.run.show.departments)


def _put_right(parts: Parts, now_ns: int, by: str, department: str | None, role: str | None) -> str | None:
    def is_meant(target: Target) -> bool:
        send = target.send
        return (department is None or send.department == department) and (role is None or send.role == role)

    count = parts.putting_right.ask(parts.run, Cause(by, "put right", now_ns), is_meant, asked=True)
    return None if count else "nothing stands elsewhere than wanted that may be sent again"
