"""What people say of single posts: whose voice it is, and tags."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from outlisten.app.listening import rereading
from outlisten.app.listening.actions import corrections, voices
from outlisten.app.listening.models import PostTag, VoiceCorrection
from outlisten.app.listening.store import pipeline
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow
from outlisten.query import parse


def test_a_correction_wins_at_once_and_against_later_declarations(
    kept, named, voice_of, account, lead, an_account
):
    analyst = account("analyst")
    corrections.correct(named("own"), "earned", "A fan page of the same name", by=analyst)
    voices.declare(an_account(), by=lead)
    rereading.work_off()
    assert [voice_of("own"), voice_of("undated")] == ["earned", "owned"]


def test_undoing_a_correction_lets_the_evidence_decide_again(kept, named, voice_of, lead):
    token = corrections.correct(named("fan-zh", "weibo"), "paid", "合同已登记", by=lead)
    assert voice_of("fan-zh", "weibo") == "paid"
    corrections.undo(token, by=lead)
    assert voice_of("fan-zh", "weibo") == "earned"
    assert not VoiceCorrection.objects.exists()


def test_undoing_the_second_correction_brings_the_first_back(kept, named, voice_of, lead):
    corrections.correct(named("fan"), "paid", "a contract", by=lead)
    token = corrections.correct(named("fan"), "partner", "no, a sample", by=lead)
    corrections.undo(token, by=lead)
    assert voice_of("fan") == "paid"
    assert VoiceCorrection.objects.get().reason == "a contract"


def test_an_edit_of_the_post_leaves_correction_and_tags(kept, named, voice_of, batch, lead):
    corrections.correct(named("fan"), "employee", "She told us", by=lead)
    corrections.tag(named("fan"), ["排队", "wait"], by=lead)
    pipeline().ingest(batch({"native_id": "fan", "author": "Ana", "text": "The queue was three hours long"}))
    post = kept.get(named("fan"))
    assert (post["voice"], post["topic"]) == ("employee", ["wait", "排队"])
    assert "three hours" in post["text"]


def test_a_tag_is_found_by_a_query_and_taken_off_by_undoing(kept, named, account):
    agency = account("agency")
    token = corrections.tag(named("fan-zh", "weibo"), [" 排队 ", "排队", "wait  time"], by=agency)
    assert kept.count(parse("话题:排队")).value == 1
    assert kept.count(parse('topic:"wait time"')).value == 1
    corrections.undo(token, by=agency)
    assert kept.count(parse("话题:排队")).value == 0
    assert not PostTag.objects.exists()


@pytest.mark.parametrize("given", ["排队", "wait"])
def test_a_topic_of_the_source_is_not_a_tag_that_can_be_taken_off(
    cafe, pages_store, make_posts, named, lead, given
):
    pages_store.add(make_posts({"native_id": "t", "author": "Ana", "text": "The queue", "topic": [given]}))
    corrections.tag(named("t"), [given, "新"], by=lead)
    corrections.tag(named("t"), [], by=lead)
    assert pages_store.get(named("t"))["topic"] == [given]


@pytest.mark.parametrize(("voice", "reason"), [("loud", "because"), ("paid", "  ")])
def test_a_correction_needs_a_voice_and_a_reason(kept, named, lead, voice, reason):
    with pytest.raises(ValidationError):
        corrections.correct(named("fan"), voice, reason, by=lead)


def test_a_tag_as_long_as_a_sentence_is_refused(kept, named, lead):
    with pytest.raises(ValidationError, match="too long"):
        corrections.tag(named("fan"), ["长" * 61], by=lead)


def test_a_post_we_do_not_hold_cannot_be_corrected(kept, lead):
    with pytest.raises(Http404):
        corrections.correct("00000000000000aa", "paid", "why not", by=lead)


@pytest.mark.parametrize("role", ["responder", "viewer", "agency"])
def test_who_may_not_correct_is_refused(kept, named, voice_of, account, role):
    with pytest.raises(Refused):
        corrections.correct(named("fan"), "paid", "I think so", by=account(role))
    assert voice_of("fan") == "earned"


def test_the_audit_log_holds_neither_the_post_nor_the_reason(kept, named, lead):
    corrections.correct(named("fan"), "paid", "Ana has a contract", by=lead)
    corrections.tag(named("fan"), ["Ana"], by=lead)
    rows = AuditRow.objects.filter(act__in=("voice.correct", "post.tag")).order_by("number")
    assert [row.act for row in rows] == ["voice.correct", "post.tag"]
    assert all(row.about.startswith("post:") and named("fan") not in row.about for row in rows)
    assert "Ana" not in str([row.details for row in rows])
