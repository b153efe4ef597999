"""The device library as rows that can be searched, and one profile as text to read. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from console.vocabulary import AbilityCard, ArgCard, GhostSaid, ProfileCard, ProfilePage, Tried
from ui.state.blocks import Block, packet_blocks
from ui.state.table_rows import TableRow
from ui.state.words import Mark

TITLES: Final = ("Tier", "Product", "Dept", "Reached by")
ABILITY_TITLES: Final = ("Verb or command", "Arguments", "Confirms")

TIER_MARKS: Final = {
    "draft": Mark("Draft", "ring", "quiet"),
    "bench": Mark("Bench", "dot", "plain"),
    "rehearsed": Mark("Rehearsed", "disc", "plain"),
    "show-ready": Mark("Show-ready", "tick", "bright"),
    "": Mark("Faulty", "cross", "stop"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty word lets everything through."""

    text: str = ""
    vendor: str = ""
    department: str = ""
    verb: str = ""

    def fits(self, card: ProfileCard) -> bool:
        """True where the card has all of it."""
        if self.vendor and card.vendor != self.vendor:
            return False
        if self.department and card.department != self.department:
            return False
        if self.verb and self.verb not in card.verbs and self.verb not in card.commands:
            return False
        hay = " ".join((card.id, card.vendor, card.product, card.department, card.tier, card.summary, *card.verbs))
        return all(word in hay.casefold() for word in self.text.casefold().split())


def profile_rows(cards: Sequence[ProfileCard], wanted: Wanted) -> tuple[TableRow, ...]:
    """The profiles that fit; those with faults come first, as they want mending."""
    fitting = sorted((card for card in cards if wanted.fits(card)), key=lambda card: (card.tier != "", card.id))
    return tuple(
        TableRow(
            key=card.id,
            cells=(
                TIER_MARKS[card.tier].word,
                _product(card) + ("" if card.shipped else " (yours)"),
                card.department,
                ", ".join(card.transports),
            ),
            mark=TIER_MARKS[card.tier],
            hint=card.id,
        )
        for card in fitting
    )


def _product(card: ProfileCard) -> str:
    if not card.product:
        return card.id
    said = card.product.casefold().startswith(card.vendor.casefold())
    return card.product if said else f"{card.vendor} {card.product}"


def fault_blocks(card: ProfileCard) -> Iterator[Block]:
    """What is wrong with a profile, with line and remedy."""
    for fault in card.faults:
        yield Block(
            "stop" if fault.severity == "error" else "caution", f"{fault.where}: {fault.message}", fault.severity
        )
        if fault.remedy:
            yield Block("text", fault.remedy, "remedy")


def profile_blocks(page: ProfilePage) -> Iterator[Block]:
    """All that a profile says, but its verbs."""
    card = page.card
    yield Block("title", _product(card))
    yield from ([Block("text", card.summary)] if card.summary else [])
    yield from fault_blocks(card)
    yield Block("fact", card.id, "Id")
    yield Block("fact", TIER_MARKS[card.tier].word.lower(), "Tier")
    for need in page.next_needs:
        yield Block("dim", need, "For the next tier")
    for line in page.transports:
        yield Block("fact", line, "Reached by")
    yield Block("fact", page.health, "Health")
    for setting in page.settings:
        yield Block("fact", f"{setting.name}: {wanted_text(setting)}", "Setting")
    for label, lines in (
        ("Switch on there", page.setup),
        ("Try first", page.verify),
        ("Proved on", page.proved),
        (f"Source, grade {card.grade}", page.sources),
    ):
        for line in lines:
            yield Block("dim", line, label)


def ability_rows(page: ProfilePage | None) -> tuple[TableRow, ...]:
    """The verbs, then the device's own commands."""
    if page is None:
        return ()
    return tuple(
        TableRow(
            key=each.name,
            cells=(each.name, _args_text(each), each.confirms or "cannot tell"),
            hint=each.note,
        )
        for each in page.abilities
    )


def _args_text(ability: AbilityCard) -> str:
    return " ".join(arg.name if arg.required else f"[{arg.name}]" for arg in ability.args)


def wanted_text(arg: ArgCard) -> str:
    """What to give for an argument: unit, range, whether it is needed."""
    parts = [arg.wanted or _range_text(arg)]
    if arg.default:
        parts.append(f"else {arg.default}")
    elif not arg.required:
        parts.append("may be left out")
    return ", ".join(filter(None, parts))


def _range_text(arg: ArgCard) -> str:
    if arg.choices:
        return "one of " + ", ".join(arg.choices[:6]) + (" …" if len(arg.choices) > 6 else "")
    if arg.type == "flag":
        return "true or false"
    if arg.type == "text":
        return "text"
    word = "a whole number" if arg.type == "int" else "a number"
    unit = f" of {arg.unit}" if arg.unit and arg.unit != "0..1" else ""
    low = "" if arg.minimum is None else f" from {arg.minimum:g}"
    high = "" if arg.maximum is None else f" {'to' if low else 'up to'} {arg.maximum:g}"
    return (word + unit + low + high).replace("-", "\u2212")


def ability_blocks(ability: AbilityCard) -> Iterator[Block]:
    """How one command behaves."""
    kind = "keeps a value" if ability.keeps_value else "happens once"
    jump = {"yes": "a jump sends it again", "ask": "a jump asks first", "never": "a jump never sends it"}[ability.chase]
    yield Block("dim", "; ".join(filter(None, (kind, jump, ability.fades, ability.note))))
    for arg in ability.args:
        if arg.law:
            yield Block("dim", f"{arg.name} by {arg.law}", "Curve")


def tried_blocks(tried: Tried) -> Iterator[Block]:
    """The bytes, what the ghost made of them, what it said, and how it stands."""
    yield from packet_blocks(tried.packets)
    for words in tried.understood:
        yield Block("fact", words, "Ghost understood")
    if tried.strange:
        yield Block("caution", f"the ghost made nothing of {tried.strange} of them", "Ghost")
    if not tried.said:
        yield Block("dim", "nothing", "Ghost said")
    for said in tried.said:
        yield Block("fact", _said_text(said), "Ghost said")
        yield Block("hex", said.hex)
    for words in tried.state:
        yield Block("fact", words, "Stands now")
    if not tried.state:
        yield Block("dim", "keeps no value of this", "Stands now")


def _said_text(said: GhostSaid) -> str:
    to = ", to everybody else" if said.to_others else ""
    delay = f" after {said.delay_ms:g} ms" if said.delay_ms else ""
    means = f" = {said.means}" if said.means else ""
    return f"{said.words}{means}{delay}{to}"
