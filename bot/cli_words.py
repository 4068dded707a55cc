"""One English line for each refusal, for operators at the command line."""

from __future__ import annotations

from messages import imports
from messages.language import Language, speaking
from messages.refusals import SENTENCES, sentence_of
from models.errors import Refused

LINES: dict[str, str] = {
    "letter_not_found": "no letter has this number; check it, or import the register first",
    "letter_changed_meanwhile": "the letter moved meanwhile; look at it again",
    "stage_not_reachable": "a letter cannot go from {from_stage} to {to_stage}; see its history with: documents show",
    "several_letters": "{count} letters have the number {number}; record the stage in the chat",
    "indicator_not_found": "there is no indicator {code}; see: tidtam indicators list",
    "indicator_year_not_found": "{code} is not defined in fiscal year {fiscal_year}; see: tidtam indicators list",
    "unit_not_in_indicator": "{unit} takes no part in {code}; see: tidtam indicators show {code}",
    "unit_not_found": "no unit is called {text}; use its official name or code, and load the catalog first",
    "line_user_id_malformed": "the LINE user id must be U followed by 32 hexadecimal digits",
    "member_not_found": "{line_user_id} is not registered; add the person first: tidtam members add",
    "grid_indicator_missing": "the file names no indicator; name it with --indicator",
    "grid_of_several_indicators": "a file is of one indicator; this one is of several, or of another than --indicator",
    "grid_too_long": "the file has more than {most} rows; import it in parts",
    "evaluation_empty": "give --percent, --score or both",
    "evaluation_negative": "neither the percentage nor the score can be below 0",
    "open_year_from_later": "FY{fiscal_year} cannot be opened from FY{from_year}; take an earlier year",
    "role_missing": "name at least one role",
    "uses_out_of_range": "uses must be from 1 to 1000",
    "calendar_day_out_of_range": "{day} is too far away; the calendar has the years 2000 to 2200",
    "calendar_hours_backwards": "the office must open before it closes: {opens} to {closes} does not",
    "calendar_hours_missing": "a {kind} needs both --opens and --closes",
    "calendar_hours_not_wanted": "a {kind} has no hours of its own; leave --opens and --closes out",
    "calendar_name_missing": "a {kind} needs a --name that people are told",
    "calendar_name_too_long": "the name is longer than {longest} characters",
    "calendar_never_opens": "the calendar has no opening within 400 days; see: tidtam calendar list",
    "request_not_found": "there is no request #{number}; see: tidtam requests list",
    "period_backwards": "the period runs backwards: {last} lies before {first}",
    "month_not_over": "{month} is not over yet; it can be cut from the first day of the next month",
    "month_already_cut": "{month} was cut already, and a cut never changes; see: tidtam kpi corrections {month}",
    "month_not_cut": "{month} is not cut yet; cut it with: tidtam kpi cut {month}",
    "quarter_not_cut": "quarter {quarter} of {code} FY{fiscal_year} is not cut yet; see: tidtam indicators cuts {code}",
    "export_kind_unknown": "{name} must end in .csv or .xlsx",
    "form_kind_unknown": "{name} must end in .docx or .pdf",
    "form_quarter_unknown": "{quarter} is no quarter; name one of 1 to 4",
    "form_quarter_to_come": "quarter {quarter} of FY{fiscal_year} has not begun yet",
    "export_folder_missing": "there is no folder {folder}; make it first",
    "export_too_long": "a sheet holds {most} rows, these are more; export fewer, or a .csv",
    "export_year_unknown": "no indicator is defined in fiscal year {fiscal_year}; see: tidtam indicators list",
    "export_not_written": "{path} cannot be written: {reason}",
    "expiry_in_the_past": "the code would have expired already; give a longer time",
}


def refusal_line(refused: Refused) -> str:
    """The one line to show: our own, else that of a file of the office, in Thai, else the chat's in English."""
    line = LINES.get(refused.reason_code)
    if line is None and refused.reason_code in imports.SENTENCES:
        return imports.import_sentence(refused)
    try:
        return line.format(**refused.facts) if line is not None else _as_in_chat(refused)
    except KeyError:
        return str(refused)


def _as_in_chat(refused: Refused) -> str:
    if refused.reason_code not in SENTENCES:
        return str(refused)
    with speaking(Language.ENGLISH):
        return sentence_of(refused)
