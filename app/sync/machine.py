"""What tells this PC from every other, so that a copied data folder is found out."""

import hashlib
import platform
import sys
import uuid
from pathlib import Path

if sys.platform == "win32":
    import winreg

_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_MULTICAST = 1 << 40


def machine_hash() -> str:
    """A hash of the machine's own id; ``""`` where it has none that stays."""
    own = _own_id()
    return hashlib.sha256(f"steward:{own}".encode()).hexdigest()[:32] if own else ""


def machine_name() -> str:
    """What people call this PC."""
    return platform.node()[:200]


def _own_id() -> str:
    if sys.platform == "win32":
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for file in _FILES:
        try:
            return file.read_text().strip()
        except OSError:
            continue
    node = uuid.getnode()
    return "" if node & _MULTICAST else f"{node:012x}"  # a random one, made up because there is no card, does not stay
