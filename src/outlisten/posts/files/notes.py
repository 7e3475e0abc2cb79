"""What a plan tells a person: what was found, what was assumed, what will be left out."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.files.plan import ImportPlan
from outlisten.posts.files.presets import Preset
from outlisten.posts.files.problems import sentence

Found = list[tuple[str, dict[str, object]]]


def notes(
    plan: ImportPlan, preset: Preset | None, guessed_text: str | None, table: pa.Table
) -> tuple[str, ...]:
    """The sentences, in the plan's language."""
    found: Found = [*_layout(plan), *_encoding(plan)]
    if preset is not None:
        found.append(("preset-found", {"title": preset.title, "name": preset.name}))
    if guessed_text:
        found.append(("text-guessed", {"column": guessed_text}))
    if "text" not in plan.mapping and (preset is None or preset.adapt is None):
        found.append(("no-text-column", {"columns": ", ".join(plan.columns[:100])}))
    found += _dates(plan, preset)
    if table.num_rows and pc.all(pc.equal(table["platform"], "file")).as_py():
        found.append(("network-missing", {}))
    return tuple(sentence(code, plan.locale, **details) for code, details in found)


def _layout(plan: ImportPlan) -> Found:
    layout, found = plan.layout, Found()
    dialect = layout.dialect
    if dialect is not None and dialect.header_line is None:
        found.append(("header-missing", {}))
    if dialect is not None and dialect.header_line is not None and dialect.header_line > 1:
        found.append(("header-found", {"line": dialect.header_line}))
    repeated = [name for name in plan.columns if name.endswith(" (2)") and name[:-4] in plan.columns]
    if repeated:
        found.append(("names-repeated", {"names": ", ".join(name[:-4] for name in repeated)}))
    if layout.salvaged:
        found.append(("salvaged", {"name": layout.path.name}))
    for code, names in (("unsafe-left-out", layout.unsafe), ("left-out", layout.left_out)):
        if names:
            found.append((code, {"names": _some(names)}))
    if layout.other_sheets:
        found.append(("sheets-left-out", {"sheet": layout.sheet, "names": _some(layout.other_sheets)}))
    return found


def _encoding(plan: ImportPlan) -> Found:
    encoding = plan.layout.encoding
    if plan.encoding is None or encoding.agreement == 1:
        return []
    return [("encoding-partly", {"share": f"{encoding.agreement:.1%}", "encoding": encoding.label})]


def _dates(plan: ImportPlan, preset: Preset | None) -> Found:
    dates, found = plan.dates, Found()
    by_name = preset is not None and (preset.adapt is not None or preset.constants_of_name is not None)
    if "created_at" not in plan.mapping and not by_name:
        return [("dates-missing", {})]
    if dates.certainty != "unambiguous":
        details: dict[str, object] = {}
        if dates.evidence:
            details.update(line=dates.evidence.line, value=dates.evidence.value)
        if dates.against:
            details.update(other_line=dates.against.line, other_value=dates.against.value)
        end = "day" if dates.order == "day-first" else "month"
        found.append((f"dates-{dates.certainty}-{end}", details))
    found.append(("zone", {"zone": plan.zone}))
    return found


def _some(names: tuple[str, ...]) -> str:
    shown = ", ".join(names[:10])
    return f"{shown}, …" if len(names) > 10 else shown
