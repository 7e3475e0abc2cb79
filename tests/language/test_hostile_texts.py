"""No text, however odd, holds the readers up: a pattern that tries again and again would take minutes or hours here.

Not how fast they are: the limit is generous, and the texts are read in a process that can be ended.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

LENGTH = 20_000
MOST_SECONDS = 120.0  # some twenty on a busy machine
READERS = {
    "signs of selling and talking": "from outlisten.language.promotion import find_signs as read",
    "a company's post": "from outlisten.language.promotion import read_promotion as read",
    "thanks": "from outlisten.language.thanks import thanked as read",
    "markers": "from outlisten.language.disclosure import find_markers\n"
    "read = lambda text: find_markers(None, text, names=('Acme Labs', '海港咖啡'))",
    "selling": "from outlisten.language.disclosure.purchase import selling as read",
}
# Once, and between long runs of what a pattern may skip.
BEGUN = (
    "you", "your friends", "Buy", "we will", "thank you", "but still", "www.", "https://", "#ad", "ad", "not an ad",
    "i work for", "thanks to Acme Labs", "sponsored by", "a d (ad)", "use code", "$9", "a9",
    "你", "您", "大家吗", "点击", "赶紧", "满9", "9元", "￥9", "谢谢", "但是", "广告", "小 广告", "无广告", "自费", "推广",
    "合作", "感谢", "赠品", "收到", "利益相关", "恰饭", "我是",
)  # fmt: skip
SINGLE = "a你吗 \t\n\u3000.!?。！？,，#@/-–—|·([（【'0٣$%_=&é😀\u200d"


def test_the_texts_cover_what_is_asked() -> None:
    assert all(len(text) >= LENGTH for text in hostile_texts())
    assert sum(not one.isascii() for one in BEGUN) * 2 >= len(BEGUN)


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_comes_to_an_end_with(reader: str) -> None:
    code = f"{READERS[reader]}\nfrom test_hostile_texts import hostile_texts\n"
    code += "for text in hostile_texts(): read(text)\nprint('read them all')"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parent, timeout=MOST_SECONDS,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stdout == "read them all\n", done.stderr


def hostile_texts() -> list[str]:
    """One sign for ever; a beginning over and over, and once before, after and around what can be skipped for ever."""
    texts = [sign * LENGTH for sign in SINGLE]
    for begun in BEGUN:
        texts += [f"{begun}{apart}" * LENGTH for apart in ("", " ", "\n")]
        texts += [f"{begun}{sign * LENGTH}x" for sign in " \nx你"]
        texts += [f"{sign * (LENGTH // 3)}{begun}{sign * LENGTH}x" for sign in " \n"]
    return [text[:LENGTH] for text in texts]
