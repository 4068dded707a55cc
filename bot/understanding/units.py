"""How people write units (หน่วยงาน) and district groups (กลุ่มเขต)."""

from __future__ import annotations

from bot.understanding.phrases import Phrase, phrases

_DISTRICT = "สำนักงานเขต"
_DISTRICT_FORMS = ("{}", "เขต{}", "สนข.{}", "ข.{}", "สนง.เขต{}", "สำนักเขต{}", "{} district", "district {}")
_OFFICE_FORMS = {"สำนักงาน": ("สนง.{}",), "สำนัก": ("สน.{}", "สำนักงาน{}")}
_GROUP_FORMS = {
    "กท.": ("กท.{}", "กทม.{}", "กรุงเทพ{}", "กลุ่มเขตกรุงเทพ{}", "กลุ่ม{}", "กลุ่มเขต{}"),
    "กธ.": ("กธ.{}", "กรุงธน{}", "กรุงธนบุรี{}", "ธนบุรี{}", "ฝั่งธน{}"),
}


def unit_phrases(name: str, aliases: tuple[str, ...]) -> list[Phrase]:
    """Return every spelling of a unit: its full name, aliases, and the usual ways to shorten such a name."""
    return phrases("unit", name, (name, *aliases, *_shortened(name)))


def group_phrases(code: str, names: tuple[str, ...]) -> list[Phrase]:
    """Return every spelling of a district group; ``กลุ่มใต้`` alone is กท.ใต้, the likelier of the two."""
    forms = [
        form.format(code[len(start) :])
        for start in _GROUP_FORMS
        if code.startswith(start)
        for form in _GROUP_FORMS[start]
    ]
    spellings = phrases("group", code, (code, *names, *forms))
    return spellings + [Phrase(f"กลุ่ม{phrase.key}", "group", code) for phrase in spellings]


def _shortened(name: str) -> list[str]:
    if name.startswith(_DISTRICT):
        return [form.format(name.removeprefix(_DISTRICT)) for form in _DISTRICT_FORMS]
    for start, forms in _OFFICE_FORMS.items():
        if name.startswith(start):
            return [form.format(name.removeprefix(start)) for form in forms]
    return []
