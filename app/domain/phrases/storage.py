"""Sentences about the folder and file of this PC: locked, full, damaged, of another version."""

PHRASES: dict[str, tuple[str, str]] = {
    "folder_locked": (
        "另一个 Steward 正在使用这个文件夹：{folder}。请先关闭它，或用 --data 换一个文件夹。",
        "Another Steward is using this folder: {folder}. Close it first, or choose another with --data.",
    ),
    "folder_not_writable": (
        "不能写入文件夹 {folder}：{detail}。请检查权限，或用 --data 换一个文件夹。",
        "The folder {folder} cannot be written: {detail}. Check its permissions, or choose another with --data.",
    ),
    "folder_empty": (
        "文件夹 {folder} 里还没有本机数据；请先在这里打开一次 Steward 并联机登录。",
        "The folder {folder} holds no data of this PC yet; open Steward there once and sign in online.",
    ),
    "cache_foreign": (
        "文件 {file} 不是 Steward 的数据，没有动它。请用 --data 换一个文件夹。",
        "The file {file} is not Steward's and was left untouched. Choose another folder with --data.",
    ),
    "cache_newer": (
        "本机数据 {file} 是由更新版本的 Steward 写的；请更新程序后再打开。数据没有改动。",
        "The data {file} was written by a newer Steward; update the program, then open it. Nothing was changed.",
    ),
    "cache_older": (
        "本机数据 {file} 是旧版本写的；请先打开一次 Steward 窗口，它会自动升级。",
        "The data {file} was written by an older Steward; open the window once, and it is brought up to date.",
    ),
    "cache_busy": (
        "本机数据正被另一个程序占用；请稍后再试。",
        "The data of this PC is held by another program; try again in a moment.",
    ),
    "cache_not_writable": (
        "本机数据不能写入：{detail}。请检查磁盘和权限后再试。",
        "The data of this PC cannot be written: {detail}. Check the disk and its permissions, then try again.",
    ),
    "cache_damaged": (
        "本机数据文件已损坏。请重新打开 Steward：未发送的操作和草稿会被救出。",
        "The data file of this PC is damaged. Open Steward again: unsent work and drafts will be rescued.",
    ),
    "cache_set_aside": (
        "本机数据文件已损坏，另存为 {file}；救出操作 {commands} 项、草稿 {drafts} 份，其余重新取回。",
        "The damaged data is kept as {file}; rescued: {commands} operations, {drafts} drafts; the rest comes anew.",
    ),
    "disk_full": (
        "磁盘已满，没有保存。请腾出空间后再试；已填的内容还在。",
        "The disk is full, so nothing was saved. Free some space and try again; what you typed is still there.",
    ),
    "store_closed": ("程序正在关闭，没有保存。", "The program is closing, so this was not saved."),
    "not_enrolled": (
        "这台电脑还没有工位号；请先联机登录一次。",
        "This PC has no desk number yet; sign in online once first.",
    ),
    "outbox_full": (
        "待发送的操作已有 {limit} 项；请先连上服务器发送，再继续录入。",
        "{limit} operations wait to be sent; connect to the server and send them before entering more.",
    ),
    "undo_not_possible": ("这一步不能撤消。", "This cannot be undone."),
    "undo_was_refused": (
        "这一步已被服务器退回，没有生效，不用撤消。",
        "The server refused this and it had no effect, so there is nothing to undo.",
    ),
    "outbox_item_gone": ("这一项已经处理过了。", "This item has been dealt with already."),
    "draft_gone": ("这份草稿已经不在了。", "This draft is no longer there."),
    "filter_gone": ("这个筛选已经不在了。", "This filter is no longer there."),
    "clock_behind": (
        "本机时间 {now} 早于上次使用的 {seen}；请校准时间后再登录。",
        "This PC's clock says {now}, before its last use at {seen}; set it right, then sign in.",
    ),
}
