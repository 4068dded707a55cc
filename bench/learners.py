"""Classifiers that learn what a text means from labelled ones; needs scikit-learn, which the service does not.

All of them see the same text: normalised, every digit a 0.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from pythainlp.tokenize import word_tokenize
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from bot.understanding.normalize import normalize
from bot.understanding.reading import read
from tests.understanding.score import shipped_words


def plain(text: str) -> str:
    return "".join("0" if character.isdigit() else character for character in normalize(text).text)


def words_of(text: str) -> list[str]:
    words = word_tokenize(plain(text), engine="newmm", keep_whitespace=False)
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def signs_of(text: str) -> list[str]:
    """The signs that the rules weigh."""
    return sorted(read(normalize(text), shipped_words(), None).signs)


def both_of(text: str) -> list[str]:
    line = plain(text)
    grams = [line[place : place + length] for length in (1, 2, 3, 4) for place in range(len(line) - length + 1)]
    return grams + [f"<{sign}>" for sign in signs_of(text)]


def character_regression() -> Any:
    grams = TfidfVectorizer(preprocessor=plain, analyzer="char", ngram_range=(1, 4), sublinear_tf=True)
    return make_pipeline(grams, LogisticRegression(C=30, max_iter=400))


def word_machine() -> Any:
    """Its margins are made probabilities by a logistic curve, which it learns by folds of its own."""
    return make_pipeline(
        TfidfVectorizer(analyzer=words_of, sublinear_tf=True), CalibratedClassifierCV(LinearSVC(), cv=3)
    )


def word_bayes() -> Any:
    return make_pipeline(CountVectorizer(analyzer=words_of), MultinomialNB(alpha=0.1))


def sign_regression() -> Any:
    return make_pipeline(CountVectorizer(analyzer=signs_of, binary=True), LogisticRegression(C=10, max_iter=400))


def sign_and_character_regression() -> Any:
    return make_pipeline(TfidfVectorizer(analyzer=both_of, sublinear_tf=True), LogisticRegression(C=30, max_iter=400))


LEARNERS: dict[str, Callable[[], Any]] = {
    "regression on characters": character_regression,
    "vector machine on words": word_machine,
    "naive Bayes on words": word_bayes,
    "regression on the rules' signs": sign_regression,
    "regression on signs and characters": sign_and_character_regression,
}


def take(model: Any, text: str) -> tuple[str, float]:
    """The likeliest intent with its probability."""
    shares = model.predict_proba([text])[0]
    place = int(shares.argmax())
    return str(model.classes_[place]), float(shares[place])
