"""The bundled real sample: what it holds, whose it is, and what it cannot show. `make.py` builds the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from outlisten.words import Locale, words

FOLDER = Path(__file__).parent
FILES = ("cfpb.parquet", "ibm_care.parquet", "asap.parquet")
COMPANY = "Equifax"


@dataclass(frozen=True, slots=True)
class SampleBrand:
    """A brand of the sample: its name, the group it competes in, whether it is the company itself, its query."""

    name: str
    group: str
    group_zh: str
    own: bool
    query: str


@dataclass(frozen=True, slots=True)
class SampleTopic:
    """A saved query of the sample, named in both languages."""

    name: str
    name_zh: str
    query: str


def posts() -> Iterator[pa.Table]:
    """The sample's posts in the schema's given columns, one table a file, for `Pipeline.ingest`."""
    for name in FILES:
        yield pq.read_table(FOLDER / name)


def brands() -> tuple[SampleBrand, ...]:
    """Three credit bureaus, seen from Equifax, and five banks."""
    return (
        SampleBrand("Equifax", "Credit bureaus", "征信机构", True, "to:Equifax OR Equifax"),
        SampleBrand(
            "TransUnion", "Credit bureaus", "征信机构", False, 'to:TransUnion OR TransUnion OR "Trans Union"'
        ),
        SampleBrand("Experian", "Credit bureaus", "征信机构", False, "to:Experian OR Experian"),
        SampleBrand(
            "Wells Fargo", "Banks", "银行", False, 'to:"Wells Fargo" OR to:Ask_WellsFargo OR "Wells Fargo"'
        ),
        SampleBrand("Chase", "Banks", "银行", False, "to:Chase OR to:ChaseSupport OR Chase"),
        SampleBrand("Capital One", "Banks", "银行", False, 'to:"Capital One" OR "Capital One"'),
        SampleBrand("Bank of America", "Banks", "银行", False, 'to:"Bank of America" OR "Bank of America"'),
        SampleBrand("Citibank", "Banks", "银行", False, "to:Citibank OR Citibank"),
    )


# The company's own and its customers' addresses in the calendars; both domains, and every meeting, are made up.
OUR_DOMAIN, CUSTOMERS_DOMAIN = "ours.example", "customer.example"
CALENDARS = ("support", "product")  # departments that have one


def calendar(department: str) -> bytes:
    """The calendar of a department, made up: weekly meetings from 2025 on, without an end."""
    return (FOLDER / f"{department}.ics").read_bytes()


def topics() -> tuple[SampleTopic, ...]:
    """A few questions worth keeping, in both languages."""
    return (
        SampleTopic(
            "Identity theft", "身份盗用", '"identity theft" OR "stolen identity" OR fraud OR fraudulent'
        ),
        SampleTopic(
            "Disputes without an answer",
            "申诉无果",
            '"not responded" OR "no response" OR "never responded" OR ignored',
        ),
        SampleTopic("Locked out of an account", "账号登录不了", 'password OR locked OR "log in" OR login'),
        SampleTopic("Waiting for a table", "排队等位", "排队 OR 等位 OR 叫号 OR 等了"),
        SampleTopic("How guests were treated", "服务态度", "服务员 OR 服务态度 OR 态度"),
    )


def limits(locale: Locale) -> tuple[str, ...]:
    """What must be said wherever the sample is shown."""
    _ = words("sample", locale)
    return (
        _(
            "Source: US Consumer Financial Protection Bureau, Consumer Complaint Database. "
            "Complaints are unverified statements of consumers."
        ),
        volume_limit(locale),
        _(
            "Every one of these texts is a complaint, so there is no praise in them, and they name no author: each "
            "counts as one author."
        ),
        _(
            "The care conversations on X are from 2018 to 2020; customers’ names, handles and addresses were replaced."
        ),
        _("The Chinese restaurant reviews carry no date and no brand: time lines leave them out."),
        _(
            "Equifax itself writes nothing here: how a company speaks and answers can only be seen of others, such as "
            "Wells Fargo and Chase on X."
        ),
        _(
            "Made up for the demo: the accounts named after a role and what they did, that is cases taken, notes, "
            "promises, answers, decisions, the claim and all meetings. What customers wrote is real."
        ),
    )


def calendar_limit(locale: Locale) -> str:
    """What must be said beside hours of talk in the sample."""
    _ = words("sample", locale)
    return _("The calendars of this demo are made up: no company's meetings are behind these hours.")


def volume_limit(locale: Locale) -> str:
    """What must be said beside every count over time of the sample."""
    _ = words("sample", locale)
    return _(
        "The complaints are a slice of the bureau’s file, not a random sample: how many there are a day or a month "
        "says nothing about how many people complained."
    )
