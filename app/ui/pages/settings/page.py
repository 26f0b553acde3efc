"""Settings of this computer and this person: language and look, the server, saved at once (picture 30)."""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QLineEdit, QRadioButton, QScrollArea, QStackedWidget, QWidget
from typing_extensions import override

from app.domain.errors import OpsError
from app.domain.words import say_error
from app.ui.desk import Desk
from app.ui.preferences import DENSITIES, LANGUAGES, SCALES, THEMES, Preferences
from app.ui.probing import Probed, probed_words
from app.ui.theme.layouts import column, row
from app.ui.theme.style import current_theme
from app.ui.theme.theme import make_theme
from app.ui.theme.tokens import ThemeName
from app.ui.translation import spoken_language
from app.ui.widgets.bars import PageHeader
from app.ui.widgets.buttons import Button, LinkButton
from app.ui.widgets.grounds import Ground, Line
from app.ui.widgets.marks import IconMark
from app.ui.widgets.scrolled import scrolled
from app.ui.widgets.segments import Option, Segments
from app.ui.widgets.side_list import SideGroup, SideItem, SideList
from app.ui.widgets.texts import Text
from app.ui.widgets.theme_picture import ThemePicture

LABELS, CONTENT, SIDE = 240, 848, 208
_PICTURED: tuple[ThemeName, ...] = ("light", "dark", "control")


class Hooks(NamedTuple):
    """What the page asks of the program."""

    apply: Callable[[Preferences], None]
    """Put preferences on the running program and keep them."""
    probe: Callable[[str], Probed]
    """Ask the server at an address what it is; called beside the GUI thread. Raises ``OpsError``."""
    use_server: Callable[[str], None]
    """Speak to another server from now on: the person signs in anew."""
    address: str
    """Of the server in use."""
    about: Callable[[], tuple[tuple[str, str], ...]]
    """Facts of this computer: version, data folder, desk number."""


class Setting(QWidget):
    """A label with its explanation, and the control beside it."""

    def __init__(self, control: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Text(bold=True)
        self.detail = Text(size="caption", token="text_muted", wrap=True)
        words = column(self.label, self.detail, None, gap=2)
        self._words = QWidget()
        self._words.setLayout(words)
        content = row(self._words, (control, 1), gap=16, margins=(0, 16, 0, 16))
        content.setAlignment(control, Qt.AlignmentFlag.AlignTop)
        column(content, Line(token="grid"), gap=0, parent=self)
        self.rescale()

    def say(self, label: str, detail: str = "") -> None:
        """Say what it is for."""
        self.label.setText(label)
        self.detail.setText(detail)

    def rescale(self) -> None:
        """Grow with the user's scale."""
        self._words.setFixedWidth(current_theme().px(LABELS))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.rescale()


class _Sheet(QWidget):
    """Settings under one another, not wider than the eye can follow."""

    def __init__(self, *settings: QWidget) -> None:
        super().__init__()
        column(*settings, None, gap=0, parent=self)
        self._fit()

    def _fit(self) -> None:
        self.setMaximumWidth(current_theme().px(CONTENT))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()


class _Sample(Text):
    """A few words in the size they would have."""

    def __init__(self, scale: float) -> None:
        self._scale = scale
        super().__init__(token="text_secondary")

    @override
    def _dress(self) -> None:
        super()._dress()
        self.setFont(make_theme("light", spoken_language().value, self._scale).font("body"))


class SettingsPage(Ground):
    """Two sections; every choice takes effect and is kept as it is made."""

    def __init__(self, desk: Desk, hooks: Hooks, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent=parent)
        self._desk, self._hooks = desk, hooks
        self._chosen = desk.preferences.read()
        self._sections = SideList("", self)
        self._sections.chosen.connect(self._on_section)
        self._stack = QStackedWidget()
        self._reset = LinkButton("")
        self._reset.clicked.connect(self._on_reset)
        self._kept = Text(size="caption", token="text_muted")
        self._kept_mark = IconMark("check", "ok.text", side=14)
        self._kept_mark.hide()
        self._header = PageHeader("", self._kept_mark, self._kept, self._reset)
        self._build_look()
        self._build_server()
        side = Ground("surface_sunken", lines="right", width=SIDE)
        column((self._sections, 1), gap=0, margins=(0, 8, 1, 0), parent=side)
        body = column(self._header, (self._stack, 1), gap=0)
        row(side, (body, 1), gap=0, parent=self)
        self.retranslate()
        self._show_chosen()

    # -------------------------------------------------------------------------------------------------------- building

    def _build_look(self) -> None:
        self._languages = {code: QRadioButton() for code in LANGUAGES}
        self._language = Setting(_side_by_side(*self._languages.values()))
        self._pictures = {name: ThemePicture(name) for name in _PICTURED}
        self._themes = {name: QRadioButton() for name in _PICTURED}
        self._follows = QCheckBox()
        columns = [column(self._pictures[name], self._themes[name], gap=8) for name in _PICTURED]
        looks = QWidget()
        column(row(*columns, None, gap=16), self._follows, gap=12, parent=looks)
        self._theme = Setting(looks)
        self._scales = Segments([Option(str(scale), f"{round(scale * 100)} %") for scale in SCALES])
        self._samples = [_Sample(scale) for scale in SCALES]
        sizes = QWidget()
        column(row(self._scales, None), row(*self._samples, None, gap=16), gap=8, parent=sizes)
        self._size = Setting(sizes)
        self._densities = Segments([Option(density, density) for density in DENSITIES])
        self._density = Setting(_side_by_side(self._densities))
        self._motion_box = QCheckBox()
        self._motion = Setting(_side_by_side(self._motion_box))
        self._stack.addWidget(_sheet(self._language, self._theme, self._size, self._density, self._motion))
        self._connect_look()

    def _connect_look(self) -> None:
        for group_of in (self._languages, self._themes):
            group = QButtonGroup(self)
            for button in group_of.values():
                group.addButton(button)
        for code, language in self._languages.items():
            language.clicked.connect(self._setter(language=code))
        for name in _PICTURED:
            self._themes[name].clicked.connect(self._setter(theme=name))
            self._pictures[name].clicked.connect(self._setter(theme=name))
        self._follows.clicked.connect(self._on_follows)
        self._scales.chosen.connect(lambda scale: self._set(replace(self._chosen, scale=float(scale))))
        self._densities.chosen.connect(lambda density: self._set(replace(self._chosen, density=density)))
        self._motion_box.clicked.connect(
            lambda checked: self._set(replace(self._chosen, is_motion_reduced=bool(checked)))
        )

    def _build_server(self) -> None:
        self._address = QLineEdit()
        self._address.textChanged.connect(self._on_address)
        self._address.returnPressed.connect(self._on_test)
        self._test = Button(size="main")
        self._test.clicked.connect(self._on_test)
        self._use = Button(role="primary", size="main")
        self._use.clicked.connect(lambda: self._hooks.use_server(self._address.text().strip()))
        self._outcome = Text(wrap=True)
        field = QWidget()
        column(row((self._address, 1), self._test, self._use), self._outcome, gap=6, parent=field)
        self._server = Setting(field)
        self._facts = Text(token="text_secondary", wrap=True)
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = Setting(self._facts)
        self._stack.addWidget(_sheet(self._server, self._about))
        self._address.setText(self._hooks.address)

    # -------------------------------------------------------------------------------------------------------- choosing

    def _setter(self, **changes: str) -> Callable[[], None]:
        return lambda: self._set(replace(self._chosen, **changes))  # type: ignore[arg-type]

    def _set(self, chosen: Preferences) -> None:
        self._chosen = chosen
        self._hooks.apply(chosen)
        self._kept_mark.show()
        self._kept.setText(self.tr("Kept"))
        self._show_chosen()

    def _on_follows(self, checked: bool) -> None:  # Qt's own signature
        self._set(replace(self._chosen, theme=THEMES[-1] if checked else current_theme().name))

    def _on_reset(self) -> None:
        self._set(Preferences(server=self._chosen.server, language=self._chosen.language))

    def _on_section(self, section: str) -> None:
        self._stack.setCurrentIndex(0 if section == "look" else 1)
        self.retranslate()

    def _show_chosen(self) -> None:
        chosen = self._chosen
        self._languages[chosen.language].setChecked(True)
        for name in _PICTURED:
            is_shown = current_theme().name == name
            self._themes[name].setChecked(is_shown)
            self._pictures[name].setChecked(is_shown)
        self._follows.setChecked(chosen.theme == "system")
        self._scales.choose(str(chosen.scale))
        self._densities.choose(chosen.density)
        self._motion_box.setChecked(chosen.is_motion_reduced)

    def _on_address(self, address: str) -> None:
        self._test.setEnabled(bool(address.strip()))
        self._use.setEnabled(bool(address.strip()) and address.strip() != self._hooks.address)
        self._outcome.setText("")

    def _on_test(self) -> None:
        self._test.setEnabled(False)
        self._outcome.set_token("text_muted")
        self._outcome.setText(self.tr("Asking…"))
        self._desk.tasks.run(
            self._hooks.probe, self._address.text().strip(), done=self._on_probed, failed=self._on_unanswered
        )

    def _on_probed(self, probed: Probed) -> None:
        self._test.setEnabled(True)
        self._outcome.set_token("ok.text" if probed.is_same_version else "warning.text")
        self._outcome.setText(probed_words(probed))

    def _on_unanswered(self, error: OpsError) -> None:
        self._test.setEnabled(True)
        self._outcome.set_token("danger.text")
        self._outcome.setText(say_error(error, spoken_language()))

    # --------------------------------------------------------------------------------------------------------- saying

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        current = self._sections.current() or "look"
        items = [
            SideItem("look", self.tr("Language and look"), icon="language"),
            SideItem("server", self.tr("Server and this computer"), icon="server"),
        ]
        self._sections.setAccessibleName(self.tr("Sections"))
        self._sections.set_groups([SideGroup(self.tr("This computer"), items)])
        self._sections.choose(current)
        title = self.tr("Language and look") if current == "look" else self.tr("Server and this computer")
        self._header.set_title(title, self.tr("for you on this computer only"))
        self._reset.setText(self.tr("Restore defaults"))
        self._reset.setVisible(current == "look")
        self._say_look()
        self._say_server()

    def _say_look(self) -> None:
        self._language.say(self.tr("Language"), self.tr("takes effect at once"))
        self._languages["zh"].setText("简体中文")
        self._languages["en"].setText("English")
        self._theme.say(self.tr("Look"), self.tr("the control room's colours are for dark rooms"))
        words = {"light": self.tr("Light"), "dark": self.tr("Dark"), "control": self.tr("Control room")}
        for name, button in self._themes.items():
            button.setText(words[name])
            self._pictures[name].setAccessibleName(words[name])
        self._follows.setText(self.tr("Follow the system's light and dark"))
        self._size.say(self.tr("Text size"), self.tr("rows, columns and panes grow with it"))
        self._scales.setAccessibleName(self.tr("Text size"))
        for sample in self._samples:
            sample.setText(self.tr("Burst pipe"))
        self._density.say(self.tr("Row height"), self.tr("lists"))
        row_height = current_theme().row
        self._densities.set_options(
            [
                Option("compact", self.tr("Compact {px}").format(px=row_height.compact)),
                Option("normal", self.tr("Normal {px}").format(px=row_height.normal)),
                Option("comfortable", self.tr("Comfortable {px}").format(px=row_height.comfortable)),
            ],
            self._chosen.density,
        )
        self._densities.setAccessibleName(self.tr("Row height"))
        self._motion.say(self.tr("Motion"), self.tr("nothing blinks or slides"))
        self._motion_box.setText(self.tr("Reduce motion"))

    def _say_server(self) -> None:
        detail = self.tr("the administrator gives you the address; after a change you sign in anew")
        self._server.say(self.tr("Server"), detail)
        self._address.setAccessibleName(self.tr("Server"))
        self._address.setPlaceholderText("https://ops.example.com")
        self._test.setText(self.tr("Test the connection"))
        self._use.setText(self.tr("Use this server"))
        self._about.say(self.tr("This computer"), self.tr("tell these when you ask for help"))
        self._facts.setText("\n".join(f"{name}  {value}" for name, value in self._hooks.about()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.StyleChange:
            self._chosen = self._desk.preferences.read()
            self._show_chosen()
            self._say_look()


def _side_by_side(*parts: QWidget) -> QWidget:
    made = QWidget()
    row(*parts, None, gap=16, parent=made)
    return made


def _sheet(*settings: QWidget) -> QScrollArea:
    content = Ground("surface")
    row((_Sheet(*settings), 99), None, gap=0, margins=(16, 0, 16, 0), parent=content)
    return scrolled(content)
