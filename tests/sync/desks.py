"""A plant whose desks are set up beforehand, copied for every history: setting them up takes longer than most."""

import shutil
from pathlib import Path

from tests.databases import Databases
from tests.plant import Plant
from tests.served import prepare

LOGINS = {"A": "lin", "B": "luo", "C": "lin"}


class Desks:
    """Makes plants that are alike: a server's database, and the folders that belong to it."""

    def __init__(self, databases: Databases, folder: Path) -> None:
        self._databases = databases
        self._folder = folder
        self._made = 0

        def prepare_with_desks(url: str) -> None:
            prepare(url)
            plant = Plant(url, folder / "template")
            for name, login in LOGINS.items():
                plant.console(name, login)
            plant.close()

        self._prepare = prepare_with_desks

    def plant(self, names: str = "AB") -> Plant:
        """A plant with these desks, which have fetched all there is."""
        url = self._databases.create(self._prepare)
        self._made += 1
        folder = self._folder / str(self._made)
        shutil.copytree(self._folder / "template", folder)
        plant = Plant(url, folder)
        for name in names:
            plant.console(name, LOGINS[name])
        return plant

    def drop(self, plant: Plant) -> None:
        """Close a plant and remove what was made for it."""
        plant.close()
        self._databases.drop(plant.database_url)
        shutil.rmtree(plant.folder)
