"""What the demo begins with: an office of invented people, and letters at every point of their way.

Nothing here is real but the names of the offices. Hours count back from now in office hours, so that histories lie in
the last working days whenever the demo is started.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from sqlalchemy.orm import Session

from models.documents import BANGKOK, Secrecy, Stage
from models.imports import start_letter_import
from models.letter_rows import Cells, read_letter_row
from models.members import Role, add_member, create_invitation, find_member, record_consent
from models.units import UnitDirectory

# --- people ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SamplePerson:
    """Somebody to be on the phone page; without a role it is somebody who has not registered yet."""

    user_id: str
    name: str
    unit: str
    role: Role | None

    @property
    def label(self) -> str:
        """Where they belong, beside their name."""
        return self.unit if self.role else "ยังไม่ลงทะเบียน"


OFFICER = SamplePerson("U" + "01" * 16, "เจ้าหน้าที่ ดินแดง", "สำนักงานเขตดินแดง", Role.OFFICER)
SECRETARY = SamplePerson("U" + "03" * 16, "เลขานุการ เวรเช้า", "ส่วนเลขานุการ", Role.SECRETARY)
COORDINATOR = SamplePerson("U" + "0a" * 16, "ผู้ประสานงาน ดินแดง", "สำนักงานเขตดินแดง", Role.COORDINATOR)
REVIEWER = SamplePerson("U" + "0b" * 16, "ผู้ตรวจทาน สพส.", "สำนักพัฒนาสังคม", Role.REVIEWER)
HOST_COORDINATOR = SamplePerson("U" + "0c" * 16, "ผู้ประสานงาน สพส.", "สำนักพัฒนาสังคม", Role.COORDINATOR)
ADMIN = SamplePerson("U" + "08" * 16, "ผู้ดูแลระบบ", "สำนักงานเลขานุการปลัดกรุงเทพมหานคร", Role.ADMIN)
STRANGER = SamplePerson("U" + "09" * 16, "ผู้มาใหม่", "สำนักงานเขตดินแดง", None)

MANAGER = SamplePerson("U" + "07" * 16, "ผู้บริหาร", "สำนักปลัดกรุงเทพมหานคร", Role.MANAGER)
PEOPLE: tuple[SamplePerson, ...] = (
    OFFICER,
    SamplePerson("U" + "02" * 16, "เจ้าหน้าที่ บางรัก", "สำนักงานเขตบางรัก", Role.OFFICER),
    SECRETARY,
    SamplePerson("U" + "04" * 16, "หัวหน้าเวร", "ส่วนเลขานุการ", Role.SUPERVISOR),
    SamplePerson("U" + "05" * 16, "ผู้ประสานงาน", "สำนักงานระบบงบประมาณ", Role.COORDINATOR),
    SamplePerson("U" + "06" * 16, "ผู้ตรวจทาน", "สำนักงบประมาณกรุงเทพมหานคร", Role.REVIEWER),
    MANAGER,
    ADMIN,
    COORDINATOR,
    REVIEWER,
    HOST_COORDINATOR,
    STRANGER,
)


def add_people(session: Session, consent_version: str, now: datetime) -> None:
    """Register the people who have a role; harmless when they are there already."""
    units = UnitDirectory.load(session)
    for person in PEOPLE:
        if person.role is None or find_member(session, person.user_id) is not None:
            continue
        add_member(
            session,
            line_user_id=person.user_id,
            name=person.name,
            unit_id=_unit_id(units, person.unit),
            roles=[person.role],
            now=now,
        )
        record_consent(session, person.user_id, "on_paper", consent_version, now)


def invite_stranger(session: Session, now: datetime) -> str | None:
    """Make a registration code for who has not registered yet; None where that is done."""
    if find_member(session, STRANGER.user_id) is not None:
        return None
    return create_invitation(
        session,
        unit_id=_unit_id(UnitDirectory.load(session), STRANGER.unit),
        roles=[Role.OFFICER],
        uses=1,
        expires_at=now + timedelta(days=7),
        now=now,
    )


def _unit_id(units: UnitDirectory, name: str) -> int:
    unit_id = units.resolve(name)
    if unit_id is None:
        raise LookupError(f"the shipped catalog has no unit {name}")
    return unit_id


# --- letters --------------------------------------------------------------------------------------------------------

NUMBER_CODES: dict[str, str] = {
    "สำนักงานเลขานุการปลัดกรุงเทพมหานคร": "0401",
    "กองงานผู้ตรวจราชการ": "0405",
    "สำนักงบประมาณกรุงเทพมหานคร": "0501",
    "สำนักงานระบบงบประมาณ": "0503",
    "สำนักยุทธศาสตร์และประเมินผล": "0601",
    "สำนักการคลัง": "0701",
    "สำนักอนามัย": "0801",
    "สำนักการศึกษา": "0901",
    "สำนักการโยธา": "1001",
    "สำนักการระบายน้ำ": "1101",
    "สำนักสิ่งแวดล้อม": "1201",
    "สำนักพัฒนาสังคม": "1301",
    "สำนักการจราจรและขนส่ง": "1401",
    "สำนักงานเขตดินแดง": "1902",
    "สำนักงานเขตห้วยขวาง": "1904",
    "สำนักงานเขตบางรัก": "1911",
    "สำนักงานเขตคลองเตย": "1913",
    "สำนักงานเขตจตุจักร": "1921",
    "สำนักงานเขตบางกะปิ": "1931",
    "สำนักงานเขตมีนบุรี": "1933",
    "สำนักงานเขตธนบุรี": "1941",
    "สำนักงานเขตบางขุนเทียน": "1951",
}
"""The unit code that each office's letters carry, invented."""

ORDINARY_WAY = (Stage.RECEIVED, Stage.SCREENING, Stage.PROPOSED, Stage.SIGNED, Stage.DISPATCHED)


@dataclass(frozen=True)
class Step:
    """A letter reached a stage so many office hours ago."""

    stage: Stage
    hours_ago: float
    note: str = ""


def way(*hours_ago: float, note: str = "") -> tuple[Step, ...]:
    """The ordinary way as far as there are hours; the note belongs to the last step.

    >>> [step.stage.value for step in way(9, 4)]
    ['received', 'screening']
    """
    steps = [Step(stage, hours) for stage, hours in zip(ORDINARY_WAY, hours_ago, strict=False)]
    return (*steps[:-1], Step(steps[-1].stage, steps[-1].hours_ago, note))


@dataclass(frozen=True)
class SampleLetter:
    """A letter: ``running`` number within its unit, and its way so far.

    ``due_hours`` is the hour it must arrive by, in office hours from now, negative where that is past;
    ``years_ago`` moves the whole letter back by that many years.
    """

    unit: str
    running: str
    subject: str
    steps: tuple[Step, ...]
    urgency: str = "ปกติ"
    secrecy: Secrecy = Secrecy.NORMAL
    addressee: str = "ปลัดกรุงเทพมหานคร"
    due_hours: float | None = None
    years_ago: int = 0

    @property
    def number(self) -> str:
        """The letter's number: ``กท 1902/1335``."""
        return f"กท {NUMBER_CODES[self.unit]}/{self.running}"


_DIN_DAENG, _BANG_RAK = "สำนักงานเขตดินแดง", "สำนักงานเขตบางรัก"
_RETURNED_AND_BACK = (
    Step(Stage.RECEIVED, 27),
    Step(Stage.SCREENING, 22.5),
    Step(Stage.RETURNED, 20, "ขอให้แนบรายละเอียดประมาณการค่าใช้จ่าย"),
    Step(Stage.RECEIVED, 7.5),
    Step(Stage.SCREENING, 3.2),
)
_RETURNED = (
    Step(Stage.RECEIVED, 16),
    Step(Stage.SCREENING, 11.3),
    Step(Stage.RETURNED, 5.4, "ขอให้แก้ไขวันเริ่มต้นโครงการให้ตรงกับแผน"),
)
_RETURNED_BY_DEPUTY = (
    Step(Stage.RECEIVED, 31),
    Step(Stage.SCREENING, 26),
    Step(Stage.PROPOSED, 18),
    Step(Stage.RETURNED, 9.1, "ขอให้เสนอผ่านสำนักงบประมาณก่อน"),
)

LETTERS: tuple[SampleLetter, ...] = (
    SampleLetter(_DIN_DAENG, "1335", "ขออนุมัติจัดจ้างซ่อมบำรุงลิฟต์", way(16, 9.5, 2.6), "ด่วนมาก"),
    SampleLetter(_DIN_DAENG, "1329", "ขออนุมัติจัดซื้อเครื่องปรับอากาศ จำนวน 12 เครื่อง", way(19, 8.2)),
    SampleLetter(_DIN_DAENG, "1318", "ขออนุมัติจัดจ้างล้างและซ่อมบำรุงเครื่องปรับอากาศ", way(33, 29, 21, 4.4)),
    SampleLetter(_DIN_DAENG, "1296", "รายงานผลการตรวจรับเครื่องปรับอากาศ", way(48, 44, 36, 28, 22)),
    SampleLetter(_DIN_DAENG, "1262", "ขออนุมัติขยายเวลาดำเนินโครงการปรับปรุงทางเท้า", way(62, 57, 49)),
    SampleLetter(_DIN_DAENG, "1340", "ขออนุมัติใช้พื้นที่ลานกีฬาจัดกิจกรรมวันเด็กแห่งชาติ", way(1.1)),
    SampleLetter(_DIN_DAENG, "1287", "ขออนุมัติปรับแผนการใช้จ่ายเงินโครงการชุมชนเข้มแข็ง", _RETURNED_AND_BACK, "ด่วน"),
    SampleLetter(_DIN_DAENG, "1342", "ขออนุมัติเบิกจ่ายเงินค่าอาหารกลางวันเด็กก่อนวัยเรียน", way(3.4, 1.8), "ด่วนที่สุด", due_hours=9),
    SampleLetter(_DIN_DAENG, "412", "ขอรับการสนับสนุนเครื่องสูบน้ำประจำจุดเสี่ยงน้ำท่วม", way(30, 27, 20, 13, 10)),
    SampleLetter(_DIN_DAENG, "412", "ขออนุมัติจ้างเหมาบริการดูแลสวนหย่อม", way(30, 27, 20, 13, 10), years_ago=1),
    SampleLetter(_DIN_DAENG, "1301", "รายงานผลการตรวจสอบข้อเท็จจริง", way(12), secrecy=Secrecy.CONFIDENTIAL),
    SampleLetter(_BANG_RAK, "877", "ขออนุมัติจัดกิจกรรมวันขึ้นปีใหม่", _RETURNED, "ด่วน"),
    SampleLetter(_BANG_RAK, "869", "ขออนุมัติจัดซื้อเครื่องปรับอากาศห้องประชุมใหญ่", way(23, 15.2, 6.1)),
    SampleLetter(_BANG_RAK, "880", "ขออนุมัติปิดการจราจรเพื่อซ่อมท่อระบายน้ำ", way(8.3, 4.9), "ด่วนมาก", due_hours=-1.2),
    SampleLetter(_BANG_RAK, "854", "รายงานผลการจัดระเบียบผู้ค้าในพื้นที่", way(40, 35, 27, 19, 12)),
    SampleLetter("สำนักงานเขตห้วยขวาง", "1120", "ขออนุมัติจัดจ้างซ่อมบำรุงลิฟต์โดยสาร", way(26, 20.5, 12.4, 5.7)),
    SampleLetter("สำนักงานเขตคลองเตย", "640", "ขออนุมัติปรับปรุงลานกีฬาชุมชน", way(14, 6.6)),
    SampleLetter("สำนักงานเขตจตุจักร", "1512", "ขออนุมัติรื้อถอนสิ่งปลูกสร้างรุกล้ำคลอง", way(20, 13.5, 7.3), "ด่วน"),
    SampleLetter("สำนักงานเขตบางกะปิ", "733", "ขออนุมัติเบิกจ่ายเงินโครงการชุมชนเข้มแข็ง", way(5.2)),
    SampleLetter("สำนักงานเขตมีนบุรี", "598", "ขอความอนุเคราะห์รถสุขาเคลื่อนที่", way(37, 32, 24, 15, 8.8)),
    SampleLetter("สำนักงานเขตธนบุรี", "915", "ขออนุมัติจัดซื้อครุภัณฑ์คอมพิวเตอร์", way(21, 17, 10.6)),
    SampleLetter("สำนักงานเขตบางขุนเทียน", "467", "ขอรับการสนับสนุนเรือเก็บขยะชายทะเล", way(2.2)),
    SampleLetter(
        "สำนักการโยธา",
        "2210",
        "ขออนุมัติแก้ไขสัญญาก่อสร้างสะพานข้ามคลอง",
        _RETURNED_BY_DEPUTY,
        addressee="รองปลัดกรุงเทพมหานคร",
    ),
    SampleLetter("สำนักการโยธา", "2231", "ขออนุมัติจ้างที่ปรึกษาควบคุมงานก่อสร้างถนน", way(11, 4.1), "ด่วน"),
    SampleLetter("สำนักการระบายน้ำ", "1788", "ขออนุมัติจัดซื้อเครื่องสูบน้ำสำรองฉุกเฉิน", way(6.8, 5.1, 1.4), "ด่วนที่สุด", due_hours=3),
    SampleLetter(
        "สำนักสิ่งแวดล้อม",
        "1645",
        "ขออนุมัติปลูกต้นไม้เพิ่มพื้นที่สีเขียวริมคลอง",
        way(29, 24.5, 16.2, 3.3, note="เห็นชอบตามเสนอ"),
        addressee="รองปลัดกรุงเทพมหานคร",
    ),
    SampleLetter("สำนักอนามัย", "1033", "รายงานผลการเฝ้าระวังโรคไข้เลือดออก", way(34, 30, 25, 17, 11.9), "ด่วน"),
    SampleLetter("สำนักอนามัย", "1041", "ผลการสอบสวนข้อร้องเรียนบุคลากร", way(9), secrecy=Secrecy.SECRET),
    SampleLetter("สำนักการศึกษา", "1902", "ขออนุมัติจัดซื้อหนังสือเรียนเพิ่มเติม", way(18, 12.8, 4.7)),
    SampleLetter("สำนักพัฒนาสังคม", "744", "รายงานผลการเบิกจ่ายเงินโครงการชุมชนเข้มแข็ง", way(13.5, 8.9)),
    SampleLetter("สำนักการจราจรและขนส่ง", "860", "ขออนุมัติติดตั้งสัญญาณไฟคนข้าม", way(25, 19.6, 14.4, 6.9)),
    SampleLetter("สำนักงบประมาณกรุงเทพมหานคร", "519", "ขอความเห็นชอบหลักเกณฑ์การจัดทำงบประมาณ", way(22, 18.1, 9.9), "ด่วนมาก"),
    SampleLetter("สำนักงานระบบงบประมาณ", "233", "รายงานการเร่งรัดการก่อหนี้ผูกพัน", way(10, 3.9)),
    SampleLetter("สำนักการคลัง", "1290", "ขออนุมัติกันเงินไว้เบิกเหลื่อมปี", way(42, 38, 31, 23, 14.6)),
    SampleLetter(
        "สำนักงานเลขานุการปลัดกรุงเทพมหานคร",
        "ว 223",
        "แนวทางการเร่งรัดติดตามหนังสือราชการ",
        way(17, 15, 12.2, 7.1, 6.2),
        addressee="ผู้อำนวยการสำนักงานเขตดินแดง",
    ),
)


def add_letters(session: Session, now: datetime) -> int:
    """Enter the letters as the office's register would tell of them, stage by stage; gives how many there are.

    Raises:
        LookupError: the import refused a row: a sample breaks one of the product's own rules.
    """
    units = UnitDirectory.load(session)
    importing = start_letter_import(session, now)
    for rows in _rounds(now):
        refused = importing.apply([(at, read_letter_row(row, units, now)) for at, row in enumerate(rows)])
        if refused:
            raise LookupError(f"a sample letter was refused: {refused[0][1]}")
    return importing.added


def _rounds(now: datetime) -> Iterator[list[Cells]]:
    """Rows of a register: first what reached its first stage, then those that went on, and so forth."""
    receive_numbers = _receive_numbers(now)
    for round_number in range(max(len(letter.steps) for letter in LETTERS)):
        walking = [letter for letter in LETTERS if round_number < len(letter.steps)]
        yield [_row(letter, letter.steps[round_number], receive_numbers, now) for letter in walking]


def _row(
    letter: SampleLetter, step: Step, receive_numbers: dict[tuple[SampleLetter, Step], str], now: datetime
) -> Cells:
    at = _at(letter, step, now)
    return {
        "number": letter.number,
        "date": _written_on(letter, now),
        "subject": letter.subject,
        "from_unit": letter.unit,
        "addressee": letter.addressee,
        "urgency": _urgency(letter, now),
        "secrecy": letter.secrecy.value,
        "receive_number": receive_numbers.get((letter, step)),
        "received_at": at,
        "stage": step.stage.value,
        "note": step.note,
    }


def _at(letter: SampleLetter, step: Step, now: datetime) -> datetime:
    return office_time(now, -step.hours_ago) - timedelta(weeks=52 * letter.years_ago)


def _written_on(letter: SampleLetter, now: datetime) -> date:
    """The working day before the letter was first received."""
    return office_time(_at(letter, letter.steps[0], now), -7).date()


def _urgency(letter: SampleLetter, now: datetime) -> str:
    if letter.due_hours is None:
        return letter.urgency
    return f"{letter.urgency} ภายใน {office_time(now, letter.due_hours):%Y-%m-%d %H:%M}"


def _receive_numbers(now: datetime) -> dict[tuple[SampleLetter, Step], str]:
    """The number of each reception, growing over the year as in an office of eighty letters a day."""
    receptions = [
        (_at(letter, step, now), letter, step)
        for letter in LETTERS
        for step in letter.steps
        if step.stage is Stage.RECEIVED
    ]
    numbers: dict[tuple[SampleLetter, Step], str] = {}
    last: dict[int, int] = {}
    for at, letter, step in sorted(receptions, key=itemgetter(0)):
        last[at.year] = max(last.get(at.year, 0) + 1, _register_place(at))
        numbers[letter, step] = f"{last[at.year]}/{at.year + 543}"
    return numbers


def _register_place(at: datetime) -> int:
    minutes_open = (at.hour - 8) * 60 + at.minute - 30
    return (at.timetuple().tm_yday - 1) * 80 + minutes_open // 6 + 1


# --- office hours ---------------------------------------------------------------------------------------------------

_HALF_DAYS = ((time(8, 30), time(12, 0)), (time(13, 0), time(16, 30)))


def office_time(now: datetime, hours: float) -> datetime:
    """The minute that lies so many office hours after now, or before it where ``hours`` is negative, in Bangkok.

    Offices are open from Monday to Friday, 08.30 to 12.00 and 13.00 to 16.30; holidays are not known here.
    """
    now = now.astimezone(BANGKOK).replace(second=0, microsecond=0)
    left = timedelta(minutes=round(abs(hours) * 60))
    for begins, ends in _open_from(now) if hours > 0 else _open_until(now):
        if left <= ends - begins:
            return begins + left if hours > 0 else ends - left
        left -= ends - begins
    raise AssertionError("there is always another working day")


def _open_until(now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans in which the office was open before now, the latest first."""
    for days in range(10_000):
        for begins, ends in reversed(_spans(now.date() - timedelta(days=days))):
            if begins < now:
                yield begins, min(ends, now)


def _open_from(now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Spans in which the office will be open after now, the next first."""
    for days in range(10_000):
        for begins, ends in _spans(now.date() + timedelta(days=days)):
            if ends > now:
                yield max(begins, now), ends


def _spans(day: date) -> list[tuple[datetime, datetime]]:
    if day.weekday() > 4:
        return []
    return [
        (datetime.combine(day, begins, BANGKOK), datetime.combine(day, ends, BANGKOK)) for begins, ends in _HALF_DAYS
    ]
