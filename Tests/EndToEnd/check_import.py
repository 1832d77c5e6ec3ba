"""Import: every extract, counts against an outside reader, memory, determinism."""

import json
import shutil
import subprocess

from harness import (
    REFUSED_EXTRACTS, Failed, Folder, NotRun, check, data_folder, extract, files_in, in_parallel, record,
    require, require_none, sample, sha256, stem, succeed, tuile,
)

KINDS = ("nodes", "ways", "relations")
MEBIBYTE = 1 << 20


def readable_extracts():
    paths = sorted((data_folder() / "extracts").iterdir())
    return [path for path in paths if path.name not in REFUSED_EXTRACTS]


def osmium_counts(path):
    done = subprocess.run(["osmium", "fileinfo", "-e", "-j", path], capture_output=True, check=True)
    return {kind: json.loads(done.stdout)["data"]["count"][kind] for kind in KINDS}


def manifest_counts(path):
    for line in (data_folder() / "manifest.tsv").read_text().splitlines():
        fields = line.split("\t")
        if fields[0] == f"extracts/{path.name}":
            return {kind: int(number) for kind, number in zip(KINDS, fields[3:6])}
    raise Failed(f"{path.name}: not in the manifest")


def faults_of_import(path, report, counts):
    """What is wrong with the report of one import."""
    read = report["read"]
    if read != counts:
        yield f"{path.name}: read {read}, the outside reader counts {counts}"
    for kind in KINDS:
        refused = sum(entry["count"] for entry in report["refused"] if entry["type"] + "s" == kind)
        accounted = sum(report[part][kind] for part in ("kept", "parts", "unused")) + refused
        if accounted != read[kind]:
            yield f"{path.name}: {kind}: read {read[kind]}, but kept + parts + unused + refused is {accounted}"
    bytes_read, peak = path.stat().st_size, report["cost"]["peakBytes"]
    limit = 64 * MEBIBYTE + 10 * bytes_read
    if peak > limit:
        yield f"{path.name}: peak {peak / MEBIBYTE:.1f} MiB, allowed are {limit / MEBIBYTE:.1f}"


@check("import reads every extract, counts as an outside reader does, accounts for each object and stays small")
def imports_every_extract():
    counts_of = osmium_counts if shutil.which("osmium") else manifest_counts
    figures, faults = {}, []
    for path in readable_extracts():
        with Folder() as folder:
            done = tuile("import", path, "-o", folder / "x.tuile", "--json")
            if done.code != 0:
                faults.append(str(done))
                continue
            report = json.loads(done.out)
            faults += faults_of_import(path, report, counts_of(path))
            if files_in(folder) != ["x.tuile"]:
                faults.append(f"{path.name}: leaves {files_in(folder)}")
            check_run = tuile("info", "--check", folder / "x.tuile")
            if check_run.code != 0:
                faults.append(str(check_run))
        figures[path.name] = {
            "read": report["read"], "storeBytes": report["store"]["bytes"], "fileBytes": path.stat().st_size,
            "peakMiB": round(report["cost"]["peakBytes"] / MEBIBYTE, 1),
            "cpuSeconds": round(report["cost"]["cpuSeconds"], 3),
            "problems": {f"{entry['reason']} {entry['type']}": entry["count"] for entry in report["problems"]},
        }
    record("imports.json", figures)
    require_none(faults, "faults")
    by = "osmium" if counts_of is osmium_counts else "the manifest; osmium is absent"
    return f"{len(figures)} files, counts by {by}"


@check("import of the made-up town accounts for each object and stays small")
def imports_the_sample():
    with Folder() as folder:
        report = json.loads(succeed("import", sample(), "-o", folder / "x.tuile", "--json").out)
        require_none(faults_of_import(sample(), report, report["read"]), "faults")
        require(report["read"]["nodes"] > 0 and report["kept"]["ways"] > 0, "the town is empty")


@check("import says the same in its report and in the store that it made")
def report_and_store_agree():
    with Folder() as folder:
        report = json.loads(succeed("import", sample(), "-o", folder / "x.tuile", "--json").out)
        info = json.loads(succeed("info", "--json", folder / "x.tuile").out)
        for kind in KINDS:
            kept = report["kept"][kind]
            require(info[kind] == kept, f"{kind}: {info[kind]} in the store, {kept} kept")
        require(info["sourceSHA256"] == report["source"]["sha256"] == sha256(sample()), "the source's SHA-256 differs")
        require(info["bytes"] == (folder / "x.tuile").stat().st_size, "the store's size differs")


@check("import refuses files of kinds that it does not read by name, in one line, leaving nothing")
def refuses_other_kinds():
    faults = []
    for name, word in REFUSED_EXTRACTS.items():
        with Folder() as folder:
            done = tuile("import", extract(name), "-o", folder / "x.tuile")
            if done.code != 65 or len(done.lines) != 1 or word not in done.lines[0] or name not in done.lines[0]:
                faults.append(f"{done}; expected 65 and one line that names the file and '{word}'")
            if files_in(folder):
                faults.append(f"{name}: leaves {files_in(folder)}")
    require_none(faults, "faults")


@check("import of standard input makes the store that the file makes")
def reads_standard_input():
    with Folder() as folder:
        with open(sample(), "rb") as file:
            succeed("import", "-", "-o", folder / "input.tuile", stdin=file)
        succeed("import", sample(), "-o", folder / "file.tuile")
        one, other = (json.loads(succeed("info", "--json", folder / f"{name}.tuile").out) for name in ("input", "file"))
        for key in ("nodes", "ways", "relations", "bounds", "sourceSHA256"):
            require(one[key] == other[key], f"{key}: {one[key]} from standard input, {other[key]} from the file")


@check("import and tiles give the same bytes at 1, 2, 4 and 8 threads, and a second time")
def threads_do_not_matter():
    sources = [sample()]
    try:
        sources += [extract("london.osm.pbf"), extract("clipperton.osm.pbf"), extract("prague.osm")]
        remark = None
    except NotRun as reason:
        remark = f"the made-up town only: {reason}"

    def digests(job):
        path, threads = job
        with Folder() as folder:
            store, archive = folder / f"{stem(path)}.tuile", folder / f"{stem(path)}.pmtiles"
            succeed("import", path, "-o", store, "--threads", threads)
            succeed("tiles", store, "-o", archive, "--threads", threads)
            return sha256(store), sha256(archive)

    for path in sources:
        one, *others = in_parallel(digests, [(path, threads) for threads in (1, 2, 4, 8, 8)])
        for number, other in zip((2, 4, 8, 8), others):
            require(one[0] == other[0], f"{path.name}: the stores at 1 and {number} threads differ")
            require(one[1] == other[1], f"{path.name}: the archives at 1 and {number} threads differ")
    return remark
