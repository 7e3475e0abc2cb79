"""Listening, walked: pages and commands that search, export, import, and keep brands and topics."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
from tests.app.matrix import Walk

from outlisten.app.listening.models import Brand, DeclaredAccount, SavedList, Topic
from outlisten.app.listening.store import pipeline
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department
from outlisten.posts.identity import post_id


def a_brand(_department: Department) -> Mapping[str, object]:
    """A brand to change."""
    return {"brand": Brand.objects.create(name="Harbour", side="own", query="Harbour OR 海港").pk}


def a_topic(_department: Department) -> Mapping[str, object]:
    """A topic to change."""
    return {"topic": Topic.objects.create(name="排队", query="排队 OR queue").pk}


def a_list(_department: Department) -> Mapping[str, object]:
    """A list to change."""
    return {"list": SavedList.objects.create(name="媒体", accounts="Reuters\n人民日报").pk}


def a_post(_department: Department) -> Mapping[str, object]:
    """A kept post to say something of."""
    said = {"platform": ["weibo"], "native_id": ["walked"], "text": ["海港排队两小时"], "author": ["阿明"]}
    pipeline().ingest(pa.table(said))
    return {"post": post_id("weibo", "walked", author=None, created_at=None, text="")}


def an_account(_department: Department) -> Mapping[str, object]:
    """A declared account to change."""
    made = DeclaredAccount.objects.create(
        platform="weibo", account="海港咖啡", folded="海港咖啡", voice="owned"
    )
    return {"account": made.pk}


ROWS = (
    Walk(Act.SEARCH, get="/"),
    Walk(Act.SEARCH, get="/listen/?q=queue"),
    Walk(Act.SEARCH, get="/listen/result?q=排队"),
    Walk(Act.SEARCH, post="/listen/build", send={"text": "排队"}),
    Walk(Act.SEARCH, get="/listen/meaning?m=排队"),
    Walk(Act.SEARCH, get="/listen/meaning/result?m=queue"),
    Walk(Act.SEARCH, get="/posts/{post}/alike", given=a_post),
    Walk(Act.SEARCH, command=("search", "--meaning", "电池不耐用", "--json")),
    Walk(Act.SEARCH, get="/compare/"),
    Walk(Act.SEARCH, get="/settings/names"),
    Walk(Act.SEARCH, command=("search", "排队", "--json")),
    Walk(Act.SEARCH, command=("search", "queue", "--count")),
    Walk(Act.SEARCH, command=("compare", "Harbour", "--against", "Valley", "--json")),
    Walk(Act.EXPORT, get="/listen/export/csv?q=queue"),
    Walk(Act.EXPORT, command=("search", "排队", "--format", "csv")),
    Walk(Act.IMPORT, get="/import/"),
    Walk(Act.EDIT_BRANDS, get="/settings/brands/new"),
    Walk(Act.EDIT_BRANDS, post="/settings/brands/new", send={"name": "Valley", "side": "own", "query": "Valley"}),
    Walk(Act.EDIT_BRANDS, post="/settings/brands/{brand}/remove", given=a_brand),
    Walk(Act.EDIT_TOPICS, get="/settings/topics/new"),
    Walk(Act.EDIT_TOPICS, post="/settings/topics/{topic}/remove", given=a_topic),
    Walk(Act.SEARCH, get="/settings/lists"),
    Walk(Act.SEARCH, command=("list", "list", "--json")),
    Walk(Act.EXPORT, get="/settings/lists/{list}/text", given=a_list),
    Walk(Act.EXPORT, command=("list", "show", "媒体"), given=a_list),
    Walk(Act.EDIT_TOPICS, get="/settings/lists/new"),
    Walk(Act.EDIT_TOPICS, get="/settings/lists/{list}", given=a_list),
    Walk(Act.EDIT_TOPICS, post="/settings/lists/new", send={"name": "媒体", "entries": "Reuters"}),
    Walk(Act.EDIT_TOPICS, post="/settings/lists/check", send={"entries": "Reuters"}),
    Walk(Act.EDIT_TOPICS, post="/settings/lists/{list}/remove", given=a_list),
    Walk(Act.EDIT_TOPICS, command=("list", "add", "Press", "--entry", "Reuters")),
    Walk(Act.EDIT_TOPICS, command=("list", "change", "媒体", "--entry", "Reuters"), given=a_list),
    Walk(Act.EDIT_TOPICS, command=("list", "remove", "媒体"), given=a_list),
    Walk(Act.SEARCH, get="/settings/voices"),
    Walk(Act.SEARCH, get="/listen/voices?q=排队"),
    Walk(Act.SEARCH, get="/listen/wants?q=排队"),
    Walk(Act.SEARCH, get="/settings/models/read"),
    Walk(Act.MANAGE_WORKSPACE, post="/settings/models/reread"),
    Walk(Act.MANAGE_WORKSPACE, post="/settings/models/pause"),
    Walk(Act.MANAGE_WORKSPACE, post="/settings/models/deepen", send={"on": "1"}),
    Walk(Act.MANAGE_WORKSPACE, post="/settings/models/resume"),
    Walk(Act.SEARCH, command=("voice", "list", "--json")),
    Walk(Act.DECLARE_VOICES, get="/settings/voices/accounts/new"),
    Walk(Act.DECLARE_VOICES, get="/settings/voices/campaigns/new"),
    Walk(Act.DECLARE_VOICES, get="/settings/voices/accounts/{account}", given=an_account),
    Walk(Act.DECLARE_VOICES, post="/settings/voices/accounts/new", send={"platform": "x", "account": "harbour"}),
    Walk(Act.DECLARE_VOICES, post="/settings/voices/paste", send={"platform": "x", "names": "harbour"}),
    Walk(Act.DECLARE_VOICES, post="/settings/voices/accounts/{account}/end", given=an_account),
    Walk(Act.DECLARE_VOICES, post="/settings/voices/accounts/{account}/withdraw", given=an_account),
    Walk(Act.DECLARE_VOICES, command=("voice", "declare", "harbour", "--platform", "x")),
    Walk(Act.DECLARE_VOICES, command=("voice", "end", "海港咖啡"), given=an_account),
    Walk(Act.CORRECT_VOICE, post="/posts/{post}/voice", send={"voice": "paid", "reason": "合同"}, given=a_post),
    Walk(Act.CORRECT_VOICE, command=("voice", "correct", "{post}", "--clear"), given=a_post),
    Walk(Act.LABEL, post="/posts/{post}/labels", send={"sentiment": "negative"}, given=a_post),
    Walk(Act.LABEL, get="/settings/labelling"),
    Walk(Act.TEACH, post="/settings/labelling/teach", send={"off": "1"}),
    Walk(Act.TEACH, command=("calibrate", "off")),
    Walk(Act.LABEL, post="/settings/labelling/label", send={"token": "x", "label": "negative"}),
    Walk(Act.TAG, post="/posts/{post}/tags", send={"tags": "排队"}, given=a_post),
    Walk(Act.TAG, command=("voice", "tag", "{post}", "排队"), given=a_post),
    Walk(Act.MANAGE_WORKSPACE, get="/settings/workspace"),
    Walk(Act.MANAGE_WORKSPACE, post="/settings/workspace", send={"name": "Harbour"}),
)  # fmt: skip
