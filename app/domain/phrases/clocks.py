"""How long a clock still has, by how much it is over, how it ended."""

PHRASES: dict[str, tuple[str, str]] = {
    "clock_left_minutes": ("剩 {minutes} 分", "{minutes}m left"),
    "clock_left_hours": ("剩 {hours}:{minutes}", "{hours}:{minutes} left"),
    "clock_left_days": ("剩 {days} 天 {hours} 时", "{days}d {hours}h left"),
    "clock_over_minutes": ("超时 {minutes} 分", "{minutes}m over"),
    "clock_over_hours": ("超时 {hours}:{minutes}", "{hours}:{minutes} over"),
    "clock_over_days": ("超时 {days} 天 {hours} 时", "{days}d {hours}h over"),
    "clock_took_minutes": ("{minutes} 分", "{minutes}m"),
    "clock_took_hours": ("{hours}:{minutes}", "{hours}:{minutes}"),
    "clock_took_days": ("{days} 天 {hours} 时", "{days}d {hours}h"),
    "clock_met": ("达标", "met"),
    "clock_met_in": ("{length}达标", "met, {length}"),
    "clock_missed": ("未达标", "missed"),
    "clock_missed_in": ("{length}，未达标", "missed, {length}"),
    "clock_paused": ("已暂停", "Paused"),
    "clock_limit": ("限 {length}", "of {length}"),
    "length_minutes": ("{minutes} 分", "{minutes} min"),
    "length_hours": ("{hours} 小时", "{hours} h"),
    "length_hours_minutes": ("{hours} 小时 {minutes} 分", "{hours} h {minutes} min"),
    "length_days": ("{days} 天", "{days} d"),
    "length_days_hours": ("{days} 天 {hours} 小时", "{days} d {hours} h"),
}
