"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from outlisten.app.care.views import acts, pages, posts, rules, service_levels

urlpatterns = [
    path("care/", pages.home, name="care"),
    path("care/queue", pages.queue_part, name="care_queue"),
    path("care/<int:pk>", pages.case, name="case"),
    path("care/<int:pk>/thread", pages.thread_part, name="case_thread"),
    path("care/<int:pk>/here", pages.here, name="case_here"),
    path("care/<int:pk>/promises/<int:promise>/<str:outcome>", acts.settle, name="case_settle"),
    path("care/<int:pk>/<str:name>", acts.act, name="case_act"),
    path("care/undo/<str:key>", acts.undo_step, name="care_undo"),
    path("care/posts/<str:post>/open", posts.open_case, name="case_open"),
    path("care/posts/<str:post>/draft", posts.draft, name="draft_save"),
    path("care/rules/", rules.page, name="case_rules"),
    path("care/rules/new", rules.edit, name="case_rule_new"),
    path("care/rules/check", rules.check, name="case_rule_check"),
    path("care/rules/offers", rules.take_offer, name="case_rule_offer"),
    path("care/rules/<int:pk>", rules.edit, name="case_rule"),
    path("care/rules/<int:pk>/switch", rules.switch_rule, name="case_rule_switch"),
    path("care/rules/<int:pk>/remove", rules.remove, name="case_rule_remove"),
    path("care/rules/<int:pk>/apply", rules.apply, name="case_rule_apply"),
    path("settings/service-levels", service_levels.page, name="service_levels"),
    path("settings/service-levels/<slug:key>", service_levels.edit, name="service_level"),
]
