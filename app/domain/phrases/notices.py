"""What a person is told in the program."""

PHRASES: dict[str, tuple[str, str]] = {
    "notice_chased": ("{number} 第 {count} 次被催（{place}）", "{number} was chased for the {count}. time ({place})"),
    "notice_chased_late": (
        "{number} 已超时，又被催（第 {count} 次，{place}）",
        "{number} is overdue and was chased again ({count}, {place})",
    ),
}
