"""Sheets as spreadsheets write them, and what their columns are taken to mean."""

from __future__ import annotations

import pytest

from console.show.cue_columns import CUE_FIELDS
from console.show.sheet import SheetError, bytes_to_text, guess_columns, named_columns, text_to_sheet


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_the_one_that_makes_a_table(separator: str) -> None:
    text = "\n".join(separator.join(row) for row in (["Cue", "Label", "Bar"], ["1", "Look", "5.1"], ["2", "", "9"]))
    sheet = text_to_sheet(text, CUE_FIELDS)
    assert sheet.headings == ("Cue", "Label", "Bar")
    assert [(row.line, row.cells) for row in sheet.rows] == [(2, ("1", "Look", "5.1")), (3, ("2", "", "9"))]


def test_titles_above_the_headings_and_empty_rows_are_passed_over() -> None:
    sheet = text_to_sheet(
        'Half-Light,,\nas of Monday,,\n,,\nCue,Description,Bar\n,,\n1,"two\nlines",5\n2,x,6\n', CUE_FIELDS
    )
    assert sheet.headings == ("Cue", "Description", "Bar")
    assert [(row.line, row.cells[1]) for row in sheet.rows] == [(6, "two\nlines"), (8, "x")]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_as_it_was_written(coding: str) -> None:
    assert bytes_to_text("Número;Café\n".encode(coding)) == "Número;Café\n"


@pytest.mark.parametrize(
    ("raw", "words"), [(b"PK\x03\x04\0\0", "no text"), (b"\xff\xfe\x00", "no text"), (b" " * 20_000_001, "20 MB")]
)
def test_what_is_no_text_is_refused_with_the_remedy(raw: bytes, words: str) -> None:
    with pytest.raises(SheetError, match=words):
        bytes_to_text(raw)


@pytest.mark.parametrize("text", ["", "\n\n", "Cue,Label\n", '"open\n' + "x" * 200_000])
def test_what_holds_no_rows_is_refused(text: str) -> None:
    with pytest.raises(SheetError, match=r"holds no rows|is empty|cannot be read"):
        text_to_sheet(text, CUE_FIELDS)


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (("Cue No.", "Description", "Measure"), {"number": 0, "label": 1, "bar": 2}),
        (("Q", "Cue Name", "TC In", "Remarks"), {"number": 0, "label": 1, "notes": 3, "timecode": 2}),
        (("CUE #", "Dept", "LXQ", "Fade Time"), {"number": 0, "department": 1, "desk_cue": 2, "fade": 3}),
        (("cue", "number", "title", "label"), {"number": 1, "label": 3}),
        (("wholly", "unknown"), {}),
    ],
)
def test_columns_are_guessed_from_several_spellings(headings: tuple[str, ...], found: dict[str, int]) -> None:
    assert guess_columns(headings, CUE_FIELDS) == found


def test_columns_are_named_by_hand_by_heading_or_place_and_left_out() -> None:
    named = named_columns(("A", "Text here"), CUE_FIELDS, ("label=text HERE", "number=1", "notes="))
    assert named == {"label": 1, "number": 0, "notes": None}


@pytest.mark.parametrize("word", ["lable=A", "label", "label=3", "label=Nowhere"])
def test_a_column_that_is_not_there_is_refused(word: str) -> None:
    with pytest.raises(SheetError, match="column"):
        named_columns(("A", "B"), CUE_FIELDS, (word,))


def test_no_heading_means_two_things() -> None:
    spellings = [spelling for field in CUE_FIELDS for spelling in field.spellings]
    assert len(set(spellings)) == len(spellings)
