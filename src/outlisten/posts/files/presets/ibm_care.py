"""IBM's customer care conversations on Twitter: customers' messages and the company's answers, thread by
thread.

Source of the shape: the repository twitter-customer-care-document-prediction (Apache-2.0). The answer that
ends a conversation has no time of its own, and `duration` loses whole days, so its time is taken from its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from outlisten.posts.files.presets.preset import Cells, Facts, Fields, Preset
from outlisten.posts.files.presets.x_posts import address, plain_text, written_at
from outlisten.posts.files.records import dump


def _conversation(fields: Fields, cells: Cells, facts: Facts) -> Iterable[Fields]:
    header, messages = cells["dialogHeader"], cells["dialogContent"]
    assert isinstance(header, Mapping)
    assert isinstance(messages, list)
    company = header["company"]
    customer, thread, before = _customer(messages), messages[0]["tweet_ID"], None
    for message in [*messages, _last_answer(cells["agentURL"], company)]:
        yield _post(message, company, customer, thread, before) | {
            "raw": dump({**message, "dialogHeader": header})
        }
        before = message["tweet_ID"]


def _customer(messages: list[Cells]) -> object:
    return next((message["client"] for message in messages if "client" in message), None)


def _last_answer(answer: object, company: object) -> Cells:
    assert isinstance(answer, Mapping)
    return {
        "agent": company,
        "tweet_ID": answer["tweet_ID"],
        "message": answer["url_utterance"],
        "datetime": written_at(answer["tweet_ID"]),
    }


def _post(message: Cells, company: object, customer: object, thread: object, before: object) -> Fields:
    answers = "agent" in message
    author = company if answers else message.get("client") or message.get("client1")
    return {
        "native_id": message["tweet_ID"],
        "text": plain_text(message["message"]),
        "created_at": message["datetime"],
        "author_handle": author,
        "to": customer if answers else company,
        "thread": thread,
        "reply_to": before,
        "type": "reply" if before else "post",
        "is": ["reply"] if before else None,
        "voice_given": "owned" if answers else None,
        "url": address(author, message["tweet_ID"]),
    }


PRESET = Preset(
    name="ibm-care",
    title="IBM Twitter customer care",
    shape="JSON array with dialogHeader, dialogContent, agentURL",
    recognises=lambda shape: shape.has("dialogHeader", "dialogContent", "agentURL"),
    constants={"platform": "x"},
    adapt=_conversation,
    settles_dates=True,
)
