"""What a chart shows, for people who do not see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from outlisten.charts.moments import bucket_name
from outlisten.charts.unusual_words import unusual_in_words
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import MINUS, count_in_words, percent, ratio_in_words, share_in_words
from outlisten.insights.insight import Insight
from outlisten.words import Locale, words

NAMED = 3  # terms, authors or sources that the text names


def alt_text(insight: Insight, locale: Locale = "en") -> str:
    """One or two sentences with the figures that the picture makes plain."""
    rows = insight.table.to_pylist()
    said = _TELL[insight.name](insight, rows, locale) if rows else None
    return said or words("charts", locale)("Nothing to show.")


def _volume(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    peak = max(rows, key=lambda row: row["posts"])
    if not peak["posts"]:
        return None
    bucket: Any = insight.settings["bucket"]
    return words("charts", locale)(
        "Posts over time, {first} to {last}: {total} in all, most on {peak} with {most}."
    ).format(
        first=bucket_name(rows[0]["bucket"], bucket, locale),
        last=bucket_name(rows[-1]["bucket"], bucket, locale),
        total=count_in_words(sum(row["posts"] for row in rows)),
        peak=bucket_name(peak["bucket"], bucket, locale),
        most=count_in_words(peak["posts"]),
    )


def _sentiment(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    _ = words("charts", locale)
    told = [row for row in rows if row["sentiment"] == "negative" and row["share"] is not None]
    if not told:
        return None
    bucket: Any = insight.settings["bucket"]
    first, last, peak = told[0], told[-1], max(told, key=lambda row: row["share"])
    return _(
        "Tone over time. Negative: {first} at first ({start}), {last} at last ({end}), most {peak} ({when})."
    ).format(
        first=_said(first, locale),
        start=bucket_name(first["bucket"], bucket, locale),
        last=_said(last, locale),
        end=bucket_name(last["bucket"], bucket, locale),
        peak=_said(peak, locale),
        when=bucket_name(peak["bucket"], bucket, locale),
    )


def _tone(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    _ = words("charts", locale)
    names = {"negative": _("negative"), "neutral": _("neutral"), "positive": _("positive")}
    told = [
        f"{names[row['sentiment']]} {_said(row, locale)}"
        for row in rows
        if row["sentiment"] in names and row["share"] is not None
    ]
    return _("Tone: {shares}.").format(shares=_joined(told, locale)) if told else None


def _share_of_voice(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    told = [row for row in rows if row["share"] is not None]
    listed = [f"{row['topic']} {_said(row, locale)}" for row in sorted(told, key=lambda row: -row["share"])]
    _ = words("charts", locale)
    return _("Share of voice: {shares}.").format(shares=_joined(listed, locale)) if told else None


def _keyness(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    _ = words("charts", locale)
    sides = [[row["term"] for row in rows if row["side"] == side][:NAMED] for side in ("query", "against")]
    ours, theirs = (_joined(side, locale) or _("none") for side in sides)
    if not any(row["distinctive"] for row in rows):
        return _(
            "No term stands out for certain. Leaning to these posts: {ours}; to the others: {theirs}."
        ).format(ours=ours, theirs=theirs)
    return _("Terms that set these posts apart: {ours}; those of the others: {theirs}.").format(
        ours=ours, theirs=theirs
    )


def _voices(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    _ = words("charts", locale)
    counts: dict[str, int] = {}
    for row in rows:
        counts[row["voice"]] = counts.get(row["voice"], 0) + row["posts"]
    companies = sum(counts.get(voice, 0) for voice in ("owned", "employee", "partner", "paid"))
    said = _(
        "Who speaks: {earned} earned posts, {unknown} unknown, {companies} by companies and those they pay."
    ).format(
        earned=count_in_words(counts.get("earned", 0)),
        unknown=count_in_words(counts.get("unknown", 0)),
        companies=count_in_words(companies),
    )
    if "ratio" not in insight.settings:
        return said
    ratio = Estimate(*(float(insight.settings[name]) for name in ("ratio", "low", "high")))
    gap = "" if locale == "zh-hans" else " "
    return said + gap + _("Earned : owned {ratio}.").format(ratio=ratio_in_words(ratio, locale))


def _listing(english: str, key: str) -> Callable[[Insight, list[dict[str, Any]], Locale], str | None]:
    def told(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
        _ = words("charts", locale)
        named = [f"{row[key] or _('not known')} {count_in_words(row['posts'])}" for row in rows[:NAMED]]
        return _(english).format(listed=_joined(named, locale))

    return told


def _claim(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    after = [row for row in rows if row["expected"] is not None and row["observed"] is not None]
    if not after:
        return None
    seen, expected = (sum(row[name] for row in after) / len(after) for name in ("observed", "expected"))
    bucket: Any = insight.settings["bucket"]
    return words("charts", locale)(
        "What was seen and what was to be expected from {first} to {last}: on average {seen}, expected {expected}."
    ).format(
        first=bucket_name(after[0]["bucket"], bucket, locale),
        last=bucket_name(after[-1]["bucket"], bucket, locale),
        seen=f"{seen:.3g}",
        expected=f"{expected:.3g}",
    )


def _placebos(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    effects = [row["effect"] for row in rows if row["effect"] is not None]
    return words("charts", locale)(
        "Effects found at {n} dates when nothing was promised, from {least} to {most}."
    ).format(
        n=count_in_words(len(effects)),
        least=_change(min(effects), insight, locale),
        most=_change(max(effects), insight, locale),
    )


def _change(effect: float, insight: Insight, locale: Locale) -> str:
    """An effect with its sign, `−15 %`, in per cent where its promise is."""
    if insight.settings["percent"]:
        return percent(effect, locale, signed=True)
    return f"{effect:+,.1f}".replace("-", MINUS)


def _said(row: dict[str, Any], locale: Locale) -> str:
    return share_in_words(Estimate(row["share"], row["low"], row["high"]), locale)


def _joined(parts: list[str], locale: Locale) -> str:
    return ("、" if locale == "zh-hans" else ", ").join(parts)


def _image_distance(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    said = {
        row["measure"]: share_in_words(Estimate(row["value"], row["low"], row["high"]), locale)
        for row in rows
    }
    return words("charts", locale)(
        "How far apart the words are: company and customers {distance}, customers among themselves {floor}."
    ).format(**said)


def _conversation(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    _ = words("charts", locale)
    first, last = (
        {"share": _said(row, locale), "when": bucket_name(row["bucket"], "month", locale)}
        for row in (rows[0], rows[-1])
    )
    return _("Conversation among own posts: {first} in {start}, {last} in {end}.").format(
        first=first["share"], start=first["when"], last=last["share"], end=last["when"]
    )


def _answer_times(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    from outlisten.charts.answer_times_chart import minutes_in_words

    half = next((row for row in rows if row["share"] >= 0.5), rows[-1])
    return words("charts", locale)("Answered after {after}: {share} of those who asked.").format(
        after=minutes_in_words(half["minutes"], locale), share=_said(half, locale)
    )


def _talk_balance(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    return words("charts", locale)("Talk with customers: {share} in the week from {week}.").format(
        share=percent(rows[-1]["share"], locale), week=rows[-1]["week"].isoformat()
    )


def _readings(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    from outlisten.charts.readings_chart import value_names

    totals = Counter[str]()
    for row in rows:
        totals[row["value"]] += row["posts"]
    names = value_names(locale)
    said = [f"{names[value]} {count_in_words(posts)}" for value, posts in totals.most_common(4) if posts]
    return words("charts", locale)("Posts by what was read in them: {listed}.").format(
        listed=_joined(said, locale)
    )


def _reliability(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    surest = rows[-1]
    return words("charts", locale)(
        "How often the models are right: {posts} posts; of those read with a chance from {start} to {end}, {right}."
    ).format(
        posts=count_in_words(sum(row["n"] for row in rows)), start=percent(surest["start"], locale),
        end=percent(surest["end"], locale),
        right=share_in_words(Estimate(surest["right"], surest["low"], surest["high"]), locale),
    )  # fmt: skip


def _drift(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    from outlisten.insights.drift_watch import sentence, verdict

    told = any(row[name] is not None for row in rows for name in ("mix_psi", "tone_psi", "confidence_psi"))
    return sentence(verdict(insight), str(insight.settings["bucket"]), locale) if told else None


def _unusual(insight: Insight, rows: list[dict[str, Any]], locale: Locale) -> str | None:
    return unusual_in_words(insight, locale)


_TELL: Mapping[str, Callable[[Insight, list[dict[str, Any]], Locale], str | None]] = {
    "claim": _claim,
    "drift": _drift,
    "reliability": _reliability,
    "placebos": _placebos,
    "unusual": _unusual,
    "volume": _volume,
    "sentiment": _sentiment,
    "tone": _tone,
    "share_of_voice": _share_of_voice,
    "keyness": _keyness,
    "voices_over_time": _voices,
    "intents_over_time": _readings,
    "emotions_over_time": _readings,
    "image_distance": _image_distance,
    "conversation": _conversation,
    "answer_times": _answer_times,
    "talk_balance": _talk_balance,
    "top_authors": _listing("Authors with most posts: {listed}.", "author"),
    "top_sources": _listing("Where most is written: {listed}.", "source"),
}
