"""An empty window of Qt, to compare with: python -m tests.benchmarks.empty_window prints its memory in MB."""

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

_SETTLED_MS = 200


def main() -> None:
    """Show it, let it settle, and say what it takes."""
    application = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    QTimer.singleShot(_SETTLED_MS, application.quit)
    application.exec()
    print(psutil.Process().memory_info().rss / 1e6)


if __name__ == "__main__":
    main()
