"""Sends commands straight to the server, with no cache, outbox or local apply: how an import travels."""

import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from app.commands.command import Command
from app.commands.imports import ImportRows
from app.commands.orders import company_streams, site_streams
from app.commands.registry import body_of
from app.domain.clock import SystemClock
from app.domain.errors import NotFoundError, OutOfReachError
from app.domain.ids import COMPANY_STREAM, new_id
from app.protocol import Envelope, PushRequest, Result
from app.sync.credentials import Credentials, Tokens, introduction
from app.sync.failures import BusyError
from app.sync.machine import machine_hash
from app.sync.transport import Transport
from app.sync.waiting import back_off_s, polite_s

Answer = TypeVar("Answer")
_TRIES = 8
_SITE_PAGE = 1_000


class SiteChoice(NamedTuple):
    """A site that rows can be imported to."""

    id: str
    name_zh: str
    name_en: str
    timezone: str


class DirectLine:
    """A person signed in under a console id of this line's own, which opens no orders and so has no desk number."""

    def __init__(self, address: str, login: str, password: str, *, is_cancelled: threading.Event | None = None) -> None:
        """Sign in. Raises ``OutOfReachError``, or ``ReplyError`` or ``SignInError`` for a wrong name or password."""
        self._clock = SystemClock()
        self._credentials = Credentials()
        self._transport = Transport(address, self._credentials, self._clock)
        self._stop = is_cancelled or threading.Event()
        self._sequence = 0
        try:
            reply = self._transport.sign_in(introduction(login, password, machine_hash(), enrol=False))
        except BaseException:
            self._transport.close()
            raise
        self._user_id = reply.user_id
        self._credentials.console_id = reply.console_id
        self._credentials.speak_for(reply.user_id, Tokens(reply.token, reply.refresh_token))

    def sites(self) -> tuple[SiteChoice, ...]:
        """The sites there are."""
        reply = self._patiently(lambda: self._transport.snapshot(COMPANY_STREAM, "site", None, _SITE_PAGE))
        places = [reply.page.columns.index(name) for name in SiteChoice._fields]
        return tuple(SiteChoice(*(row[place] for place in places)) for row in reply.page.rows)

    def send(self, command: ImportRows) -> Result:
        """Have the server take rows in. Raises what :meth:`give` does."""
        return self.give(command, (*company_streams(), *site_streams(command.site_id, people=True)))

    def give(self, command: Command, streams: Iterable[str], base: Mapping[str, Any] | None = None) -> Result:
        """Have the server do it, exactly once however often the answer is lost, and say what became of it.

        Raises ``OutOfReachError`` when the server stays away for minutes.
        """
        self._sequence += 1
        envelope = Envelope(
            command_id=new_id(),
            sequence=self._sequence,
            kind=type(command).__name__,
            version=command.version,
            stream_ids=tuple(sorted(streams)),
            user_id=self._user_id,
            made_at=self._clock.now(),
            base=dict(base or {}),
            body=body_of(command),
        )
        return self._patiently(lambda: self._transport.push(PushRequest(batch=(envelope,)))).results[0]

    def close(self) -> None:
        """Give back all connections."""
        self._transport.close()

    def _patiently(self, ask: Callable[[], Answer]) -> Answer:
        """Ask until there is an answer, or the server has been away for minutes."""
        for failures in range(1, _TRIES):
            try:
                return ask()
            except BusyError as error:
                self._stop.wait(polite_s(error.retry_after_s))
            except OutOfReachError:
                self._stop.wait(back_off_s(failures))
            if self._stop.is_set():
                break
        return ask()


def choose_site(sites: tuple[SiteChoice, ...], wanted: str) -> SiteChoice:
    """The site of that id or name. Raises ``NotFoundError``."""
    for site in sites:
        if wanted.casefold() in (site.id, site.name_zh.casefold(), site.name_en.casefold()):
            return site
    raise NotFoundError("cli.site_not_found", site=wanted)
