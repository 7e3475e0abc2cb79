"""The page of one post."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.listening.brand_words import brand_words
from outlisten.app.listening.deepening import ask_for_shown
from outlisten.app.listening.forms_of_labels import LabelsForm
from outlisten.app.listening.forms_of_voices import CorrectionForm
from outlisten.app.listening.long_queries import whole_or_none
from outlisten.app.listening.queries.listen import opened_from
from outlisten.app.listening.queries.names import topics
from outlisten.app.listening.queries.post import readout
from outlisten.app.listening.queries.post_labels import mine, post_labels
from outlisten.app.listening.queries.post_readings import post_readings
from outlisten.app.listening.queries.post_targets import post_targets
from outlisten.app.listening.queries.post_voice import post_voice
from outlisten.app.listening.told import both_told
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.sources.queries import gone


@require_GET
@plainly
def page(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The post, its thread, readings, history and record; with `q`, why that query finds it or does not.

    Of a post that is gone at its network, only when and by which source that was heard.
    """
    query = opened_from(whole_or_none(request.GET.get("q", "")))
    whole = "whole" in request.GET
    try:
        shown = readout(request.user, identifier, query, whole=whole)
    except Http404:
        if known := gone(request.user, identifier):
            return render(request, "sources/gone.html", {"gone": known}, status=410)
        raise
    ask_for_shown([shown.post])
    voice, told = post_voice(shown.post), both_told(shown.post)
    context = {
        "it": shown,
        "q": query.text if query else "",
        "topics": topics(),
        "voice": voice,
        "readings": post_readings(shown.post, shown.readings, told),
        "of_whom": post_targets(shown.post, brand_words()),
        "tasks": post_labels(shown.post, told),
        "labels": LabelsForm.of(mine(shown.post, request.user)),
        "correction": CorrectionForm(initial={"voice": voice.voice}),
    }
    return render(request, "listening/post.html", context)
