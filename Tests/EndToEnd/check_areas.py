"""Areas: the same ones as osmium's, of the same size; and a reason for each one that differs."""

import collections
import csv
import json
import shutil
import subprocess

from harness import (
    NotRun, REFUSED_EXTRACTS, check, data_folder, in_parallel, need_command, require_none, shared_folder, stem, store_of,
    succeed, tuile,
)

# The built-in table of closed ways that are areas (osm-polygon-features), as osmium's tag expressions.
ANY_VALUE = (
    "building landuse amenity leisure boundary place shop tourism historic public_transport office building:part military "
    "ruins area:highway craft golf indoor").split()
AREA_TAGS = [f"{key}!=no" for key in ANY_VALUE] + [
    "natural!=coastline,cliff,ridge,arete,tree_row,no", "man_made!=cutline,embankment,pipeline,no", "aeroway!=taxiway,no",
    "highway=services,rest_area,escape,elevator", "waterway=riverbank,dock,boatyard,dam",
    "barrier=city_wall,ditch,hedge,retaining_wall,wall,spikes", "railway=station,turntable,roundhouse,platform",
    "power=plant,substation,generator,transformer",
]

# A whole extract, and each area, may differ by so much: rounding, and the points of a repair.
TOLERANCE = 1e-4

# Problems for which osmium makes no area and we do, and the reverse.
OURS_ALONE = {
    "crossing-rings": "rings cross, which we repair",
    "self-crossing": "the way crosses itself, which we repair",
    "duplicate-segment": "segments are there twice, which we count once",
    "repeated-member": "a way is a member twice",
}


def ring_area(ring):
    """Square degrees, by the shoelace formula relative to the first corner."""
    x0, y0 = ring[0]
    return abs(sum((x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0) for (x1, y1), (x2, y2) in zip(ring, ring[1:]))) / 2


def area(geometry):
    polygons = {"Polygon": lambda: [geometry["coordinates"]], "MultiPolygon": lambda: geometry["coordinates"]}
    parts = polygons.get(geometry["type"], list)()
    return sum(ring_area(polygon[0]) - sum(map(ring_area, polygon[1:])) for polygon in parts)


def osmium_areas(path):
    """Size by id (w4, r5) of the areas that osmium makes of the same objects."""
    config = shared_folder() / "osmium-areas.json"
    config.write_text(json.dumps({"attributes": {}, "linear_tags": True, "area_tags": AREA_TAGS}))
    # Osmium wants nodes before ways, by id.
    ordered = shared_folder() / f"{stem(path)}-ordered.osm.pbf"
    subprocess.run(["osmium", "sort", "--no-progress", "-O", "-o", ordered, path], check=True)
    done = subprocess.run(
        ["osmium", "export", "--no-progress", "-c", config, "-u", "type_id", "-n", "-f", "geojsonseq",
         "-x", "print_record_separator=false", "--geometry-types=polygon", "-o", "-", ordered],
        capture_output=True, check=True, text=True)
    found = {}
    for line in filter(None, done.stdout.splitlines()):
        feature = json.loads(line)
        number = int(feature["id"][1:])
        half = abs(number) // 2 * (1 if number >= 0 else -1)
        found[f"{'r' if number % 2 else 'w'}{half}"] = area(feature["geometry"])
    return found


def our_areas(store):
    done = succeed("query", store, "a", "--format", "geojsonseq", timeout=300)
    found = {}
    for line in filter(None, done.out.decode().splitlines()):
        feature = json.loads(line.lstrip("\x1e"))
        found[feature["id"]] = area(feature["geometry"])
    return found


def problems(store):
    """Kinds by object."""
    done = tuile("check", store, "--format", "csv")
    kinds = collections.defaultdict(set)
    for row in csv.DictReader(done.out.decode().splitlines()):
        kinds[row["id"]].add(row["kind"])
    return kinds


def outer_ways_of_old_style(path, kinds):
    """Ways that multipolygons with their tags on the outer ways are made of: lines then."""
    relations = [name for name, found in kinds.items() if "old-style-multipolygon" in found]
    if not relations:
        return set()
    done = subprocess.run(
        ["osmium", "getid", "--no-progress", "-f", "opl", "-o", "-", path, *relations],
        capture_output=True, check=True, text=True)
    members = set()
    for line in done.stdout.splitlines():
        for field in line.split(" "):
            if field.startswith("M"):
                members.update(member.split("@")[0] for member in field[1:].split(",") if member.startswith("w"))
    return members


def compare(path):
    """Faults, and how many differences there are for each reason."""
    store = store_of(path)
    ours, theirs, kinds = our_areas(store), osmium_areas(path), problems(store)
    old_style = outer_ways_of_old_style(path, kinds)
    reasons = collections.Counter()
    faults = []

    def explain(name, difference):
        known = sorted(kinds[name] & OURS_ALONE.keys())
        if known:
            reasons[OURS_ALONE[known[0]]] += 1
        elif name in old_style:
            reasons["the way lends its tags to an old-style multipolygon"] += 1
        else:
            faults.append(f"{stem(path)}: {name} {difference}; its problems: {sorted(kinds[name]) or 'none'}")

    for name in sorted(ours.keys() - theirs.keys()):
        explain(name, "is an area only here")
    for name in sorted(theirs.keys() - ours.keys()):
        explain(name, "is an area only in osmium")
    common = sorted(ours.keys() & theirs.keys())
    alike = []
    for name in common:
        if abs(ours[name] - theirs[name]) <= TOLERANCE * max(ours[name], theirs[name]):
            alike.append(name)
        else:
            explain(name, f"is {ours[name]:.6g} square degrees here and {theirs[name]:.6g} in osmium")
    total, other = sum(ours[name] for name in alike), sum(theirs[name] for name in alike)
    if abs(total - other) > TOLERANCE * max(total, other):
        faults.append(f"{stem(path)}: all areas together {total:.8g} square degrees, in osmium {other:.8g}")
    return faults, reasons, len(alike)


@check("areas are those of osmium on every extract, of the same size, but where we repair or say why")
def areas_like_osmium():
    need_command("query")
    need_command("check")
    if not shutil.which("osmium"):
        raise NotRun("osmium is not installed")
    paths = sorted(
        path for path in (data_folder() / "extracts").iterdir()
        if ".osm" in path.name and path.name not in REFUSED_EXTRACTS)
    results = in_parallel(compare, paths)
    require_none([fault for faults, _, _ in results for fault in faults], "areas")
    reasons = sum((counter for _, counter, _ in results), collections.Counter())
    said = ", ".join(f"{count} because {reason}" for reason, count in sorted(reasons.items()))
    return f"{sum(common for _, _, common in results)} areas alike; different {said or 'none'}"
