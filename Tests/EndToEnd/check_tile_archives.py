"""Tile archives, read by the tools of others."""

import json
import subprocess
import sys

from harness import (
    CLIENTS, ROOT, Failed, NotRun, archive_of, check, extract, record, require, sample, stem, store_of, succeed,
)

EXTRACTS = ("liechtenstein.osm.pbf", "monaco.osm.pbf", "malta.osm.pbf", "london.osm.pbf")
NOT_INSTALLED = 3


def client(script, *arguments):
    """Runs an outside reader's script and returns what it printed, parsed."""
    done = subprocess.run([sys.executable, CLIENTS / script, *arguments], capture_output=True)
    if done.returncode == NOT_INSTALLED:
        raise NotRun(done.stderr.decode().strip())
    try:
        return json.loads(done.stdout)
    except ValueError:
        raise Failed(f"{script}: {done.stderr.decode().strip()[-400:]}") from None


def check_archive(path):
    report = client("check_tiles.py", archive_of(path))
    record(f"tiles-{stem(path)}.json", report)
    examples = "".join(f"\n      {kind} ({report['faults'][kind]}): {'; '.join(map(str, some))}" for kind, some in
                       report["examples"].items())
    require(not report["faults"], f"{path.name}: faults in {report['tiles']} tiles:{examples}")
    features = sum(layer["features"] for layer in report["layers"].values())
    return f"{report['tiles']} tiles, {features} features, {len(report['layers'])} layers"


@check("tiles of the made-up town are right for outside readers, with valid polygons")
def sample_archive():
    return check_archive(sample())


def register(name):
    @check(f"tiles of {stem(name)} are right for outside readers, with valid polygons")
    def run():
        return check_archive(extract(name))

    @check(f"tiles of {stem(name)} satisfy the validator beside the repository")
    def run_other():
        validator = ROOT.parent / "shared/tools/validate_tiles.py"
        if not validator.exists():
            raise NotRun(f"there is no {validator}")
        archive = archive_of(extract(name))
        done = subprocess.run([sys.executable, validator, archive, "--strict"], capture_output=True, text=True)
        if "No module named" in done.stderr:
            raise NotRun(done.stderr.strip().splitlines()[-1])
        record(f"validator-{stem(name)}.json", json.loads(done.stdout) if done.stdout else {"stderr": done.stderr})
        require(done.returncode == 0, f"exit {done.returncode}; its report is in the artefacts: {done.stderr[-300:]}")
        warnings = json.loads(done.stdout).get("warnings", {})
        return ", ".join(f"{kind} {count}" for kind, count in sorted(warnings.items())) or None


for name in EXTRACTS:
    register(name)


@check("the inventors' reader finds every tile, the metadata and the header of an archive")
def inventors_reader():
    remarks = []
    for path in [sample()] + ([extract("monaco.osm.pbf")] if has_extracts() else []):
        document = client("read_pmtiles.py", archive_of(path))
        header, metadata = document["header"], document["metadata"]
        require(len(document["tiles"]) == header["addressed_tiles_count"] > 0, "tiles and header differ")
        require((header["min_zoom"], header["max_zoom"]) == (0, 14), f"zooms {header['min_zoom']}-{header['max_zoom']}")
        require(header["clustered"], "the archive does not say that it is clustered")
        require(header["tile_type"] == "MVT" and header["tile_compression"] == "GZIP", "other tiles than packed MVT")
        layers = {layer["id"] for layer in metadata["vector_layers"]}
        require({"streets", "buildings", "water_polygons"} <= layers, f"layers {sorted(layers)}")
        require("OpenStreetMap" in metadata["attribution"], "no attribution")
        info = json.loads(succeed("info", "--json", store_of(path)).out)
        west, south, east, north = info["shownBounds"]
        for key, degrees in (("min_lon_e7", west), ("min_lat_e7", south), ("max_lon_e7", east), ("max_lat_e7", north)):
            require(abs(header[key] / 1e7 - degrees) < 1e-6, f"{key}: {header[key]}, the store says {degrees}")
        remarks.append(f"{stem(path)} {len(document['tiles'])} tiles")
    return ", ".join(remarks)


def has_extracts():
    try:
        return extract("monaco.osm.pbf").exists()
    except NotRun:
        return False
