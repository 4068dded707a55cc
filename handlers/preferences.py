"""What a person is told without asking, and when: showing it, and changing it by a tap or in words."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import reduce

from bot.understanding import Understanding
from bot.understanding.notification_wishes import (
    AsUsual,
    NotQuiet,
    NoWeekends,
    Pause,
    Quiet,
    Resume,
    SummaryHour,
    SwitchSummaries,
    Wish,
    read_wishes,
)
from handlers.context import Context, promise, read_id, small_talk
from messages import preferences as view
from messages.language import Words
from models import preferences
from models.audiences import PARTS_OF_ROLES
from models.errors import Invalid
from models.holding import release_held_for
from models.outbox import Outgoing
from models.periods import PeriodKind
from models.preference_terms import Choices, QuietHours


def show_settings(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Show what the person is told without asking, and when, with the taps that change it."""
    return _show(context)


def change_as_said(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Change what was said in words; show the settings where nothing sure was."""
    wishes = read_wishes(context.text, context.today)
    if not wishes:
        return _show(context)
    if any(isinstance(wish, NoWeekends) for wish in wishes):
        return _show(context, view.WEEKENDS)
    if not _gets_summaries(context) and all(isinstance(wish, SwitchSummaries | SummaryHour) for wish in wishes):
        return _show(context, view.NO_SUMMARIES)
    before = _chosen(context)
    return _change(context, reduce(lambda choices, wish: _with_wish(choices, wish, context.today), wishes, before))


def switch_summary(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Switch a kind of summary on or off."""
    kind = _read_kind(understanding)
    return _change(context, _chosen(context).with_summaries([kind], wanted=read_id(understanding, "on") == 1))


def set_summary_hour(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let summaries come at the hour that was picked."""
    return _change(context, _chosen(context).with_summary_at(_read_hour(understanding, "picked")))


def set_quiet_hours(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let news wait from one hour to another; the one that the button does not name was picked."""
    begins = _read_hour(understanding, "begins" if "begins" in understanding.slots else "picked")
    ends = _read_hour(understanding, "ends" if "ends" in understanding.slots else "picked")
    return _change(context, _chosen(context).with_quiet_hours(QuietHours(begins, ends)))


def end_quiet_hours(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let news come at any hour."""
    return _change(context, _chosen(context).with_quiet_hours(None))


def pause(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Hold news until the day that was picked, or for some days."""
    if "days" in understanding.slots:
        until = context.today + timedelta(days=min(read_id(understanding, "days"), 10_000))
    else:
        until = _read_day(understanding, "picked")
    return _change(context, _chosen(context).paused(until, context.today))


def resume(context: Context, understanding: Understanding) -> list[Outgoing]:
    """End the pause; what waited goes out."""
    return _change(context, _chosen(context).resumed())


def take_back_all(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let everything be as if nothing had been chosen."""
    return _change(context, Choices())


def undo(context: Context, understanding: Understanding) -> list[Outgoing]:
    """Let what a change changed be as it was before; later changes of other things stay."""
    slots, choices = understanding.slots, _chosen(context)
    if view.OFF in slots:
        off = [_kind(value) for value in str(slots[view.OFF]).split(".") if value]
        choices = choices.with_summaries(list(PeriodKind), wanted=True).with_summaries(off, wanted=False)
    if view.AT in slots:
        choices = choices.with_summary_at(_read_hour(understanding, view.AT) if slots[view.AT] else None)
    if view.QUIET in slots:
        choices = _with_hours_as_before(choices, str(slots[view.QUIET]))
    if view.PAUSED in slots:
        until = _read_day(understanding, view.PAUSED) if slots[view.PAUSED] else None
        is_over = until is None or until <= context.today
        choices = choices.resumed() if is_over or until is None else choices.paused(until, context.today)
    return _change(context, choices)


def _with_wish(choices: Choices, wish: Wish, today: date) -> Choices:
    match wish:
        case SwitchSummaries():
            choices = choices.with_summaries([PeriodKind(kind) for kind in wish.kinds], wanted=wish.wanted)
        case SummaryHour():
            choices = choices.with_summary_at(wish.at)
        case Quiet():
            choices = choices.with_quiet_hours(QuietHours(wish.begins, wish.ends))
        case NotQuiet():
            choices = choices.with_quiet_hours(None)
        case Pause():
            choices = choices.paused(wish.until, today)
        case Resume():
            choices = choices.resumed()
        case AsUsual():
            choices = Choices()
    return choices


def _with_hours_as_before(choices: Choices, said: str) -> Choices:
    if said == view.USUAL_HOURS:
        return choices.with_usual_hours()
    begins, _, ends = said.partition("-")
    return choices.with_quiet_hours(QuietHours(_hour(begins), _hour(ends)) if said else None)


def _change(context: Context, choices: Choices) -> list[Outgoing]:
    """Store choices and say what is so from now on; what waited for an hour that is no more goes out."""
    before = _chosen(context)
    if choices == before:
        return _show(context, view.SO_ALREADY)
    preferences.store_choices(context.session, context.member.id, choices, context.now)
    release_held_for(context.session, context.line_user_id)
    words = view.changed(
        before.under(context.usual),
        choices.under(context.usual),
        context.today,
        gets_summaries=_gets_summaries(context),
    )
    return promise(view.confirmed(words, before, choices))


def _show(context: Context, note: Words | None = None) -> list[Outgoing]:
    choices = _chosen(context)
    return small_talk(
        view.settings(
            choices.under(context.usual),
            context.today,
            gets_summaries=_gets_summaries(context),
            has_chosen=choices != Choices(),
            note=note,
        )
    )


def _chosen(context: Context) -> Choices:
    """What the person chose; a pause whose end has come is none."""
    choices = preferences.find_choices(context.session, context.member.id)
    is_over = choices.paused_until is not None and choices.paused_until <= context.today
    return choices.resumed() if is_over else choices


def _gets_summaries(context: Context) -> bool:
    return bool(context.member.roles & PARTS_OF_ROLES.keys())


def _read_kind(understanding: Understanding) -> PeriodKind:
    return _kind(str(understanding.slots.get("kind", "")))


def _kind(value: str) -> PeriodKind:
    try:
        return PeriodKind(value)
    except ValueError as error:
        raise Invalid("postback_unreadable") from error


def _read_hour(understanding: Understanding, name: str) -> time:
    return _hour(str(understanding.slots.get(name, "")))


def _hour(value: str) -> time:
    try:
        return time.fromisoformat(value).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Invalid("postback_unreadable") from error


def _read_day(understanding: Understanding, name: str) -> date:
    try:
        return date.fromisoformat(str(understanding.slots.get(name, "")))
    except ValueError as error:
        raise Invalid("postback_unreadable") from error
