"""The page Mirror and its three panels: words, own posts, answers."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from outlisten.app.listening import comparison, reflection
from outlisten.app.listening.figures import Figure, notes_of
from outlisten.app.listening.listened import listens
from outlisten.app.listening.menus import Choice, Menu, period_menu
from outlisten.app.listening.queries import mirror as queries
from outlisten.app.listening.queries.mirror import Asked
from outlisten.app.listening.queries.names import sample_limits
from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.app.listening.wording import locale
from outlisten.app.web.theme import theme_of
from outlisten.charts import answer_times, conversation, image_distance, spec


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Whom to look at and when; each panel loads by itself."""
    asked = queries.mirror(request.user, request.GET)
    period = period_menu(asked.question)
    who = urlencode({"who": asked.company.key}) + "&" if asked.company else ""
    context = {
        "asked": asked,
        "question": asked.question,
        "address": asked.address(),
        "keys": [asked.company.key] if asked.company else [],
        "who": _companies(asked),
        "period": replace(period, choices=[replace(c, address=who + c.address) for c in period.choices]),
        "limits": sample_limits(),
    }
    return render(request, "listening/mirror/page.html", context, status=400 if asked.problem else 200)


def _companies(asked: Asked) -> Menu:
    key = asked.company.key if asked.company else ""
    choices = [Choice(one.name, key == one.key, asked.address(one.key)) for one in asked.offered]
    return Menu("who", _("Company"), asked.company.name if asked.company else _("choose"), choices)


@require_GET
@plainly
def words(request: HttpRequest) -> HttpResponseBase:
    """The words of the company and of its customers, and how far apart they are."""
    asked = queries.mirror(request.user, request.GET)
    if asked.company is None:
        return problem(request, asked.problem or _("Choose a company first."))
    insight, distance = queries.words_apart(asked), queries.distance(asked)
    label = reflection.distance_sentence(asked.company.name, distance)
    context = {
        "name": asked.company.name,
        "sentence": label,
        "words_sentence": comparison.words_sentence(insight),
        "figure": Figure(
            "image-distance",
            spec(image_distance(distance, locale(), theme_of(request))),
            label,
            size="is-low",
        )
        if distance.distance
        else None,
        "ours": comparison.words_of(insight, "query"),
        "theirs": comparison.words_of(insight, "against"),
        "notes": notes_of(insight),
        "nothing_written": distance.texts == 0,
    }
    return render(request, "listening/mirror/_words.html", context)


@require_GET
@plainly
def own_posts(request: HttpRequest) -> HttpResponseBase:
    """Own posts as promotion or conversation, over time and beside other companies."""
    asked = queries.mirror(request.user, request.GET)
    found = queries.behaviour(asked)
    if asked.company is None or found is None:
        return problem(request, asked.problem or _("Choose a company first."))
    label = reflection.broadcast_sentence(asked.company.name, found.broadcast)
    drawn = [month for month in found.broadcast.months if month.share]
    picture = conversation(found.broadcast, locale(), theme_of(request))
    context = {
        "sentence": label,
        "found": found.broadcast,
        "figure": Figure("conversation", spec(picture), label, size="is-low") if drawn else None,
        "posts": [
            *reflection.own_posts(found.broadcast, "promotion", 4),
            *reflection.own_posts(found.broadcast, "conversation", 4),
        ],
    }
    return render(request, "listening/mirror/_own_posts.html", context)


@require_GET
@plainly
def answers(request: HttpRequest) -> HttpResponseBase:
    """Who addressed the company and got an answer, and how others do."""
    asked = queries.mirror(request.user, request.GET)
    found = queries.behaviour(asked)
    if asked.company is None or found is None:
        return problem(request, asked.problem or _("Choose a company first."))
    listens(request.user)
    label = reflection.answers_sentence(asked.company.name, found.answers)
    waiting = found.answers.waiting
    picture = answer_times(waiting, locale(), theme_of(request))
    rows = reflection.table(queries.behaviours(asked.question), asked.company.key)
    context = {
        "asked": asked,
        "sentence": label,
        "found": found.answers,
        "figure": Figure("answer-times", spec(picture), label) if waiting else None,
        "places": reflection.places(found.answers),
        "waits": reflection.longest_waits(found.answers),
        "rows": rows[: reflection.SHOWN],
        "more_rows": rows[reflection.SHOWN :],
        "sample": bool(sample_limits()),
    }
    return render(request, "listening/mirror/_answers.html", context)
