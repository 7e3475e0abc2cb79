"""What the Models tab says about the language models."""

from __future__ import annotations

from typing import Any


def model_facts() -> Any:
    """The model card, or None when no model is there."""
    return None
