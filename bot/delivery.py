"""Delivery: claim a recipient's next call, talk to LINE with no transaction open, record what became of it."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

from bot.line import GivenUp, LINEError, OutcomeUnknown, QuotaExhausted, Retryable, TokenSpent, Unauthorized
from bot.logs import get_logger
from bot.pace import Pace
from bot.wiring import Services
from models import call_outcomes, line_calls, quota
from models.line_calls import ClaimedCall, ClaimLost, SettledCall, charged_messages
from models.outbox import CallMethod

WAIT_WHEN_UNAUTHORIZED = timedelta(minutes=1)


@dataclass
class Delivery:
    """Sends what waits in the outbox."""

    services: Services
    multicasts: Pace = field(default_factory=Pace)

    def deliver_to(self, recipient: str, claimed: ClaimedCall | SettledCall | None = None) -> None:
        """Send what waits for a recipient, call after call, in order, until nothing can be sent now.

        Args:
            recipient: LINE id of a user or group.
            claimed: the first call, where the caller claimed it already.
        """
        call = claimed or self._claim(recipient)
        while call is not None:
            if isinstance(call, SettledCall):
                self._log_settled(call)
                more_waits = True
            else:
                more_waits = self._send(call)
            call = self._claim(recipient) if more_waits else None

    def _claim(self, recipient: str) -> ClaimedCall | SettledCall | None:
        now = self.services.clock.now()
        try:
            with self.services.database.transaction() as session:
                return line_calls.claim_call(session, recipient, now, quiet_hours=self.services.settings.quiet_hours)
        except ClaimLost:
            return None

    def _send(self, call: ClaimedCall) -> bool:
        """Try a call; tells whether there may be more to send."""
        try:
            request_id = self._ask_line(call)
        except LINEError as error:
            self._record_error(call, error)
            return True
        return self._record_accepted(call, request_id)

    def _ask_line(self, call: ClaimedCall) -> str | None:
        line = self.services.line
        if call.method is CallMethod.REPLY:
            return line.send_reply(call.reply_token or "", call.messages)
        if call.method is CallMethod.PUSH:
            return line.send_push(call.recipients[0], call.messages, call.retry_key or "")
        self.multicasts.wait_for_turn()  # a fraction of a second, which the lease has in hand
        return line.send_multicast(call.recipients, call.messages, call.retry_key or "")

    def _record_accepted(self, call: ClaimedCall, request_id: str | None) -> bool:
        now = self.services.clock.now()
        with self.services.database.single_statement() as connection:
            acceptance = call_outcomes.record_accepted(connection, call, now, request_id)
        if acceptance.is_first:
            get_logger().info(
                "call_accepted",
                call_id=call.id,
                method=call.method.value,
                messages=len(call.messages),
                recipients=len(call.recipients),
                charged_messages=charged_messages(call),
                attempts=call.attempts,
                line_request_id=request_id,
                answer_seconds=[round((now - asked).total_seconds(), 3) for asked in call.answers_from],
            )
        return acceptance.more_waits

    def _record_error(self, call: ClaimedCall, error: LINEError) -> None:
        if isinstance(error, TokenSpent) and call.outcome_unknown:
            # Only our own earlier try can have used a token that is still young: that try arrived.
            self._record_accepted(call, None)
            return
        now = self.services.clock.now()
        with self.services.database.transaction() as session:
            if isinstance(error, TokenSpent):
                call_outcomes.record_token_spent(session, call, now)
            elif isinstance(error, QuotaExhausted):
                quota.record_exhausted(session, now)
                call_outcomes.record_parked(session, call, now, error.reason)
            elif isinstance(error, GivenUp):
                call_outcomes.record_given_up(session, call, now, error.reason)
            else:
                unknown = isinstance(error, OutcomeUnknown)
                wait = _wait(call, error)
                call_outcomes.record_try_later(session, call, now, error.reason, wait=wait, outcome_unknown=unknown)
        self._log_error(call, error)

    def _log_settled(self, call: SettledCall) -> None:
        get_logger().warning(
            "call_settled",
            call_id=call.id,
            method=call.method.value,
            importance=call.importance.value,
            reason=call.reason,
            attempts=call.attempts,
        )

    def _log_error(self, call: ClaimedCall, error: LINEError) -> None:
        serious = isinstance(error, (QuotaExhausted, Unauthorized)) or (
            isinstance(error, GivenUp) and not isinstance(error, TokenSpent)
        )
        log = get_logger().error if serious else get_logger().warning
        log("call_failed", call_id=call.id, method=call.method.value, reason=error.reason, attempts=call.attempts)


def _wait(call: ClaimedCall, error: LINEError) -> timedelta:
    if isinstance(error, Unauthorized):
        return WAIT_WHEN_UNAUTHORIZED
    wait = call_outcomes.retry_wait(call.attempts)
    if isinstance(error, Retryable) or call.method is not CallMethod.REPLY:
        # Spread out, so that what failed together does not come back together.
        return wait * random.uniform(0.75, 1.25)
    return wait
