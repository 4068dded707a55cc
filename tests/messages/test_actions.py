from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from messages.actions import fits_postback, postback, postback_data, postback_filling_in, read_postback
from models.errors import Invalid

VALUES = st.text(st.characters(exclude_categories=["Cs"]))
NAMES = st.from_regex(r"[a-z_]{1,10}", fullmatch=True).filter(lambda name: name not in ("action", "label"))


@given(st.dictionaries(NAMES, VALUES))
def test_whatever_is_written_can_be_read(params):
    assert read_postback(postback_data("show", **params)) == ("show", params)


def test_numbers_come_back_as_text_and_nothing_is_left_out():
    assert read_postback(postback_data("more", offset=10, query=None)) == ("more", {"offset": "10"})


def test_thai_letters_take_one_unit_each():
    assert fits_postback("talk", query="ก" * 280)
    assert not fits_postback("talk", query="ก" * 290)


@pytest.mark.parametrize(
    "data",
    [
        "",
        "nonsense",
        "action=",
        "document=17",
        "action=show&action=follow",
        "action=show&id=1&id=2",
        "a=%FF&action=b",
        "&&",
    ],
)
def test_what_we_did_not_write_is_refused_with_a_reason(data):
    with pytest.raises(Invalid) as caught:
        read_postback(data)
    assert caught.value.reason_code == "postback_unreadable"


@given(st.text(st.sampled_from("action=show&%+;ก#\x00"), max_size=40))
def test_odd_data_is_read_or_refused_and_nothing_else(data):
    try:
        action, params = read_postback(data)
    except Invalid:
        return
    assert action and "action" not in params


def test_filling_in_opens_the_keyboard():
    action = postback_filling_in("แจ้งผล", "answer", "#42 ", request=42)
    assert (action["inputOption"], action["fillInText"]) == ("openKeyboard", "#42 ")
    assert "displayText" not in action


def test_long_words_in_the_chat_are_cut():
    assert len(postback("ก", "show", "ก" * 400)["displayText"]) == 300
