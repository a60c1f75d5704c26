"""Publishes a release from the window: asks, looks, signs, and says what to hand over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from archive import feed
from archive.errors import ArchiveError, Cancelled, NumberTaken
from archive.release.choice import Choice
from archive.release.lines import Line
from archive.release.publish import Published
from archive.signing.minisign import PublicKey, SecretKey
from desktop import messages, shown, trusting
from desktop.actions import NOW
from desktop.commands import Commands
from desktop.lanes import Errand, Lane, NoResource
from desktop.release import telling
from desktop.release.handing import HandingDialog
from desktop.release.seen import Looked
from desktop.release.signing import NewKeyDialog
from desktop.release.wizard import SEEN, PublishWizard, Wanted
from desktop.screen import ArchiveScreen
from desktop.session import Session
from desktop.translate import number, tr
from desktop.unlock import child
from desktop.unlock.passphrase import strength
from desktop.workspace import Workspace

LOOK, KEY, WORDS = "look before a release", "key that signs a release", "words about a release"


class PublishController(QObject):
    """One wizard at a time, which keeps what was chosen until a release was made of it."""

    def __init__(
        self,
        session: Session,
        errands: Lane[NoResource],
        screen: ArchiveScreen,
        commands: Commands,
        window: QWidget,
    ) -> None:
        """`errands` is for keys, which must not wait until a film is copied."""
        super().__init__(window)
        self._withdrawn: dict[str, None] = {}
        self._errands = errands
        self._session, self._screen, self._command, self._window = session, screen, commands["publish"], window
        self.wizard: PublishWizard | None = None
        self._looking: Errand[Workspace, Looked] | None = None
        self.is_busy = False
        """Whether a release is being made."""
        commands.on("publish", self.ask)
        self.set_writable(session.writable)

    def set_writable(self, writable: bool) -> None:
        """Only whoever may write may publish: it is noted in the archive what went out."""
        self._command.setEnabled(writable)
        self._command.setVisible(writable)

    def ask(self) -> None:
        """Show the wizard, anew or as it was left."""
        if self.is_busy:
            self._screen.told.emit(tr("A release is being made. Wait until it is done, or stop it."))
        elif self.wizard is not None:
            self._show(self.wizard)
        else:
            self._session.reading.submit(
                lambda w, _: (w.releases.lines(), w.releases.publisher()),
                lambda found: self._begin(*found),
                self._screen.failed.emit,
                topic="release lines",
                urgency=NOW,
            )

    def learn_withdrawn(self, names: Sequence[str]) -> None:
        """Names that nothing knows any more, for as long as the window is open: what is said of a release is looked
        through for them."""
        self._withdrawn |= dict.fromkeys(names)
        if self.wizard is not None:
            self.wizard.read_words()

    def repaint(self) -> None:
        """The colours have changed."""
        if self.wizard is not None:
            self.wizard.repaint_all()

    def _begin(self, lines: tuple[Line, ...], publisher: str) -> None:
        self.wizard = wizard = PublishWizard(self._window, lines, publisher, self._session.name)
        wizard.look_wanted.connect(self._look)
        wizard.stop_wanted.connect(self._stop)
        wizard.key_wanted.connect(self._ask_for_key)
        wizard.words_wanted.connect(self._read_words)
        wizard.publish_wanted.connect(self._sign)
        wizard.record_wanted.connect(self._screen.going.open_record)
        self._show(wizard)
        # judging a passphrase loads its words first
        self._errands.submit(lambda _, errand: strength("a"), lambda _: None, self._screen.failed.emit)

    def _show(self, wizard: PublishWizard) -> None:
        wizard.show()
        wizard.activateWindow()

    def _look(self, choice: Choice) -> None:
        wizard = self.wizard
        if wizard is None:
            return

        def failed(error: ArchiveError) -> None:
            stopped = isinstance(error, Cancelled)
            wizard.end_looking(None, tr("Stopped.") if stopped else messages.sentence(error))

        self._looking = self._session.copying.submit(
            lambda w, errand: _looked(w, choice, errand),
            wizard.end_looking,
            failed,
            progress=wizard.seen.show_progress,
            topic=LOOK,
        )

    def _read_words(self, choice: Choice, publisher: str, line: str) -> None:
        """Look what the notes and the names tell, before they are signed."""
        wizard = self.wizard
        if wizard is None:
            return

        def failed(error: ArchiveError) -> None:
            sentence = tr(
                "What you say of the release was not looked through for names that stay behind. {why}",
                why=messages.sentence(error),
            )
            wizard.end_reading((), sentence)

        withdrawn = tuple(self._withdrawn)
        self._session.copying.submit(
            lambda w, _: w.releases.named(choice, publisher, line, withdrawn), wizard.end_reading, failed, topic=WORDS
        )

    def _stop(self) -> None:
        """End a look, and publish nothing with the key that is being opened."""
        self._errands.drop(KEY)
        if self._looking is not None:
            self._looking.cancel()

    def _ask_for_key(self) -> None:
        wizard = self.wizard
        if wizard is None:
            return
        dialog = NewKeyDialog(wizard)

        def make(file: Path, passphrase: str) -> None:
            def made(_: PublicKey) -> None:
                dialog.accept()
                wizard.sign.take_key(file, passphrase)
                wizard.say(tr("The key was made. Keep its file and its passphrase apart, and a copy of both."))

            self._errands.submit(
                lambda _, errand: trusting.new_key(file, passphrase),
                made,
                lambda error: dialog.refuse(messages.sentence(error)),
            )

        dialog.key_wanted.connect(make)
        dialog.open()

    def _sign(self, wanted: Wanted, file: Path, passphrase: str) -> None:
        """Open the key first: a wrong passphrase is to be said before anything is done."""
        wizard = self.wizard
        if wizard is None:
            return
        wizard.say(tr("Opening the key…"))

        def opened(secret: SecretKey) -> None:
            wizard.end_signing()
            self._publish(wizard, wanted, secret)

        self._errands.submit(
            lambda _, errand: trusting.open_secret(file, passphrase),
            opened,
            lambda error: wizard.end_signing(messages.sentence(error)),
            topic=KEY,
        )

    def _publish(self, wizard: PublishWizard, wanted: Wanted, secret: SecretKey) -> None:
        """Make it in the writing lane, below the window, so that others go on reading and recording."""
        wizard.hide()
        self.is_busy = True
        strip = self._screen.strips.begin(tr("Publishing"), lambda: errand.cancel())

        def back(page: int | None = None) -> None:
            self._show(wizard)
            if page is not None:
                wizard.turn_to(page)

        def failed(error: ArchiveError) -> None:
            self.is_busy = False
            stopped = isinstance(error, Cancelled)
            sentence = tr("Stopped. No release was made.") if stopped else messages.sentence(error)
            if isinstance(error, NumberTaken):
                wizard.sign.offer_behind(int(error.facts["number"]))
            wizard.say(sentence, warning=not stopped)
            strip.finish(sentence, warning=not stopped, report=back)
            strip.report_button.setText(tr("Back to it…"))

        def done(came: Published | Looked) -> None:
            self.is_busy = False
            if isinstance(came, Looked):
                sentence = tr("The archive has changed since you looked, so no release was made. Look at it once more.")
                strip.finish(sentence, warning=True)
                back(SEEN)
                wizard.end_looking(came, sentence)
                return
            wizard.deleteLater()
            self.wizard = None
            said, show = came.statement, self._handing(came, secret.public, wanted)
            strip.finish(
                tr(
                    "Release {n} of “{line}” is complete, verified and signed: {path}",
                    n=number(said.number),
                    line=shown.isolated(said.line),
                    path=came.path,
                ),
                report=show,
            )
            strip.report_button.setText(tr("What to hand over…"))
            show()

        errand = self._session.writing.submit(
            lambda w, errand: _published(w, wanted, secret, errand),
            done,
            failed,
            progress=lambda now: strip.show_progress(now.done, now.total, telling.step(now)),
        )

    def _handing(self, made: Published, key: PublicKey, wanted: Wanted) -> Callable[[], None]:
        def show() -> None:
            HandingDialog(self._window, made, key, wanted.locks).show()

        return show


def _looked(workspace: Workspace, choice: Choice, errand: Errand[Workspace, Looked]) -> Looked:
    at = feed.position(workspace.archive.db)
    return Looked(choice, workspace.releases.overview(choice, errand.report, errand.cancelled), at)


def _published(
    workspace: Workspace, wanted: Wanted, secret: SecretKey, errand: Errand[Workspace, Published | Looked]
) -> Published | Looked:
    """The release; what is seen now instead where it differs from what was read before it was signed for."""
    at = feed.position(workspace.archive.db)
    if at != wanted.seen.at:
        choice = wanted.seen.choice
        again = workspace.releases.overview(choice, errand.report, errand.cancelled)
        if again != wanted.seen.overview:
            return Looked(choice, again, at)
    return workspace.releases.publish(
        wanted.out,
        secret,
        wanted.choice,
        wanted.locks,
        publisher=wanted.publisher,
        line=wanted.line,
        after=wanted.after,
        progress=errand.report,
        cancelled=errand.cancelled,
        write_slots=child.write_slots,
    )
