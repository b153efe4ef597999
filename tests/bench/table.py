"""The printed table: ratios first, because this machine's microseconds mean nothing on another."""

from collections.abc import Sequence

from tests.bench.figures import Aim, Finding, Row

HEADINGS = ("", "p50 ×", "p99 ×", "p50 µs", "p99 µs", "worst µs", "lost", "p50 of blocks µs", "")


def table(title: str, rows: Sequence[Row], aim: Aim, ours: str) -> str:
    """`rows` beside the first of them, the reference; rows whose name begins with `ours` are held against `aim`."""
    reference = rows[0]
    lines = [HEADINGS, *(_line(row, reference, aim if row.name.startswith(ours) else None) for row in rows)]
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


def summary(findings: Sequence[Finding]) -> str:
    """Every figure beside its aim: the part of the aim it takes (1 is just reached), and whether it is reached."""
    rows = [("", "measured", "aim", "× aim", ""), *(_finding(each) for each in findings)]
    widths = [max(len(row[place]) for row in rows) for place in range(4)]
    lines = [
        "  ".join(["", row[0].ljust(widths[0]), *(row[n].rjust(widths[n]) for n in (1, 2, 3)), row[4]]).rstrip()
        for row in rows
    ]
    reached = sum(each.is_reached for each in findings)
    return "\n".join([f"{reached} of {len(findings)} aims reached", *lines])


def _finding(finding: Finding) -> tuple[str, str, str, str, str]:
    words = ["reached" if finding.is_reached else "NOT reached"]
    words += [f"({finding.beside})"] if finding.beside else []
    words += [f"{finding.lost} lost"] if finding.lost else []
    return (
        finding.what,
        _amount(finding.value, finding.unit),
        _amount(finding.limit, finding.unit),
        f"{finding.times:.2f}",
        " ".join(words),
    )


def _amount(value: float, unit: str) -> str:
    return f"{value:.3g} {unit}" if abs(value) < 100 else f"{value:.0f} {unit}"
