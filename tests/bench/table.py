"""The printed table: ratios first, because this machine's microseconds mean nothing on another."""

from collections.abc import Sequence

from tests.bench.figures import Aim, Row

HEADINGS = ("", "p50 ×", "p99 ×", "p50 µs", "p99 µs", "worst µs", "lost", "p50 of blocks µs", "")


def table(title: str, rows: Sequence[Row], aim: Aim, ours: str | None) -> str:
    """`rows` beside the first of them, the reference; the row named `ours` is held against `aim`."""
    reference = rows[0]
    lines = [HEADINGS, *(_line(row, reference, aim if row.name == ours else None) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(HEADINGS))]
    text = [f"{title}: aim {aim.words}; {reference.blocks} blocks"]
    for name, *cells in lines:
        padded = [cell.rjust(width) for cell, width in zip(cells[:-1], widths[1:-1], strict=True)]
        text.append("  ".join(["", name.ljust(widths[0]), *padded, cells[-1]]).rstrip())
    return "\n".join(text)


def _line(row: Row, reference: Row, aim: Aim | None) -> tuple[str, ...]:
    verdict = "" if aim is None else ("reached" if aim.reached(row, reference) else "NOT reached")
    return (
        row.name,
        f"{row.p50_us / reference.p50_us:.2f}",
        f"{row.p99_us / reference.p99_us:.2f}",
        f"{row.p50_us:.1f}",
        f"{row.p99_us:.1f}",
        f"{row.worst_us:.0f}",
        str(row.lost),
        f"{row.p50_least_us:.1f} to {row.p50_most_us:.1f}",
        verdict,
    )
