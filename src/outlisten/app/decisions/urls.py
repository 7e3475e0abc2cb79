"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from outlisten.app.decisions.claims.urls import urlpatterns as claims
from outlisten.app.decisions.views import board, decisions, insights

urlpatterns = [
    path("decisions/", decisions.page, name="decisions"),
    path("decisions/board", board.page, name="decision_board"),
    path("decisions/new", decisions.new, name="decision_new"),
    path("decisions/<int:pk>", decisions.one, name="decision"),
    path("decisions/<int:pk>/edit", decisions.edit, name="decision_edit"),
    path("decisions/<int:pk>/review", decisions.review, name="decision_review"),
    path("decisions/<int:pk>/move", board.move, name="decision_move"),
    path("decisions/<int:pk>/withdraw", decisions.withdraw, name="decision_withdraw"),
    path("decisions/<int:pk>/restore", decisions.restore, name="decision_restore"),
    path("decisions/undo/<int:pk>", decisions.undo, name="decision_undo"),
    path("decisions/insights/", insights.page, name="insights"),
    path("decisions/insights/pin", insights.pin, name="insight_pin"),
    path("decisions/insights/<int:pk>", insights.one, name="insight"),
    path("decisions/insights/<int:pk>/now", insights.now, name="insight_now"),
    path("decisions/insights/<int:pk>/archive", insights.archive, name="insight_archive"),
    path("decisions/insights/<int:pk>/restore", insights.restore, name="insight_restore"),
    *claims,
]
