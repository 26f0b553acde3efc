"""What a console shows the server: its id, and the tokens of who is signed in, kept in the keyring if there is one."""

import json
import logging
import threading
from typing import NamedTuple

import keyring
from keyring.errors import KeyringError, PasswordDeleteError
from pydantic import ValidationError

from app.domain.errors import InvalidError, SignInError
from app.protocol import PASSWORD_LIMIT, PasswordRequest, SignInRequest
from app.sync.machine import machine_name

logger = logging.getLogger(__name__)
_SERVICE = "steward"


class Tokens(NamedTuple):
    """An access token, and the refresh token that gets the next pair."""

    token: str
    refresh_token: str


def introduction(
    login: str, password: str, machine: str, *, console_id: str | None = None, enrol: bool = True
) -> SignInRequest:
    """Who wants in, and from where. Raises ``SignInError`` for what is nobody's name or password: a page of text."""
    try:
        return SignInRequest(
            login=login, password=password, console_id=console_id, machine=machine, name=machine_name(), enrol=enrol
        )
    except ValidationError as error:
        raise SignInError("sign_in_wrong") from error


def new_password(old: str, new: str) -> PasswordRequest:
    """Asks for another password. Raises ``InvalidError`` for one that is too long."""
    try:
        return PasswordRequest(old=old, new=new)
    except ValidationError as error:
        raise InvalidError("password_too_long", length=PASSWORD_LIMIT) from error


def find_keyring() -> None:
    """Look for the keyring of this system, so that it is there when it is needed; takes 0.05 s."""
    keyring.get_keyring()


class Secrets:
    """A console's corner of the keyring; where there is none, nothing is kept and nothing is amiss."""

    def __init__(self, folder_key: str) -> None:
        self._folder_key = folder_key

    def read(self, name: str) -> str | None:
        """What was kept under ``name``, if anything."""
        try:
            return keyring.get_password(_SERVICE, self._entry(name))
        except KeyringError:
            return None

    def keep(self, name: str, value: str) -> bool:
        """Keep ``value``; ``False`` where there is no keyring."""
        try:
            keyring.set_password(_SERVICE, self._entry(name), value)
        except KeyringError:
            return False
        return True

    def forget(self, name: str) -> None:
        """Remove what was kept under ``name``."""
        try:
            keyring.delete_password(_SERVICE, self._entry(name))
        except PasswordDeleteError:
            return
        except KeyringError:
            logger.debug("no keyring to remove an entry from")

    def _entry(self, name: str) -> str:
        return f"{self._folder_key}/{name}"


class Credentials:
    """Who the console speaks for; shared by all its connections, changed from any thread."""

    def __init__(self, secrets: Secrets | None = None, console_id: str = "") -> None:
        self._secrets = secrets
        self._lock = threading.Lock()
        self._user_id: str | None = None
        self._tokens: Tokens | None = None
        self.console_id = console_id

    @property
    def tokens(self) -> Tokens | None:
        """The pair in use; ``None`` while nobody is known to the server."""
        with self._lock:
            return self._tokens

    @property
    def user_id(self) -> str:
        """Who is signed in; ``""`` while nobody is."""
        with self._lock:
            return self._user_id or ""

    def speak_for(self, user_id: str, tokens: Tokens | None) -> None:
        """From now on this person; without ``tokens``, with those the keyring still has from last time."""
        with self._lock:
            self._user_id = user_id
            self._tokens = tokens or self._kept(user_id)
            self._keep()

    def renew(self, stale: Tokens, fresh: Tokens | None) -> None:
        """Replace a pair, unless another connection has done so meanwhile; ``None``: it is of no more use."""
        with self._lock:
            if self._tokens == stale:
                self._tokens = fresh
                self._keep()

    def forget(self) -> None:
        """Nobody is signed in any more, and nothing of them stays in the keyring."""
        with self._lock:
            self._tokens = None
            self._keep()
            self._user_id = None

    def _kept(self, user_id: str) -> Tokens | None:
        text = self._secrets.read(f"token/{user_id}") if self._secrets else None
        try:
            return Tokens(*json.loads(text)) if text else None
        except (ValueError, TypeError):  # somebody else's entry, or of another version: as good as none
            return None

    def _keep(self) -> None:
        if self._secrets is None or self._user_id is None:
            return
        if self._tokens is None:
            self._secrets.forget(f"token/{self._user_id}")
        else:
            self._secrets.keep(f"token/{self._user_id}", json.dumps(self._tokens))
