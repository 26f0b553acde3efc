"""What may be written after ``steward``, and what each word is for."""

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.config import DATA_VARIABLE, DATABASE_VARIABLE, SERVER_VARIABLE
from app.domain.permissions import Role
from app.domain.words import Language, say
from app.domain.work_orders import CancelReason, HoldReason, Priority, State
from app.exchange.fields import SHIFT_LIMIT_HOURS, Kind

RESUMED = "resumed"
"""Off hold, whatever state that leads to."""
STEPS = (*(state for state in State if state is not State.REPORTED), RESUMED)
"""What ``orders step`` can be told to do."""
_LAST_PORT = 65_535
_ROLES = tuple(role for role in Role if role is not Role.AUTOMATION)


@dataclass(frozen=True, slots=True)
class _Parsers:
    """Makes parsers whose words are in one language."""

    language: Language

    def text(self, code: str) -> str:
        return say(code, None, self.language)

    def dress(self, parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
        """Give argparse's own headings our language."""
        parser._positionals.title = self.text("cli.arguments")  # noqa: SLF001  # argparse has no other door to these
        parser._optionals.title = self.text("cli.options")  # noqa: SLF001
        return parser

    def add(self, group: Any, name: str, example: str, path: str = "") -> argparse.ArgumentParser:
        """One command, what it is for and an example of it."""
        code = f"cli.help.{path}{name}"
        epilog = f"{self.text('cli.example')}\n  steward {example}"
        parser: argparse.ArgumentParser = group.add_parser(
            name,
            help=self.text(code),
            description=self.text(code),
            epilog=epilog,
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        return self.dress(parser)

    def option(self, parser: argparse.ArgumentParser, *names: str, code: str = "", **how: Any) -> None:
        """One option or argument."""
        key = code or names[-1].lstrip("-").replace("-", "_")
        parser.add_argument(*names, help=self.text(f"cli.option.{key}"), **how)

    def group(self, parser: argparse.ArgumentParser, dest: str) -> Any:
        """Room for the commands under ``parser``, one of which must be named."""
        return parser.add_subparsers(
            dest=dest, metavar=self.text("cli.commands"), title=self.text("cli.commands"), required=True
        )


def parse(argv: Sequence[str], language: Language) -> argparse.Namespace:
    """The words of the command line. Ends the program with 2 and a usage line where they make no sense."""
    return _program(_Parsers(language)).parse_args(argv)


def named_language(argv: Sequence[str]) -> str | None:
    """The language that the command line asks for, wherever it says so."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--language", choices=tuple(Language))
    try:
        found: str | None = parser.parse_known_args(argv)[0].language
    except (argparse.ArgumentError, SystemExit):
        return None
    return found


def _program(make: _Parsers) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "steward", description=make.text("cli.program"), epilog=make.text("cli.exit_codes"), allow_abbrev=False
    )
    make.dress(parser)
    make.option(parser, "--language", choices=tuple(Language))
    commands = make.group(parser, "command")
    for add in _COMMANDS:
        add(make, commands)
    return parser


def _console(make: _Parsers, commands: Any) -> None:
    parser = make.add(commands, "console", "console --server https://steward.example.com")
    _data(make, parser)
    _server_address(make, parser)


def _demo(make: _Parsers, commands: Any) -> None:
    parser = make.add(commands, "demo", "demo --language zh")
    _data(make, parser)
    make.option(parser, "--port", type=port, default=0)


def _server(make: _Parsers, commands: Any) -> None:
    parser = make.add(commands, "server", "server --port 8000 --database postgresql://steward@localhost/steward")
    make.option(parser, "--host", default="127.0.0.1")
    make.option(parser, "--port", type=port, default=8000)
    _database(make, parser)
    parser.add_argument("--until-stdin-ends", action="store_true", help=argparse.SUPPRESS)


def _migrate(make: _Parsers, commands: Any) -> None:
    _database(make, make.add(commands, "migrate", "migrate --database sqlite:///steward.sqlite"))


def _import(make: _Parsers, commands: Any) -> None:
    example = "import orders old.csv.gz --mapping old.toml --server https://steward.example.com --user wang <password"
    parser = make.add(commands, "import", example)
    make.option(parser, "kind", choices=tuple(Kind))
    make.option(parser, "file")
    make.option(parser, "--mapping", required=True)
    make.option(parser, "--site")
    make.option(parser, "--shift-hours", type=hours)
    make.option(parser, "--create-places", action="store_true")
    make.option(parser, "--check", action="store_true")
    make.option(parser, "--json", action="store_true")
    _server_address(make, parser)
    make.option(parser, "--user")


def _users(make: _Parsers, commands: Any) -> None:
    group = make.group(make.add(commands, "users", "users list --database sqlite:///steward.sqlite"), "action")
    for name, example in _USERS.items():
        parser = make.add(group, name, f"users {name} {example}", "users.")
        if name not in ("list", "consoles"):
            make.option(parser, "login")
        if name == "add":
            make.option(parser, "--name", required=True)
            make.option(parser, "--role", choices=_ROLES)
            make.option(parser, "--staff")
        if name in ("grant", "revoke"):
            make.option(parser, "role", choices=_ROLES)
        if name in ("add", "grant", "revoke"):
            make.option(parser, "--site", code="at_site", default="")
        if name == "consoles":
            make.option(parser, "--revoke")
        if name in ("list", "consoles"):
            make.option(parser, "--json", action="store_true")
        _database(make, parser)


_USERS = {
    "add": "wang --name 王芳 --role clerk <password",
    "list": "--json",
    "grant": "wang supervisor --site 澜湾雅苑",
    "revoke": "wang supervisor --site 澜湾雅苑",
    "disable": "wang",
    "enable": "wang",
    "password": "wang <password",
    "consoles": "--revoke 07",
}


def _call(make: _Parsers, commands: Any) -> None:
    parser = make.add(commands, "call", "call 13800132046")
    make.option(parser, "number")
    _data(make, parser)


def _self_test(make: _Parsers, commands: Any) -> None:
    make.add(commands, "self-test", "self-test")


def _orders(make: _Parsers, commands: Any) -> None:
    group = make.group(make.add(commands, "orders", "orders list --user wang --json <password"), "action")
    for name, (example, fill) in _ORDERS.items():
        parser = make.add(group, name, f"orders {name} {example} --user wang <password", "orders.")
        _data(make, parser)
        make.option(parser, "--user", required=True)
        make.option(parser, "--json", action="store_true")
        fill(make, parser)


def _orders_list(make: _Parsers, parser: argparse.ArgumentParser) -> None:
    make.option(parser, "--site")
    make.option(parser, "--state", code="states", action="append", choices=tuple(State))
    make.option(parser, "--search", default="")
    make.option(parser, "--limit", type=count, default=100)


def _orders_show(make: _Parsers, parser: argparse.ArgumentParser) -> None:
    make.option(parser, "order")


def _orders_new(make: _Parsers, parser: argparse.ArgumentParser) -> None:
    make.option(parser, "--description", required=True)
    make.option(parser, "--site")
    where = parser.add_mutually_exclusive_group()
    make.option(where, "--unit")  # type: ignore[arg-type]  # a group takes arguments as a parser does
    make.option(where, "--place")  # type: ignore[arg-type]
    make.option(parser, "--category")
    make.option(parser, "--priority", choices=tuple(Priority))
    make.option(parser, "--phone", default="")
    make.option(parser, "--name", code="reporter", default="")
    make.option(parser, "--at")


def _orders_step(make: _Parsers, parser: argparse.ArgumentParser) -> None:
    make.option(parser, "order")
    make.option(parser, "state", choices=STEPS)
    make.option(parser, "--at")
    make.option(parser, "--for", dest="for_whom")
    make.option(parser, "--reason", choices=(*HoldReason, *CancelReason))
    make.option(parser, "--note", default="")


def count(text: str) -> int:
    """A number of things, at least one."""
    if (number := int(text)) < 1:
        raise ValueError(text)
    return number


def port(text: str) -> int:
    """A port of this PC; 0 is any that is free."""
    number = int(text)
    if not 0 <= number <= _LAST_PORT:
        raise ValueError(text)
    return number


def hours(text: str) -> float:
    """Hours that a clock may be wrong by, as in a mapping."""
    if not abs(shift := float(text)) <= SHIFT_LIMIT_HOURS:
        raise ValueError(text)
    return shift


_ORDERS: dict[str, tuple[str, Callable[[_Parsers, argparse.ArgumentParser], None]]] = {
    "list": ("--state on_hold", _orders_list),
    "show": ("0916-07-031", _orders_show),
    "new": ("--unit 3-1502 --description 厨房漏水 --phone 13800132046", _orders_new),
    "step": ("0916-07-031 on_site --at 09:09 --for 孙志远", _orders_step),
}


def _sync(make: _Parsers, commands: Any) -> None:
    parser = make.add(commands, "sync", "sync --once --server https://steward.example.com --user wang <password")
    make.option(parser, "--once", action="store_true", required=True)
    _data(make, parser)
    _server_address(make, parser, is_required=True)
    make.option(parser, "--user", required=True)
    make.option(parser, "--json", action="store_true")


def _data(make: _Parsers, parser: argparse.ArgumentParser) -> None:
    make.option(parser, "--data", metavar=f"DIR (${DATA_VARIABLE})")


def _server_address(make: _Parsers, parser: argparse.ArgumentParser, *, is_required: bool = False) -> None:
    known = os.environ.get(SERVER_VARIABLE)
    metavar = f"URL (${SERVER_VARIABLE})"
    make.option(parser, "--server", metavar=metavar, default=known, required=is_required and not known)


def _database(make: _Parsers, parser: argparse.ArgumentParser) -> None:
    make.option(parser, "--database", metavar=f"URL (${DATABASE_VARIABLE})")


_COMMANDS = (_console, _demo, _server, _migrate, _import, _users, _call, _self_test, _orders, _sync)
