"""Formats: small PBF and XML files, valid and broken, whose right reading is known."""

import json
import re

from harness import Folder, NotRun, check, data_folder, files_in, in_parallel, require, require_none, tuile

TIMEOUT = 10

# Valid files of kinds that this version refuses, with the word by which it must name the reason.
REFUSED_BY_NAME = {
    "v-lz4.osm.pbf": "lz4",
    "v-lz4-literals.osm.pbf": "lz4",
    "v-mixed-compression.osm.pbf": "lz4",
    "v-zstd.osm.pbf": "zstd",
    "v-zstd-checksum.osm.pbf": "zstd",
    "v-zstd-stored.osm.pbf": "zstd",
    "v-history.osh.pbf": "history",
    "v-history.osh": "history",
    "v-bzip2.osm.bz2": "bzip2",
    "v-bzip2-two-streams.osm.bz2": "bzip2",
    "v-bzip2-empty-stream.osm.bz2": "bzip2",
    "v-change.osc": "change",
    "v-change-unordered.osc": "change",
    "v-change-delete-bare.osc": "change",
    "v-change-tie.osc": "change",
    "v-change-many-sections.osc": "change",
    "v-change-empty.osc": "change",
    "v-change-gzip.osc.gz": "change",
}


def cases(group=None, verdict=None, firm=None):
    folder = data_folder() / "format-cases"
    if not (folder / "cases.tsv").exists():
        raise NotRun(f"no format cases in {folder}")
    header, *lines = (folder / "cases.tsv").read_text().splitlines()
    table = [dict(zip(header.split("\t"), line.split("\t"))) for line in lines]
    for case in table:
        case["path"] = folder / case["file"]
    wanted = {"group": group, "verdict": verdict, "firm": firm}
    return [case for case in table if all(value in (None, case[key]) for key, value in wanted.items())]


def run(case):
    """Imports a case; returns the run, its report and what it left behind."""
    with Folder() as folder:
        done = tuile("import", case["path"], "-o", folder / "x.tuile", "--json", timeout=TIMEOUT)
        left = files_in(folder)
    return done, (json.loads(done.out) if done.code == 0 else None), left


def refusal_fault(case, done, left, pattern=None):
    """What is wrong with a refusal, or `None`."""
    if done.code != 65:
        return f"{case['file']}: {done}; expected 65: {case['why']}"
    if len(done.lines) != 1:
        return f"{case['file']}: {len(done.lines)} lines on standard error; expected one"
    line = done.lines[0]
    if case["file"] not in line:
        return f"{case['file']}: the message does not name the file: {line}"
    if left:
        return f"{case['file']}: leaves {left}"
    if pattern and not re.search(pattern, line, re.IGNORECASE):
        return f"{case['file']}: the message does not say '{pattern}': {line}"
    return None


def reading_fault(case, done, report, left):
    """What is wrong with a reading, or `None`."""
    if done.code != 0:
        return f"{case['file']}: {done}; expected a reading: {case['why']}"
    if left != ["x.tuile"]:
        return f"{case['file']}: leaves {left}"
    for kind in ("nodes", "ways", "relations"):
        if case[kind] != "-" and report["read"][kind] != int(case[kind]):
            return f"{case['file']}: read {report['read'][kind]} {kind}, expected {case[kind]}"
    return None


# Files that are refused as a whole, before there is a place.
WITHOUT_PLACE = {"i-empty.osm.pbf", "i-gzip.osm.pbf", "i-not-pbf.osm.pbf", "i-text-before.osm"}


def place_pattern(case):
    """How the message must name the place of the fault: the block, or the line, that the table of cases gives."""
    if case["at"] == "-" or case["group"] == "osc" or case["file"] in WITHOUT_PLACE:
        return None
    if case["group"] == "pbf":
        return rf"block {case['block'].split('@')[0]}, byte \d+"
    return rf"line {case['at']}\b"


@check("import reads every valid PBF and XML case with the right counts")
def reads_valid_cases():
    chosen = [case for case in cases(verdict="valid", firm="yes") if case["file"] not in REFUSED_BY_NAME]

    def fault(case):
        done, report, left = run(case)
        return reading_fault(case, done, report, left)

    require_none(in_parallel(fault, chosen), f"of {len(chosen)} cases")
    return f"{len(chosen)} cases"


@check("import refuses valid cases of kinds that it does not read by name")
def refuses_other_kinds():
    chosen = [case for case in cases() if case["file"] in REFUSED_BY_NAME]
    require(len(chosen) == len(REFUSED_BY_NAME), "the list of refused cases names one that does not exist")

    def fault(case):
        done, _, left = run(case)
        return refusal_fault(case, done, left, REFUSED_BY_NAME[case["file"]])

    require_none(in_parallel(fault, chosen), f"of {len(chosen)} cases")
    return f"{len(chosen)} cases"


@check("import refuses every invalid case in one line with the block or line at fault, leaving nothing")
def refuses_invalid_cases():
    chosen = cases(verdict="invalid", firm="yes")

    def fault(case):
        done, _, left = run(case)
        return refusal_fault(case, done, left, place_pattern(case))

    require_none(in_parallel(fault, chosen), f"of {len(chosen)} cases")
    return f"{len(chosen)} cases"


@check("import reads the cases on which readers differ rightly, or refuses them in one line")
def settles_open_cases():
    chosen = [case for case in cases(firm="no") if case["file"] not in REFUSED_BY_NAME]

    def fault(case):
        done, report, left = run(case)
        return reading_fault(case, done, report, left) if done.code == 0 else refusal_fault(case, done, left)

    require_none(in_parallel(fault, chosen), f"of {len(chosen)} cases")
    return f"{len(chosen)} cases"
