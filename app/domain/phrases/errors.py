"""Refusals and errors of the rules: what is wrong, and what would mend it."""

PHRASES: dict[str, tuple[str, str]] = {
    "step_not_allowed": (
        "工单现在是“{state}”，不能直接到“{to}”。",
        "The order is “{state}”; it cannot go straight to “{to}”.",
    ),
    "step_needs_visit": (
        "这类工单要先到场才能完工；请先记“到场”。",
        "This kind of order needs a visit before it is done; enter “On site” first.",
    ),
    "step_out_of_time": (
        "发生时间要在 {earliest} 到 {latest} 之间。",
        "The time must lie between {earliest} and {latest}.",
    ),
    "no_right": (
        "您没有“{right}”的权限；需要时请找主管或管理员开通。",
        "You may not {right}; ask your supervisor or an administrator for the right.",
    ),
    "no_right_to_step": (
        "您的角色不能把“{state}”改为“{to}”；请主管来做。",
        "Your role may not take an order from “{state}” to “{to}”; ask a supervisor.",
    ),
    "site_not_visible": ("您没有这个项目的权限。", "You have no right at this site."),
    "work_order_gone": (
        "找不到这张工单：可能已移到您看不到的项目。",
        "This order is not to be found: it may have moved to a site you do not see.",
    ),
    "row_gone": (
        "要改的内容已经不在了，请刷新后再看。",
        "What you wanted to change is no longer there; refresh and look.",
    ),
    "unit_gone": ("找不到这套房。", "This unit is not to be found."),
    "resident_gone": ("找不到这位住户。", "This resident is not to be found."),
    "category_gone": ("找不到这个类别。", "This category is not to be found."),
    "staff_gone": ("找不到这位员工。", "This member of staff is not to be found."),
    "place_of_other_site": ("位置不属于这个项目，请重选。", "The place is not of this site; choose again."),
    "text_missing": ("“{field}”要填。", "“{field}” must be filled in."),
    "text_too_long": (
        "“{field}”有 {length} 个字，最多 {limit} 个；请缩短后再存。",
        "“{field}” has {length} characters, at most {limit} are kept; shorten it and save again.",
    ),
    "text_cut": (
        "最多 {limit} 个字，多出的没有放进来。",
        "At most {limit} characters fit; the rest was left out.",
    ),
    "hold_reason_missing": ("挂起要选原因。", "Choose a reason for the hold."),
    "cancel_reason_missing": ("取消要选原因。", "Choose a reason for cancelling."),
    "reopen_too_late": (
        "关闭超过 {days} 天，不能重开；请开新单。",
        "Closed more than {days} days ago, so it cannot be reopened; open a new order.",
    ),
    "order_is_closed": ("工单已关闭，不能再改。", "The order is closed and can no longer be changed."),
    "already_in_crew": ("{name} 已在这张单上。", "{name} is already on this order."),
    "not_in_crew": ("{name} 不在这张单上。", "{name} is not on this order."),
    "assignee_missing": ("请选处理人或外协单位。", "Choose who should go, or an outside firm."),
    "assignee_inactive": ("{name} 已离职，不能派单。", "{name} has left and cannot be sent."),
    "step_not_yours": ("只能撤回自己记的这一步。", "Only the one who entered a step may withdraw it."),
    "step_not_last": (
        "后面已经有别的步骤，这一步不能撤回。",
        "Something was entered after this step, so it cannot be withdrawn.",
    ),
    "undo_nothing_left": (
        "这些内容后来又改过，没有可撤消的。",
        "All of this has been changed since; nothing is left to undo.",
    ),
    "field_changed_meanwhile": (
        "“{field}”已被别人改过；请看过后再改。",
        "“{field}” was changed by somebody else meanwhile; look at it and try again.",
    ),
    "state_changed_meanwhile": (
        "工单已是“{state}”，别人先处理了；请看过后再定。",
        "The order is now “{state}”: somebody was before you; look at it and decide again.",
    ),
    "assignee_changed_meanwhile": (
        "别人已派给 {name}，您的改派没有生效。",
        "Somebody has sent {name} meanwhile, so your assignment was not made.",
    ),
    "duplicate_of_itself": ("不能并入自己。", "An order cannot be merged into itself."),
    "duplicate_other_place": (
        "位置不同，不能并单。",
        "The places differ, so the orders cannot be merged.",
    ),
    "phone_invalid": (
        "“{phone}”不像电话号码；请核对。",
        "“{phone}” does not look like a telephone number; please check.",
    ),
    "date_reversed": ("结束日期早于开始日期。", "The end is before the beginning."),
    "from_newer_program": (
        "“{value}”是更新版本的内容，这个程序还不认识；请更新程序后再做。",
        "“{value}” was written by a newer version and is not known here; update the program, then try again.",
    ),
    "timezone_unknown": (
        "不认识时区“{name}”；请用“Asia/Shanghai”这样的名称。",
        "The time zone “{name}” is not known; use a name like “Asia/Shanghai”.",
    ),
    "id_taken": ("编号冲突，请重试一次。", "The id is taken; try once more."),
    "minutes_invalid": ("分钟数要在 0 到 {limit} 之间。", "Minutes must lie between 0 and {limit}."),
    "calendar_hours_invalid": (
        "工作时间要先开后关，且在同一天内。",
        "Working hours must open before they close, within one day.",
    ),
    "command_unknown": ("这个操作不认识：{kind}。请更新程序。", "Unknown operation: {kind}. Update the program."),
    "command_malformed": ("操作内容不合要求：{detail}", "The operation is malformed: {detail}"),
    "command_too_large": ("内容太大（{size} KB，最多 {limit} KB）。", "Too large ({size} KB, at most {limit} KB)."),
    "scope_mismatch": (
        "操作涉及的范围和申报的不同，没有执行；请重试。",
        "The operation touches other data than it named, so it was not done; try again.",
    ),
}
