"""`outlisten mirror`, `participation` and `calendar` to the end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from tests.commands import ran

from outlisten.app.trust.models import AuditRow
from outlisten.cli.terminal import Serving
from outlisten.home import Home

SAID = {"en": "no brand and no company account", "zh-hans": "还没有可看的品牌或公司账号"}


def calendar() -> str:
    start = datetime.now(UTC) - timedelta(days=3)
    return (
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:{start:%Y%m%dT%H0000Z}\r\nDURATION:PT1H\r\n"
        "SUMMARY:保密\r\nATTENDEE:mailto:lin@axitea.example\r\nATTENDEE:mailto:ana@harbour.example\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n"
    )


@pytest.fixture
def run(pages_store, account, tmp_path):
    """Run a command inside this process, as in a running server: (status, standard output, standard error)."""
    account("owner")
    serving = Serving(Home(tmp_path / "home"), lambda: pages_store)

    def run_command(*words: str, locale: str = "en"):
        return ran(words, serving, tmp_path, locale)

    return run_command


@pytest.mark.parametrize("locale", SAID)
def test_without_any_company_the_mirror_says_so(run, locale):
    status, _out, err = run("mirror", locale=locale)
    assert status == 1
    assert SAID[locale] in err


def test_a_calendar_comes_in_once_and_the_balance_tells_it(run, tmp_path):
    (tmp_path / "lin.ics").write_text(calendar(), "utf-8")
    assert run("calendar", "domains", "--ours", "axitea.example", "--customers", "harbour.example")[0] == 0
    first, again = (
        json.loads(run("calendar", "import", "lin.ics", "--department", "support", "--json")[1])
        for _ in range(2)
    )
    assert (first["added"], first["kinds"]) == (1, {"customers": 1})
    assert (again["added"], again["known"]) == (0, 1)
    assert json.loads(run("participation", "--json")[1])["talk_balance"] == 1.0
    assert {row.channel for row in AuditRow.objects.filter(act__startswith="calendar.")} == {"command"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--department", "nobody"), "There is no department nobody here"),
        (("--department", "support"), "Say first which e-mail domains are ours"),
    ],
)
def test_what_cannot_be_is_one_sentence(run, tmp_path, arguments, said):
    (tmp_path / "lin.ics").write_text(calendar(), "utf-8")
    status, _out, err = run("calendar", "import", "lin.ics", *arguments)
    assert status == 1
    assert said in err
