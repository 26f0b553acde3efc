"""An empty window of Qt, to compare with: tells when it has been painted, and then its memory in MB."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from tests.benchmarks.windows import Painted

_SETTLED_MS = 200


def main() -> None:
    """Show it, let it settle, and say what it takes."""
    application = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    Painted(window, look_ms=1).wait(window.isVisible)
    print("painted", flush=True)
    QTimer.singleShot(_SETTLED_MS, application.quit)
    application.exec()
    import psutil  # noqa: PLC0415  # no part of what it takes to open a window

    print(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    main()
