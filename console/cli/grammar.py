"""What a command is to the command line: its words, what it takes, its page of help, a parser that is brief."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from console.cli.errors import call_error
from profiles.near_names import near_name

PROGRAM: Final = "showcaller"


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line and raises, where argparse would print a page and exit."""

    def error(self, message: str) -> NoReturn:
        raise call_error(f"{message}: see {self.prog} --help")

    def refuse_unknown(self, words: Sequence[str]) -> None:
        """Raise for an option there is none of, with the nearest: argparse would miss the one that was meant first."""
        for word in words:
            if word == "--":
                return
            option = word.partition("=")[0]
            if option.startswith("--") and option not in self._option_string_actions:
                near = near_name(option[2:], [known[2:] for known in self._option_string_actions if known[:2] == "--"])
                words = f"see {self.prog} --help" if near is None else f"did you mean --{near}?"
                raise call_error(f"there is no option {option} here: {words}")


@dataclass(frozen=True)
class Command:
    """One command: its words (``profiles encode``), a line of help, what it takes, and calls that work."""

    name: str
    summary: str
    takes: Callable[[argparse.ArgumentParser], None] = lambda _parser: None
    examples: tuple[str, ...] = ()

    def parser(self) -> Parser:
        """A parser of what follows the command's words."""
        epilog = "\n".join(["examples:", *(f"  {PROGRAM} {self.name} {each}".rstrip() for each in self.examples)])
        parser = Parser(
            prog=f"{PROGRAM} {self.name}",
            description=f"{self.summary[0].upper()}{self.summary[1:]}.",
            epilog=epilog if self.examples else None,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        self.takes(parser)
        return parser
