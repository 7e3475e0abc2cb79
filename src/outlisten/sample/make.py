"""Makes the bundled sample from the reference data: `python -m outlisten.sample.make --data DIR`.

Every file goes through the same presets a user's import would; the care conversations are scrubbed on the way.
"""

from __future__ import annotations

import argparse
import json
import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from outlisten.posts.files import plan_import, read_batches
from outlisten.posts.identity import post_id
from outlisten.posts.schema import arrow_schema
from outlisten.sample import FOLDER
from outlisten.sample.scrub import Scrubber

Post = dict[str, object]

# One moment for all, so that making the files again gives the same files.
SEEN = datetime(2026, 11, 22, tzinfo=UTC)
# The reviews' line ends came escaped more than once.
LINE_END = re.compile(r"\\+[nr]")
# Companies and brands that customers address beside the ones that answer: handles of firms, kept as they are.
FIRMS = """
    adobe adobepremiere amazon apple att chase chaseforbiz citibank cnn bbcworld creativecloud dropbox dropboxbusiness
    ebay ebay_uk facebook gmail godaddy googleindia hulu itunes lysol micromax_mobile microsoft photoshop playstation
    pncbank pncbank_help primevideoin rockstargames spotify spotifyartists spotifyuk sprint tmobile tunecore uber
    walmart wawa wellsfargo windows windowsind wwe yahoo yahoomail youtube youtubeindia youtubetv ytcreators
    ytcreatorsde ytcreatorsindia
""".split()


def main() -> None:
    """Write the three files and print what is in them."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument(
        "--data", type=Path, required=True, help="the folder that holds cfpb_complaints and others"
    )
    data: Path = arguments.parse_args().data
    write("cfpb", posts_of(data / "cfpb_complaints/cfpb_demo.csv.gz"))
    write("ibm_care", scrubbed(posts_of(data / "ibm_twitter_care/dev.json"), secrets.token_bytes(32)))
    reviews = {"text": "reviewbody", "rating": "star", "native_id": "index"}
    parts = sorted((data / "asap_sample").glob("*_sample.csv"))
    write("asap", [post for part in parts for post in posts_of(part, mapping=reviews, network="dianping")])


def posts_of(path: Path, **how: object) -> list[Post]:
    """The posts of a file in the given columns."""
    plan = plan_import(path, **how)  # type: ignore[arg-type]
    return [post for batch in read_batches(plan) for post in batch.posts.to_pylist()]


def write(name: str, posts: Iterable[Post]) -> None:
    """One Parquet file, oldest first, undated last."""
    # An answer that ends two conversations is one post.
    rows = list({post["id"]: {**post, "seen_at": SEEN, "source": name} for post in posts}.values())
    rows.sort(key=lambda post: (post["created_at"] is None, post["created_at"], post["native_id"]))
    if name == "asap":
        rows = [
            {**row, "type": "review", "lang_given": "zh", "text": LINE_END.sub("\n", str(row["text"]))}
            for row in rows
        ]
    path = FOLDER / f"{name}.parquet"
    table = pa.Table.from_pylist(rows, schema=arrow_schema("given"))
    pq.write_table(table, path, compression="zstd", compression_level=19)
    print(f"{path.name}: {table.num_rows} posts, {path.stat().st_size:,} bytes")


def scrubbed(posts: list[Post], key: bytes) -> list[Post]:
    """The care conversations without people: see `scrub`. Native ids become pseudonyms too, threads stay whole."""
    handles = {str(post["author_handle"]).lower() for post in posts if post["voice_given"] == "owned"}
    scrubber = Scrubber(key, frozenset([*handles, *FIRMS]))
    return [scrubbed_post(post, scrubber) for post in posts]


def scrubbed_post(post: Mapping[str, object], scrubber: Scrubber) -> Post:
    """One post without people; its raw record holds what is left and nothing else."""
    by_company = post["voice_given"] == "owned"
    clean: Post = {**post, "author": None, "author_id": None, "url": None}
    clean["text"] = scrubber.text(str(post["text"]), by_company=by_company)
    for name, hide in {"author_handle": scrubber.handle, "to": scrubber.handle}.items():
        clean[name] = _if_there(hide, post[name])
    for name in ("native_id", "reply_to", "thread"):
        clean[name] = _if_there(scrubber.pseudonym, post[name])
    kept = ("native_id", "thread", "reply_to", "author_handle", "to", "text")
    clean["raw"] = json.dumps({name: clean[name] for name in kept}, ensure_ascii=False)
    clean["id"] = post_id(
        str(post["platform"]), str(clean["native_id"]), author=None, created_at=None, text=""
    )
    return clean


def _if_there(change: Callable[[str], str], value: object) -> str | None:
    return change(str(value)) if value else None


if __name__ == "__main__":
    main()
