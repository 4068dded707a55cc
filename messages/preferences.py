"""What a person is told without asking, and when: the settings as a card, and what a change means from now on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta

from messages.actions import pick_date, pick_time, postback
from messages.language import Glossary, Words, either
from messages.limits import Json
from messages.parts import (
    GREEN,
    INK,
    MUTED,
    Tone,
    button,
    card,
    headline,
    line,
    links,
    panel,
    row,
    rule,
    small,
    stack,
    tappable,
)
from messages.thai import day_and_month, full_date, join_words, short_date
from models.periods import PeriodKind
from models.preference_terms import LONGEST_PAUSE, Choices, Preferences, QuietHours

OFF, AT, QUIET, PAUSED = "off", "at", "quiet", "paused"
"""Names of what a button that takes a change back carries."""
USUAL_HOURS = "usual"

SETTINGS_LABEL = Words("ตั้งค่าการแจ้งเตือน", "Notification settings")
SO_ALREADY = Words("ตั้งไว้เช่นนี้อยู่แล้ว", "It is set so already.")
NO_SUMMARIES = Words(
    "บทบาทของท่านไม่มีสรุปส่งให้ ข่าวของหนังสือที่ติดตามหยุดได้โดยพักข่าว หรือเลิกติดตามเป็นฉบับ",
    "No summaries are sent to your role. To stop news of letters you follow, pause it or unfollow them one by one.",
)
WEEKENDS = Words(
    "สรุปส่งเฉพาะวันทำการ วันหยุดจึงมีเพียงข่าวของหนังสือที่ติดตามเมื่อสถานะเปลี่ยน หากไม่ต้องการข่าวช่วงใด เลือกพักข่าวได้",
    "Summaries come on working days only; on others you hear of followed letters alone. To hear of none, pause news.",
)
NEVER_HELD = Words(
    "คำตอบและการรับทราบ งานที่ครบกำหนด และเรื่องเร่งด่วน ส่งทันทีเสมอ",
    "Answers and acknowledgements, what is due, and what is urgent always come at once.",
)
NOTHING_LOST = Words(
    "ข่าวที่รอไม่หายไป จะส่งเมื่อพ้นช่วงนั้น หรือมาพร้อมคำตอบเมื่อท่านพิมพ์มา",
    "News that waits is not lost: it comes afterwards, or along with an answer when you write.",
)
SUGGESTED_HOURS = QuietHours(time(20), time(7))
_ONE_WEEK = 7
_YEAR_IS_CLEAR = 300
"""For so many days ahead a date without its year is plain."""

_KINDS = Glossary(
    {
        PeriodKind.DAY: Words("รายวัน", "Daily"),
        PeriodKind.WEEK: Words("รายสัปดาห์", "Weekly"),
        PeriodKind.MONTH: Words("รายเดือน", "Monthly"),
        PeriodKind.QUARTER: Words("รายไตรมาส", "Quarterly"),
        PeriodKind.YEAR: Words("รายปี", "Yearly"),
    }
)
_ON, _NOT_ON = Words("ส่ง", "On"), Words("ไม่ส่ง", "Off")
_TURN_OFF, _TURN_ON = Words("ปิด", "Turn off"), Words("เปิด", "Turn on")
_CHANGE = Words("เปลี่ยน", "Change")
_UNDO = Words("ย้อนกลับ", "Undo")


def settings(
    preferences: Preferences, today: date, *, gets_summaries: bool, has_chosen: bool, note: Words | None = None
) -> list[Json]:
    """Show what a person is told without asking, and when, each with the tap that changes it.

    Args:
        preferences: what holds.
        today: in Bangkok.
        gets_summaries: whether summaries are sent to the person's roles.
        has_chosen: whether anything was chosen that can be taken back.
        note: what to say first.
    """
    is_paused = preferences.is_paused_on(today)
    title = _paused_title(preferences, today) if is_paused else _title(preferences, gets_summaries=gets_summaries)
    follows = either("แจ้งเมื่อหนังสือที่ติดตามเปลี่ยนสถานะ", "News of letters you follow, when their status changes")
    body = [panel([line(str(note))], margin="none") | {"paddingAll": "10px"}] if note else []
    body += [headline(title, Tone.DUE if is_paused else Tone.GOOD) | ({"margin": "md"} if note else {})]
    body += [small(follows, margin="sm")] if gets_summaries or is_paused else []
    body += _summaries(preferences) if gets_summaries else []
    body += _quiet(preferences.quiet_hours)
    body += _pausing(preferences, today, is_paused=is_paused)
    body += [rule("md"), small(str(NEVER_HELD), margin="md"), small(str(NOTHING_LOST), margin="sm")]
    if has_chosen:
        usual = either("กลับเป็นค่าปกติทั้งหมด", "Everything as usual again")
        body.append(links([postback(usual, "notify_usual", usual)]) | {"margin": "sm"})
    said = [str(note)] if note else []
    said += [title, follows, *_said(preferences, gets_summaries=gets_summaries), str(NEVER_HELD)]
    return [card(" / ".join(said), body)]


def confirmed(words: str, before: Choices, after: Choices) -> list[Json]:
    """Say what is so from now on, with the tap that takes the change back."""
    taps = [
        postback(_UNDO, "notify_as_before", _UNDO, **_what_was(before, after)),
        postback(SETTINGS_LABEL, "notification_settings", SETTINGS_LABEL),
    ]
    return [card(words, [line(words, size="md")], [links(taps)])]


def changed(before: Preferences, after: Preferences, today: date, *, gets_summaries: bool) -> str:
    """Say what is so from now on of what has changed."""
    said = []
    if gets_summaries and before.summaries_off != after.summaries_off:
        said.append(_summaries_from_now(after))
    elif gets_summaries and before.summary_at != after.summary_at:
        at = _hour(after.summary_at)
        said.append(either(f"ตั้งแต่นี้ส่งสรุปเวลา {at}", f"From now on summaries come at {at}."))
    if gets_summaries and (before.summaries_off, before.summary_at) != (after.summaries_off, after.summary_at):
        said += _held_back(after)
    if before.quiet_hours != after.quiet_hours:
        said.append(_quiet_from_now(after.quiet_hours))
    if before.is_paused_on(today) or after.is_paused_on(today):
        said += _pause_from_now(before, after, today, gets_summaries=gets_summaries)
    return " ".join(said) or str(SO_ALREADY)


def _hour(at: time) -> str:
    """An hour of the clock.

    >>> _hour(time(8, 30))
    '08.30 น.'
    """
    return either(f"{at:%H.%M} น.", f"{at:%H:%M}")


def _hours(quiet: QuietHours) -> str:
    """Hours from one to another.

    >>> _hours(QuietHours(time(20), time(7)))
    '20.00–07.00 น.'
    """
    begins = either(f"{quiet.begins:%H.%M}", f"{quiet.begins:%H:%M}")
    return f"{begins}–{_hour(quiet.ends)}"


# --- the card ---


def _paused_title(preferences: Preferences, today: date) -> str:
    until = preferences.paused_until or today
    day = day_and_month(until) if (until - today).days < _YEAR_IS_CLEAR else short_date(until)
    return either(f"พักข่าวอยู่ ส่งอีกครั้ง {day}", f"News is paused until {day}")


def _title(preferences: Preferences, *, gets_summaries: bool) -> str:
    if not gets_summaries:
        return either("แจ้งเมื่อหนังสือที่ติดตามเปลี่ยนสถานะ", "You hear when letters you follow move")
    wanted = len(PeriodKind) - len(preferences.summaries_off)
    if not wanted:
        return either("ไม่ส่งสรุป", "No summaries are sent")
    at = _hour(preferences.summary_at)
    return either(f"ส่งสรุป {wanted} แบบ เวลา {at}", f"Summaries of {wanted} kinds at {at}")


def _summaries(preferences: Preferences) -> list[Json]:
    rows = [_kind_row(kind, is_on=kind not in preferences.summaries_off) for kind in PeriodKind]
    at = pick_time(_CHANGE, "notify_at", preferences.summary_at)
    label = either("เวลาส่งสรุป", "Summaries come at")
    return [rule("md"), stack(rows, margin="sm"), rule("sm"), _row(label, _hour(preferences.summary_at), at)]


def _kind_row(kind: PeriodKind, *, is_on: bool) -> Json:
    label = either(f"สรุป{_KINDS[kind]}", f"{_KINDS[kind]} summary")
    turn = _TURN_OFF if is_on else _TURN_ON
    tap = postback(turn, "notify_summary", f"{turn}{either('', ': ')}{label}", kind=kind.value, on=int(not is_on))
    return _row(label, str(_ON if is_on else _NOT_ON), tap, is_pale=not is_on)


def _row(label: str, value: str, action: Json, *, is_pale: bool = False) -> Json:
    """What is so, and at its right the tap that changes it."""
    name = line(label, colour=MUTED if is_pale else INK) | {"flex": 5, "gravity": "center"}
    so = line(value, colour=MUTED if is_pale else INK, bold=not is_pale) | {
        "flex": 4,
        "align": "end",
        "gravity": "center",
    }
    return row([name, so, _tap(action)])


def _tap(action: Json) -> Json:
    label = line(str(action["label"]), bold=True, colour=GREEN) | {"align": "end"}
    box = stack([label]) | {"flex": 3, "paddingTop": "8px", "paddingBottom": "8px"}
    return tappable(box, action)


def _quiet(quiet: QuietHours | None) -> list[Json]:
    title = either("ช่วงห้ามรบกวน", "Quiet hours")
    if quiet is None:
        suggested = {"begins": f"{SUGGESTED_HOURS.begins:%H:%M}", "ends": f"{SUGGESTED_HOURS.ends:%H:%M}"}
        label = either(f"ตั้ง {_hours(SUGGESTED_HOURS)}", f"Set {_hours(SUGGESTED_HOURS)}")
        tap = postback(label, "notify_quiet", f"{title} {_hours(SUGGESTED_HOURS)}", **suggested)
        none = line(either("ไม่มี", "none"), bold=True) | {"align": "end", "gravity": "center", "flex": 2}
        return [
            rule("sm"),
            row([line(title) | {"gravity": "center", "flex": 4}, none]) | {"margin": "md"},
            links([tap]),
        ]
    taps = [
        pick_time(either("เริ่ม…", "From…"), "notify_quiet", quiet.begins, ends=f"{quiet.ends:%H:%M}"),
        pick_time(either("ถึง…", "Until…"), "notify_quiet", quiet.ends, begins=f"{quiet.begins:%H:%M}"),
        postback(either("ไม่ต้องมี", "None"), "notify_not_quiet", either("ไม่ต้องมีช่วงห้ามรบกวน", "No quiet hours")),
    ]
    span = line(_hours(quiet), bold=True) | {"align": "end", "gravity": "center", "flex": 5}
    return [rule("sm"), row([line(title) | {"gravity": "center", "flex": 4}, span]) | {"margin": "md"}, links(taps)]


def _pausing(preferences: Preferences, today: date, *, is_paused: bool) -> list[Json]:
    first, last = today + timedelta(days=1), today + LONGEST_PAUSE
    if is_paused:
        again = either("ส่งข่าวตามเดิม", "Send news again")
        other = pick_date(either("เลือกวันอื่น…", "Another day…"), "notify_pause", first, last)
        return [
            rule("sm"),
            button(postback(again, "notify_resume", again), is_main=True) | {"margin": "md"},
            links([other]),
        ]
    week = either("พักข่าว 1 สัปดาห์", "Pause for a week")
    day = pick_date(either("ส่งอีกครั้งวันที่…", "Pause until…"), "notify_pause", first, last)
    return [rule("sm"), links([postback(week, "notify_pause", week, days=_ONE_WEEK), day])]


def _said(preferences: Preferences, *, gets_summaries: bool) -> list[str]:
    """What the card shows, as text."""
    quiet = preferences.quiet_hours
    said = [either("ช่วงห้ามรบกวน ", "Quiet hours ") + (_hours(quiet) if quiet else either("ไม่มี", "none"))]
    if gets_summaries:
        said.insert(0, _kinds_said(preferences))
        typed = either("พิมพ์ได้ เช่น ปิดสรุปรายวัน, ส่งสรุปเวลา 9 โมง", "Or type, for example: Daily summary off")
    else:
        typed = either("พิมพ์ได้ เช่น ห้ามรบกวน 20.00-07.00", "Or type, for example: Quiet hours 20:00-07:00")
    return [*said, typed, either("พักแจ้งเตือน 1 สัปดาห์", "Pause for 1 week")]


# --- what is so from now on ---


def _kinds_said(preferences: Preferences) -> str:
    """Which summaries come, and at which hour."""
    wanted = _names(kind for kind in PeriodKind if kind not in preferences.summaries_off)
    if not wanted:
        return either("ไม่ส่งสรุป", "No summaries")
    at = _hour(preferences.summary_at)
    return either(f"ส่งสรุป{wanted} เวลา {at}", f"{wanted} summaries at {at}")


def _summaries_from_now(after: Preferences) -> str:
    off = _names(kind for kind in PeriodKind if kind in after.summaries_off)
    if len(after.summaries_off) == len(PeriodKind):
        return either(
            "ตั้งแต่นี้จะไม่ส่งสรุปให้เอง ขอดูได้เมื่อต้องการ เช่น พิมพ์ สรุปเดือนนี้",
            "From now on no summaries are sent. Ask for one whenever you like, such as Summary this month.",
        )
    told = either(f"ตั้งแต่นี้{_kinds_said(after)}", f"From now on: {_kinds_said(after)}")
    return told + (either(f" ไม่ส่ง{off}", f", not {off[:1].lower()}{off[1:]}.") if off else either("", "."))


def _names(kinds: Iterable[PeriodKind]) -> str:
    names = [_KINDS[kind] for kind in kinds]
    return join_words([name if at == 0 else either(name, name.lower()) for at, name in enumerate(names)])


def _held_back(after: Preferences) -> list[str]:
    """That the quiet hours hold a summary back, where they do."""
    quiet = after.quiet_hours
    if quiet is None or not quiet.hold(after.summary_at) or len(after.summaries_off) == len(PeriodKind):
        return []
    return [
        either(
            f"ซึ่งอยู่ในช่วงห้ามรบกวน จึงถึงท่านเวลา {_hour(quiet.ends)}",
            f"That is within your quiet hours, so they reach you at {_hour(quiet.ends)}.",
        )
    ]


def _quiet_from_now(quiet: QuietHours | None) -> str:
    if quiet is None:
        return either("ตั้งแต่นี้ไม่มีช่วงห้ามรบกวน ข่าวส่งได้ทุกเวลา", "From now on news comes at any hour.")
    return either(
        f"ตั้งแต่นี้ข่าวที่มาในช่วง {_hours(quiet)} จะรอส่งเวลา {_hour(quiet.ends)}",
        f"From now on news of {_hours(quiet)} waits until {_hour(quiet.ends)}.",
    )


def _pause_from_now(before: Preferences, after: Preferences, today: date, *, gets_summaries: bool) -> list[str]:
    if before.paused_until == after.paused_until:
        return []
    what = either("ข่าวและสรุป" if gets_summaries else "ข่าว", "News and summaries" if gets_summaries else "News")
    if after.paused_until is None or not after.is_paused_on(today):
        verb = "come" if gets_summaries else "comes"
        return [either(f"ส่ง{what}ตามเดิมแล้ว", f"{what} {verb} again from now on.")]
    day = full_date(after.paused_until)
    until = either(f"พัก{what}ไว้ จะส่งอีกครั้ง{day}", f"{what} will come again on {day}.")
    through = either("ระหว่างนี้คำตอบ งานที่ครบกำหนด และเรื่องเร่งด่วนยังส่งทันที", "Until then answers and what is due still come.")
    return [until, through]


def _what_was(before: Choices, after: Choices) -> dict[str, str]:
    """What of earlier choices was changed, for the button that takes the change back."""
    was = {}
    if before.summaries_off != after.summaries_off:
        was[OFF] = ".".join(kind.value for kind in PeriodKind if kind in before.summaries_off)
    if before.summary_at != after.summary_at:
        was[AT] = f"{before.summary_at:%H:%M}" if before.summary_at else ""
    if (before.has_own_hours, before.quiet_hours) != (after.has_own_hours, after.quiet_hours):
        quiet = before.quiet_hours
        own = f"{quiet.begins:%H:%M}-{quiet.ends:%H:%M}" if quiet else ""
        was[QUIET] = own if before.has_own_hours else USUAL_HOURS
    if before.paused_until != after.paused_until:
        was[PAUSED] = before.paused_until.isoformat() if before.paused_until else ""
    return was
