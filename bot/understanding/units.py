"""How people write units (หน่วยงาน) and district groups (กลุ่มเขต)."""

from __future__ import annotations

from bot.understanding.phrases import Phrase, phrases

_DISTRICT = "สำนักงานเขต"
_DISTRICT_FORMS = ("{}", "เขต{}", "สนข.{}", "ข.{}", "สนง.เขต{}", "สนง.{}", "สำนักเขต{}")
_ENGLISH_FORMS = ("{}", "{} district", "district {}", "khet {}")
_DEPARTMENT = " department"
_ENGLISH_DEPARTMENTS = ("department of {}", "{} dept", "dept of {}", "{} bureau", "bureau of {}")
_PLAINER_ENGLISH = (("kh", "k"), ("ph", "p"), ("th", "t"), ("ae", "e"), ("ue", "u"))
"""The ways the same Thai sound is written in English: Khlong and Klong, Phra and Pra."""
_OFFICE_FORMS = {"สำนักงาน": ("สนง.{}",), "สำนัก": ("สน.{}", "สำนักงาน{}")}
_GROUP_FORMS = {
    "กท.": ("กท.{}", "กทม.{}", "กรุงเทพ{}", "กลุ่มเขตกรุงเทพ{}", "กลุ่ม{}", "กลุ่มเขต{}", "โซน{}"),
    "กธ.": ("กธ.{}", "กรุงธน{}", "กรุงธนบุรี{}", "ธนบุรี{}", "ฝั่งธน{}", "ฝั่งธนบุรี{}"),
}
_ENGLISH_GROUPS = {
    "กท.": ("{} bangkok", "{} krungthep", "bangkok {}", "krungthep {}"),
    "กธ.": ("{} thonburi", "{} krungthon", "thonburi {}", "krungthon {}"),
}
_ENGLISH_SIDES = {
    "กลาง": ("central",),
    "ตะวันออก": ("east", "eastern"),
    "ใต้": ("south", "southern"),
    "เหนือ": ("north", "northern"),
}


def unit_phrases(name: str, aliases: tuple[str, ...]) -> list[Phrase]:
    """Return every spelling of a unit: its full name, aliases, and the usual ways to shorten such a name."""
    return phrases("unit", name, (name, *aliases, *_shortened(name, aliases)))


def group_phrases(code: str, names: tuple[str, ...]) -> list[Phrase]:
    """Return every spelling of a district group; ``กลุ่มใต้`` alone is กท.ใต้, the likelier of the two."""
    start, side = code[:3], code[3:]
    forms = [form.format(side) for form in _GROUP_FORMS.get(start, ())]
    english = [form.format(word) for form in _ENGLISH_GROUPS.get(start, ()) for word in _ENGLISH_SIDES.get(side, ())]
    spellings = phrases("group", code, (code, *names, *forms))
    return [
        *spellings,
        *(Phrase(f"{word}{phrase.key}", "group", code) for phrase in spellings for word in ("กลุ่ม", "โซน")),
        *phrases("group", code, (*english, *(f"{name} group" for name in english))),
    ]


def _shortened(name: str, aliases: tuple[str, ...]) -> list[str]:
    english = [alias.lower() for alias in aliases if alias.isascii()]
    if name.startswith(_DISTRICT):
        thai = [form.format(name.removeprefix(_DISTRICT)) for form in _DISTRICT_FORMS]
        spellings = dict.fromkeys([*english, *map(_plainer, english)])
        return thai + [form.format(spelling) for spelling in spellings for form in _ENGLISH_FORMS]
    departments = [spelling.removesuffix(_DEPARTMENT) for spelling in english if spelling.endswith(_DEPARTMENT)]
    shortened = [form.format(spelling) for spelling in departments for form in _ENGLISH_DEPARTMENTS]
    for start, forms in _OFFICE_FORMS.items():
        if name.startswith(start):
            return [*(form.format(name.removeprefix(start)) for form in forms), *shortened]
    return shortened


def _plainer(english: str) -> str:
    for written, plain in _PLAINER_ENGLISH:
        english = english.replace(written, plain)
    return english
