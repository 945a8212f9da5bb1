#!/usr/bin/env python3
"""Writes core/src/identity/country/table.rs from the Unicode CLDR.

    npm pack cldr-core@48.2.0 cldr-localenames-full@48.2.0      # unpack each into a folder of its name
    python3 tests/interop/make_countries.py CLDR-CORE CLDR-LOCALENAMES-FULL

Countries are the leaves of the world's territories without the codes that ISO 3166-1 reserves or leaves to users, but for Kosovo:
it issues passports and licences, and XK is what CLDR and the European Union call it. A country's
own names are its names in its official languages, most spoken first, as far as CLDR has them.
"""

import json
import pathlib
import sys

CORE, NAMES = (pathlib.Path(folder) for folder in sys.argv[1:3])
TARGET = pathlib.Path(__file__).parents[2] / "core/src/identity/country/table.rs"
RESERVED = {"AC", "CP", "CQ", "DG", "EA", "IC", "TA"}
# The European Union's three-letter code; CLDR has another one, ISO 3166-1 none, ICAO Doc 9303-3 RKS.
ALPHA3 = {"XK": "XKX"}
# CLDR's first name says which state a region belongs to; the short one is what people look for.
SHORT = {"HK", "MO", "PS"}


def supplemental(name):
    return json.loads((CORE / "supplemental" / f"{name}.json").read_text("utf-8"))["supplemental"][name]


def names(locale):
    file = NAMES / "main" / locale / "territories.json"
    if not file.exists():
        return {}
    return json.loads(file.read_text("utf-8"))["main"][locale]["localeDisplayNames"]["territories"]


def leaves(code):
    for part in world.get(code, {}).get("_contains", []):
        if part.isdigit() or part == "QO":
            yield from leaves(part)
        elif part not in {"EU", "EZ", "UN"}:
            yield part


def short(table, code):
    return table.get(f"{code}-alt-short") if code in SHORT else None


def unique(texts, taken=()):
    return [text for text in dict.fromkeys(texts) if text and text not in taken]


world = supplemental("territoryContainment")
mappings, info = supplemental("codeMappings"), supplemental("territoryInfo")
english, swedish = names("en"), names("sv")
rows = []
for code in sorted(set(leaves("001")) - RESERVED):
    spoken = info.get(code, {}).get("languagePopulation", {})
    official = [tag for tag, language in spoken.items() if language.get("_officialStatus") in {"official", "de_facto_official"}]
    official.sort(key=lambda tag: -float(spoken[tag]["_populationPercent"]))
    own = unique(short(table, code) or table.get(code) for table in (names(tag.replace("_", "-")) for tag in official))
    own = [name for name in own if name != code]
    shown = [short(english, code) or english[code], short(swedish, code) or swedish[code]]
    also = [table.get(key) for table in (english, swedish) for key in [code] + [f"{code}-alt-{kind}" for kind in ("short", "variant")]]
    rows.append((code, ALPHA3.get(code) or mappings[code]["_alpha3"], *shown, own, unique(also, {*shown, *own})))
assert len(rows) == 250, len(rows)


def rust(value):
    if isinstance(value, list):
        return "&[" + ", ".join(map(rust, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


text = """//! Written by tests/interop/make_countries.py. The countries of ISO 3166-1 and Kosovo with their names, from the Unicode CLDR 48.2.
//!
//! Copyright © 2004-2026 Unicode, Inc., under the Unicode License V3, which is in `UNICODE-LICENSE` beside this file.

pub(super) struct Row {
    pub(super) alpha2: &'static str,
    pub(super) alpha3: &'static str,
    pub(super) english: &'static str,
    pub(super) swedish: &'static str,
    /// In the official languages, most spoken first.
    pub(super) own: &'static [&'static str],
    /// Other English and Swedish names.
    pub(super) also: &'static [&'static str],
}

const fn row(
    alpha2: &'static str,
    alpha3: &'static str,
    english: &'static str,
    swedish: &'static str,
    own: &'static [&'static str],
    also: &'static [&'static str],
) -> Row {
    Row { alpha2, alpha3, english, swedish, own, also }
}

/// Sorted by `alpha2`.
#[rustfmt::skip]
pub(super) const TABLE: &[Row] = &[
"""
text += "".join(f"    row({', '.join(map(rust, row))}),\n" for row in rows) + "];\n"
TARGET.write_text(text, "utf-8")
