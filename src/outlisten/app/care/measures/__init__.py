"""Statements 2, 7 and 8, and the real answer times of statement 1, over the cases a reader may see."""

from __future__ import annotations

from outlisten.app.care.measures.departments import cases_solved, departments_answering
from outlisten.app.care.measures.employees import answers_by_employees, attempts_refused, conversations_held
from outlisten.app.care.measures.first_answers import time_to_first_answer
from outlisten.app.care.measures.motivation import load_balance, promises_kept, thanks_received

__all__ = [
    "MEASURES",
    "answers_by_employees",
    "attempts_refused",
    "cases_solved",
    "conversations_held",
    "departments_answering",
    "load_balance",
    "promises_kept",
    "thanks_received",
    "time_to_first_answer",
]

MEASURES = {
    1: (time_to_first_answer,),
    2: (answers_by_employees, attempts_refused, conversations_held),
    7: (thanks_received, promises_kept, load_balance),
    8: (departments_answering, cases_solved),
}
