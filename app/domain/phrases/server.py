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
    "login_invalid": (
        "用户名“{login}”不合要求：2 到 64 个字母、数字、点、横线或 @。",
        "The user name “{login}” is not right: 2 to 64 letters, digits, dots, dashes or @.",
    ),
    "login_taken": ("用户名 {login} 已被使用。", "The user name {login} is taken."),
    "user_gone": ("没有用户 {login}。", "There is no user {login}."),
    "site_gone": ("没有项目 {site}。", "There is no site {site}."),
    "grant_gone": ("{login} 在那里没有“{role}”角色。", "{login} does not hold the role “{role}” there."),
    "console_gone": ("没有编号 {desk} 的电脑。", "There is no PC with the desk number {desk}."),
    "password_too_short": ("密码至少要 {length} 个字符。", "A password needs at least {length} characters."),
    "account_disabled": (
        "这个账号已停用；请联系管理员。",
        "This account was disabled; please ask an administrator.",
    ),
    "sign_in_stolen": (
        "登录凭证被用了第二次，可能已泄露；请重新登录，并告诉管理员。",
        "The sign-in was used a second time and may have leaked; sign in again, and tell an administrator.",
    ),
    "no_desk_number_left": (
        "台号已用完，不能再登记新电脑。",
        "All desk numbers are given; no further PC can be enrolled.",
    ),
    "console_cloned": (
        "这份数据也在另一台电脑上用；这台会重新登记，未发送的内容不会丢。",
        "This data is in use on another PC too; this one enrols anew, and nothing unsent is lost.",
    ),
    "message_too_large": ("消息太大，最多 {limit} KB。", "The message is too large, at most {limit} KB."),
    "message_malformed": ("消息不合要求：{detail}", "The message is malformed: {detail}"),
    "address_unknown": ("服务器上没有 {path}。", "There is nothing at {path} on this server."),
    "server_fault": (
        "服务器出错了，已记入日志；请稍后重试，或联系管理员。",
        "The server failed, and has logged it; try again later, or ask an administrator.",
    ),
    "server_disk_full": (
        "服务器磁盘已满；内容已保存在本机，腾出空间后自动发送。",
        "The server's disk is full; what you do stays on this PC and is sent when there is room.",
    ),
    "stream_not_readable": ("您没有这些内容的权限。", "You have no right to read this."),
    "table_unknown": ("服务器没有表 {table}。", "The server has no table {table} there."),
    "page_unknown": ("翻页位置不对，请从头再取。", "There is no such page; fetch from the beginning."),
    "out_of_order": ("操作顺序不对，从下一项重发。", "Operations came out of order; they are sent again in order."),
    "already_handled": (
        "服务器很久以前处理过这一项，结果已不再保存；请核对后丢弃。",
        "The server handled this long ago and no longer knows the outcome; check, then discard it.",
    ),
    "author_not_known_here": (
        "这位同事还没有在这台电脑上联网登录过；请先登录一次，再重试。",
        "This person has never signed in on this PC with the network; sign in once, then try again.",
    ),
    "port_not_free": (
        "不能在 {host}:{port} 上提供服务：端口被占用或不允许；请换一个 --port。",
        "Cannot serve at {host}:{port}: the port is taken or not allowed; choose another --port.",
    ),
}
