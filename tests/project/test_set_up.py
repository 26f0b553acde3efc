"""What `dev.py` sets up is pinned, whole, and free of any registry's address."""

import importlib.metadata
import re
import sys
import tomllib
from typing import Any

import pytest

from tests.conftest import ROOT

LOCKS = ["requirements.lock", "requirements-dev.lock"]


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;]+)", text, re.MULTILINE))


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_carries_no_address(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_has_hashes(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)
    assert [block for block in blocks if "==" in block and "--hash=sha256:" not in block] == []


def test_locks_name_all_that_the_project_asks_for() -> None:
    assert names(project()["project"]["dependencies"]) <= pins("requirements.lock").keys()
    assert names(project()["dependency-groups"]["dev"]) <= pins("requirements-dev.lock").keys()


def test_both_locks_agree() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_environment_holds_what_the_lock_says() -> None:
    locked = pins("requirements-dev.lock")
    installed = {d.metadata["Name"].lower().replace("_", "-"): d.version for d in importlib.metadata.distributions()}
    differing = {name for name in installed.keys() & locked.keys() if installed[name] != locked[name]}
    assert differing == set()


def test_set_up_needs_only_the_standard_library() -> None:
    modules = re.findall(r"^(?:import|from) ([a-z_]+)", (ROOT / "dev.py").read_text("utf-8"), re.MULTILINE)
    assert set(modules) <= sys.stdlib_module_names


def test_tasks_are_those_that_the_readme_names() -> None:
    tasks = re.findall(r"python3 dev\.py (\w+)", (ROOT / "README.md").read_text("utf-8"))
    text = (ROOT / "dev.py").read_text("utf-8")
    assert set(tasks) == set(re.findall(r"^    (\w+) {3,}", text.split('"""')[1], re.MULTILINE))
