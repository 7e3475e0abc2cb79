"""Charts as files."""

from xml.etree import ElementTree

import pytest
from tests.charts import made

from outlisten import charts
from outlisten.charts import export


def test_png_and_pdf_are_what_they_say() -> None:
    chart = charts.tone(made.tone(0.31))
    assert charts.png(chart).startswith(b"\x89PNG")
    assert charts.pdf(chart).startswith(b"%PDF")


def test_svg_keeps_its_text_and_escapes_a_hostile_name() -> None:
    drawn = charts.svg(charts.top_authors(made.authors((made.HOSTILE, "x", 4))))
    assert "<script" not in drawn
    texts = [node.text for node in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert "Authors with most posts" in texts


def test_a_file_is_as_wide_as_asked() -> None:
    drawn = charts.svg(charts.volume(made.volume([3, 8])), width=500)
    assert ElementTree.fromstring(drawn).get("width") == "500"


def test_without_a_chinese_font_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_draws_han", lambda: False)
    with pytest.raises(charts.NoHanFont, match="fonts-noto-cjk"):
        charts.png(charts.tone(made.tone(0.31), "zh-hans"))
    assert charts.png(charts.tone(made.tone(0.31), "en"))
