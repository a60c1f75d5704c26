"""Asks for corrections of what is recorded about a document."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from archive.records import Confidentiality, Document, Metadata
from desktop import labels
from desktop.theme import current_theme
from desktop.translate import tr


class CorrectDialog(QDialog):
    """One line for each field. It stays open until what was typed could be kept."""

    save_wanted = Signal(object, object)  # Metadata, Confidentiality

    def __init__(self, parent: QWidget, document: Document) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Correct what is recorded"))
        self.setMinimumWidth(560)
        metadata = document.metadata
        self.lines = {
            "title": QLineEdit(metadata.title),
            "authors": QLineEdit("; ".join(metadata.authors)),
            "publisher": QLineEdit(metadata.publisher),
            "published": QLineEdit(metadata.published),
            "published_words": QLineEdit(metadata.published_words),
            "language": QLineEdit(metadata.language),
            "countries": QLineEdit(" ".join(metadata.countries)),
            "type": QLineEdit(metadata.type),
            "source_url": QLineEdit(metadata.source_url),
        }
        hints = {
            "authors": tr("separated by semicolons"),
            "published": tr("such as 2015, 2015-10, 2015-10-17? or 2014/2016"),
            "published_words": tr("the date as the source words it"),
            "language": tr("a tag such as en, zh-Hans, ug"),
            "countries": tr("two-letter codes such as TH LA"),
            "type": tr("such as article, report, letter"),
        }
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for name, line in self.lines.items():
            line.setCursorPosition(0)
            line.setAlignment(Qt.AlignmentFlag.AlignTop)  # centred, Qt lifts taller scripts out of the line
            line.setPlaceholderText(hints.get(name, ""))
            line.setToolTip(hints.get(name, ""))
            words = tr("Date as worded") if name == "published_words" else labels.field(name)
            form.addRow(words, line)
        self.confidentiality = QComboBox()
        for level in Confidentiality:
            self.confidentiality.addItem(labels.value("confidentiality", level), level)
        self.confidentiality.setCurrentIndex(list(Confidentiality).index(document.confidentiality))
        form.addRow(labels.field("confidentiality"), self.confidentiality)
        self.said = QLabel()
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setWordWrap(True)
        self.said.setStyleSheet(f"color: {current_theme().warning.name()}")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.save = buttons.addButton(tr("Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addWidget(buttons)

    def metadata(self) -> Metadata:
        """What is typed now."""
        text = {name: line.text().strip() for name, line in self.lines.items()}
        return Metadata(
            title=text["title"],
            authors=tuple(part.strip() for part in text["authors"].split(";") if part.strip()),
            publisher=text["publisher"],
            published=text["published"],
            published_words=text["published_words"],
            language=text["language"],
            countries=tuple(text["countries"].replace(",", " ").split()),
            source_url=text["source_url"],
            type=text["type"],
        )

    def refuse(self, sentence: str) -> None:
        """Say why it cannot be kept; the dialog stays."""
        self.said.setText(sentence)
        self.save.setEnabled(True)

    def _save(self) -> None:
        self.save.setEnabled(False)
        self.save_wanted.emit(self.metadata(), Confidentiality(self.confidentiality.currentData()))
