"""The phone page in a real browser. Without one the tests are skipped; in CI they must run."""

from __future__ import annotations

import re

import pytest

from simulator.control import PhonePerson
from simulator.server import create_app, serve
from tests.chromium import open_chromium
from tests.simulator.support import MALEE, SOMCHAI, Bot, bubble, flex

PICTURE = "https://pictures.example/a.svg"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="13"><rect width="20" height="13" fill="#0A6B4A"/></svg>'
)
DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
STACKED = "น้ำ ปั้น ฟื้นฟู ที่ปรึกษา กตัญญู"


@pytest.fixture(scope="module")
def browser():
    with open_chromium() as browser:
        yield browser


@pytest.fixture
def bot():
    bot = Bot(quota=300)
    people = [PhonePerson(SOMCHAI, "สมชาย", "เจ้าหน้าที่"), PhonePerson(MALEE, "มาลี", "เลขานุการ")]
    running = serve(create_app(bot.platform, people), bot.platform)
    bot.url = running.url
    yield bot
    running.stop()


@pytest.fixture
def open_page(browser, bot):
    contexts, troubles = [], []

    def opened(viewport=DESK):
        context = browser.new_context(viewport=viewport, locale="th-TH", timezone_id="Asia/Bangkok")
        contexts.append(context)
        context.route(re.compile("^https://"), lambda route: route.fulfill(body=SVG, content_type="image/svg+xml"))
        page = context.new_page()
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.goto(bot.url)
        page.locator(".who-select option").first.wait_for(state="attached")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert troubles == []


def test_a_conversation_from_the_keyboard(bot, open_page):
    page = open_page()
    page.locator(".composer-text").focus()
    page.keyboard.type("หนังสืออยู่ที่ไหน")
    page.keyboard.press("Enter")
    page.get_by_text("อ่านแล้ว").wait_for()
    assert [event["message"]["text"] for event in bot.events] == ["หนังสืออยู่ที่ไหน"]
    action = {"type": "message", "label": "ช่วยเหลือ", "text": "ขอความช่วยเหลือ"}
    quick = {"items": [{"type": "action", "action": action}]}
    bot.reply(bot.events[0], {"type": "text", "text": STACKED, "quickReply": quick})
    page.locator(".theirs .bubble", has_text=STACKED).wait_for()
    page.get_by_role("button", name="ช่วยเหลือ", exact=True).press("Enter")
    page.locator(".mine .bubble", has_text="ขอความช่วยเหลือ").wait_for()
    assert page.locator(".chip").count() == 0
    assert bot.events[1]["message"]["text"] == "ขอความช่วยเหลือ"


def test_a_card_is_drawn_tapped_and_never_read_as_html(bot, open_page):
    action = {"type": "postback", "label": "ติดตามต่อ", "data": "follow=1", "displayText": "ติดตามต่อ"}
    words = [{"type": "text", "text": text} for text in (STACKED, STACKED * 4, "<img src=x onerror=alert(1)>")]
    clamped = {"type": "text", "text": STACKED * 6, "wrap": True, "maxLines": 2}
    bot.push(SOMCHAI, flex(bubble(*words, clamped, {"type": "button", "style": "primary", "action": action})))
    page = open_page(PHONE)
    page.locator(".flex-words", has_text="<img src=x onerror=alert(1)>").wait_for()
    assert page.locator(".flex-bubble img").count() == 0
    single = page.locator(".flex-words").first
    assert single.evaluate("each => each.scrollHeight <= each.clientHeight")
    assert page.locator(".flex-words").nth(1).evaluate("each => each.scrollWidth > each.clientWidth")
    page.locator(".flex-button").click()
    page.locator(".mine .bubble", has_text="ติดตามต่อ").wait_for()
    assert bot.events[0]["postback"] == {"data": "follow=1"}


def test_every_component_is_drawn_inside_its_bubble(bot, open_page):
    image = {"type": "image", "url": PICTURE, "size": "full", "aspectRatio": "20:13", "aspectMode": "cover"}
    parts = [
        {
            "type": "text",
            "contents": [{"type": "span", "text": "ก", "color": "#0A6B4A"}, {"type": "span", "text": "ข"}],
        },
        {
            "type": "box",
            "layout": "baseline",
            "contents": [{"type": "icon", "url": PICTURE}, {"type": "text", "text": "ก"}],
        },
        {"type": "box", "layout": "horizontal", "contents": [{"type": "text", "text": STACKED, "wrap": True}] * 3},
        {"type": "separator", "margin": "lg"},
        image,
        {
            "type": "box",
            "layout": "vertical",
            "contents": [],
            "width": "40%",
            "height": "8px",
            "backgroundColor": "#0A6B4A",
        },
    ]
    bot.push(SOMCHAI, flex({"type": "carousel", "contents": [bubble(*parts)] * 3}))
    bot.push(SOMCHAI, flex(bubble(*parts, size="kilo")))
    page = open_page(PHONE)
    page.locator(".flex-bubble").nth(3).wait_for()
    outside = """bubbles => bubbles.flatMap(bubble => {
        const edge = bubble.getBoundingClientRect();
        return [...bubble.querySelectorAll('*')].filter(each => each.getBoundingClientRect().right > edge.right + 1);
    }).length"""
    assert page.locator(".flex-bubble").evaluate_all(outside) == 0
    assert page.locator(".flex-bubble").first.evaluate("each => each.offsetWidth") == 300
    assert page.locator(".flex-bubble").last.evaluate("each => each.offsetWidth") == 260
    assert page.locator(".flex-frame.broken").count() == 0


def test_trouble_is_ordered_and_seen_in_the_list_of_calls(bot, open_page):
    page = open_page()
    page.get_by_role("button", name="LINE ตอบ 500 ทั้งที่รับข้อความแล้ว").click()
    page.get_by_text("รอเกิดอยู่ 1 ครั้ง").wait_for()
    assert bot.push(SOMCHAI, {"type": "text", "text": "แจ้งผล"}).status == 500
    call = page.locator(".call").first
    call.locator(".status.bad", has_text="500").wait_for()
    call.get_by_text("นับ 1").wait_for()
    call.locator("summary").press("Enter")
    call.get_by_text('"text": "แจ้งผล"').wait_for()
    page.locator(".theirs .bubble", has_text="แจ้งผล").wait_for()
    page.get_by_text("ใช้โควตา 1 จาก 300 ข้อความ").wait_for()
    page.get_by_role("switch", name=re.compile("โควตาเดือนนี้หมด")).click()
    page.locator(".switch[aria-checked=true]").wait_for()
    assert bot.push(SOMCHAI).status == 429


def test_two_phones_and_what_their_holders_do(bot, open_page):
    page = open_page()
    page.get_by_role("button", name="โทรศัพท์สองเครื่อง").click()
    first, second = (page.locator(".phone").nth(place) for place in (0, 1))
    second.locator(".who-select").wait_for()
    bot.push(MALEE, {"type": "text", "text": "เรื่องใหม่"})
    second.locator(".theirs .bubble", has_text="เรื่องใหม่").wait_for()
    assert first.locator(".bubble").count() == 0
    second.get_by_role("button", name="เมนูของแชต").click()
    second.get_by_role("button", name="บล็อกบัญชีนี้").click()
    second.get_by_text("คุณบล็อกบัญชีนี้อยู่").wait_for()
    assert bot.events[-1]["type"] == "unfollow"
    first.get_by_role("button", name="แนบ").click()
    first.get_by_role("button", name="สติกเกอร์").click()
    first.locator(".sticker").wait_for()
    first.get_by_role("button", name="เมนูของแชต").click()
    first.get_by_role("button", name="ยกเลิกข้อความล่าสุดของฉัน").click()
    first.get_by_text("ยกเลิกข้อความนี้แล้ว").wait_for()
    assert bot.events[-1]["type"] == "unsend"


def test_nothing_sticks_out_on_a_small_phone(bot, open_page):
    bot.push(
        SOMCHAI,
        {"type": "text", "text": "ก" * 400},
        flex({"type": "carousel", "contents": [bubble({"type": "text", "text": STACKED})] * 5}),
    )
    page = open_page(PHONE)
    page.locator(".flex-carousel").wait_for()
    for name in ("แชต", "API", "ปัญหา"):
        page.get_by_role("button", name=name, exact=True).click()
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        assert page.evaluate("document.documentElement.scrollHeight") == PHONE["height"]
