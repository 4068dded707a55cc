"""Ways to learn what a text means from labelled ones; needs scikit-learn, which the service does not.

The first is the way that is shipped. The others see the text normalised, with a 0 for every digit; ``signs`` are what
the rules notice. Each is a ``Way``: it learns once, then takes utterances one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, Protocol

from pythainlp.tokenize import word_tokenize
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from bot.understanding.classifier import Classifier
from bot.understanding.confidence import weigh
from bot.understanding.normalize import normalize
from bot.understanding.reading import Reading, read
from bot.understanding.scoring import Labelled
from tests.understanding.score import shipped_words
from tests.understanding.train import learn

Taken = tuple[str, float]
"""An intent and the confidence in it."""


class Way(Protocol):
    """What can learn; ``model`` is what it has to keep for it."""

    model: Any

    def learn(self, utterances: Sequence[Labelled]) -> Way: ...
    def take(self, utterance: Labelled) -> Taken: ...


class Shipped:
    """Signs and outlines, weighed in whole hundredths by ``bot.understanding`` itself."""

    model: dict[str, Any]

    def learn(self, utterances: Sequence[Labelled]) -> Way:
        self.model = learn([_reading(each) for each in utterances], [each.intent for each in utterances])
        self._classifier = Classifier(self.model)
        return self

    def take(self, utterance: Labelled) -> Taken:
        return weigh(_reading(utterance), self._classifier)[0]


class Pipeline:
    """A pipeline of scikit-learn over texts, as it comes."""

    def __init__(self, *steps: Any) -> None:
        self.model = make_pipeline(*steps)

    def learn(self, utterances: Sequence[Labelled]) -> Way:
        self.model.fit([each.text for each in utterances], [each.intent for each in utterances])
        return self

    def take(self, utterance: Labelled) -> Taken:
        shares = self.model.predict_proba([utterance.text])[0]
        place = int(shares.argmax())
        return str(self.model.classes_[place]), float(shares[place])


def _reading(utterance: Labelled) -> Reading:
    return read(normalize(utterance.text), shipped_words(), utterance.today)


def plain(text: str) -> str:
    return "".join("0" if character.isdigit() else character for character in normalize(text).text)


def words_of(text: str) -> list[str]:
    words = word_tokenize(plain(text), engine="newmm", keep_whitespace=False)
    return words + [f"{one} {two}" for one, two in pairwise(words)]


def signs_of(text: str) -> list[str]:
    return sorted(read(normalize(text), shipped_words(), None).signs)


def both_of(text: str) -> list[str]:
    line = plain(text)
    grams = [line[place : place + length] for length in (1, 2, 3, 4) for place in range(len(line) - length + 1)]
    return grams + [f"<{sign}>" for sign in signs_of(text)]


SHIPPED = "as shipped: regression on signs and outlines"
CHARACTERS = "regression on characters"

WAYS: dict[str, Callable[[], Way]] = {
    SHIPPED: Shipped,
    CHARACTERS: lambda: Pipeline(
        TfidfVectorizer(preprocessor=plain, analyzer="char", ngram_range=(1, 4), sublinear_tf=True),
        LogisticRegression(C=30, max_iter=400),
    ),
    "vector machine on words": lambda: Pipeline(
        TfidfVectorizer(analyzer=words_of, sublinear_tf=True), CalibratedClassifierCV(LinearSVC(), cv=3)
    ),
    "naive Bayes on words": lambda: Pipeline(CountVectorizer(analyzer=words_of), MultinomialNB(alpha=0.1)),
    "regression on signs": lambda: Pipeline(
        CountVectorizer(analyzer=signs_of, binary=True), LogisticRegression(C=10, max_iter=400)
    ),
    "regression on signs and characters": lambda: Pipeline(
        TfidfVectorizer(analyzer=both_of, sublinear_tf=True), LogisticRegression(C=30, max_iter=400)
    ),
}
