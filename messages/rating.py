"""Satisfaction: the one question after an answer, and what is said to a mark."""

from __future__ import annotations

from messages.actions import postback
from messages.limits import Json
from messages.parts import text
from messages.words import NO_ANSWER_LABEL, RATING_WORDS


def invitation(answer_number: int) -> Json:
    """Ask once how the service was; goes behind an answer, as the last message of its call.

    Args:
        answer_number: the request whose answer it is; all who got that answer with it are asked with the same number.
    """
    scores = [
        postback(words, "rate", words, answer=answer_number, score=score)
        for score, words in sorted(RATING_WORDS.items(), reverse=True)
    ]
    no_answer = postback(NO_ANSWER_LABEL, "reopen", NO_ANSWER_LABEL, answer=answer_number)
    return text("ท่านพึงพอใจการให้บริการครั้งนี้เพียงใด", [*scores, no_answer])
