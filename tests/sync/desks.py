"""Companies whose desks are set up beforehand, once: setting them up takes longer than most tests."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from tests.databases import Databases
from tests.plant import Plant, running_plant
from tests.served import prepare

READY = (("A", "lin"), ("A", "luo"), ("B", "lin"), ("B", "luo"), ("B", "sun"), ("C", "sun"))
"""The desks, and who has signed in there."""


class Desks:
    """Makes plants that are alike: a server's database, and the data folders that belong to it."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases = databases
        self._folder = folder

        def prepare_with_desks(url: str) -> None:
            prepare(url)
            for name, login in READY:
                with running_plant(url, folder / "made" / login) as plant:
                    plant.console(name, login).stop()
                    shutil.copytree(folder / "made" / login / name, folder / "ready" / f"{name}-{login}")
                    plant.console(name, login).start()

        self._prepare = prepare_with_desks

    @contextmanager
    def plant(self) -> Iterator[Plant]:
        """Lend a plant of which no console runs yet."""
        url = self._databases.create(self._prepare)
        folder = self._folder / uuid4().hex
        folder.mkdir()
        with running_plant(url, folder, ready=self._folder / "ready") as found:
            yield found
        self._databases.drop(url)
        shutil.rmtree(folder)
