"""A query as SQL over the table `posts`.

The text index decides words and phrases: `stream` is cut at spaces only, so a term or a Han run is a run of the
index's own tokens. For everything that depends on where words stand the index proposes, and `span_sql` decides on
what it proposed. Little is left that SQL cannot decide (`word:`, quoted posts, exact forms and hashtags inside NEAR);
then the condition selects no post too few, and `exact` is false. Values are bound, never written into the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from outlisten.query import costs
from outlisten.query.binding import Parameters
from outlisten.query.costs import look_ups, phrases
from outlisten.query.exact import exact_source, whole_runs
from outlisten.query.field_sql import FieldSql
from outlisten.query.folding import fold
from outlisten.query.limits import Limits
from outlisten.query.messages import Message, Refused
from outlisten.query.parser import Query
from outlisten.query.span_regex import span_regex
from outlisten.query.span_sql import SpanSql
from outlisten.query.tokens import FIELD, word_items
from outlisten.query.tree import (
    And,
    AtLeast,
    Exact,
    Glob,
    Hashtag,
    Loose,
    Near,
    Node,
    Not,
    Or,
    Saved,
    Skip,
    Wild,
    Within,
    Word,
    Words,
    has_dates,
    walk,
)
from outlisten.query.wildcards import regex_source

# Without it the engine leaves the index for a token in a quarter of the rows, and takes seconds instead of
# milliseconds.
SETTINGS: Mapping[str, int] = {"text_index_hint_max_selectivity": 1}
# Up to here asking the index again for each figure is cheaper than keeping what was found.
FEW_LOOK_UPS = 4
AT_ONCE = 255  # needles of one multiSearchAny
# The stream and the end of its title, so that a token is always found between two spaces.
_PADDED = "concat(' ', stream, ' ')"
_TITLE_END = f"position({_PADDED}, ' {FIELD} ')"
_NAMES = "arrayConcat(mentions, codes, hashtags)"

# The distinct tokens a pattern stands for with how many posts hold each, most frequent first, at most so many.
Vocabulary = Callable[[str, int], Sequence[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean SQL expression over `posts`, the values of its `{name:Type}` parameters, and the settings it wants.

    Where it is not `exact`, `evaluate.matches` must still be asked about each post it selects. It is `dear` where texts are
    read or the index is asked many times. `first`, where it is not blank, holds for every such post too and is cheap: to
    be asked before, so that few texts are read.
    """

    sql: str
    params: Mapping[str, object]
    settings: Mapping[str, str | int | float] = field(default_factory=lambda: dict(SETTINGS))
    exact: bool = True
    dear: bool = False
    first: str = ""


def compile_sql(query: Query, vocabulary: Vocabulary | None = None) -> Condition:
    """The condition that selects the query's posts. Raises ValueError when the query is not valid, and Refused (E305)
    for a wildcard that stands for too many words.

    `vocabulary` lists the tokens of a pattern; without it a wildcard is looked for in every post.
    """
    if query.tree is None:
        raise ValueError("a query with mistakes cannot be asked")
    compiler = _Compiler(query, vocabulary)
    narrow = compiler.narrowed(query.tree)
    sql = compiler.sql(query.tree, None, atmost=True)
    if has_dates(query.tree):
        sql = f"created_at > 0 AND ({sql})"  # undated posts are stored as 0
    dear = compiler.reads_texts or sql.count("(stream, ") > FEW_LOOK_UPS
    first = narrow if narrow and compiler.reads_texts else ""
    return Condition(sql, compiler.parameters.values, exact=compiler.exact, dear=dear, first=first)


class _Compiler:
    """Writes the SQL of one query. `atmost`: where SQL cannot decide, whether a post too many or too few is meant."""

    def __init__(self, query: Query, vocabulary: Vocabulary | None) -> None:
        self.parameters = Parameters()
        self.fields = FieldSql(query.context.clock, self.parameters)
        self.limits = query.context.limits
        self.vocabulary = vocabulary
        self.exact = True
        self.reads_texts = False
        self.most_phrases = costs.MANY_PHRASES
        self._expanded: dict[str, str] = {}

    def sql(self, node: Node, scope: str | None, *, atmost: bool) -> str:
        """The condition of a part, in brackets where it needs them."""
        match node:
            case And(parts):
                return self._joined(parts, scope, "hasAllTokens", " AND ", atmost=atmost)
            case Or(parts) if scope is None and len(phrases(parts)) > self.most_phrases:
                return self._any_of_many(parts, atmost=atmost)
            case Or(parts):
                return self._joined(parts, scope, "hasAnyTokens", " OR ", atmost=atmost)
            case Not(part):
                return f"NOT ({self.sql(part, scope, atmost=not atmost)})"
            case Saved(_, part):
                return self.sql(part, scope, atmost=atmost)
            case Within("quoted"):
                return self._undecided("quoted != ''", atmost=atmost)
            case Within(field, part):
                return self.sql(part, field, atmost=atmost)
            case Words(items):
                return self._words(items, scope)
            case Exact(characters):
                return self._exact(characters, scope)
            case Wild((Glob() as glob,)) if scope is None:
                return self._token_like(glob)
            case Wild() | Loose() | Word() | Near() | AtLeast():
                return self._placed(node, scope, atmost=atmost)
            case _:
                return self.fields.condition(node)

    def narrowed(self, tree: Node) -> str:
        """What index and columns say of every post in which the narrowest part of a query stands; blank if all parts are
        wide. Long lists elsewhere are then searched for in the few texts that are left."""
        parts = tree.parts if isinstance(tree, And) else (tree,) if isinstance(tree, Or) else ()
        narrow = min(
            (part for part in parts if 0 < look_ups(part) <= costs.FEW_PHRASES), key=look_ups, default=None
        )
        if narrow is None:
            return ""
        self.most_phrases = costs.FEW_PHRASES
        return self._proposed(narrow)

    def _joined(
        self, parts: Sequence[Node], scope: str | None, tokens: str, joiner: str, *, atmost: bool
    ) -> str:
        """Several parts; single tokens among them become one look-up of the index."""
        single = [token for part in parts if scope is None and (token := _token(part))]
        rest = [part for part in parts if scope is not None or not _token(part)]
        found = [f"{tokens}(stream, {self.parameters.texts(single)})"] if single else []
        found += [self.sql(part, scope, atmost=atmost) for part in rest]
        return found[0] if len(found) == 1 else f"({joiner.join(found)})"

    def _any_of_many(self, parts: Sequence[Node], *, atmost: bool) -> str:
        """Alternatives of which many are phrases: those are searched for in the stream, all in one go."""
        self.reads_texts = True
        needles = [f" {' '.join(phrase.items)} " for phrase in phrases(parts)]
        found = [
            f"multiSearchAny({_PADDED}, {self.parameters.texts(needles[start : start + AT_ONCE])})"
            for start in range(0, len(needles), AT_ONCE)
        ]
        others = [part for part in parts if not phrases([part])]
        if others:
            found.append(self._joined(others, None, "hasAnyTokens", " OR ", atmost=atmost))
        return f"({' OR '.join(found)})"

    def _words(self, items: tuple[str, ...], scope: str | None) -> str:
        found = self._run(items)
        if scope is None:
            return found
        self.reads_texts = True
        needle = self.parameters.text(f" {' '.join(items)} ")
        if scope == "title":
            place = f"position({_PADDED}, {needle}) < {_TITLE_END}"
            return f"({found} AND title_tokens > 0 AND {place})"
        return f"({found} AND position({_PADDED}, {needle}, if(title_tokens > 0, {_TITLE_END} + 1, 1)) > 0)"

    def _run(self, items: tuple[str, ...]) -> str:
        """What the index says of items that stand one after the other."""
        if len(items) == 1:
            return f"hasAllTokens(stream, {self.parameters.texts(list(items))})"
        return f"hasPhrase(stream, {self.parameters.text(' '.join(items))})"

    def _exact(self, characters: str, scope: str | None) -> str:
        self.reads_texts = True
        fields = ("title", "text") if scope is None else (scope,)
        pattern = self.parameters.text(exact_source(characters))
        found = " OR ".join(f"ifNull(match({field}, {pattern}), 0)" for field in fields)
        # A part of the characters stands among the tokens, or inside an entity, which has none.
        proposed = [self._in_stream_or_entity(run) for run in whole_runs(characters)]
        held = [f"position({field}, {self.parameters.text(characters)}) > 0" for field in fields]
        return f"({' AND '.join([*proposed, '(' + ' OR '.join(held) + ')', f'({found})'])})"

    def _in_stream_or_entity(self, run: str) -> str:
        items = self._run(tuple(word_items(run)))
        link = f"arrayExists(link -> position(link, {self.parameters.text(run)}) > 0, links)"
        name = f"arrayExists(name -> position(name, {self.parameters.text(fold(run))}) > 0, {_NAMES})"
        return f"({items} OR {link} OR {name})"

    def _placed(self, node: Node, scope: str | None, *, atmost: bool) -> str:
        """What depends on where words stand: proposed by the index, decided on their places."""
        self.reads_texts = True
        proposed = self._proposed(node)
        if _is_undecidable(node):
            return self._undecided(proposed, atmost=atmost)
        pattern = span_regex(node) if scope is None else None
        if pattern is not None:
            return f"({proposed} AND match({_PADDED}, {self.parameters.text(pattern)}))"
        places = SpanSql(node, self.parameters)
        if isinstance(node, AtLeast):
            return f"({proposed} AND {places.at_least(node.count, node.part, scope)})"
        return f"({proposed} AND {places.holds(node, scope)})"

    def _undecided(self, proposed: str, *, atmost: bool) -> str:
        self.exact = False
        return proposed if atmost else "0"

    def _proposed(self, node: Node) -> str:
        """What the index says every post has in which the part stands."""
        match node:
            case Words(items) | Word(items):
                return self._run(items)
            case Loose(items):
                return f"hasAllTokens(stream, {self.parameters.texts(list(dict.fromkeys(items)))})"
            case Wild(pieces):
                globs = [self._token_like(piece) for piece in pieces if isinstance(piece, Glob)]
                tokens = [piece for piece in pieces if not isinstance(piece, Glob | Skip)]
                plain = [f"hasAllTokens(stream, {self.parameters.texts(tokens)})"] if tokens else []
                return f"({' AND '.join([*plain, *globs])})"
            case Exact(characters):
                runs = [self._in_stream_or_entity(run) for run in whole_runs(characters)]
                return f"({' AND '.join(runs)})" if runs else self._exact(characters, None)
            case Or(parts):
                return f"({' OR '.join(map(self._proposed, parts))})"
            case And(parts):
                return self._proposed(min(filter(look_ups, parts), key=look_ups))
            case Near(left, _, negated=True):
                return self._proposed(left)
            case Near(left, right):
                few, many = sorted((left, right), key=look_ups)
                if 0 < look_ups(few) <= costs.FEW_PHRASES < look_ups(many):
                    return self._proposed(few)
                return f"({self._proposed(left)} AND {self._proposed(right)})"
            case AtLeast(_, part) | Within(_, part) | Saved(_, part):
                return self._proposed(part)
            case _:
                return self.fields.condition(node)

    def _token_like(self, glob: Glob) -> str:
        """Whether any token is what a wildcard stands for."""
        if glob.pattern not in self._expanded:
            self._expanded[glob.pattern] = self._expansion(glob.pattern)
        return self._expanded[glob.pattern]

    def _expansion(self, pattern: str) -> str:
        if self.vocabulary is None:
            return f"match({_PADDED}, {self.parameters.text(f' {regex_source(pattern)} ')})"
        tokens = self.vocabulary(pattern, self.limits.expansion + 1)
        if len(tokens) > self.limits.expansion:
            raise _too_broad(pattern, tokens, self.limits)
        return (
            f"hasAnyTokens(stream, {self.parameters.texts([token for token, _ in tokens])})"
            if tokens
            else "0"
        )


def _too_broad(pattern: str, tokens: Sequence[tuple[str, int]], limits: Limits) -> Refused:
    most = ", ".join(f"{token} ({posts:,})" for token, posts in tokens[:10])
    return Refused(Message("E305", (0, 0), {"word": pattern, "limit": limits.expansion, "most": most}))


def _is_undecidable(node: Node) -> bool:
    """Whether a part's places cannot be told from what the store keeps of the words."""
    return any(isinstance(part, Word | Exact | Hashtag) for part in walk(node))


def _token(node: Node) -> str:
    """The token of a term that is a single one; otherwise blank."""
    return node.items[0] if isinstance(node, Words) and len(node.items) == 1 else ""
