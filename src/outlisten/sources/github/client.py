"""Asking GitHub's REST interface: issues and comments of repositories, the search, single records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Literal

from outlisten.sources.fetching import Answer, Fetcher, wait_asked
from outlisten.sources.problems import NotAllowed, NotThere, ShapeChanged, Throttled, WrongOption
from outlisten.sources.times import utc
from outlisten.sources.walking import Found, Listed, by_page, by_second

INTERFACE = "https://api.github.com"
MOST = 100  # records an answer
PAUSE = 60.0  # seconds to wait where a secondary limit does not say how long (GitHub's own advice)
Order = Literal["updated", "created"]


class GitHubClient:
    """Reads what is public, or what a token may read. `etag` is that of the first page of the last listing."""

    def __init__(self, fetcher: Fetcher, *, token: str = "") -> None:
        self._fetcher, self.has_token = fetcher, bool(token)
        self.etag = ""
        self._headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._there: set[str] = set()

    def listed(
        self, path: str, order: Order, at: Mapping[str, Any] | None, floor: int | None, etag: str
    ) -> Listed:
        """Issues or comments of a repository (`repos/OWNER/NAME/issues`), latest first. Raises SourceProblem.

        The first page is asked for only if it changed since `etag`: with a token that costs nothing.
        """
        page = at["place"] if at else 1
        asked = {"sort": order, "direction": "desc", "state": "all", "per_page": MOST, "page": page}
        since = {"since": _iso(floor)} if floor is not None else {}
        condition = {"If-None-Match": etag} if etag and page == 1 else {}
        answer = self._asked(path, asked | since, headers=condition)
        if page == 1:
            self.etag = answer.headers.get("etag", etag)
        if answer.unchanged:
            return Listed([])
        found = [_found(record, order, answer.host) for record in answer.records()]
        return by_page(found, at, page + 1 if len(found) >= MOST else None)

    def search(self, words: str, order: Order, at: Mapping[str, Any] | None, floor: int | None) -> Listed:
        """Issues that say the words, latest first: a hundred an answer, and older ones by asking for earlier times."""
        quoted = words.replace('"', " ")
        times = [
            _iso(second) if second is not None else "*" for second in (floor, at["second"] if at else None)
        ]
        bounds = "" if times == ["*", "*"] else f" {order}:{'..'.join(times)}"
        query = f'"{quoted}" is:issue{bounds}'
        asked = {"q": query, "sort": order, "order": "desc", "per_page": MOST}
        answer = self._asked("search/issues", asked, pace=2.1 if self.has_token else 6.1)
        found = [_found(record, order, answer.host) for record in answer.records("items")]
        return by_second(found, at, more=len(found) >= MOST)

    def one(self, repository: str, path: str) -> Mapping[str, Any] | None:
        """An issue or a comment as it stands now; None when it is gone.

        Raises NotThere when the token may not read the repository itself any more: then nothing is known of its issues.
        """
        answer = self._sent(f"repos/{repository}/{path}", {}, judged=(403, 404, 410))
        if answer.status in {404, 410}:
            self._check(repository)
            return None
        told = _good(answer).json()
        if not isinstance(told, dict) or "html_url" not in told:
            raise ShapeChanged(host=answer.host, reason="no list of records")
        return told

    def login(self) -> str:
        """Whose token it is."""
        told = self._asked("user", {}).json()
        return str(told.get("login") or "") if isinstance(told, dict) else ""

    def graphql(self, query: str, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a GraphQL query. Raises SourceProblem, also for errors inside a good answer."""
        answer = self._fetcher.send(
            "POST", f"{INTERFACE}/graphql", headers=self._headers, judged=(403,),
            json={"query": query, "variables": dict(variables)},
        )  # fmt: skip
        told = _good(answer).json()
        errors = told.get("errors") if isinstance(told, dict) else None
        if errors:
            raise _graphql_problem(answer, {str(error.get("type")) for error in errors})
        data = told.get("data") if isinstance(told, dict) else None
        if not isinstance(data, dict):
            raise ShapeChanged(host=answer.host, reason="no list of records")
        return data

    def _check(self, repository: str) -> None:
        if repository in self._there or not self.has_token:
            return
        self._asked(f"repos/{repository}", {})
        self._there.add(repository)

    def _asked(self, path: str, params: Mapping[str, Any], **sent: Any) -> Answer:
        return _good(self._sent(path, params, judged=(403, 422), **sent))

    def _sent(
        self, path: str, params: Mapping[str, Any], *, judged: tuple[int, ...],
        headers: Mapping[str, str] | None = None, pace: float | None = None,
    ) -> Answer:  # fmt: skip
        return self._fetcher.send(
            "GET", f"{INTERFACE}/{path}", params=params, headers=self._headers | dict(headers or {}),
            judged=judged, pace=pace,
        )  # fmt: skip


def _good(answer: Answer) -> Answer:
    """The answer when it is a good one. Raises what 403 and 422 mean."""
    if answer.status == 422:
        raise WrongOption(option="words", reason="GitHub cannot search for this")
    return allowed(answer)


def allowed(answer: Answer) -> Answer:
    """The answer unless its status is 403. Raises what that means: mostly a limit, else a right that is missing."""
    if answer.status != 403:
        return answer
    wait = wait_asked(answer.headers, datetime.now(UTC))
    if "retry-after" in answer.headers or answer.headers.get("x-ratelimit-remaining") == "0":
        raise Throttled(host=answer.host, status=403, wait=wait)
    if b"rate limit" in answer.body.lower():
        raise Throttled(host=answer.host, status=403, wait=PAUSE)
    raise NotAllowed(host=answer.host, status=403)


def _graphql_problem(answer: Answer, kinds: set[str]) -> Exception:
    if "RATE_LIMITED" in kinds:
        return Throttled(host=answer.host, status=200, wait=wait_asked(answer.headers, datetime.now(UTC)))
    if "NOT_FOUND" in kinds:
        return NotThere(address=f"{INTERFACE}/graphql", status=404)
    if kinds & {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        return NotAllowed(host=answer.host, status=", ".join(sorted(kinds)))
    return ShapeChanged(host=answer.host, reason=", ".join(sorted(kinds)))


def _found(record: dict[str, Any], order: Order, host: str) -> Found:
    when, name = utc(record.get(f"{order}_at")), record.get("html_url")
    if when is None or not isinstance(name, str):
        raise ShapeChanged(host=host, reason="a record without its number or its date")
    return Found(int(when.timestamp()), name, record)


def _iso(second: int) -> str:
    return datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
