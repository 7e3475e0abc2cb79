"""The page Compare and the parts it loads."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from outlisten.app.listening import comparison
from outlisten.app.listening.compare_menus import others_menu, tabs, us_menu, with_sides
from outlisten.app.listening.figures import Figure, notes_of, posts_behind
from outlisten.app.listening.listened import listens
from outlisten.app.listening.long_queries import whole_or_none
from outlisten.app.listening.menus import filter_menu, period_menu, voice_menu
from outlisten.app.listening.over_time import gap_notes, table_of
from outlisten.app.listening.queries import compare as queries
from outlisten.app.listening.queries.compare import Compared
from outlisten.app.listening.queries.listen import known_values
from outlisten.app.listening.queries.names import sample_limits, volume_limits
from outlisten.app.listening.speakers import spoken_of
from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.app.listening.wording import locale
from outlisten.app.sources.charted import gaps_over
from outlisten.app.web.theme import theme_of
from outlisten.charts import spec, volumes


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Whom to compare, and the filters; what is counted is loaded after."""
    asked = queries.compared(request.user, request.GET)
    question = asked.question
    context = {
        "asked": asked,
        "question": question,
        "keys": [side.named.key for side in asked.sides],
        "address": asked.address(),
        "terms_address": asked.address(**_chosen_against(request)),
        "us": us_menu(asked),
        "others": others_menu(asked),
        "period": with_sides(period_menu(question), asked),
        "menus": [
            with_sides(menu, asked)
            for menu in (
                voice_menu(question),
                *(filter_menu(question, name, known_values(name)) for name in ("platform", "lang")),
            )
        ],
        "limits": sample_limits(),
    }
    return render(request, "listening/compare.html", context, status=400 if asked.problem else 200)


@require_GET
@plainly
def result(request: HttpRequest) -> HttpResponseBase:
    """The sentence, who is spoken of, tone, and posts over time."""
    asked = queries.compared(request.user, request.GET)
    if asked.problem or not asked.sides:
        return problem(request, asked.problem or _("Choose a brand or topic first."))
    listens(request.user)
    voices, tones = queries.voices(asked), queries.tones(asked)
    rows = comparison.table(voices, tones)
    notes = [note for insight in (voices, *tones.values()) for note in notes_of(insight)]
    sentence = comparison.sentence(rows)
    context = {
        "rows": rows,
        "sentence": sentence,
        "notes": list(dict.fromkeys(notes)),
        "page_url": _page(asked),
        "volumes": _volumes(request, asked, sentence),
        "spoken": spoken_of(queries.speakers(asked), queries.ratios(asked)),
        "left_out": queries.left_out_of(asked),
        "all_voices": queries.with_voices(asked).address(),
    }
    return render(request, "listening/_compare_result.html", context)


def _page(asked: Compared, **more: str) -> str:
    """Where this comparison stands, for pinning it."""
    return f"{reverse('compare')}?{asked.address(**more)}"


def _volumes(request: HttpRequest, asked: Compared, sentence: str) -> Figure:
    """Posts over time, a line for each side; `sentence` is pinned with it."""
    insights = queries.volumes(asked)
    own = [side.named.name for side in asked.sides[:1]]
    widest = max(insights.values(), key=lambda insight: insight.table.num_rows)
    gaps = gaps_over(widest, request.user)
    chart = volumes(insights, locale(), theme_of(request), own=own, gaps=gaps)
    notes = dict.fromkeys(note for insight in insights.values() for note in notes_of(insight))
    return Figure(
        "volumes",
        spec(chart),
        _("Posts over time, a line for each"),
        notes=(*gap_notes(gaps, widest), *notes, *volume_limits()),
        table=table_of(insights, gaps),
        pin_title=_("Posts over time"),
        pin_sentence=sentence,
        page_url=_page(asked),
    )


@require_GET
@plainly
def terms(request: HttpRequest) -> HttpResponseBase:
    """The words said of us and not of the other, and the other way round."""
    asked = queries.compared(request.user, request.GET)
    if asked.problem or len(asked.sides) < 2:
        return problem(request, asked.problem or _("Choose somebody to stand beside."))
    against = request.GET.get("against", "")
    insight = queries.words_apart(asked, against)
    us, them = asked.sides[0].named.name, _other(asked, against)
    sides = [
        (us, them, comparison.words_of(insight, "query")),
        (them, us, comparison.words_of(insight, "against")),
    ]
    sentence = comparison.words_sentence(insight)
    context = {
        "sentence": sentence,
        "sides": sides,
        "pin_sentence": comparison.apart_sentence(sentence, sides),
        "page_url": _page(asked, **_chosen_against(request)),
        "tabs": tabs(asked, against),
        "notes": notes_of(insight),
    }
    return render(request, "listening/_compare_terms.html", context)


def _chosen_against(request: HttpRequest) -> dict[str, str]:
    """The part of the address that says whom our words are set against; nothing when all the others are."""
    against = request.GET.get("against", "")
    return {"against": against} if against else {}


def _other(asked: Compared, against: str) -> str:
    """What the other side is called."""
    others = asked.sides[1:]
    chosen = [side for side in others if side.named.key == against] or others
    return chosen[0].named.name if len(chosen) == 1 else _("the others")


@require_GET
@plainly
def quotes(request: HttpRequest) -> HttpResponseBase:
    """The newest few posts behind a word."""
    evidence = whole_or_none(request.GET.get("q", ""))
    shown = queries.quotations(request.user, evidence, request.GET.get("word", ""))
    context = {"lines": shown, "posts_url": posts_behind(evidence), "q": evidence}
    return render(request, "listening/_quotes.html", context)
