"""Known shapes of files, one module each. A preset found by shape fills the mapping; a person may override
it."""

from __future__ import annotations

from outlisten.posts.files.presets import (
    back_offices,
    brandwatch,
    cfpb,
    comcast,
    covid19_weibo,
    ibm_care,
    jd_phones,
    meltwater,
    outlisten,
    sanders,
    talkwalker,
    twcs,
    x_api,
    x_archive,
    youtube_spam,
    zeeschuimer,
)
from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset, Shape
from outlisten.posts.files.problems import FileProblem

# The first that recognises a file is taken, so the narrower shape comes first.
PRESETS: tuple[Preset, ...] = (
    outlisten.SPREADSHEET,
    outlisten.EXACT,
    zeeschuimer.PRESET,
    x_archive.PRESET,
    ibm_care.PRESET,
    x_api.PRESET,
    brandwatch.PRESET,
    meltwater.PRESET,
    talkwalker.PRESET,
    cfpb.DEMO,
    cfpb.BUREAU,
    comcast.PRESET,
    covid19_weibo.PRESET,
    jd_phones.PRESET,
    sanders.PRESET,
    twcs.PRESET,
    youtube_spam.PRESET,
    *back_offices.PRESETS,
)


def recognise(shape: Shape) -> Preset | None:
    """The preset of a shape, or None."""
    return next((preset for preset in PRESETS if preset.recognises(shape)), None)


def named(name: str) -> Preset:
    """The preset with this name. Raises FileProblem, which lists the names there are."""
    for preset in PRESETS:
        if preset.name == name:
            return preset
    raise FileProblem("unknown-preset", name=name, names=", ".join(preset.name for preset in PRESETS))


__all__ = ["PRESETS", "Cells", "Facts", "Fields", "Preset", "Shape", "named", "recognise"]
