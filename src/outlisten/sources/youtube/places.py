"""Which channel or video a person means, however it was entered."""

from __future__ import annotations

import re
from urllib.parse import unquote

from outlisten.sources.problems import WrongOption

CHANNEL = re.compile(r"(?:.*/channel/)?(UC[\w-]{22})(?:[/?#].*)?", re.ASCII)
HANDLE = re.compile(r"(?:.*/)?(@[^\s/?#@]{2,60})(?:[/?#].*)?")
VIDEO = re.compile(r"(?:.*(?:[?&]v=|youtu\.be/|/shorts/|/live/|/embed/))?([\w-]{11})(?:[/?&#].*)?", re.ASCII)


def channel(entered: str) -> str:
    """The id of a channel (`UC…`) or its handle (`@…`). Raises WrongOption."""
    entered = unquote(entered.strip())
    told = CHANNEL.fullmatch(entered) or HANDLE.fullmatch(entered)
    if told is None:
        raise WrongOption(option=entered, reason="a channel is entered by its address, its @handle or its id")
    return told[1]


def video(entered: str) -> str:
    """The id of a video. Raises WrongOption."""
    told = VIDEO.fullmatch(entered.strip())
    if told is None:
        raise WrongOption(option=entered, reason="a video is entered by its address or its id")
    return told[1]
