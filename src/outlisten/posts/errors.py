"""What can go wrong with a store, each in one sentence in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from outlisten.words import Locale, words

if TYPE_CHECKING:
    from outlisten.query import Message


class StoreError(Exception):
    """The store refused or failed. `str()` is the English sentence, `.text(locale)` the reader's."""

    SENTENCE: ClassVar[str] = "The post store could not do this: {reason}"

    def __init__(self, **details: object) -> None:
        self.details = details
        super().__init__(self.SENTENCE.format(**details))

    def text(self, locale: Locale) -> str:
        """The sentence in a language a person reads."""
        return words("store", locale)(self.SENTENCE).format(**self.details)


class StoreBusy(StoreError):
    """Another process (`.pid`, where it can be told) owns the folder."""

    SENTENCE = "The posts in {folder} are held by process {pid}. Stop it, or ask through the running server."

    @property
    def pid(self) -> int | None:
        """The holder's process id."""
        pid = self.details.get("pid")
        return pid if isinstance(pid, int) else None


class StoreElsewhere(StoreBusy):
    """This process already has another folder open: the embedded engine serves one a process."""

    SENTENCE = "This process already has the posts in {other} open. Close that store before opening {folder}."


class StoreFull(StoreError):
    """No room to write. What was acknowledged before is kept."""

    SENTENCE = "The disk that holds {folder} is full. Free some space and repeat the last step: nothing kept was lost."


class StoreMissing(StoreError):
    """`create=False` and no store there."""

    SENTENCE = "There are no posts in {folder}. Check the path, or import a file first."


class StoreUnreadable(StoreError):
    """The folder cannot be opened as a store."""

    SENTENCE = "The posts in {folder} cannot be opened: {reason}"


class UnknownAddress(StoreError):
    """A store address of a kind that cannot be opened."""

    SENTENCE = "A store's address looks like chdb:///path/to/folder, not {url}."


class NotYetAvailable(StoreError):
    """A kind of store that is planned."""

    SENTENCE = "ClickHouse servers are not supported yet ({url}). Use chdb:///path/to/folder."


class StoreClosed(StoreError):
    """A call after `close()`."""

    SENTENCE = "The post store in {folder} is closed."


class TooBroad(StoreError):
    """A part of a query stands for more than can be looked for; `.message` says which."""

    SENTENCE = "{reason}"

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(reason=message.text())

    def text(self, locale: Locale) -> str:
        return self.message.text(locale)


class TookTooLong(StoreError):
    """A question that the engine could not finish, or stop with an answer, in the time it was given."""

    SENTENCE = "This question takes longer than it may here. Choose a shorter time range, or a shorter query."


class TooMuchMemory(StoreError):
    """A question that does not fit into the engine's memory limit."""

    SENTENCE = (
        "This question needs more memory than the store may use. Choose a shorter time range or fewer groups."
    )


class BadCursor(StoreError):
    """A page address the store did not make."""

    SENTENCE = "{cursor} is not the address of a page of posts. Start again from the first page."


class BadField(StoreError):
    """A field that cannot be counted or chosen."""

    SENTENCE = "Posts cannot be counted by {field}. Choose one of: {known}."


class BadColumn(StoreError):
    """A column that posts do not have, or a table that lacks one."""

    SENTENCE = "The columns do not fit the posts' schema: {columns}."


class NobodyNamed(StoreError):
    """An erasure that names nothing to erase."""

    SENTENCE = "Say which posts to erase: their ids, or an author."


class BadIdentifier(StoreError):
    """Something that is not a post's id."""

    SENTENCE = "{identifier} is not the id of a post: an id has 16 hex digits."
