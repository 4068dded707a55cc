"""How numbers, dates and times are written, by the clock of Bangkok.

For Thai readers with Buddhist years and ``14.35 น.``, for English readers with Christian years and ``14:35``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal

from messages.language import Language, counted, either, spoken

BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
"""Thailand's time; it has had no summer time since 1920, so no time zone data is needed."""

BUDDHIST_ERA = 543

SHORT_MONTHS = (
    *("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย."),
    *("ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."),
)
LONG_MONTHS = (
    *("มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน"),
    *("กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"),
)
WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
ENGLISH_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_DAY_WORDS = {0: ("วันนี้", "today"), -1: ("เมื่อวาน", "yesterday"), 1: ("พรุ่งนี้", "tomorrow")}


def thai_digits(text: str) -> str:
    """Write digits as Thai digits, for official forms; all else stays."""
    return text.translate(_TO_THAI)


def arabic_digits(text: str) -> str:
    """Write digits as Arabic digits, as in chat; all else stays."""
    return text.translate(_TO_ARABIC)


def bangkok_date(day: date | datetime) -> date:
    """The calendar day in Bangkok; an instant needs a time zone, a date is taken as it is."""
    return _local(day).date() if isinstance(day, datetime) else day


def short_date(day: date | datetime) -> str:
    """A date in a card.

    >>> short_date(date(2026, 11, 21))
    '21 พ.ย. 2569'
    """
    on = bangkok_date(day)
    return f"{day_and_month(on)} {year(on)}"


def day_and_month(day: date | datetime) -> str:
    """A date where the year goes without saying.

    >>> day_and_month(date(2026, 11, 21))
    '21 พ.ย.'
    """
    on = bangkok_date(day)
    return f"{on.day} {either(SHORT_MONTHS[on.month - 1], ENGLISH_MONTHS[on.month - 1][:3])}"


def year(day: date | datetime) -> int:
    """The year as it is counted by the reader: Buddhist in Thai, Christian in English."""
    return bangkok_date(day).year + (BUDDHIST_ERA if spoken() is Language.THAI else 0)


def month_and_year(day: date | datetime) -> str:
    """A month with its year.

    >>> month_and_year(date(2026, 11, 21))
    'พฤศจิกายน 2569'
    """
    on = bangkok_date(day)
    return f"{either(LONG_MONTHS[on.month - 1], ENGLISH_MONTHS[on.month - 1])} {year(on)}"


def short_month(day: date | datetime) -> str:
    """A month with its year where there is little room.

    >>> short_month(date(2026, 11, 21))
    'พ.ย. 2569'
    """
    on = bangkok_date(day)
    return f"{either(SHORT_MONTHS[on.month - 1], ENGLISH_MONTHS[on.month - 1][:3])} {year(on)}"


def month_initials(day: date | datetime) -> str:
    """A month's letters alone, for a narrow column.

    >>> month_initials(date(2026, 11, 21))
    'พย'
    """
    on = bangkok_date(day)
    return either(SHORT_MONTHS[on.month - 1].replace(".", ""), ENGLISH_MONTHS[on.month - 1][:1])


def long_date(day: date | datetime) -> str:
    """A date in a letter.

    >>> long_date(date(2026, 11, 21))
    '21 พฤศจิกายน 2569'
    """
    return f"{bangkok_date(day).day} {month_and_year(day)}"


def full_date(day: date | datetime) -> str:
    """A date with its day of the week.

    >>> full_date(date(2026, 11, 20))
    'วันศุกร์ที่ 20 พฤศจิกายน 2569'
    """
    return f"{_weekday(day)} {long_date(day)}"


def clock_time(at: datetime) -> str:
    """The hour in Bangkok of an instant, ``14.35 น.`` or ``14:35``; seconds are dropped, as a wall clock shows them."""
    return either(f"{_local(at):%H.%M} น.", f"{_local(at):%H:%M}")


def short_moment(at: datetime) -> str:
    """Day and hour of an instant, ``20 พ.ย. 2569 09.15 น.``, ``20 Nov 2026, 09:15``; stays true when read late."""
    return f"{short_date(at)}{either(' ', ', ')}{clock_time(at)}"


def moment(at: datetime, now: datetime) -> str:
    """Day and hour as one says it today: ``วันนี้ 09.15 น.``, ``เมื่อวาน 16.20 น.``, else the full date.

    Only for what is read at once (queues, replies); cards that stay in a chat use ``short_moment``.
    """
    days_away = (bangkok_date(at) - bangkok_date(now)).days
    words = _DAY_WORDS.get(days_away)
    return f"{either(*words)} {clock_time(at)}" if words else short_moment(at)


def day_and_hour(at: datetime, now: datetime) -> str:
    """An hour that is near, with its day where that is not today: ``14.35 น.``, ``วันจันทร์ที่ 23 พ.ย. 08.45 น.``.

    Unlike ``moment`` it stays true when it is read on another day than it was sent.
    """
    if bangkok_date(at) == bangkok_date(now):
        return clock_time(at)
    return f"{_weekday(at)} {day_and_month(at)}{either(' ', ', ')}{clock_time(at)}"


def when(at: datetime, now: datetime) -> str:
    """When something happened: ``เมื่อ 14.35 น.``, ``at 14:35``, ``on Friday 20 Nov, 14:35``."""
    hour = day_and_hour(at, now)
    return either(f"เมื่อ {hour}", f"at {hour}" if hour[0].isdigit() else f"on {hour}")


def within(at: datetime, now: datetime) -> str:
    """Until when something is promised: ``ภายใน 14.35 น.``, ``ภายในวันจันทร์ที่ 23 พ.ย. 08.45 น.``, ``by 14:35``."""
    hour = day_and_hour(at, now)
    return either(f"ภายใน{hour}" if hour.startswith("วัน") else f"ภายใน {hour}", f"by {hour}")


def duration(minutes: int) -> str:
    """A length of time given in minutes, in its two largest units.

    >>> duration(65), duration(24 * 60 * 2 + 30), duration(0)
    ('1 ชั่วโมง 5 นาที', '2 วัน', 'ไม่ถึง 1 นาที')
    """
    if minutes < 1:
        return either("ไม่ถึง 1 นาที", "less than a minute")
    days, rest = divmod(minutes, 24 * 60)
    hours, left = divmod(rest, 60)
    parts = [(days, "วัน", "day"), (hours, "ชั่วโมง", "hour"), (left, "นาที", "minute")]
    first = next(index for index, (count, *_) in enumerate(parts) if count)
    two = [part for part in parts[first : first + 2] if part[0]]
    return " ".join(either(f"{count} {thai}", counted(count, english)) for count, thai, english in two)


def decimal_text(value: Decimal | int, places: int = 2) -> str:
    """A figure with commas, rounded half up to at most ``places`` decimals; decimals that say nothing are left out.

    >>> decimal_text(Decimal("66.665")), decimal_text(Decimal("80.00")), decimal_text(3686000)
    ('66.67', '80', '3,686,000')
    """
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{rounded:,f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def percent_text(value: Decimal | int) -> str:
    """A percentage (0 to 100) in a card: at most two decimals, half up.

    >>> percent_text(Decimal("60.0849"))
    '60.08 %'
    """
    return f"{decimal_text(value)}{either(' %', '%')}"


def join_words(items: Sequence[str]) -> str:
    """List things in a sentence.

    >>> join_words(["สำนักการคลัง", "สำนักอนามัย", "สำนักการโยธา"])
    'สำนักการคลัง สำนักอนามัย และสำนักการโยธา'
    """
    if len(items) <= 1:
        return "".join(items)
    gap = (
        "" if "ก" <= items[-1][:1] <= "๛" else " "
    )  # Thai stands close to Thai, and apart from digits and Latin letters
    return either(f"{' '.join(items[:-1])} และ{gap}{items[-1]}", f"{', '.join(items[:-1])} and {items[-1]}")


def quoted(text: str) -> str:
    """Words that somebody typed or should type, between Thai typography's quotation marks."""
    return f"“{text}”"


def one_line(text: str) -> str:
    """A text without line breaks and doubled spaces, as titles need it."""
    return " ".join(text.split())


def _weekday(day: date | datetime) -> str:
    index = bangkok_date(day).weekday()
    return either(f"วัน{WEEKDAYS[index]}ที่", ENGLISH_WEEKDAYS[index])


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(BANGKOK)
