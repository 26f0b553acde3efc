"""Sentences of the server: its database, its accounts, and why it would not take a message."""

PHRASES: dict[str, tuple[str, str]] = {
    "database_address_invalid": (
        "数据库地址不对；应像 sqlite:///steward.sqlite 或 postgresql://用户@主机/库名。",
        "The database address is not right; it looks like sqlite:///steward.sqlite or postgresql://user@host/name.",
    ),
    "database_unusable": (
        "数据库用不了：{detail}",
        "The database cannot be used: {detail}",
    ),
    "database_newer": (
        "数据库属于更新版本的程序；请更新这台服务器的程序。",
        "The database belongs to a newer version of the program; update the program of this server.",
    ),
    "database_not_migrated": (
        "数据库还不是这个版本的；请先运行 steward migrate。",
        "The database is not of this version yet; run steward migrate first.",
    ),
}
