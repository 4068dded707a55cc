"""The life of a letter: which steps it may take, and a history that nothing rewrites."""

import threading

import pytest
from sqlalchemy import delete, select, update

from models.documents import DocumentEvent, Stage, record_stage
from models.errors import Invalid, NotFound
from models.history import HistoryChangeError
from models.visibility import OPERATOR, get_letter
from tests.documents.conftest import row

ALLOWED = {
    "received": {"screening", "proposed", "signed", "dispatched"},
    "screening": {"proposed", "signed", "dispatched", "returned"},
    "proposed": {"signed", "dispatched", "returned"},
    "signed": {"dispatched"},
    "dispatched": set(),
    "returned": {"received"},
}


def record(registry, document_id, stage, note=None, **expected):
    with registry.database.transaction() as session:
        told = {"at": registry.later(minutes=1), "note": note, "recorded_by": "line:1"}
        return record_stage(session, document_id, Stage(stage), **told, **expected).id


@pytest.mark.parametrize("from_stage", list(Stage))
def test_a_letter_goes_only_where_its_life_leads(registry, from_stage):
    for position, to_stage in enumerate(set(Stage) - {from_stage}):
        number = f"กท 1902/{position + 1}"
        registry.take_rows(row(number, stage=from_stage))
        letter = registry.letter(number)
        if to_stage in ALLOWED[from_stage]:
            record(registry, letter.id, to_stage, "หมายเหตุ")
            moved = registry.letter(number)
            assert (moved.stage, moved.stage_since, moved.steps[-1].note) == (to_stage, registry.now, "หมายเหตุ")
            assert moved.steps[-1].is_return == (to_stage == "returned")
        else:
            with pytest.raises(Invalid) as refused:
                record(registry, letter.id, to_stage)
            assert refused.value.reason_code == "stage_not_reachable"
            assert refused.value.facts == {"from_stage": from_stage, "to_stage": to_stage}
            assert registry.letter(number) == letter


def test_the_same_stage_again_is_no_event_but_a_new_note_is(registry):
    registry.take_rows(row())
    letter = registry.letter()
    assert record(registry, letter.id, "received") == letter.latest_event_id
    noted = record(registry, letter.id, "received", "รอเอกสารเพิ่ม")
    assert record(registry, letter.id, "received", "รอเอกสารเพิ่ม") == noted > letter.latest_event_id
    assert [step.note for step in registry.letter().steps] == [None, "รอเอกสารเพิ่ม"]
    assert registry.letter().stage_since == letter.stage_since


def test_an_old_picture_of_the_letter_changes_nothing(registry):
    registry.take_rows(row())
    seen = registry.letter()
    record(registry, seen.id, "screening", expected_event_id=seen.latest_event_id)
    with pytest.raises(Invalid, match="letter_changed_meanwhile"):
        record(registry, seen.id, "proposed", expected_event_id=seen.latest_event_id)
    assert registry.letter().stage == "screening"


def test_absent_and_secret_letters_are_refused_alike(registry):
    registry.take_rows(row(), row("กท 1902/2", secrecy="ลับ"))
    with registry.database.reading() as session:
        secret_id = max(session.scalars(select(DocumentEvent.document_id)))
    for document_id in (secret_id, 999_999):
        with pytest.raises(NotFound) as refused:
            record(registry, document_id, "screening")
        assert (refused.value.reason_code, refused.value.facts) == ("letter_not_found", {})


@pytest.mark.parametrize(
    "change",
    [
        lambda session, step: setattr(step, "note", "แก้"),
        lambda session, step: session.delete(step),
        lambda session, step: session.execute(update(DocumentEvent).values(note="แก้")),
        lambda session, step: session.execute(delete(DocumentEvent).where(DocumentEvent.id == step.id)),
    ],
)
def test_nothing_rewrites_history(registry, change):
    registry.take_rows(row(note="เดิม"))
    with pytest.raises(HistoryChangeError), registry.database.transaction() as session:
        change(session, session.scalars(select(DocumentEvent)).one())
    assert [step.note for step in registry.letter().steps] == ["เดิม"]


def test_of_two_at_once_only_one_acts_on_the_picture_both_saw(registry):
    registry.take_rows(row())
    seen = registry.letter()
    at, outcomes, start = registry.later(minutes=1), [], threading.Barrier(2)

    def act():
        start.wait()
        try:
            with registry.database.transaction() as session:
                told = {"at": at, "note": None, "recorded_by": "line:1", "expected_event_id": seen.latest_event_id}
                outcomes.append(record_stage(session, seen.id, Stage.SCREENING, **told).to_stage)
        except Invalid as refused:
            outcomes.append(refused.reason_code)

    threads = [threading.Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["letter_changed_meanwhile", "screening"]
    with registry.database.reading() as session:
        assert len(get_letter(session, OPERATOR, seen.id).steps) == 2
