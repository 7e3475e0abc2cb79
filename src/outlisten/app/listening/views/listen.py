"""The page Listen and the parts it loads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from outlisten.app.listening.deepening import ask_for_shown
from outlisten.app.listening.figures import Figure, notes_of, posts_behind
from outlisten.app.listening.labels import SOMEWHAT, URGENT, field_label, value_label
from outlisten.app.listening.listened import listens
from outlisten.app.listening.menus import filter_menu, period_menu, voice_menu
from outlisten.app.listening.over_time import gap_notes, table_of
from outlisten.app.listening.periods import ALL
from outlisten.app.listening.queries import listen as queries
from outlisten.app.listening.queries import telling
from outlisten.app.listening.queries.building import picture_of
from outlisten.app.listening.queries.exports import LIMIT
from outlisten.app.listening.queries.names import sample_limits, volume_limits
from outlisten.app.listening.queries.query_box import box
from outlisten.app.listening.questions import Question
from outlisten.app.listening.said import posts_sentence, title_of_query
from outlisten.app.listening.speakers import counts_of, ratio_of
from outlisten.app.listening.views.arrivals import bar_under
from outlisten.app.listening.views.asked import SeeOther, asked, belongs_elsewhere
from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.app.listening.wording import locale
from outlisten.app.sources.charted import gaps_over
from outlisten.app.sources.queries import listening as sources_listening
from outlisten.app.web.theme import theme_of
from outlisten.charts import emotions_over_time, intents_over_time, spec, voices_over_time, volume
from outlisten.insights.evidence import phrase
from outlisten.insights.voices import FOR_COMPANIES
from outlisten.query import has_parts
from outlisten.query.fields import EMOTION, FLAG, INTENT

# What changes how a figure is to be read stands beside it; the rest opens on demand.
LIMITS = ("cut", "sampled", "each_post_an_author", "public_error_rates", "no_error_rates", "several_models")
FIXED = {"sentiment": ("negative", "neutral", "positive")}
# Menus of what models read: offered where some kept post has it.
READ = {
    "intent": tuple(dict.fromkeys(INTENT.values())),
    "emotion": tuple(value for value in dict.fromkeys(EMOTION.values()) if value != "neutral"),
    "flag": tuple(dict.fromkeys(FLAG.values())),
}
IN_MENUS = ("platform", "lang", "voice", *FIXED, *READ, "urgency")

WANTS = {
    "intents": (telling.wants, intents_over_time, gettext_lazy("What people want over time")),
    "emotions": (telling.feelings, emotions_over_time, gettext_lazy("What people feel over time")),
}


@require_http_methods(["GET", "POST"])
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The query box and the filters at once; everything that is counted is loaded after.

    A long query comes by POST, or in an address that somebody wrote: both lead to the address that names it.
    """
    question = asked(request)
    if belongs_elsewhere(request, question):
        return SeeOther(_page(question))
    status = 400 if question.problem else 200
    return render(request, "listening/listen.html", _shell(question), status=status)


def _shell(question: Question) -> dict[str, Any]:
    known = (
        {name: queries.known_values(name) for name in ("platform", "lang")} | FIXED | _read_menus(question)
    )
    chips = [
        (field_label(name), value_label(name, value), question.with_filter(name, value))
        for name, value in question.filters.address()
        if name not in IN_MENUS
    ]
    return {
        "question": question,
        "address": question.address(),
        "unfiltered": replace(question, filters=type(question.filters)()).address(),
        "menus": [voice_menu(question), *(filter_menu(question, name, known[name]) for name in known)],
        "period": period_menu(question),
        "chips": chips,
        "box": box(question),
        "picture": picture_of(question) if question.building else None,
        "has_parts": not question.problem and question.typed is not None and has_parts(question.typed),
        "export_limit": LIMIT,
        "limits": sample_limits(),
    }


def _read_menus(question: Question) -> dict[str, tuple[str, ...]]:
    """The menus of readings that some post has, or that are chosen."""
    menus = {
        name: values
        for name, values in READ.items()
        if question.filters.values(name) or set(values) & set(queries.known_values(name))
    }
    return menus | ({"urgency": (URGENT, SOMEWHAT)} if menus or question.filters.values("urgency") else {})


@require_GET
@plainly
def result(request: HttpRequest) -> HttpResponseBase:
    """The count, the time line, the facets and the first posts."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    listens(request.user)
    found = queries.overview(question)
    ask_for_shown(line.post for line in found.listed.lines)
    context = {
        "question": question,
        "address": question.address(),
        "found": found,
        "listed": found.listed,
        "next_address": question.address(after=found.listed.after or ""),
        "nothing_kept": (nothing := not found.count and queries.nothing_kept()),
        "listening": sources_listening(request.user) if nothing else 0,
        "in_all_time": question.with_period(ALL) if question.period != ALL else "",
        "left_out": queries.left_out_of(question),
        "all_voices": question.with_voices(),
        "count_all": f"{reverse('listen')}?{question.with_voices()}",
        "timeline": _timeline(request, question, found),
        **bar_under(question, (line.post for line in found.listed.lines)),
    }
    return render(request, "listening/_result.html", context)


def _page(question: Question) -> str:
    """Where this question stands, for pinning what it found."""
    return f"{reverse('listen')}?{replace(question, building=False).address()}"


def _timeline(request: HttpRequest, question: Question, found: queries.Overview) -> Figure:
    """Posts over time, to be brushed; where nothing is dated, a sentence that says so."""
    if not any(found.timeline.table["posts"].to_pylist()):
        return Figure(
            "timeline", None, "", sentence=_("None of these posts has a date, so there is no time line.")
        )
    gaps = gaps_over(found.timeline, request.user)
    return Figure(
        id="timeline",
        spec=spec(volume(found.timeline, locale(), theme_of(request), height=150, gaps=gaps)),
        label=_("Posts over time"),
        notes=(*gap_notes(gaps, found.timeline), *notes_of(found.timeline), *volume_limits()),
        table=table_of({_("Posts"): found.timeline}, gaps),
        size="is-low",
        brush="brush",
        foot=_("Drag across the bars to look at some days only."),
        pin_title=title_of_query(question.text),
        pin_sentence=posts_sentence(found.count, cut=found.cut),
        pin_measure="posts",
        pin_value=found.count,
        page_url=_page(question),
    )


@require_GET
@plainly
def headline(request: HttpRequest) -> HttpResponseBase:
    """The first sentence with its intervals, each figure opening its posts."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    facts = telling.facts(question)
    context = {
        "sentence": facts.sentence(locale()),
        "posts": facts.posts,
        "page_url": _page(question),
        "pin_title": title_of_query(question.text),
        "limits": [note.text(locale()) for note in facts.notes if note.code in LIMITS],
        "notes": [note.text(locale()) for note in facts.notes if note.code not in LIMITS],
        "negative_url": posts_behind(facts.evidence_negative) if facts.negative else "",
        "before_url": posts_behind(facts.evidence_before) if facts.change and facts.evidence_before else "",
    }
    return render(request, "listening/_headline.html", context)


@require_GET
@plainly
def terms(request: HttpRequest) -> HttpResponseBase:
    """The words that set these posts apart from all others of the period."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    insight = telling.telling_words(question)
    rows = insight.table.to_pylist() if insight else []
    words = [
        row | {"address": question.with_term(phrase(row["term"]))} for row in rows if row["side"] == "query"
    ]
    telling_words = " · ".join(word["term"] for word in words[:10])
    context = {
        "words": words,
        "notes": notes_of(insight) if insight else (),
        "pin_sentence": _("Words that set these posts apart: %(words)s") % {"words": telling_words}
        if words
        else "",
        "pin_title": title_of_query(question.text),
        "page_url": _page(question),
    }
    return render(request, "listening/_terms.html", context)


@require_GET
@plainly
def people(request: HttpRequest) -> HttpResponseBase:
    """Who writes most."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    insight = telling.writers(question)
    rows = insight.table.to_pylist()
    most = max((row["posts"] for row in rows), default=1)
    writers = [
        row | {"address": question.with_filter("author", row["handle"] or row["author"] or ""),
               "percent": round(100 * row["posts"] / most, 1)}
        for row in rows
    ]  # fmt: skip
    return render(request, "listening/_people.html", {"writers": writers, "notes": notes_of(insight)})


@require_GET
@plainly
def voices(request: HttpRequest) -> HttpResponseBase:
    """Who speaks over time: people beside companies and those they pay, whatever voices the page counts."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    insight = telling.speakers(question)
    ratio, gaps = ratio_of(insight), gaps_over(insight, request.user)
    figure = Figure(
        id="speakers",
        spec=spec(voices_over_time(insight, locale(), theme_of(request), height=150, gaps=gaps)),
        label=_("Posts over time by voice: people above the line, companies and those they pay below it"),
        notes=(*gap_notes(gaps, insight), *notes_of(insight), *volume_limits()),
        size="is-low",
        posts_url=posts_behind(insight.evidence),
    )
    speak = any(row["posts"] and row["voice"] in FOR_COMPANIES for row in insight.table.to_pylist())
    context = {"figure": figure if speak else None, "ratio": ratio, "counts": counts_of(insight)}
    return render(request, "listening/_voices.html", context)


@require_GET
@plainly
def wants(request: HttpRequest) -> HttpResponseBase:
    """What people want and feel over time, and what posts are marked as, as the models read them."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    figures = []
    for kind, (make, draw, title) in WANTS.items():
        insight = make(question)
        if not any(insight.table["posts"].to_pylist()):
            continue
        gaps = gaps_over(insight, request.user)
        picture = spec(draw(insight, locale(), theme_of(request), gaps=gaps))
        notes = (*gap_notes(gaps, insight), *notes_of(insight), *volume_limits())
        figures.append(
            Figure(id=kind, spec=picture, label=str(title), notes=notes, size="is-low",
                   posts_url=posts_behind(insight.evidence))
        )  # fmt: skip
    marks = queries.marks(question)
    return render(request, "listening/_wants.html", {"figures": figures, "marks": marks})


@require_GET
@plainly
def more(request: HttpRequest) -> HttpResponseBase:
    """The next posts after a cursor."""
    question = asked(request)
    if question.problem:
        return problem(request, question.problem)
    listed = queries.page_of_posts(question, request.GET.get("after", ""))
    context = {
        "question": question,
        "listed": listed,
        "next_address": question.address(after=listed.after or ""),
    }
    if not request.headers.get("HX-Request"):
        return render(request, "listening/more.html", context)
    return render(request, "listening/_posts.html", context)
