"""``steward self-test``: every page of this very program on a small estate, and an order on its way to a server."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialogButtonBox

from app.config import Config
from app.domain.errors import OpsError
from app.domain.words import Language
from app.ui.application.director import Script, play, type_text
from app.ui.application.program import Program
from app.ui.application.visit import Account, Visit, offscreen_application, running, there
from app.ui.theme.icons import ICONS_FOLDER, icon_pixmap
from app.ui.theme.style import current_theme
from app.ui.translation import say_here

Tell = Callable[[str], object]
PAGES = ("work_orders", "places", "sync", "settings")
_INKS = 12
"""A page has more colours than this."""


def check(config: Config, address: str, account: Account, tell: Tell) -> None:
    """Open every page in both languages and themes, and open an order; ``tell`` is given a line a part.

    ``config`` names an empty data folder, ``address`` a server with the demo estate in Chinese. Raises ``OpsError``
    for what does not work.
    """
    application = offscreen_application()
    with running(application, config) as program:
        play(application, _Check(program, address, account, tell).script())


class _Check(Visit):
    """Walks through the program and looks at what comes."""

    def __init__(self, program: Program, address: str, account: Account, tell: Tell) -> None:
        super().__init__(program)
        self._address, self._account, self._tell = address, account, tell

    def script(self) -> Script:
        """All parts, each told when it is through."""
        self._passed("cache")  # made by its migrations, or there would be no program
        self._check_icons()
        yield from self._sign_in()
        for language in Language:
            for theme in ("dark", "light"):
                yield from self._look_at_pages(language, theme)
            self._check_words(language)
        self._passed("pages")
        yield from self._send_an_order()

    def _passed(self, part: str) -> None:
        self._tell(say_here("cli.self_test.ok", what=f"@cli.self_test.{part}"))

    def _check_icons(self) -> None:
        names = [file.stem for file in sorted(ICONS_FOLDER.glob("*.svg"))]
        ink, size = current_theme().base.text, QSize(16, 16)
        empty = [name for name in names if len(_colours(icon_pixmap(name, size, ink).toImage(), 1)) < 2]
        if empty or not names:
            raise OpsError("self_test_icons", names=", ".join(empty) or str(ICONS_FOLDER))
        self._passed("icons")

    def _sign_in(self) -> Script:
        page = there(self.program.first_run_page)
        page.go_on.click()
        yield from self.first_run(self._address, self._account)
        page.go_on.click()
        yield lambda: page.step() > 1
        page.go_on.click()
        yield self.is_seated
        yield self.is_synced
        yield from self.choose_site()
        self._passed("server")

    def _look_at_pages(self, language: Language, theme: str) -> Script:
        look = self.program.look
        look.choose(replace(look.chosen, language=language.value, theme=theme))
        for page_id in PAGES:
            yield from self.go(page_id)
            if len(_colours(self.program.shell.grab().toImage(), 8)) < _INKS:
                raise OpsError("self_test_blank", page=page_id)

    def _check_words(self, language: Language) -> None:
        """One of our own words and one of Qt's: each is in a file of its own."""
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        for word, chinese, said in (
            ("Steward", "管家", self.program.shell.windowTitle()),
            ("Cancel", "取消", cancel.text()),
        ):
            if (said == chinese) is not (language is Language.CHINESE):
                raise OpsError("self_test_words", language=language.value, word=word, said=said)

    def _send_an_order(self) -> Script:
        """Take a call and watch the order come to the list and to the server."""
        yield from self.go("work_orders")
        before = set(self.queue.listing.rows.ids())
        yield from self.take_call("wgf")  # read as pinyin
        self.run("intake.new_matter" if self.intake.call.has_open_order() else "intake.more")
        self.intake.page.form.what.setFocus()
        type_text("厨房漏水")
        yield self.is_quiet
        self.run("intake.save")
        yield lambda: bool(set(self.queue.listing.rows.ids()) - before)
        yield self.is_synced
        self._passed("order")


def _colours(image: QImage, step: int) -> set[int]:
    """The colours of every ``step``-th pixel, their transparency included."""
    return {image.pixel(x, y) for x in range(0, image.width(), step) for y in range(0, image.height(), step)}
