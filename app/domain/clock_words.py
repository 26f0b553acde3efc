"""Says in a few words how a clock stands, for lists, panes, the command line and paper alike."""

from app.domain.sla import Remaining, Standing
from app.domain.words import Language, say

DAY = 24 * 60
"""Minutes."""


def say_remaining(remaining: Remaining, hold_reason: str | None, language: Language) -> str:
    """``剩 9 分``, ``剩 1:12``, ``剩 1 天 6 时``, ``超时 41 分``; what it waits for while paused; how it ended.

    Empty for an order without a clock.
    """
    match remaining.standing:
        case Standing.OK | Standing.DUE_SOON:
            return _counted("left", remaining.minutes, language)
        case Standing.OVERDUE:
            return _counted("over", max(1, remaining.minutes), language)
        case Standing.PAUSED:
            return say(f"hold.{hold_reason}" if hold_reason else "clock_paused", None, language)
        case Standing.MET:
            return say("clock_met", None, language)
        case Standing.BREACHED:
            return say("clock_missed", None, language)
        case Standing.NONE:
            return ""


def say_length(minutes: int, language: Language) -> str:
    """A length of time in whole minutes: ``30 分``, ``4 小时``, ``1 天 6 小时`` (of a day and more the hours only)."""
    days, hours, rest = minutes // DAY, minutes % DAY // 60, minutes % 60
    if days:
        return say("length_days_hours" if hours else "length_days", {"days": days, "hours": hours}, language)
    if hours:
        return say("length_hours_minutes" if rest else "length_hours", {"hours": hours, "minutes": rest}, language)
    return say("length_minutes", {"minutes": rest}, language)


def say_length_shortly(minutes: int, language: Language) -> str:
    """The same for a narrow column: ``6 分``, ``1:53``, ``1 天 6 时``."""
    return _counted("took", minutes, language)


def _counted(way: str, minutes: int, language: Language) -> str:
    if minutes < 60:
        return say(f"clock_{way}_minutes", {"minutes": minutes}, language)
    if minutes < DAY:
        return say(f"clock_{way}_hours", {"hours": minutes // 60, "minutes": f"{minutes % 60:02}"}, language)
    return say(f"clock_{way}_days", {"days": minutes // DAY, "hours": minutes % DAY // 60}, language)
