"""The layer ocean against what the coastline implies."""

import json
import subprocess
import sys

from harness import CLIENTS, Failed, NotRun, Folder, archive_of, check, extract, expect, record, require, require_none, \
    stem, succeed

NOT_INSTALLED = 3
BOUNDS = {
    "malta.osm.pbf": "14.0988,35.77776,14.61755,36.11909",
    "monaco.osm.pbf": "7.409205,43.72335,7.448637,43.75169",
    "bahamas.osm.pbf": "-79.3070919,20.912132,-72.9078499,27.2438781",
    "maldives.osm.pbf": "71.7,-1.36,74.5,7.69",
    "clipperton.osm.pbf": "-110.121465,9.595339,-108.374639,11.156851",
}


def compare(name, archive, path, bounds):
    done = subprocess.run([sys.executable, CLIENTS / "check_sea.py", archive, path, bounds], capture_output=True, text=True)
    if done.returncode == NOT_INSTALLED:
        raise NotRun(done.stderr.strip())
    try:
        found = json.loads(done.stdout)
    except ValueError:
        raise Failed(f"check_sea.py: {(done.stderr or done.stdout).strip()[-400:]}") from None
    record(f"sea-{name}.json", found)
    require_none(found["faults"], f"of {found['fault count']} faults")
    report = found["report"]
    return f"{report['share']:.1%} sea, {report['land places']} places on land and {report['sea places']} at sea"


def register(name):
    @check(f"the ocean of {stem(name)} is where its coastline says, at every zoom")
    def run():
        return compare(stem(name), archive_of(extract(name)), extract(name), BOUNDS[name])


for name in BOUNDS:
    register(name)


def islands_on_the_date_line(path):
    """Two islands: one way across 180 degrees, and one cut along it; and streets on them."""
    nodes, ways = [], []

    def way(points, tags):
        first = len(nodes) + 1
        nodes.extend(points)
        ways.append((list(range(first, first + len(points))), tags))

    def ring(points):
        way(points, {"natural": "coastline"})
        ways[-1][0].append(ways[-1][0][0])

    ring([(179.9, -17.1), (-179.9, -17.1), (-179.92, -16.9), (179.95, -16.9)])
    ring([(179.9, -16.5), (180.0, -16.5), (180.0, -16.3), (179.93, -16.3)])
    ring([(-180.0, -16.5), (-179.9, -16.5), (-179.9, -16.3), (-180.0, -16.3)])
    for y in (-17.0, -16.4):
        for x in (179.97, -179.97):
            way([(x, y), (x + 0.001, y), (x + 0.002, y)], {"highway": "residential"})
    lines = ["<?xml version='1.0'?>", "<osm version='0.6'>",
             " <bounds minlon='179.5' minlat='-17.5' maxlon='-179.5' maxlat='-16'/>"]
    lines += [f" <node id='{number}' version='1' lon='{x}' lat='{y}'/>" for number, (x, y) in enumerate(nodes, 1)]
    for number, (references, tags) in enumerate(ways, 1):
        lines.append(f" <way id='{number}' version='1'>")
        lines += [f"  <nd ref='{reference}'/>" for reference in references]
        lines += [f"  <tag k='{key}' v='{value}'/>" for key, value in tags.items()]
        lines.append(" </way>")
    path.write_text("\n".join(lines + ["</osm>", ""]))


@check("the ocean around islands on the date line is on both sides of it, at every zoom")
def date_line():
    with Folder() as folder:
        islands_on_the_date_line(folder / "islands.osm")
        succeed("import", folder / "islands.osm", "--bounds", "179.5,-17.5,-179.5,-16")
        succeed("tiles", folder / "islands.tuile", "-o", folder / "islands.pmtiles")
        return compare("date-line", folder / "islands.pmtiles", folder / "islands.osm", "179.5,-17.5,-179.5,-16")


@check("import takes bounds, a polygon and a word about the sea, and refuses broken ones")
def options():
    path = extract("monaco.osm.pbf")
    faults = []
    with Folder() as folder:
        good, bad, store = folder / "good.poly", folder / "bad.poly", folder / "x.tuile"
        good.write_text("x\n1\n 7.41 43.72\n 7.45 43.72\n 7.45 43.75\nEND\nEND\n")
        bad.write_text("x\n1\n 7.41 43.72\n 7.45\nEND\nEND\n")
        faults.append(expect(65, "import", path, "-o", store, "--polygon", bad))
        faults.append(expect(66, "import", path, "-o", store, "--polygon", folder / "absent.poly"))
        faults.append(expect(64, "import", path, "-o", store, "--bounds", "7,43,8"))
        faults.append(expect(64, "import", path, "-o", store, "--sea", "water", one_line=False))
        faults.append(expect(64, "import", path, "-o", store, "--polygon", good, "--bounds", "7,43,8,44", one_line=False))
        shares = {}
        for name, words in {"own": (), "polygon": ("--polygon", good), "bounds": ("--bounds", "7.43,43.73,7.44,43.74")}.items():
            succeed("import", path, "-o", store, "--force", *words)
            shares[name] = json.loads(succeed("info", "--json", store).out)["sea"]["share"]
        succeed("import", path, "-o", store, "--force", "--sea", "none")
        if "sea" in json.loads(succeed("info", "--json", store).out):
            faults.append("--sea none makes a sea")
    require_none(faults, "faults")
    require(len(set(shares.values())) == 3, f"shares {shares}")
    return ", ".join(f"{name} {share:.1%}" for name, share in shares.items())
