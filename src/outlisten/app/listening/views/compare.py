"""The page Compare and the parts it loads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from outlisten.app.listening.figures import Figure, notes_of, posts_behind
from outlisten.app.listening.menus import Choice, Menu, filter_menu, period_menu
from outlisten.app.listening.queries import compare as queries
from outlisten.app.listening.queries.compare import Compared
from outlisten.app.listening.queries.listen import known_values
from outlisten.app.listening.queries.names import sample_limits
from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.app.listening.wording import locale
from outlisten.app.web.theme import theme_of
from outlisten.charts import spec
from outlisten.charts.volumes_chart import volumes
from outlisten.insights import Estimate, Insight
from outlisten.insights.figures_in_words import share_in_words

TONES = ("negative", "neutral", "positive")


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Whom to compare, and the filters; what is counted is loaded after."""
    asked = queries.compared(request.user, request.GET)
    status = 400 if asked.problem else 200
    return render(request, "listening/compare.html", _shell(asked), status=status)


def _shell(asked: Compared) -> dict[str, Any]:
    question, keys = asked.question, [side.named.key for side in asked.sides]
    menus = [filter_menu(question, name, known_values(name)) for name in ("platform", "lang")]
    return {
        "asked": asked,
        "question": question,
        "address": asked.address(),
        "us": _us(asked, keys),
        "others": _others(asked, keys),
        "menus": [_with_sides(menu, keys) for menu in menus],
        "period": _with_sides(period_menu(question), keys),
        "keys": keys,
        "limits": sample_limits(),
    }


def _us(asked: Compared, keys: list[str]) -> Menu:
    """Who stands first."""
    choices = [
        Choice(
            n.name,
            n.key == (keys[0] if keys else ""),
            asked.address([n.key, *(k for k in keys[1:] if k != n.key)]),
        )
        for n in asked.offered
    ]
    return Menu("us", _("Us"), asked.sides[0].named.name if asked.sides else _("choose"), choices)


def _others(asked: Compared, keys: list[str]) -> Menu:
    """Who stands beside; choosing one twice takes it away."""
    choices = []
    for named in asked.offered:
        if keys and named.key == keys[0]:
            continue
        after = [k for k in keys if k != named.key] if named.key in keys else [*keys, named.key]
        choices.append(Choice(named.name, named.key in keys, asked.address(after)))
    summary = _(", ").join(side.named.name for side in asked.sides[1:]) or _("choose")
    return Menu("others", _("beside"), summary, choices)


def _with_sides(menu: Menu, keys: list[str]) -> Menu:
    """The same menu, its addresses keeping whom the page compares."""
    who = "&".join(f"who={key}" for key in keys)
    kept = [Choice(c.label, c.chosen, f"{who}&{c.address}" if who else c.address) for c in menu.choices]
    return Menu(menu.name, menu.label, menu.summary, kept)


@dataclass(frozen=True, slots=True)
class Shown:
    """An estimate as `web/_interval.html` takes it: its words, and percentages for the band."""

    words: str
    value: float
    low: float
    high: float
    posts_url: str


@require_GET
@plainly
def result(request: HttpRequest) -> HttpResponseBase:
    """The sentence, who is spoken of, tone, and posts over time."""
    asked = queries.compared(request.user, request.GET)
    if asked.problem or not asked.sides:
        return problem(request, asked.problem or _("Choose a brand or topic first."))
    voices, tones = queries.voices(asked), queries.tones(asked)
    rows = [
        _row(row, tones[row["topic"]], first=index == 0) for index, row in enumerate(voices.table.to_pylist())
    ]
    context = {
        "asked": asked,
        "rows": rows,
        "sentence": _sentence(rows),
        "notes": list(
            dict.fromkeys([*notes_of(voices), *(note for t in tones.values() for note in notes_of(t))])
        ),
        "volumes": _volumes(request, asked),
        "address": asked.address(),
    }
    return render(request, "listening/_compare_result.html", context)


def _row(voice: dict[str, Any], tone: Insight, *, first: bool) -> dict[str, Any]:
    """A line of the table: a side's posts, people, share of voice, and corrected tone."""
    tones = {row["sentiment"]: _shown(row) for row in tone.table.to_pylist() if row["sentiment"] in TONES}
    return {
        "name": voice["topic"], "ours": first, "posts": voice["posts"], "authors": voice["authors"],
        "posts_url": posts_behind(voice["evidence"]), "voice": _shown(voice), **tones,
    }  # fmt: skip


def _shown(row: dict[str, Any]) -> Shown | None:
    """An estimate in words; None where there is not enough to say."""
    if row["share"] is None:
        return None
    estimate = Estimate(row["share"], row["low"], row["high"])
    ends = [100 * end for end in (row["share"], row["low"], row["high"])]
    return Shown(share_in_words(estimate, locale()), *ends, posts_behind(row["evidence"]))


def _sentence(rows: list[dict[str, Any]]) -> str:
    """The page's first sentence: our share of the voice and of complaint, beside the others."""
    us = rows[0]
    if us["voice"] is None:
        return _("Not enough people speak of these to compare them.")
    said = _("%(share)s of those who speak of any of these %(n)d speak of %(name)s.") % {
        "share": us["voice"].words, "n": len(rows), "name": us["name"],
    }  # fmt: skip
    worst = _most_negative(rows)
    return said + _complaint(worst) if worst else said


def _most_negative(rows: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The side whose share of negative authors lies wholly above everybody else's; None when none stands out."""
    known = sorted((row for row in rows if row["negative"]), key=lambda row: -row["negative"].value)
    if len(known) < max(2, len(rows)) or known[0]["negative"].low <= max(row["negative"].high for row in known[1:]):
        return None
    return known[0]


def _complaint(worst: dict[str, Any]) -> str:
    return _(" Most negative: %(name)s, %(share)s.") % {"name": worst["name"], "share": worst["negative"].words}


def _volumes(request: HttpRequest, asked: Compared) -> Figure:
    """Posts over time, a line for each side."""
    insights = queries.volumes(asked)
    own = [side.named.name for side in asked.sides[:1]]
    chart = volumes(insights, locale(), theme_of(request), own=own)
    notes = tuple(dict.fromkeys(note for insight in insights.values() for note in notes_of(insight)))
    return Figure("volumes", spec(chart), _("Posts over time, a line for each"), notes=notes)


@require_GET
@plainly
def terms(request: HttpRequest) -> HttpResponseBase:
    """The words said of us and not of the other, and the other way round."""
    asked = queries.compared(request.user, request.GET)
    if asked.problem or len(asked.sides) < 2:
        return problem(request, asked.problem or _("Choose somebody to stand beside."))
    against = request.GET.get("against", "")
    insight = queries.words_apart(asked, against)
    us, *others = asked.sides
    named = next((side.named.name for side in others if side.named.key == against), "")
    them = named or (others[0].named.name if len(others) == 1 else _("the others"))
    widest = max(
        (abs(end) for row in insight.table.to_pylist() for end in (row["low"], row["high"])), default=1.0
    )
    words = [_word(row, widest) for row in insight.table.to_pylist()]
    context = {
        "sides": [(us.named.name, them, [w for w in words if w["side"] == "query"]),
                  (them, us.named.name, [w for w in words if w["side"] == "against"])],
        "tabs": _tabs(asked, against), "notes": notes_of(insight),
    }  # fmt: skip
    return render(request, "listening/_compare_terms.html", context)


def _tabs(asked: Compared, against: str) -> list[tuple[str, str, bool]]:
    """(label, address, chosen): all the others together, then each."""
    others = asked.sides[1:]
    if len(others) < 2:
        return []
    keys = {side.named.key for side in others}
    each = [(s.named.name, asked.address(against=s.named.key), s.named.key == against) for s in others]
    return [(_("all the others"), asked.address(), against not in keys), *each]


def _word(row: dict[str, Any], widest: float) -> dict[str, Any]:
    """A word with its interval as a band from 0 to 100, farther from the middle being more telling."""
    ends = sorted(100 * abs(end) / widest for end in (row["low"], row["high"]))
    ours = row["side"] == "query"
    return {
        "term": row["term"], "side": row["side"], "low": ends[0], "high": ends[1],
        "value": 100 * abs(row["log_odds"]) / widest, "stands": row["distinctive"],
        "here": row["authors"] if ours else row["authors_against"],
        "there": row["authors_against"] if ours else row["authors"],
        "posts_url": posts_behind(row["evidence"]), "evidence": row["evidence"],
    }  # fmt: skip


@require_GET
@plainly
def quotes(request: HttpRequest) -> HttpResponseBase:
    """The newest few posts behind a word."""
    evidence = request.GET.get("q", "")
    shown = queries.quotations(request.user, evidence)
    return render(
        request,
        "listening/_quotes.html",
        {"lines": shown, "posts_url": posts_behind(evidence), "q": evidence},
    )
