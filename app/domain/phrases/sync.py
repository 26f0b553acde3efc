"""Sentences of sync: signing in, reaching the server, sending and fetching."""

PHRASES: dict[str, tuple[str, str]] = {
    "server_out_of_reach": (
        "连不上服务器；您可以照常工作，恢复后自动发送。",
        "The server is out of reach; work on, everything is sent when it is back.",
    ),
    "server_unavailable": (
        "服务器暂时不可用，稍后自动重试。",
        "The server is not available just now; it is tried again by itself.",
    ),
    "server_busy": ("服务器忙，稍后自动重试。", "The server is busy; it is tried again by itself."),
    "reply_cut_short": (
        "服务器的回答不完整，自动重试。",
        "The server's answer was cut short; it is asked again by itself.",
    ),
    "reply_not_understood": (
        "服务器的回答看不懂（{detail}）；请把程序更新到与服务器相同的版本。",
        "The server's answer could not be understood ({detail}); update the program to the server's version.",
    ),
    "not_a_steward_server": (
        "这个地址上不是管家服务器；请核对地址，或看网络是否要先登录。",
        "What answers at this address is no Steward server; check the address, or whether the network wants a sign-in.",
    ),
    "server_address_invalid": (
        "“{address}”不是服务器地址；应像 https://steward.example.com 或 http://127.0.0.1:8000。",
        "“{address}” is no server address; it looks like https://steward.example.com or http://127.0.0.1:8000.",
    ),
    "other_server": (
        "这份本地数据属于另一台服务器；请换回原来的地址，或用新的数据文件夹。",
        "This cache belongs to another server; go back to its address, or use a new data folder.",
    ),
    "upgrade_required": (
        "程序太旧，收不到新数据；已做的会照常发送。请更新程序。",
        "The program is too old to receive; what you do is still sent. Please update it.",
    ),
    "console_revoked": (
        "这台电脑已被管理员停用；请联系管理员。",
        "This PC was revoked by an administrator; please ask one.",
    ),
    "malformed": (
        "服务器读不懂这项操作，没有执行。",
        "The server could not read this operation, so it was not done.",
    ),
    "sync_fault": (
        "同步时程序出错，已写入日志；会自动重试。",
        "The program has a fault in its sync, which is in the log; it is tried again by itself.",
    ),
    "sign_in_needed": ("请登录，以便与服务器同步。", "Sign in, so that this PC can sync with the server."),
    "sign_in_incomplete": ("请填工号和密码。", "Type your employee number and your password."),
    "sign_in_wrong": ("工号或密码不对。", "The employee number or the password is wrong."),
    "password_wrong": (
        "密码不对，还可试 {left} 次，之后等 {minutes} 分钟。",
        "Wrong password; {left} more tries, then a wait of {minutes} min.",
    ),
    "sign_in_locked": (
        "错误次数太多，请 {minutes} 分钟后再试。",
        "Too many failed tries; try again in {minutes} minutes.",
    ),
    "sign_in_not_here": (
        "没有网络时，只有在这台电脑上联网登录过的人才能登录。",
        "Without the network only those can sign in who have done so on this PC with it.",
    ),
    "sign_in_too_long_offline": (
        "已离线超过 {days} 天；请先联网登录一次。",
        "Offline for more than {days} days; sign in once with the network.",
    ),
    "rights_gone": (
        "您现在没有任何项目的权限；请联系管理员。已做的还在这台电脑上。",
        "You have no right at any site now; please ask an administrator. What you did is still on this PC.",
    ),
    "password_needs_network": (
        "改密码要连上服务器；请恢复网络后再改。",
        "A password can only be changed while the server is in reach.",
    ),
    "password_too_long": ("密码最多 {length} 个字符。", "A password has at most {length} characters."),
    "password_changed": ("密码已改。", "The password is changed."),
    "no_console_runs": (
        "“{folder}”上没有正在运行的控制台；请先打开它。",
        "No console runs on “{folder}”; open it first.",
    ),
}
