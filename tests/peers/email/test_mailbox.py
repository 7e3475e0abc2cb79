"""A mailbox on a real mail server: everything once, in its conversation, and gone when it is deleted."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from tests.peers.email.server import mail, until

from outlisten.sources.connector import Page
from outlisten.sources.problems import (
    AddressRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    Unavailable,
    Unreachable,
)

pytestmark = pytest.mark.peers


def kept(page):
    """The cursor as the database gives it back."""
    return json.loads(json.dumps(page.cursor))


def collected(connector, cursor=None):
    """(posts, gone ids, cursor) of everything since."""
    posts, gone, page = [], [], Page((), cursor or {})
    for page in connector.pages(cursor or {}):
        posts += [connector.post(record) for record in page.records]
        gone += page.gone
    return posts, gone, kept(page)


def test_mails_come_as_private_messages_in_their_conversation(server, care, reading):
    first = server.put(care, mail(care, "漏水的水壶", "我的水壶漏水了"))
    second = server.put(care, mail(care, "Re: 漏水的水壶", "Still leaking\n\n> 我的水壶漏水了", after=first))
    posts, _, _ = collected(reading())
    assert [post["native_id"] for post in posts] == [first, second]
    assert [(post["type"], post["to"], post["thread"]) for post in posts] == [("message", care, first)] * 2
    assert (posts[1]["reply_to"], posts[1]["text"], posts[1]["quoted"]) == (
        first,
        "Still leaking",
        "我的水壶漏水了",
    )
    assert (posts[0]["author"], posts[0]["author_id"]) == ("李雷", "lilei@customer.test")


def test_a_mail_comes_once_and_only_new_ones_after_it(server, care, reading):
    server.put(care, mail(care, "a", "一"))
    _, _, cursor = collected(reading())
    assert collected(reading(), cursor)[0] == []
    new = server.put(care, mail(care, "b", "二"))
    assert [post["native_id"] for post in collected(reading(), cursor)[0]] == [new]


def test_an_empty_mailbox_brings_its_first_mail_later(server, care, reading):
    posts, _, cursor = collected(reading())
    assert posts == []
    new = server.put(care, mail(care, "第一封", "你好"))
    assert [post["native_id"] for post in collected(reading(), cursor)[0]] == [new]


def test_reading_leaves_mails_unread(server, care, reading):
    server.put(care, mail(care, "unread", "未读"))
    collected(reading())
    with server.box(care) as box:
        assert ["\\Seen" in one.flags for one in box.fetch(mark_seen=False)] == [False]


def test_a_run_that_stops_after_a_page_goes_on_with_the_next(server, care, reading):
    sent = [server.put(care, mail(care, str(number), f"第{number}封")) for number in range(25)]
    connector = reading()
    pages = connector.pages({})
    first = next(pages)
    pages.close()
    assert first.more
    rest, _, _ = collected(reading(), kept(first))
    assert [connector.post(record)["native_id"] for record in first.records] + [
        post["native_id"] for post in rest
    ] == sent


def test_a_mail_arriving_over_smtp_streams_in(server, reading):
    care = "care@brand.test"  # SMTP delivers to this one
    connector = reading(user=care)
    pages = connector.stream({})
    assert not next(pages).records
    sent: list[str] = []
    threading.Timer(0.5, lambda: sent.append(server.send(mail(care, "现在", "Just now")))).start()
    began = datetime.now(UTC)
    page = next(page for page in islice(pages, 3) if page.records)
    pages.close()
    assert [connector.post(record)["native_id"] for record in page.records] == sent
    assert datetime.now(UTC) - began < timedelta(seconds=15)


def test_older_mails_come_newest_first_back_to_a_day(server, care, reading):
    now = datetime.now(UTC)
    days = [
        server.put(care, mail(care, str(age), "旧信"), at=now - timedelta(days=age))
        for age in (90, 40, 20, 10)
    ]
    connector = reading()
    records = [record for page in connector.history({}, now - timedelta(days=50)) for record in page.records]
    assert [connector.post(record)["native_id"] for record in records] == days[:0:-1]


def test_history_goes_on_from_its_cursor(server, care, reading):
    sent = [server.put(care, mail(care, str(number), "旧信")) for number in range(23)]
    connector, since = reading(), datetime.now(UTC) - timedelta(days=2)
    pages = connector.history({}, since)
    first = next(pages)
    pages.close()
    rest = [record for page in connector.history(kept(first), since) for record in page.records]
    records = [*first.records, *rest]
    assert [connector.post(record)["native_id"] for record in records] == sent[::-1]


def test_a_deleted_mail_is_gone_and_a_filed_one_is_not(server, care, reading):
    named = {
        name: server.put(care, mail(care, name, name)) for name in ("deleted", "binned", "filed", "留下")
    }
    _, _, cursor = collected(reading())
    with server.box(care) as box:
        box.folder.create("Archive")
        uids = {one.subject: one.uid for one in box.fetch(mark_seen=False)}
        box.delete([uids["deleted"]])
        box.move([uids["binned"]], "Trash")
        box.move([uids["filed"]], "Archive")
    posts, gone, cursor = collected(reading(), cursor)
    assert sorted(gone) == sorted([named["deleted"], named["binned"]])
    assert posts == []
    assert collected(reading(), cursor)[1] == []
    standing = {one.native_id: one.gone for one in reading().again(list(named.values()))}
    assert standing == {
        named["deleted"]: True,
        named["binned"]: True,
        named["filed"]: False,
        named["留下"]: False,
    }


def test_a_folder_that_is_numbered_anew_brings_only_what_is_new(server, care, reading):
    with server.box(care) as box:
        box.folder.create("提醒")
    before = [mail(care, str(number), f"提醒{number}") for number in range(4)]
    ids = [server.put(care, one, "提醒") for one in before]
    _, _, cursor = collected(reading(folder="提醒"))
    with server.box(care) as box:
        box.folder.delete("提醒")
        box.folder.create("提醒")
    for one in before[1:]:
        server.put(care, one, "提醒")
    new = server.put(care, mail(care, "新", "新的提醒"), "提醒")
    posts, gone, after = collected(reading(folder="提醒"), cursor)
    assert after["validity"] != cursor["validity"]
    assert [post["native_id"] for post in posts] == [new]
    assert gone == [ids[0]]
    assert collected(reading(folder="提醒"), after)[:2] == ([], [])


def test_a_mail_that_takes_the_id_of_another_one_changes_nothing(server, care, reading):
    real = mail(care, "真的", "The real one")
    server.put(care, real)
    _, _, cursor = collected(reading())
    forged = mail(care, "假的", "Forged", sender="mallory@customer.test")
    forged.replace_header("Message-ID", real["Message-ID"])
    server.put(care, forged)
    assert collected(reading(), cursor)[0] == []


def test_a_server_that_starts_anew_loses_nothing(server, care, reading):
    server.put(care, mail(care, "before", "之前"))
    connector = reading()
    pages = connector.stream({})
    cursor = kept(next(pages))
    with server.stopped():
        with pytest.raises((Unreachable, Unavailable)):  # it may have said good-bye, or may not
            list(islice(pages, 10))
        with pytest.raises(Unreachable):
            collected(reading(), cursor)
    new = server.put(care, mail(care, "after", "之后"))
    assert [post["native_id"] for post in collected(reading(), cursor)[0]] == [new]


def test_alert_mails_are_articles(server, care, reading):
    server.put(care, mail(care, "Google 快讯：海港", "海港推出新品", sender="alerts@news.test"))
    post = collected(reading(brings="articles"))[0][0]
    assert (post["type"], post["to"]) == ("article", None)


def test_a_wrong_password_is_told_as_such_and_not_repeated(reading):
    with pytest.raises(CredentialRefused) as told:
        reading(password="falsch-口令").welcome()
    assert "falsch" not in f"{told.value}{told.value.text('zh-hans')}"


def test_a_folder_that_is_not_there_is_named(reading):
    with pytest.raises(NotThere, match="没有这个"):
        reading(folder="没有这个").welcome()


def test_the_newest_mails_are_the_sample_of_a_test(server, care, reading):
    server.put(care, mail(care, "样本", "A sample"))
    welcome = reading().welcome()
    assert (welcome.account, [post["title"] for post in welcome.sample]) == (care, ["样本"])


@pytest.mark.parametrize("kind", ["imap", "smtp"])
def test_a_private_address_is_refused_unless_it_is_an_own_server(server, care, reading, kind):
    asked = server.put(care, mail(care, "q", "问"))
    inside = reading(own=False) if kind == "imap" else reading(smtp_host="127.0.0.1", smtp_security="tls")
    with pytest.raises(AddressRefused, match=r"private network|encrypted"):
        inside.answer(asked, "Sorry")


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_mails_are_read_and_sent_encrypted_when_the_certificate_is_trusted(
    server, care, reading, security, monkeypatch
):
    asked = server.put(care, mail(care, "加密", "Encrypted"))
    tls = security == "tls"
    options = {
        "security": security, "port": str(server.imaps if tls else server.imap),
        "smtp_security": security, "smtp_port": str(server.smtps if tls else server.smtp),
    }  # fmt: skip
    with pytest.raises(Unreachable, match="not trusted"):
        reading(**options).welcome()
    monkeypatch.setenv("SSL_CERT_FILE", str(server.folder / "cert.pem"))
    assert reading(**options).answer(asked, "收到").native_id


def test_an_answer_arrives_under_the_mail_it_answers_and_is_found_again(server, care, reading):
    customer = "lilei@customer.test"
    first = server.put(care, mail(care, "漏水的水壶", "漏水了", sender=f"李雷 <{customer}>"))
    asked = server.put(care, mail(care, "Re: 漏水的水壶", "还在漏", sender=f"李雷 <{customer}>", after=first))
    connector = reading()
    assert connector.answered(asked, "抱歉，我们马上处理。") is None
    sent = connector.answer(asked, "抱歉，我们马上处理。")
    assert connector.answered(asked, "抱歉，我们马上处理。") == sent
    assert connector.answered(asked, "Other words") is None
    with server.box(customer) as box:
        got = until(
            lambda: next(one for one in box.fetch(mark_seen=False) if one.subject == "Re: 漏水的水壶")
        )
    assert got.subject == "Re: 漏水的水壶"
    assert got.text.strip() == "抱歉，我们马上处理。"
    assert got.from_values.full == f"海港客服 <{care}>"
    assert got.headers["in-reply-to"] == (f"<{asked}>",)
    assert got.headers["references"][0].split() == [f"<{first}>", f"<{asked}>"]
    assert got.headers["message-id"] == (f"<{sent.native_id}>",)


def test_a_recipient_that_the_server_refuses_is_told(server, care, reading):
    asked = server.put(care, mail(care, "外面", "From outside", sender="someone@elsewhere.test"))
    with pytest.raises(NotAllowed, match="55"):
        reading().answer(asked, "Sorry")
    assert reading().answered(asked, "Sorry") is None


def test_only_mails_of_the_mailbox_are_answered(reading):
    for unknown in ("nowhere@customer.test", 'x" OR ALL "', "a\r\nb LOGOUT"):
        with pytest.raises(NotThere):
            reading().answer(unknown, "Hello")
