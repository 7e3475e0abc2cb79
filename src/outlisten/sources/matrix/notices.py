"""What a person must know of a room that cannot be read: told once, among the items that could not become posts.

Such an item has one reason for readers of both languages.
"""

from __future__ import annotations

from collections.abc import Mapping

from outlisten.sources.connector import Record

NOTICES: Mapping[str, str] = {
    "encrypted": "The room {room} is end-to-end encrypted: what is written there is not collected, as only the devices of its "
    "members can read it. 房间 {room} 已启用端到端加密，只有成员的设备可以阅读，因此其中的消息不会被收集。",
    "invited": "The account is invited to the room {room}: accept in a Matrix program, or let this source accept invitations. "
    "账号收到加入房间 {room} 的邀请：请在 Matrix 客户端中接受，或允许此来源自动接受邀请。",
    "not joined": "The account could not join the room {room} to which it is invited. 账号受邀加入房间 {room}，但未能加入。",
    "moved": "The room {room} was closed and continues in another one: join that with the account. "
    "房间 {room} 已关闭并迁移到新房间：请用该账号加入新房间。",
    "left": "The account was removed from the room {room}: messages written shortly before may be missing. "
    "账号已被移出房间 {room}：此前不久的消息可能缺失。",
    "place": "The server no longer knew where this source had stopped: it went on with the newest messages, older ones come "
    "with the history. 服务器已不记得此来源上次读到的位置：已从最新消息继续，更早的消息可通过取回历史获得。",
}  # fmt: skip


def notice(kind: str, room: str, title: str | None = None) -> Record:
    """A record that says so."""
    return {"notice": kind, "room": room, **({"title": title} if title else {})}
