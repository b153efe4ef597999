"""Fusion, our palette and a style sheet: how Qt's own widgets look in a theme."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from ui.theme import fonts
from ui.theme.colours import Theme


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application. May be called again with another theme."""
    fonts.load_fonts()
    app.setStyle("Fusion")
    app.setPalette(_palette(theme))
    app.setFont(fonts.body())
    app.setStyleSheet(_sheet(theme))


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: theme.ground,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.raised,
        role.Text: theme.text,
        role.PlaceholderText: theme.dim,
        role.Button: theme.raised,
        role.ButtonText: theme.text,
        role.BrightText: theme.bright,
        role.Highlight: theme.select,
        role.HighlightedText: theme.text,
        role.ToolTipBase: theme.raised,
        role.ToolTipText: theme.text,
        role.Link: theme.text,
        role.LinkVisited: theme.dim,
        role.Light: theme.hover,
        role.Midlight: theme.raised,
        role.Mid: theme.line,
        role.Dark: theme.ground,
        role.Shadow: theme.ground,
        role.Accent: theme.bright,
    }.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.faint))
    return palette


def _sheet(t: Theme) -> str:
    return f"""
    QWidget {{ color: {t.text}; }}
    QMainWindow, QDialog {{ background: {t.ground}; }}
    QMainWindow::separator {{ background: {t.ground}; }}
    QSplitter::handle {{ background: {t.ground}; }}
    QSplitter::handle:hover {{ background: {t.hover}; }}

    QFrame[panel="true"] {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 6px; }}
    QLabel[voice="caption"] {{ color: {t.dim}; font-size: {fonts.SMALL_PX}px; font-weight: 500; }}
    QLabel[voice="heading"] {{ color: {t.text}; font-size: {fonts.STRONG_PX}px; font-weight: 600; }}
    QLabel[voice="dim"] {{ color: {t.dim}; }}
    QLabel[voice="caution"] {{ color: {t.caution}; }}
    QLabel[voice="stop"] {{ color: {t.stop}; }}

    QMenuBar {{ background: {t.ground}; color: {t.dim}; padding: 1px 6px; }}
    QMenuBar::item {{ background: transparent; padding: 5px 7px; border-radius: 4px; }}
    QMenuBar::item:selected {{ background: {t.hover}; color: {t.text}; }}
    QMenu {{ background: {t.raised}; border: 1px solid {t.line}; padding: 4px; }}
    QMenu::item {{ padding: 6px 28px 6px 12px; border-radius: 4px; }}
    QMenu::item:selected {{ background: {t.hover}; }}
    QMenu::item:disabled {{ color: {t.faint}; }}
    QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}

    QPushButton {{ background: {t.raised}; border: 1px solid {t.line}; border-radius: 6px;
                   padding: 0 14px; min-height: 34px; color: {t.text}; font-weight: 500; }}
    QPushButton:hover {{ background: {t.hover}; }}
    QPushButton:pressed {{ background: {t.panel}; }}
    QPushButton:disabled {{ color: {t.faint}; background: {t.panel}; border-color: {t.line}; }}
    QPushButton:focus {{ border-color: {t.dim}; }}
    QPushButton:default {{ border-color: {t.dim}; }}
    QPushButton[live="true"] {{ min-height: 44px; padding: 0 10px; }}
    QPushButton[state="on"] {{ background: {t.caution_fill}; border-color: {t.caution}; color: {t.caution}; }}
    QPushButton[state="stop"] {{ background: {t.stop_fill}; border-color: {t.stop}; color: {t.text}; }}
    QPushButton[primary="true"] {{ background: {t.bright}; border-color: {t.bright}; color: {t.on_bright}; }}
    QPushButton[primary="true"]:focus {{ border: 3px solid {t.faint}; }}
    QPushButton[primary="true"]:hover {{ background: {t.text}; }}
    QPushButton[primary="true"]:disabled {{ background: {t.panel}; border-color: {t.line}; color: {t.faint}; }}
    QPushButton[chip="true"] {{ min-height: 26px; padding: 0 10px; border-radius: 5px; background: transparent;
                                border-color: transparent; color: {t.dim}; font-weight: 500; }}
    QPushButton[chip="true"]:hover {{ background: {t.hover}; color: {t.text}; }}
    QPushButton[chip="true"]:checked {{ background: {t.raised}; border-color: {t.line}; color: {t.text}; }}

    QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 5px; padding: 3px 6px;
                   min-height: 22px; color: {t.dim}; font-weight: 500; }}
    QToolButton:hover {{ background: {t.hover}; color: {t.text}; }}
    QToolButton:checked {{ background: {t.raised}; border-color: {t.line}; color: {t.text}; }}

    QLineEdit, QComboBox, QPlainTextEdit {{ background: {t.panel}; border: 1px solid {t.line}; border-radius: 5px;
                 padding: 0 8px; min-height: 32px; selection-background-color: {t.select}; }}
    QLineEdit:disabled, QComboBox:disabled {{ background: transparent; color: {t.dim}; }}
    QLineEdit:focus, QComboBox:focus {{ border-color: {t.dim}; }}
    QComboBox::drop-down {{ border: none; width: 24px; }}
    QComboBox QAbstractItemView {{ background: {t.raised}; border: 1px solid {t.line}; padding: 4px; }}

    QAbstractItemView {{ background: {t.panel}; border: none; outline: none; }}
    QHeaderView {{ background: {t.panel}; }}
    QHeaderView::section {{ background: {t.panel}; color: {t.dim}; border: none; padding: 4px 8px;
                            border-bottom: 1px solid {t.line}; font-size: {fonts.SMALL_PX}px; font-weight: 500; }}

    QScrollBar {{ background: transparent; margin: 0; }}
    QScrollBar:vertical {{ width: 10px; }}
    QScrollBar:horizontal {{ height: 10px; }}
    QScrollBar::handle {{ background: {t.hover}; border-radius: 4px; margin: 1px; }}
    QScrollBar::handle:hover {{ background: {t.faint}; }}
    QScrollBar::handle:vertical {{ min-height: 32px; }}
    QScrollBar::handle:horizontal {{ min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page
        {{ background: none; width: 0; height: 0; }}

    QToolTip {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: 5px 7px; }}
    """
