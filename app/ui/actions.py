"""The one registry of what can be done: it feeds menus, keys, the sheet of keys and the palette."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

Words = Callable[[], str]
"""Says a text in the language of the moment; ``tr()`` is called inside, so that it can change."""

EVERYWHERE = ""
"""The page of actions that work on every page."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """An action as data. ``keys`` (with Ctrl, Alt or F keys) come first, ``letters`` fire only outside text fields.

    ``page`` is the page it belongs to, or ``EVERYWHERE``; ``group`` its heading in the sheet of keys; ``detail`` the
    muted words after it in the palette; ``icon`` a name in resources/icons.
    """

    id: str
    text: Words
    page: str = EVERYWHERE
    keys: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    group: Words = field(default=lambda: "")
    detail: Words = field(default=lambda: "")
    icon: str = ""

    @property
    def all_keys(self) -> tuple[str, ...]:
        """Every key that fires it, the one to print on a button first."""
        return (*self.keys, *self.letters)


def key_text(key: str) -> str:
    """A key as it is written everywhere: "Ctrl+Shift+Return" is "Ctrl Shift Enter"."""
    words = {"return": "Enter", "up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "Esc", "delete": "Del"}
    chords = QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText).split(", ")
    parts = (" ".join(words.get(part.lower(), part) for part in _split(chord)) for chord in chords)
    return " ".join(parts)


def _split(chord: str) -> list[str]:
    return [part for part in chord.removesuffix("++").split("+") if part] + (["+"] if chord.endswith("++") else [])


def clashes(specs: Iterable[ActionSpec]) -> list[str]:
    """Say which two actions would share a key on one page: Qt would then run neither."""
    takers: dict[str, list[ActionSpec]] = defaultdict(list)
    for spec in specs:
        for key in _written(spec):
            takers[key].append(spec)
    return [
        f"{key}: {one.id}, {other.id}"
        for key, found in sorted(takers.items())
        for position, one in enumerate(found)
        for other in found[position + 1 :]
        if one.page == other.page or EVERYWHERE in (one.page, other.page)
    ]


def _written(spec: ActionSpec) -> list[str]:
    """Its keys, each as Qt writes it, however it was given."""
    return [QKeySequence(key).toString() for key in spec.all_keys]


class Actions(QObject):
    """Holds every action of the program by its id."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, ActionSpec] = {}
        self._actions: dict[str, QAction] = {}
        self._takers: dict[str, list[ActionSpec]] = defaultdict(list)

    def add(self, spec: ActionSpec, slot: Callable[[], object], owner: QWidget) -> QAction:
        """Make the action and give its keys to ``owner``: the window, or the page within which they work.

        Raises ``ValueError`` if the id is taken or a key clashes on the page.
        """
        if spec.id in self._specs:
            raise ValueError("action is there already", spec.id)
        keys = _written(spec)
        sharing = dict.fromkeys(other for key in keys for other in self._takers[key])
        if found := clashes([*sharing, spec]):
            raise ValueError("keys clash", found)
        action = QAction(spec.text(), owner)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.all_keys])
        is_global = spec.page == EVERYWHERE
        context = Qt.ShortcutContext.WindowShortcut if is_global else Qt.ShortcutContext.WidgetWithChildrenShortcut
        action.setShortcutContext(context)
        action.triggered.connect(slot)
        owner.addAction(action)
        for key in keys:
            self._takers[key].append(spec)
        self._specs[spec.id] = spec
        self._actions[spec.id] = action
        return action

    def spec(self, action_id: str) -> ActionSpec:
        """The action as data."""
        return self._specs[action_id]

    def action(self, action_id: str) -> QAction:
        """The Qt action, for a menu or a button."""
        return self._actions[action_id]

    def key(self, action_id: str) -> str:
        """The key to print on a button, as it is written everywhere; empty if it has none."""
        keys = self._specs[action_id].all_keys
        return key_text(keys[0]) if keys else ""

    def is_enabled(self, action_id: str) -> bool:
        """Whether the action can be done now."""
        return self._actions[action_id].isEnabled()

    def set_enabled(self, enabled: Iterable[str] = (), disabled: Iterable[str] = ()) -> None:
        """Say what can and what cannot be done now."""
        for action_id in enabled:
            self._actions[action_id].setEnabled(True)
        for action_id in disabled:
            self._actions[action_id].setEnabled(False)

    def run(self, action_id: str) -> None:
        """Do it as if its key had been pressed; nothing happens while it is disabled."""
        self._actions[action_id].trigger()

    def of_pages(self, *pages: str) -> Sequence[ActionSpec]:
        """What can be done on ``pages``, what works everywhere first, in the order of registration."""
        return [
            spec for page in dict.fromkeys((EVERYWHERE, *pages)) for spec in self._specs.values() if spec.page == page
        ]

    def retranslate(self) -> None:
        """Say every action anew; call it when the language has changed."""
        for action_id, spec in self._specs.items():
            self._actions[action_id].setText(spec.text())
