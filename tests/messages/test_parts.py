from __future__ import annotations

import itertools

from messages import parts
from messages.limits import check_messages


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_from_their_grounds():
    """WCAG 2.1, 1.4.3: at least 4.5 : 1."""
    on_paper = [(ink, parts.PAPER) for ink in (parts.INK, parts.MUTED, parts.GREEN, *parts.TONE_INKS.values())]
    on_tints = [(parts.TONE_INKS[tone], parts.TONE_GROUNDS[tone]) for tone in parts.Tone]
    on_panels = [(ink, parts.TONE_GROUNDS[parts.Tone.PLAIN]) for ink in (parts.INK, parts.MUTED)]
    poor = [pair for pair in on_paper + on_tints + on_panels if contrast(*pair) < 4.5]
    assert poor == []
    assert contrast(parts.PAPER, parts.GREEN) >= 4.5  # a main button's label


def test_the_meanings_can_be_told_apart():
    inks = [parts.TONE_INKS[tone] for tone in parts.Tone]
    assert all(one != other for one, other in itertools.combinations(inks, 2))


def test_shapes_of_a_timeline_differ_without_their_colours():
    marks = parts._MARKS
    shape = {state: (mark.size, mark.border is None) for state, mark in marks.items()}
    assert shape[parts.StepState.CURRENT] != shape[parts.StepState.DONE] != shape[parts.StepState.TO_COME]


def test_empty_words_are_replaced_rather_than_refused_by_line():
    pieces = [parts.line(""), parts.small("  "), parts.headline("")]
    assert check_messages([parts.card("ก", pieces)]) == []


def test_texts_and_labels_are_cut_to_what_line_takes():
    long_button = parts.button({"type": "message", "label": "ที่" * 60, "text": "ก"})
    assert check_messages([parts.text("ก" * 6000), parts.card("ก" * 2000, [parts.line("ก")], [long_button])]) == []


def test_a_timeline_has_a_line_between_its_steps_and_none_beyond_them():
    steps = [parts.Step(name, parts.StepState.DONE) for name in "กขค"]
    rails = [row["contents"][0]["contents"] for row in parts.timeline(steps)["contents"]]
    drawn = [("backgroundColor" in above, "backgroundColor" in below) for above, _, below in rails]
    assert drawn == [(False, True), (True, True), (True, False)]


def test_the_way_still_to_go_is_drawn_pale():
    steps = [parts.Step("ก", parts.StepState.CURRENT), parts.Step("ข", parts.StepState.TO_COME)]
    first, second = (row["contents"][0]["contents"] for row in parts.timeline(steps)["contents"])
    assert first[2]["backgroundColor"] == second[0]["backgroundColor"] == parts.RULE
