"""The sentences of this room, by code. Each says what, where and what to do; the catalogue `posts` has the
Chinese."""

from __future__ import annotations

from collections.abc import Mapping

FILE_SENTENCES: Mapping[str, str] = {
    "empty": "{name} is empty: export it again, or choose another file.",
    "folder": "{name} is a folder: name the files in it, or pack them into one zip.",
    "unreadable": "{name} cannot be opened ({reason}): check the path and your rights to it.",
    "no-rows": "There are no rows in this file: export it again, or choose another one.",
    "binary": (
        "This file is not text and no format that can be imported: save it as CSV, JSON Lines, Parquet or "
        "XLSX."
    ),
    "foreign": (
        "This file is of the kind {kind}, which holds no rows to import: unpack it or save it as CSV, JSON Lines, "
        "Parquet or XLSX."
    ),
    "encrypted": "The zip is encrypted: unpack it with its password and import the files inside.",
    "zip-unsafe": (
        "The zip has members whose names point outside it, such as {name}, and nothing else: it was not read."
    ),
    "zip-in-zip": "The zip holds another zip: unpack the outer one and import what is inside.",
    "bomb": (
        "The file unpacks to more than {ratio} times its size, as files made to fill a disk do: unpack it "
        "yourself if you trust it."
    ),
    "cut-short": (
        "The {kind} data ends early, after {bytes} bytes: what came before was kept; fetch the file again "
        "for the rest."
    ),
    "damaged": (
        "The {kind} data is damaged after {bytes} bytes: what came before was kept; fetch the file again "
        "for the rest."
    ),
    "endless-line": (
        "Line {line} goes on for more than 256 MB: this is not the format it was taken for; check the file."
    ),
    "json-broken": (
        "The JSON breaks off or is wrong at line {line}: what came before was kept; export the file again "
        "for the rest."
    ),
    "json-no-records": "This JSON has no list of records: save the list alone, or one record a line.",
    "parquet-broken": (
        "The Parquet file's last part, which says where its rows are, is missing or damaged: fetch the "
        "file again."
    ),
    "parquet-damaged": (
        "The Parquet file is damaged at row {row}: what came before was kept; fetch the file again for the "
        "rest."
    ),
    "workbook-broken": (
        "The workbook cannot be read: open it in a spreadsheet program and save it again as XLSX or CSV."
    ),
    "unknown-preset": "There is no preset {name}. There are: {names}.",
    "unknown-field": "A post has no field {field}. There are: {fields}.",
    "unknown-column": "The file has no column {column}. It has: {columns}.",
    "unknown-encoding": (
        "There is no encoding {encoding}: use utf-8, utf-16, gb18030, cp1252 or another that Python knows."
    ),
    "other-encoding": (
        "The file is not written in {asked} but, by its bytes, in {found}: leave the encoding out, or name {found}."
    ),
    "no-text-column": (
        "No column with the posts' words was found: say which one it is, as in text=COLUMN. There are: "
        "{columns}."
    ),
    "too-many-rows": (
        "An XLSX sheet ends at {limit} rows and these are more: choose CSV, Parquet or JSON Lines, or "
        "fewer posts."
    ),
}

ROW_SENTENCES: Mapping[str, str] = {
    "no-text": "no text",
    "wrong-bytes": "has bytes that are not {encoding}: save the file in one encoding, or name the right one",
    "ragged": (
        "has {cells} cells where the header has {columns}: put quotes around cells with the delimiter inside"
    ),
    "broken-quote": (
        "a quotation mark is opened and not closed, or stands in the middle of a cell: double the marks "
        "inside quoted cells"
    ),
    "json-row": "is not valid JSON (character {column})",
    "json-deep": "is nested too deep",
    "json-not-object": "is not a JSON object with named fields",
    "not-the-shape": "does not have the shape that the preset {preset} reads",
    "unknown-network": "comes from {network}, whose items cannot be read yet",
    "not-a-post": "is not a post ({kind})",
    "cell-unreadable": "the cell in column {column} cannot be read",
    "date-unreadable": "the date “{value}” cannot be read",
    "date-early": "the date “{value}” is before 1990",
    "date-ahead": "the date “{value}” is more than two days ahead",
}

NOTE_SENTENCES: Mapping[str, str] = {
    "header-found": "The header stands on line {line}; what is above it was left out.",
    "header-missing": "There is no header line: the columns are numbered.",
    "names-repeated": "More than one column is called {names}: the later ones have a number behind the name.",
    "preset-found": "The file has the shape of {title}; the preset {name} is used.",
    "text-guessed": "No column is named as text: {column}, which has the longest texts, is taken.",
    "dates-missing": "No column of dates was found: the posts will be undated.",
    "dates-proved-day": "Dates are read day first: line {line} has {value}.",
    "dates-proved-month": "Dates are read month first: line {line} has {value}.",
    "dates-mixed-day": (
        "Dates contradict one another: line {line} has {value}, line {other_line} has {other_value}. Those "
        "that could be either are read day first; choose month first if that is wrong."
    ),
    "dates-mixed-month": (
        "Dates contradict one another: line {line} has {value}, line {other_line} has {other_value}. Those "
        "that could be either are read month first; choose day first if that is wrong."
    ),
    "dates-future-day": (
        "Dates are read day first: month first would put line {line}, {value}, into the future."
    ),
    "dates-future-month": (
        "Dates are read month first: day first would put line {line}, {value}, into the future."
    ),
    "dates-assumed-day": (
        "No date tells whether the day or the month comes first: day first is assumed; choose month first "
        "if that is wrong."
    ),
    "dates-assumed-month": (
        "No date tells whether the day or the month comes first: month first is assumed; choose day first "
        "if that is wrong."
    ),
    "dates-given-day": "Dates are read day first, as you said.",
    "dates-given-month": "Dates are read month first, as you said.",
    "zone": "Dates without a zone are taken as {zone}.",
    "network-missing": (
        "Nothing says which network the posts are from: they are kept under “file” unless you name it."
    ),
    "encoding-partly": (
        "{share} of the lines with letters beyond ASCII are {encoding}; the others will be rejected."
    ),
    "left-out": "Members of the zip that were left out: {names}.",
    "unsafe-left-out": "Members of the zip whose names point outside it were left out: {names}.",
    "salvaged": "The zip is cut short: {name} is read as far as it goes.",
    "sheets-left-out": "The sheet {sheet} is read; these are left out: {names}.",
}

SENTENCES: Mapping[str, str] = {**FILE_SENTENCES, **ROW_SENTENCES, **NOTE_SENTENCES}
