"""Searching by meaning, and the posts that are like a post."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.listening.listened import listens
from outlisten.app.listening.menus import Menu, filter_menu, period_menu, voice_menu
from outlisten.app.listening.queries import listen, meaning
from outlisten.app.listening.questions import Question
from outlisten.app.listening.views.asked import asked
from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.language.card import ModelBroken

FIXED = {"sentiment": ("negative", "neutral", "positive")}


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The question in plain words and the filters at once; the answers are loaded after."""
    question, text = asked(request), _text(request)
    known = {name: listen.known_values(name) for name in ("platform", "lang")} | FIXED
    menus = [voice_menu(question), *(filter_menu(question, name, known[name]) for name in known)]
    context = {
        "question": question,
        "asked": text,
        "menus": [_with(menu, text) for menu in menus],
        "period": _with(period_menu(question), text),
        "address": f"{question.address()}&{urlencode({'m': text})}",
    }
    return render(request, "listening/meaning.html", context, status=400 if question.problem else 200)


@require_GET
@plainly
def result(request: HttpRequest) -> HttpResponseBase:
    """The posts that answer the question, each with its reason."""
    question, text = asked(request), _text(request)
    if question.problem:
        return problem(request, question.problem)
    listens(request.user)
    try:
        found = meaning.by_meaning(question, text)
    except ModelBroken as broken:
        return problem(request, str(broken), status=500)
    return render(request, "listening/_meaning_result.html", _context(question, text, found))


@require_GET
@plainly
def alike(request: HttpRequest, identifier: str) -> HttpResponseBase:
    """The posts that say what this one says."""
    try:
        found = meaning.alike(request.user, identifier)
    except ModelBroken as broken:
        return problem(request, str(broken), status=500)
    return render(request, "listening/_alike.html", {"found": found})


def _context(question: Question, text: str, found: meaning.Answers) -> dict[str, Any]:
    return {
        "question": question,
        "asked": text,
        "found": found,
        "nothing_kept": not found.answers and listen.nothing_kept(),
        "with_words": sum(1 for one in found.answers if one.line.text_marks or one.line.title_marks),
        "exactly": question.with_term(text) if _plain(text) else "",
    }


def _text(request: HttpRequest) -> str:
    return request.GET.get("m", "").strip()[: meaning.LONGEST]


def _plain(text: str) -> bool:
    """Whether the text means the same as a query: words and nothing else."""
    return bool(text) and text.replace(" ", "").isalnum()


def _with(menu: Menu, text: str) -> Menu:
    """The menu on this page: every choice keeps the question."""
    more = f"&{urlencode({'m': text})}"
    choices = [replace(choice, address=choice.address + more) for choice in menu.choices]
    return replace(menu, choices=choices, without=menu.without + more if menu.without else "")
