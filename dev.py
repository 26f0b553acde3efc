"""Set up Steward's environment and run a task in it: python3 dev.py TASK [ARGUMENTS]

    demo     open the console on a seeded estate with a server of its own   [--port N]
    test     run the tests                                                  [--long] [--coverage] [pytest's arguments]
    check    lint, types, layers, migrations, translations and words
    build    make the frozen program in dist/ and run its self-test
    bench    measure                                                        NAME [--json FILE]
    run      run steward                                                    [steward's arguments]
    lock     write both lock files after pyproject.toml                     [--upgrade] [--upgrade-package NAME]

Needs Python 3.11, 3.12 or 3.13 and nothing else. What it makes lies in .venv.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMP = VENV / "set-up"
DEV_LOCK = ROOT / "requirements-dev.lock"

# What Debian lacks to show Qt's windows, to write Chinese in them and to freeze the program.
DEBIAN_PACKAGES = (
    *(
        "libegl1",
        "libgl1",
        "libxkbcommon0",
        "libdbus-1-3",
        "libfontconfig1",
        "libglib2.0-0",
        "fonts-noto-cjk",
        "binutils",
    ),
    *("libxkbcommon-x11-0", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0"),
    *("libxcb-render-util0", "libxcb-shape0", "libxcb-xinerama0", "libxcb-xkb1"),
)


# ---- setting up


def set_up() -> None:
    """Bring the environment to what the lock file says; nothing is done if it is there already."""
    wanted = _fingerprint()
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    _install_debian_packages()
    if not _is_venv_of_this_python():
        _say("making .venv")
        _run((sys.executable, "-m", "venv", "--clear", VENV))
    STAMP.unlink(missing_ok=True)
    _say("installing what requirements-dev.lock lists")
    _install_uv()
    _uv("pip", "sync", "--quiet", "--require-hashes", "--no-build", "--compile-bytecode", DEV_LOCK)
    _uv("pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--editable", ROOT)
    STAMP.write_text(wanted)


def _fingerprint() -> str:
    """Change when anything does that the environment is made from."""
    parts = [platform.python_version(), sys.platform, platform.machine(), *DEBIAN_PACKAGES]
    files = [DEV_LOCK, ROOT / "pyproject.toml"]
    return hashlib.sha256("\n".join([*parts, *(file.read_text("utf-8") for file in files)]).encode()).hexdigest()


def _is_venv_of_this_python() -> bool:
    settings = VENV / "pyvenv.cfg"
    return PYTHON.exists() and settings.exists() and f"version = {platform.python_version()}\n" in settings.read_text()


def _install_debian_packages() -> None:
    if not shutil.which("dpkg-query"):
        return
    venv = [] if importlib.util.find_spec("ensurepip") else [f"python3.{sys.version_info.minor}-venv"]
    missing = [package for package in [*venv, *DEBIAN_PACKAGES] if not _is_installed(package)]
    if not missing:
        return
    install = ["apt-get", "install", "--no-install-recommends", "--yes", *missing]
    if os.getuid() == 0:
        _say(f"installing {len(missing)} Debian packages")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "--quiet=2"], quiet)
        _run([*install, "--quiet=2", "--option=DPkg::Lock::Timeout=120", "--option=Dpkg::Use-Pty=0"], quiet)
    else:
        _say("packages are missing; please run:\n  sudo " + " ".join(install))
        if venv:
            sys.exit(1)


def _is_installed(package: str) -> bool:
    query = ["dpkg-query", "--show", "--showformat=${db:Status-Status}", package]
    return subprocess.run(query, check=False, capture_output=True, text=True).stdout == "installed"


def _install_uv() -> None:
    """Install the very uv that the lock names, by pip; uv then installs the rest, ten times as fast."""
    block = re.search(r"^uv==.*?(?=^\S)", DEV_LOCK.read_text("utf-8") + "\nend", re.MULTILINE | re.DOTALL)
    if block is None:
        sys.exit("requirements-dev.lock does not name uv")
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder, "uv.lock")
        only_uv.write_text(block[0])
        pip: Sequence[str | Path] = [PYTHON, "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        _run([*pip, "--require-hashes", "--no-deps", "--only-binary=:all:", "--requirement", only_uv])


def _uv(*arguments: str | Path) -> None:
    """Run uv in the environment; it does not read pip's settings, so they are handed on."""
    environment = {"UV_NO_CONFIG": "1", "UV_PYTHON_DOWNLOADS": "never", **os.environ, "VIRTUAL_ENV": str(VENV)}
    pip = subprocess.run([PYTHON, "-m", "pip", "config", "list"], check=False, capture_output=True, text=True)
    for name, variable in (("index-url", "UV_DEFAULT_INDEX"), ("cert", "SSL_CERT_FILE")):
        if found := re.findall(rf"\.{name}='(.*)'", pip.stdout):
            environment.setdefault(variable, found[-1])
    _run([BIN / "uv", *arguments], environment)


# ---- tasks


def demo(arguments: list[str]) -> None:
    """Open the console on the demo estate, or draw its pages where there is no display."""
    _become([PYTHON, "-m", "app", "demo", *arguments], ROOT)


def test(arguments: list[str]) -> None:
    """Run the tests without a display."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if _took(arguments, "--long"):
        os.environ.update(STEWARD_LONG="1", PYTEST_TIMEOUT="3600")
    if _took(arguments, "--coverage"):
        _run([PYTHON, "-m", "coverage", "run", "-m", "pytest", *arguments])
        _become([PYTHON, "-m", "coverage", "report"], ROOT)
    _become([PYTHON, "-m", "pytest", *arguments], ROOT)


def check(_arguments: list[str]) -> None:
    """Run every check that needs no running program, and name those that failed."""
    checks: dict[str, Sequence[str | Path]] = {
        "format": [BIN / "ruff", "format", "--check", "."],
        "lint": [BIN / "ruff", "check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "layers": [BIN / "lint-imports"],
        "migrations": [PYTHON, "-m", "tests.project.migrations"],
        "translations": [PYTHON, "-m", "tests.project.translations"],
        "words": [PYTHON, "-m", "tests.project.words"],
    }
    failed = []
    for name, command in checks.items():
        _say(name)
        if subprocess.run(command, check=False, cwd=ROOT).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"dev.py: failed: {', '.join(failed)}")
    _say("all checks passed")


def build(_arguments: list[str]) -> None:
    """Freeze the program into dist/steward and have it test itself."""
    _run([PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level=WARN", ROOT / "build.spec"])
    folder = ROOT / "dist" / "steward"
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    _say(f"{folder} holds {len(sizes):,} files, {sum(sizes) / 1e6:.0f} MB")
    _become([folder / "steward", "self-test"])


def bench(arguments: list[str]) -> None:
    """Measure, and print a table."""
    _become([PYTHON, "-m", "tests.benchmarks", *arguments])


def run(arguments: list[str]) -> None:
    """Run steward."""
    _become([BIN / "steward", *arguments])


def lock(arguments: list[str]) -> None:
    """Write both lock files after pyproject.toml, without any registry's address."""
    compiling = ["pip", "compile", "pyproject.toml", "--universal", "--generate-hashes", "--no-header", "--quiet"]
    _uv(*compiling, "--output-file", "requirements.lock", *arguments)
    dev = ["--group", "dev", "--constraint", "requirements.lock", "--output-file", "requirements-dev.lock"]
    _uv(*compiling, *dev, *arguments)


TASKS = {task.__name__: task for task in (demo, test, check, build, bench, run, lock)}


# ---- running


def _become(command: Sequence[str | Path], folder: Path | None = None) -> NoReturn:
    """Run the command in this process's place, so that signals and the exit code are its own; Windows has no such."""
    if folder is not None:
        os.chdir(folder)
    words = [str(word) for word in command]
    if os.name == "nt":
        sys.exit(subprocess.run(words, check=False).returncode)
    os.execv(words[0], words)


def _run(command: Sequence[str | Path], environment: dict[str, str] | None = None) -> None:
    """Run a step that everything after it needs."""
    if subprocess.run(command, check=False, cwd=ROOT, env=environment).returncode:
        sys.exit(f"dev.py: this failed: {' '.join(map(str, command))}")


def _took(arguments: list[str], option: str) -> bool:
    """Take an option out of the arguments, and say if it was there."""
    there = option in arguments
    if there:
        arguments.remove(option)
    return there


def _say(text: str) -> None:
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


def main() -> None:
    """Set up, then run the task named on the command line."""
    if not (3, 11) <= sys.version_info < (3, 14):
        sys.exit(f"Steward needs Python 3.11, 3.12 or 3.13; this is {platform.python_version()}.")
    name, *arguments = sys.argv[1:] or ["--help"]
    if name not in TASKS:
        print(__doc__)
        sys.exit(0 if name in ("-h", "--help") else 2)
    set_up()
    TASKS[name](arguments)


if __name__ == "__main__":
    main()
