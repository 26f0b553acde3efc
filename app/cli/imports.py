"""``steward import``: takes the rows of a file in, or says what is wrong with them."""

import argparse
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

from app.cli.terminal import Terminal, UsageError
from app.domain.errors import InvalidError, NotFoundError
from app.domain.ids import COMPANY_STREAM
from app.domain.words import say
from app.exchange.fields import Kind
from app.exchange.importing import ImportReport, Target, Watch, import_file
from app.exchange.mapping import FileMapping, load_mapping
from app.exchange.rows import Rejection
from app.sync.direct import DirectLine, SiteChoice, choose_site

_TIMEZONE = "Asia/Shanghai"
"""Of a file's times where neither mapping nor site says so: what a new site has."""


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Check or import one file; 1 if a row was not taken."""
    mapping = load_mapping(Path(arguments.mapping))
    if mapping.kind != arguments.kind:
        raise InvalidError("cli.mapping_of_other_kind", kind=str(mapping.kind), wanted=arguments.kind)
    told = _Told(arguments, terminal)
    report = _checked(arguments, mapping, told) if arguments.check else _imported(arguments, mapping, terminal, told)
    told.finish(report)
    return int(report.is_cancelled or bool(told.faults))


def _checked(arguments: argparse.Namespace, mapping: FileMapping, told: "_Told") -> ImportReport:
    target = Target(COMPANY_STREAM, _TIMEZONE, arguments.create_places)
    return _run(arguments, mapping, target, None, told)


def _imported(arguments: argparse.Namespace, mapping: FileMapping, terminal: Terminal, told: "_Told") -> ImportReport:
    if not arguments.server or not arguments.user:
        raise UsageError("cli.import_needs_server")
    password = terminal.password(arguments.user)
    line = DirectLine(arguments.server, arguments.user, password, is_cancelled=told.stop)
    try:
        site = _site(line, arguments, terminal)
        target = Target(site.id, site.timezone, arguments.create_places)
        return _run(arguments, mapping, target, line, told)
    finally:
        line.close()


def _run(
    arguments: argparse.Namespace, mapping: FileMapping, target: Target, line: DirectLine | None, told: "_Told"
) -> ImportReport:
    watch = Watch(told.rejection, told.progress, told.stop.is_set)
    with _stopped_by_interrupt(told.stop):
        return import_file(
            Path(arguments.file),
            mapping,
            target,
            line.send if line else None,
            now=datetime.now(UTC),
            shift_hours=arguments.shift_hours,
            watch=watch,
        )


def _site(line: DirectLine, arguments: argparse.Namespace, terminal: Terminal) -> SiteChoice:
    sites = line.sites()
    if arguments.site is not None:
        return choose_site(sites, arguments.site)
    if not sites:
        raise NotFoundError("cli.no_site")
    if len(sites) > 1 and arguments.kind != Kind.CATEGORIES:  # those are the company's: any site will do
        names = (site.name_zh if terminal.language == "zh" else site.name_en for site in sites)
        raise UsageError("cli.site_missing", sites=", ".join(names))
    return sites[0]


class _Told:
    """Tells a terminal or a script how an import goes."""

    def __init__(self, arguments: argparse.Namespace, terminal: Terminal) -> None:
        self.stop = threading.Event()
        self.faults = 0
        """Rows that were not taken although the mapping wants them."""
        self._is_check = bool(arguments.check)
        self._is_json = bool(arguments.json)
        self._terminal = terminal
        self._rejected: list[dict[str, Any]] = []
        self._examples: dict[tuple[str, Any], str] = {}
        self._counts: Counter[tuple[str, Any]] = Counter()

    def rejection(self, rejection: Rejection) -> None:
        """One row that is not taken; those that the mapping leaves out are no fault."""
        is_meant = rejection.code == "row_skipped"
        self.faults += not is_meant
        said = say(rejection.code, rejection.params, self._terminal.language)
        group = (rejection.code, rejection.params.get("reason") if is_meant else rejection.column)
        self._examples.setdefault(group, said)
        self._counts[group] += 1
        if self._is_json:
            self._rejected.append(
                {
                    "line": rejection.line,
                    "column": rejection.column,
                    "code": rejection.code,
                    "reason": said,
                    "value": rejection.value,
                }
            )
        else:
            self._terminal.line(rejection.say(self._terminal.language))

    def progress(self, report: ImportReport) -> None:
        """How far the file has been read; only a person sees it."""
        if sys.stderr.isatty():
            params = {"percent": round(report.share_read * 100), "rows": report.rows}
            print("\r" + say("cli.import_progress", params, self._terminal.language), end="", file=sys.stderr)

    def finish(self, report: ImportReport) -> None:
        """The counts at the end."""
        if sys.stderr.isatty():
            print(file=sys.stderr)
        if self._is_json:
            self._terminal.json(
                {
                    "rows": report.rows,
                    "added": report.added,
                    "kept": report.kept,
                    "checked": report.checked,
                    "rejected": self._rejected,
                    "is_cancelled": report.is_cancelled,
                }
            )
            return
        for group, count in self._counts.most_common():
            self._terminal.say("cli.import_rejected", count=count, reason=self._examples[group])
        self._terminal.say(
            "cli.import_checked" if self._is_check else "cli.imported",
            rows=report.rows,
            added=report.added,
            kept=report.kept,
            checked=report.checked,
            rejected=report.rejected.total(),
        )
        if report.is_cancelled:
            self._terminal.say("cli.import_cancelled")


@contextmanager
def _stopped_by_interrupt(stop: threading.Event) -> Iterator[None]:
    """The first Ctrl+C ends the import between two commands, the second at once."""

    def interrupted(_number: int, _frame: FrameType | None) -> None:
        stop.set()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
