import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication

from ui.state.words import CUE_MARKS, HAND_MARKS, HEALTH_MARKS, ITEM_MARKS, MODE_MARKS, TRANSPORT_MARKS
from ui.theme import fonts
from ui.theme.colours import (
    DARK,
    LIT,
    RED_HUES,
    Theme,
    contrast,
    department_tints,
    hue_to_tint,
    luminance,
    oklch_to_hex,
)
from ui.theme.shapes import NAMES, draw_shape, shape_icon
from ui.theme.sheet import apply_theme
from ui.theme.text import fitting, write

GROUNDS = ("ground", "panel", "raised", "hover", "select", "standby")


@pytest.mark.parametrize("theme", [DARK, LIT], ids=lambda theme: theme.name)
def test_text_can_be_read_on_everything_it_stands_on(theme: Theme) -> None:
    for ground in GROUNDS:
        for ink in ("text", "dim"):
            assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5, (ink, ground)
    pairs = [
        (theme.on_bright, theme.bright),
        (theme.caution, theme.panel),
        (theme.caution, theme.caution_fill),
        (theme.text, theme.caution_fill),
        (theme.stop, theme.panel),
        (theme.stop, theme.stop_fill),
        (theme.text, theme.stop_fill),
    ]
    assert min(contrast(ink, ground) for ink, ground in pairs) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIT], ids=lambda theme: theme.name)
def test_departments_are_readable_and_never_loud_or_red(theme: Theme) -> None:
    for hue in range(0, 360, 5):
        tint = hue_to_tint(hue, theme)
        assert contrast(tint.text, tint.fill) >= 4.5
        assert contrast(tint.text, theme.panel) >= 4.5
        for shade in (tint.fill, tint.edge, tint.text):
            red, green, blue = (int(shade[at : at + 2], 16) / 255 for at in (1, 3, 5))
            assert max(red, green, blue) - min(red, green, blue) < 0.3, (hue, shade)


def test_a_department_keeps_its_hue_but_not_a_red_one() -> None:
    tints = department_tints(
        [("LX", "#ffcc00"), ("PYRO", "#ff0000"), ("SND", None), ("X", "#808080"), ("Y", "red")], DARK
    )
    assert len(tints) == 5
    edge = hue_to_tint(RED_HUES[1], DARK), hue_to_tint(RED_HUES[0], DARK)
    assert tints["PYRO"] in edge
    assert tints["SND"] != tints["LX"]


def test_the_dark_room_stays_dark() -> None:
    assert luminance(DARK.ground) < 0.005
    assert luminance(DARK.panel) < 0.01
    assert oklch_to_hex(0, 0, 0) == "#000000"
    assert oklch_to_hex(1, 0, 0) == "#ffffff"


def test_the_bundled_type_is_there_and_its_figures_are_of_one_width(qapp: QApplication) -> None:
    apply_theme(qapp, DARK)
    for face in (fonts.body(), fonts.strong(), fonts.clock(), fonts.strong_display(40)):
        metrics = QFontMetricsF(face)
        assert metrics.horizontalAdvance("1111") == pytest.approx(metrics.horizontalAdvance("0808"))
    assert len(fonts._loaded) == 5
    assert all(number >= 0 for number in fonts._loaded)
    fonts.load_fonts()
    assert len(fonts._loaded) == 5


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_shape_paints_something_inside_its_box(qapp: QApplication, name: str) -> None:
    picture = QImage(24, 24, QImage.Format.Format_RGB32)
    picture.fill(QColor("#000000"))
    painter = QPainter(picture)
    draw_shape(painter, name, QRectF(4, 4, 16, 16), "#ffffff")
    painter.end()
    lit = [(x, y) for x in range(24) for y in range(24) if picture.pixelColor(x, y).lightness() > 40]
    assert lit
    assert all(3 <= x <= 20 and 3 <= y <= 20 for x, y in lit)


def test_every_mark_has_a_shape_that_exists(qapp: QApplication) -> None:
    for marks in (CUE_MARKS, HAND_MARKS, ITEM_MARKS, TRANSPORT_MARKS, HEALTH_MARKS, MODE_MARKS):
        assert {mark.shape for mark in marks.values()} <= NAMES
    assert not shape_icon("play", "#ffffff", "#888888").isNull()


def test_text_is_cut_where_it_does_not_fit(qapp: QApplication) -> None:
    apply_theme(qapp, DARK)
    picture = QImage(200, 40, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    assert write(painter, QRectF(0, 0, 60, 20), "a label that is far too long", fonts.body(), "#ffffff") <= 60
    assert write(painter, QRectF(0, 0, 2, 20), "a", fonts.body(), "#ffffff") == 0
    painter.end()


def test_the_largest_type_that_fits_is_taken(qapp: QApplication) -> None:
    apply_theme(qapp, DARK)
    sizes = [fonts.clock(size_px) for size_px in (26, 21, 17)]
    room_px = QFontMetricsF(sizes[1]).horizontalAdvance("−1:26:40")
    assert fitting("−1:26:40", sizes, room_px) is sizes[1]
    assert fitting("0:00", sizes, room_px) is sizes[0]
    assert fitting("−1:26:40", sizes, 10) is sizes[2]
