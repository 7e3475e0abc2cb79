"""The log says where something went wrong, and neither what a post says nor how to come in."""

from __future__ import annotations

import logging
import sys

import pytest

from outlisten.app.log_lines import DiscreetFormatter

SAID = "等了两个小时 said Ana"


def written(message: str, *values: object, error: bool = False) -> str:
    trouble = sys.exc_info() if error else None
    return DiscreetFormatter().format(
        logging.LogRecord("django.request", logging.ERROR, "", 0, message, values, trouble)
    )


@pytest.mark.parametrize(
    "address",
    [
        "/set-up/TOKEN",
        "/sign-in/link/TOKEN",
        "/account/reset/key/1-TOKEN/",
        "/set-up/TOKEN?x=1",
        "/feeds/3/TOKEN",
    ],
)
def test_a_token_in_an_address_is_not_written(address: str) -> None:
    line = written("Unprocessable Entity: %s", address)
    assert "TOKEN" not in line
    assert address.split("TOKEN", maxsplit=1)[0].removesuffix("1-") in line


def test_an_exception_is_told_by_kind_and_place_without_its_words() -> None:
    try:
        try:
            SAID.encode("ascii")
        except UnicodeEncodeError as error:
            raise ValueError(SAID) from error
    except ValueError:
        line = written("Import %d stopped unexpectedly.", 3, error=True)
    assert SAID not in line
    assert "builtins.ValueError" in line
    assert "builtins.UnicodeEncodeError" in line
    assert "test_log_lines.py" in line


def test_the_server_writes_through_it(settings: object) -> None:
    logging_settings = settings.LOGGING  # type: ignore[attr-defined]
    assert logging_settings["formatters"]["line"]["()"].endswith("DiscreetFormatter")
    assert {handler["formatter"] for handler in logging_settings["handlers"].values()} == {"line"}
