"""Which language a post is in, mixed or not."""

from __future__ import annotations

import socket

import pytest

from outlisten.language.identification import identify
from outlisten.language.normalisation import fold


def lang(text: str) -> str | None:
    return identify(fold([text])).lang[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("好", "zh"),
        ("这个iPhone真好", "zh"),
        ("@someone http://t.example/abc 好", "zh"),
        ("今天的meeting要cancel掉", "zh"),
        ("這間店的服務很差", "zh"),
        ("この携帯は最高です", "ja"),
        ("아이폰 정말 좋아요", "ko"),
        ("สวัสดีครับ", "th"),
        ("это плохо", "ru"),
        ("Hola, ¿cómo estás?", "es"),
        ("Je suis très content de ce produit", "fr"),
        ("Das ist schlecht", "de"),
        ("The app is down again", "en"),
        ("Love it", "en"),
        ("not good", "en"),
        ("sooooo good!!!", "en"),
        ("don’t buy this", "en"),
        ("GREAT PHONE", "en"),
    ],
)
def test_the_language_of_a_post(text: str, expected: str) -> None:
    assert lang(text) == expected


@pytest.mark.parametrize("text", ["", "a", "42", "👍👍", "?!", "xq", "@someone http://t.example/abc"])
def test_what_cannot_be_told_is_none(text: str) -> None:
    assert lang(text) is None


@pytest.mark.parametrize(
    ("text", "mixed"),
    [
        ("今天的meeting要cancel掉", True),
        ("I really love 北京烤鸭 so much", True),
        ("这个iPhone真好", False),
        ("这款手机的屏幕很好，拍照也清楚，就是有点贵 http://t.example/aa @user", False),
        ("nothing but English here", False),
        ("全是中文", False),
    ],
)
def test_a_post_is_mixed_when_a_second_language_has_its_share(text: str, mixed: bool) -> None:
    assert bool(identify(fold([text])).mixed[0]) is mixed


def test_identifying_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert lang("Muito bom este produto") == "pt"
