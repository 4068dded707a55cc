"""What the official result form (แบบรายงานผล) says, section by section; Word and PDF are written from the same paper.

In Thai whoever asks for it: it is the office's form. What nothing is known of is left empty to be seen, never zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from messages.files.glyphs import plain_text
from messages.files.paper import (
    Blank,
    Block,
    Heading,
    Paper,
    Said,
    Section,
    Table,
    in_thai_digits,
    with_percent_in_words,
    with_words,
)
from messages.indicator_words import SOURCE_WORDS, amount_text, counted_in, fraction_text, result_text, target_text
from messages.language import in_thai
from messages.thai import LONG_MONTHS, decimal_text, long_date, month_and_year, one_line, short_date
from models.indicator_terms import Definition, Result, SuccessKind, TargetIn
from models.indicator_views import Evaluated, PartLine
from models.result_form_views import FormEvidence, FormNote, FormQuarter, ResultForm

NOTHING_APPROVED = "ยังไม่มีผลที่อนุมัติ"
TITLE = ("แบบรายงานผลการดำเนินงาน", "ผลสัมฤทธิ์การปฏิบัติงานตามแผนปฏิบัติการประจำปี แยกรายตัวชี้วัด")
_KINDS = {
    SuccessKind.OUTPUT: "ผลผลิต (Output)",
    SuccessKind.OUTCOME: "ผลลัพธ์ (Outcome)",
    SuccessKind.ACTIVITY: "กิจกรรม (Activity)",
}
_SUPPORTS = {"side": "ด้าน", "issue": "ประเด็นยุทธศาสตร์", "goal": "เป้าประสงค์"}
MOST_UNIT_NAMES = 6
"""More that said the same are counted."""
MOST_EVIDENCE_LINES = 60
"""More than that is said to be in the service."""


@in_thai
def compose_result_form(form: ResultForm, *, has_thai_digits: bool) -> Paper:
    """The form as the office writes it."""
    definition = form.definition
    paper = Paper(
        title=(*TITLE, f"ปีงบประมาณ พ.ศ. {definition.fiscal_year} ไตรมาสที่ {form.quarter}"),
        facts=(
            Said("รหัสตัวชี้วัด", (definition.code,)),
            Said("หน่วยงานเจ้าภาพ", (form.host,)),
            Said("ข้อมูล ณ วันที่", (long_date(form.as_of),)),
        ),
        sections=tuple(_sections(form)),
        signed_by="ผู้รับผิดชอบตัวชี้วัด",
        footer=f"{definition.code} ปีงบประมาณ พ.ศ. {definition.fiscal_year} ไตรมาสที่ {form.quarter}",
        written_at=form.as_of,
    )
    clean = with_words(paper, plain_text)
    return in_thai_digits(clean) if has_thai_digits else clean


def _sections(form: ResultForm) -> Iterator[Section]:
    definition = form.definition
    yield Section("1. ชื่อตัวชี้วัด", (Said(lines=(one_line(definition.name),)),))
    yield Section("2. ระดับความสำเร็จและแผนที่สนับสนุน", tuple(_supports(definition)))
    yield Section("3. คำนิยาม", (_told(definition.definition),))
    yield Section("4. วิธีการคำนวณ", (_told(definition.formula), *_measure(definition)))
    yield Section("5. เป้าหมายและผลงานที่ทำได้", tuple(_achieved(form)))
    yield Section("6. รายงานผลการดำเนินงาน (รายไตรมาส)", tuple(_story(form)))
    yield Section("7. ปัจจัยสนับสนุนการดำเนินงาน", _notes_or_blank(form.supporting))
    yield Section("8. อุปสรรคต่อการดำเนินงาน", _notes_or_blank(form.obstacles))
    yield Section("9. หลักฐานอ้างอิง", tuple(_evidence(form)))


# --- 2 to 4: what it is ---------------------------------------------------------------------------------------------


def _supports(definition: Definition) -> Iterator[Block]:
    yield Said("ระดับความสำเร็จ", (_KINDS[definition.kind],))
    for name, label in _SUPPORTS.items():
        words = one_line(definition.supports.get(name, ""))
        if words:
            yield Said(label, (words,))
    if not any(definition.supports.values()):
        yield Blank(lines=1)


def _told(words: str) -> Block:
    lines = tuple(line.strip() for line in words.splitlines() if line.strip())
    return Said(lines=lines) if lines else Blank()


def _measure(definition: Definition) -> Iterator[Block]:
    spec = cast("Mapping[str, Any]", definition.measure)
    tables = {"milestones": _ladder, "weighted_steps": _weights, "banded": _bands, "composite": _composite}
    if spec["kind"] in tables:
        yield tables[spec["kind"]](spec)


def _ladder(spec: Mapping[str, Any]) -> Table:
    steps = [(str(number), step) for number, step in enumerate(spec["steps"], 1)]
    rows = [
        (level, one_line(step["name"]), _plain(step["percent"]), _plain(step.get("score"))) for level, step in steps
    ]
    return _without_empty(Table(("ระดับ", "เกณฑ์", "ร้อยละ", "คะแนน"), tuple(rows[::-1]), (12, 58, 15, 15)))


def _weights(spec: Mapping[str, Any]) -> Table:
    rows = [
        (str(number), one_line(step["name"]), _plain(step["weight"]), _month(step.get("planned")))
        for number, step in enumerate(spec["steps"], 1)
    ]
    return _without_empty(Table(("ขั้นที่", "ขั้นตอน", "น้ำหนัก (ร้อยละ)", "แผนแล้วเสร็จ"), tuple(rows), (10, 52, 18, 20)))


def _bands(spec: Mapping[str, Any]) -> Table:
    rows, above = [], ""
    for band in spec["bands"]:
        words, above = _band(band, above)
        rows.append((str(band["level"]), words, _plain(band.get("percent")), _plain(band.get("score"))))
    return _without_empty(Table(("ระดับ", "ค่าที่ได้ (ร้อยละ)", "ร้อยละ", "คะแนน"), tuple(rows), (12, 58, 15, 15)))


def _band(band: Mapping[str, Any], above: str) -> tuple[str, str]:
    """A band in words, and how the next one begins; ``above`` is how this one does."""
    if "up_to" in band:
        bound = _plain(band["up_to"])
        words = f"{above} ถึง {bound}" if above else bound if bound == "0" else f"ไม่เกิน {bound}"
        return words, f"มากกว่า {bound}"
    if "below" in band:
        bound = _plain(band["below"])
        return f"{above} แต่น้อยกว่า {bound}" if above else f"น้อยกว่า {bound}", f"ตั้งแต่ {bound}"
    return f"{above} ขึ้นไป" if above.startswith("ตั้งแต่") else above or "ทุกค่า", ""


def _composite(spec: Mapping[str, Any]) -> Table:
    rows = [
        (str(number), one_line(part["name"]), _part_target(part), _plain(part.get("weight")))
        for number, part in enumerate(spec["parts"], 1)
    ]
    return _without_empty(Table(("ส่วนที่", "รายการ", "เป้าหมาย", "น้ำหนัก"), tuple(rows), (12, 41, 32, 15)))


def _part_target(part: Mapping[str, Any]) -> str:
    if "target" not in part:
        return ""
    measured_in = TargetIn(part.get("target_in", TargetIn.PERCENT))
    words = amount_text(Decimal(str(part["target"])), measured_in, part.get("measure", {}).get("counted_in", ""))
    least = "ไม่เกิน" if part.get("direction") == "lower" else "ไม่น้อยกว่า"
    words = with_percent_in_words(words)
    return f"{least}{words}" if words.startswith("ร้อยละ") else f"{least} {words}"


def _without_empty(table: Table) -> Table:
    """A table without columns that say nothing; their room goes to the widest one. All but words are centred."""
    kept = [place for place in range(len(table.header)) if any(row[place] for row in table.rows)]
    widths = [table.widths[place] for place in kept]
    widths[1] += 100 - sum(widths)
    rows = tuple(tuple(row[place] for place in kept) for row in table.rows)
    centred = frozenset(place for place in range(len(kept)) if place != 1)
    return Table(tuple(table.header[place] for place in kept), rows, tuple(widths), centred)


def _month(planned: object) -> str:
    return LONG_MONTHS[int(str(planned)) - 1] if planned else ""


def _plain(value: object) -> str:
    return "" if value is None else decimal_text(Decimal(str(value)), 3)


# --- 5 and 6: results -----------------------------------------------------------------------------------------------


def _achieved(form: ResultForm) -> Iterator[Block]:
    definition = form.definition
    yield Said("เป้าหมาย", (_target(definition),))
    if form.achieved is None:
        yield Said("ผลงานที่ทำได้", (NOTHING_APPROVED,))
        yield Blank(lines=1)
        return
    yield Said("ผลงานที่ทำได้", tuple(_result_lines(definition, form.achieved, form.parts)))
    yield Said("ข้อมูลถึง", (f"สิ้นเดือน{month_and_year(form.achieved.month)}",) if form.achieved.month else ())


def _story(form: ResultForm) -> Iterator[Block]:
    for quarter in form.quarters:
        yield Heading(f"6.{quarter.number} ไตรมาสที่ {quarter.number}")
        if quarter.number > form.quarter:
            yield Blank()
        elif quarter.result is None:
            yield Blank(NOTHING_APPROVED)
        else:
            yield from _quarter(form.definition, quarter, quarter.result)
    yield Heading("6.5 สรุปผลการดำเนินงาน (ปลายปีงบประมาณ)")
    yield from _year_end(form)
    if form.waiting:
        yield Said(lines=(f"มีรายงานที่รออนุมัติ {form.waiting:,} รายการ ไม่นับรวมในแบบรายงานนี้",))


def _quarter(definition: Definition, quarter: FormQuarter, result: Result) -> Iterator[Block]:
    yield Said("ผลสะสมถึงสิ้นไตรมาส", tuple(_result_lines(definition, result, quarter.parts)))
    if quarter.cut_result is not None and quarter.cut_at is not None:
        kept = (
            with_percent_in_words(result_text(definition, quarter.cut_result)) if quarter.cut_result.is_reported else ""
        )
        yield Said(f"ผลที่ตัดยอดไว้เมื่อ {short_date(quarter.cut_at)}", (kept or NOTHING_APPROVED,))
    yield from map(_note, quarter.notes)


def _year_end(form: ResultForm) -> Iterator[Block]:
    if not form.is_year_over:
        yield Blank()
        return
    if form.achieved is None:
        yield Blank(NOTHING_APPROVED)
    else:
        result = with_percent_in_words(result_text(form.definition, form.achieved))
        is_met = form.definition.target.is_met_by(form.achieved)
        against = {True: "บรรลุเป้าหมาย", False: "ไม่บรรลุเป้าหมาย", None: ""}[is_met]
        yield Said("ผลทั้งปี", (f"{result} จากเป้าหมาย {_target(form.definition)} {against}".rstrip(),))
    if form.evaluated is not None:
        yield Said("ผลการประเมิน", tuple(_evaluated(form.evaluated)))


def _evaluated(evaluated: Evaluated) -> Iterator[str]:
    percent = "" if evaluated.percent is None else f"ร้อยละ {decimal_text(evaluated.percent)}"
    score = "" if evaluated.score is None else f"คะแนน {decimal_text(evaluated.score, 3)}"
    yield f"{percent} {score} ประเมินเมื่อ {long_date(evaluated.evaluated_at)}".strip()
    yield from (line.strip() for line in (evaluated.note or "").splitlines() if line.strip())


def _target(definition: Definition) -> str:
    return with_percent_in_words(target_text(definition.target, counted_in(definition)))


def _result_lines(definition: Definition, result: Result, parts: Sequence[PartLine]) -> Iterator[str]:
    main = with_percent_in_words(result_text(definition, result))
    is_said = result.score is None or definition.target.measured_in is TargetIn.SCORE
    yield main if is_said else f"{main} คะแนน {decimal_text(result.score or 0, 3)}"
    made_of = with_percent_in_words(fraction_text(definition, result))
    if made_of and made_of != main:
        yield made_of
    if result.units_expected > 1:
        yield f"หน่วยงานที่มีผลอนุมัติแล้ว {result.units_reported:,} จาก {result.units_expected:,} หน่วยงาน"
    yield from (_part(number, part) for number, part in enumerate(parts, 1))


def _part(number: int, part: PartLine) -> str:
    measured_in = part.target.measured_in if part.target else TargetIn.PERCENT
    value = NOTHING_APPROVED if part.value is None else amount_text(part.value, measured_in, part.counted_in)
    met = {True: "บรรลุเป้าหมาย", False: "ไม่บรรลุเป้าหมาย", None: ""}[part.is_met]
    return f"{number}) {one_line(part.name)} {with_percent_in_words(value)} {met}".rstrip()


# --- notes and evidence ---------------------------------------------------------------------------------------------


def _notes_or_blank(notes: Iterable[FormNote]) -> tuple[Block, ...]:
    return tuple(map(_note, notes)) or (Blank(),)


def _note(note: FormNote) -> Said:
    more = len(note.units) - MOST_UNIT_NAMES
    names = (*note.units[:MOST_UNIT_NAMES], *([f"และอีก {more:,} หน่วยงาน"] if more > 0 else []))
    return Said(" ".join((month_and_year(note.month), *names)), note.lines)


def _evidence(form: ResultForm) -> Iterator[Block]:
    reporting = form.definition.reporting
    if reporting.evidence_of:
        yield Said("หลักฐานที่กำหนด", (one_line(reporting.evidence_of),))
    for proof in form.evidence[:MOST_EVIDENCE_LINES]:
        yield from _proof(proof)
    if len(form.evidence) > MOST_EVIDENCE_LINES:
        yield Said(lines=(f"และอีก {len(form.evidence) - MOST_EVIDENCE_LINES:,} รายการ ดูได้ในระบบ",))
    if form.sources:
        yield Said("ที่มาของข้อมูล", (", ".join(SOURCE_WORDS[source] for source in form.sources),))
    if form.definition.channel:
        yield Said("ช่องทางการรายงาน", (one_line(form.definition.channel),))
    if not form.evidence:
        yield Blank()


def _proof(proof: FormEvidence) -> Iterator[Said]:
    label = f"{month_and_year(proof.month)} {proof.unit}".strip()
    if proof.file_names:
        yield Said(label, tuple(map(one_line, proof.file_names)), exact=True)
    if proof.unnamed:
        yield Said("" if proof.file_names else label, (f"ภาพถ่ายหรือไฟล์ที่ไม่มีชื่อ {proof.unnamed:,} รายการ",))
