"""Damaged files: refused or read, never a crash and never a hang."""

import gzip
import json
import random

from harness import (
    Folder, check, extract_or_sample, files_in, has_command, in_parallel, require, require_none, sample, stem,
    store_of, tuile,
)

TIMEOUT = 20
INPUT_MUTATIONS = 60
STORE_MUTATIONS = 300


def mutated(content, generator):
    """What was done to the bytes, and the bytes."""
    data = bytearray(content)
    kind = generator.choice(("bit", "bit", "bit", "byte", "zeros", "noise", "cut", "swap"))
    at = generator.randrange(len(data))
    length = min(generator.choice((2, 8, 64, 512)), len(data) - at)
    if kind == "bit":
        data[at] ^= 1 << generator.randrange(8)
    elif kind == "byte":
        data[at] = (data[at] + generator.randrange(1, 256)) % 256
    elif kind == "zeros":
        data[at : at + length] = bytes(length)
    elif kind == "noise":
        data[at : at + length] = generator.randbytes(length)
    elif kind == "cut":
        del data[at:]
    else:
        other = generator.randrange(len(data) - length + 1)
        piece = bytes(data[at : at + length])
        data[at : at + length] = data[other : other + length]
        data[other : other + length] = piece
    return f"{kind} at {at}", bytes(data)


def mutations(content, count, seed):
    """`count` different damages, each with its own seed, so that one can be made again."""
    made, number = [], 0
    while len(made) < count:
        what, data = mutated(content, random.Random(seed * 100_000 + number))
        number += 1
        if data != content:
            made.append((what, data))
    return made


def import_fault(name, what, data):
    with Folder() as folder:
        path = folder / name
        path.write_bytes(data)
        done = tuile("import", path, "-o", folder / "x.tuile", "--json", timeout=TIMEOUT)
        left = [file for file in files_in(folder) if file != name]
    if done.code == 0:
        return None if left == ["x.tuile"] else f"{name}, {what}: leaves {left}"
    if done.code != 65 or len(done.lines) != 1:
        return f"{name}, {what}: {done}; {len(done.lines)} lines"
    return f"{name}, {what}: leaves {left}" if left else None


@check("import of cut, changed and empty files is refused in one line with 65, or reads what is there")
def damaged_inputs():
    with Folder() as folder:
        xml = folder / "sample.osm"
        if tuile("sample", "-o", xml, "--xml").code != 0:
            xml = None
        contents = {
            "a.osm.pbf": extract_or_sample("monaco.osm.pbf").read_bytes(),
            "b.osm.pbf": sample().read_bytes(),
        }
        if sample().suffix == ".osm" or xml:
            text = (xml or sample()).read_bytes()
            contents |= {"c.osm": text, "d.osm.gz": gzip.compress(text, 6, mtime=0)}
            if sample().suffix == ".osm":
                del contents["b.osm.pbf"]
    jobs = []
    for seed, (name, content) in enumerate(sorted(contents.items())):
        jobs += [(name, what, data) for what, data in mutations(content, INPUT_MUTATIONS, seed + 10)]
        jobs += [(name, f"cut at {at}", content[:at]) for at in (0, 1, 2, 3, 4, 5, 17, 100, len(content) - 1)]
        jobs += [(name, "bytes after the end", content + b"\0"), (name, "zeros", bytes(1000))]
    require_none(in_parallel(lambda job: import_fault(*job), jobs), f"of {len(jobs)} files")
    return f"{len(jobs)} files"


@check("a cut file of XML or PBF is never taken for a whole one")
def cuts():
    content = extract_or_sample("monaco.osm.pbf").read_bytes()
    reads = []
    for at in range(len(content) // 40, len(content), len(content) // 40):
        with Folder() as folder:
            (folder / "x.osm.pbf").write_bytes(content[:at])
            done = tuile("import", folder / "x.osm.pbf", "--json", timeout=TIMEOUT)
            if done.code == 0:
                reads.append(f"cut at {at}: read {json.loads(done.out)['read']}")
    require_none(reads, "cuts are not noticed")


def is_calm(done):
    """A run on a damaged store may find it, refuse it or answer wrongly, but is not ended by a signal. A wrong answer may be
    that nothing shows anywhere: then the archive is not written, and the program says just that."""
    looks_empty = done.code == 73 and any(line.endswith("would hold no tiles") for line in done.lines)
    return done.code in (0, 1, 65, 74) or looks_empty


@check("info --check finds three hundred damages of a store, and no command crashes or hangs on one")
def damaged_stores():
    store = store_of(sample())
    content = store.read_bytes()
    querying = has_command("query")

    def run(job):
        number, (what, data) = job
        faults = []
        with Folder() as folder:
            path = folder / "x.tuile"
            path.write_bytes(data)
            done = tuile("info", "--check", path, timeout=TIMEOUT)
            if done.code not in (1, 65):
                faults.append(f"{what}: not found: {done}")
            runs = [("tiles", path, "-o", folder / "x.pmtiles", "--zoom", ("0-8", "9-12", "13-14")[number % 3])]
            if querying:
                runs += [("query", path), ("query", path, "a[building]", "--format", "csv"),
                         ("query", path, "--near", "0,0", "--limit", "5")]
            for arguments in runs:
                done = tuile(*arguments, timeout=TIMEOUT)
                if not is_calm(done):
                    faults.append(f"{what}: {done}")
            left = [name for name in files_in(folder) if name not in ("x.tuile", "x.pmtiles")]
            if left:
                faults.append(f"{what}: leaves {left}")
        return faults

    damages = list(enumerate(mutations(content, STORE_MUTATIONS, seed=20)))
    faults = [fault for found in in_parallel(run, damages) for fault in found]
    require_none(faults, f"faults on {len(damages)} stores")
    return f"{len(damages)} stores" + ("" if querying else "; no command 'query'")


@check("serve of damaged stores answers with an error or a tile, and goes on")
def damaged_served_stores():
    from harness import need_command
    from server import serving

    need_command("serve")
    content = store_of(sample()).read_bytes()
    with Folder() as folder:
        names = []
        for number, (_, data) in enumerate(mutations(content, 40, seed=30)):
            path = folder / f"s{number}.tuile"
            path.write_bytes(data)
            # What cannot be opened is refused at the start, which other checks look at.
            if tuile("info", path).code == 0:
                names.append(path)
        require(names, "no damaged store can be opened")
        document = json.loads(tuile("info", "--json", store_of(sample())).out)
        x, y = tile_of(*document["bounds"])
        with serving(*names) as server:
            for path in names:
                for zoom in range(0, 15):
                    place = f"{zoom}/{x >> (14 - zoom)}/{y >> (14 - zoom)}"
                    status = server.ask(f"/{stem(path)}/{place}.mvt").status
                    require(status in (200, 204, 404, 500), f"{path.name} {place}: status {status}")
            require(server.ask("/health").status == 200, "the server is not well afterwards")
            code, _ = server.stop()
            require(code == 0, f"exit code {code}")
        return f"{len(names)} stores"


def tile_of(west, south, east, north):
    """The tile of zoom 14 in the middle of a box."""
    import math

    longitude, latitude = (west + east) / 2, math.radians((south + north) / 2)
    x = (longitude + 180) / 360 * 16384
    y = (1 - math.asinh(math.tan(latitude)) / math.pi) / 2 * 16384
    return int(x), int(y)
