"""Queries: counts against osmium, and output that others can read."""

import functools
import json
import re
import shutil
import subprocess

from harness import (
    NotRun, PROGRAM, check, extract, extract_or_sample, in_parallel, need_command, require, require_none, sample, stem,
    store_of, succeed, tuile,
)

EXTRACTS = ("monaco.osm.pbf", "liechtenstein.osm.pbf", "london.osm.pbf", "malta.osm.pbf", "otaniemi.osm")

# Our selector, and what says the same to `osmium tags-filter`.
FILTERS = [
    ("n[amenity]", ["n/amenity"]),
    ("n[amenity=cafe]", ["n/amenity=cafe"]),
    ("w[highway]", ["w/highway"]),
    ("w[highway=residential,service,footway]", ["w/highway=residential,service,footway"]),
    ("w[building=yes]", ["w/building=yes"]),
    ("r[type=multipolygon]", ["r/type=multipolygon"]),
    ("r[type=route]", ["r/type=route"]),
    ("nwr[name]", ["nwr/name"]),
    ("nw[tourism=hotel,museum]", ["nw/tourism=hotel,museum"]),
    ("w[highway][highway!=service]", ["w/highway!=service"]),
    ("nwr[name~^Sa]", ["nwr/name=Sa*"]),
    ("n[amenity=restaurant],w[building],r[boundary]", ["n/amenity=restaurant", "w/building", "r/boundary"]),
]


def osmium_objects(path, filters):
    """Tags, as written in OPL, by id of the objects that match, without those that they refer to."""
    done = subprocess.run(
        ["osmium", "tags-filter", "-R", "--no-progress", "-f", "opl", "-o", "-", path, *filters],
        capture_output=True, check=True, text=True)
    fields = (line.split(" ") for line in done.stdout.splitlines())
    return {name: next((field[1:] for field in rest if field[0] == "T"), "") for name, *rest in fields}


@functools.cache
def old_style_multipolygons(path):
    """Relations that say nothing of themselves but that they are areas: they have the tags of their outer ways."""
    plain = re.compile(r"((type=multipolygon|(source|created_by|note|comment|fixme)=[^,]*)(,|$))+")
    return {name for name, tags in osmium_objects(path, ["r/type=multipolygon"]).items() if plain.fullmatch(tags)}


@check("query counts and finds what osmium does, for twelve filters on each of several extracts")
def finds_what_osmium_finds():
    need_command("query")
    if not shutil.which("osmium"):
        raise NotRun("osmium is not installed")
    jobs = [(extract(name), *pair) for name in EXTRACTS for pair in FILTERS]

    def fault(job):
        path, selector, filters = job
        count = tuile("query", store_of(path), selector, "--count")
        listed = tuile("query", store_of(path), selector, "--format", "csv", "--columns", "id")
        if count.code != 0 or listed.code != 0:
            return f"{count}; {listed}", 0
        found = set(listed.out.decode().split()[1:])
        expected = set(osmium_objects(path, filters))
        taken = (found - expected) & old_style_multipolygons(path)
        if int(count.out) != len(found):
            return f"{stem(path)} {selector}: {len(found)} objects, but --count says {count.out.decode().strip()}", 0
        if found - taken != expected:
            missing, extra = sorted(expected - found), sorted(found - taken - expected)
            return f"{stem(path)} {selector}: {len(expected)} in osmium; missing {missing[:5]}, too many {extra[:5]}", 0
        return None, len(taken)

    for path in {path for path, _, _ in jobs}:
        store_of(path)
        old_style_multipolygons(path)
    results = in_parallel(fault, jobs)
    require_none([fault for fault, _ in results], f"of {len(jobs)} counts")
    times = sum(taken for _, taken in results)
    return f"{len(jobs)} counts; {times} times an old-style multipolygon by its outer ways' tags"


def collection(store, *arguments):
    document = json.loads(succeed("query", store, *arguments).out)
    require(document["type"] == "FeatureCollection", f"type {document['type']}")
    return document["features"]


def middle(store):
    west, south, east, north = json.loads(succeed("info", "--json", store).out)["bounds"]
    longitude, latitude = (west + east) / 2, (south + north) / 2
    box = (longitude - (east - west) / 8, latitude - (north - south) / 8,
           longitude + (east - west) / 8, latitude + (north - south) / 8)
    return f"{longitude:.6f},{latitude:.6f}", ",".join(f"{number:.6f}" for number in box), box


def rings(geometry):
    """Every ring of a geometry, and whether it is an exterior one."""
    if geometry is None:
        return
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from rings(part)
    polygons = {"Polygon": lambda: [geometry["coordinates"]], "MultiPolygon": lambda: geometry["coordinates"]}
    for polygon in polygons.get(geometry["type"], list)():
        for number, ring in enumerate(polygon):
            yield ring, number == 0


def ring_faults(feature):
    for ring, is_exterior in rings(feature["geometry"]):
        if len(ring) < 4 or ring[0] != ring[-1]:
            yield f"{feature['id']}: a ring of {len(ring)} positions is not closed"
        # Counter-clockwise is positive with latitude upwards (RFC 7946 section 3.1.6).
        area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:]))
        if (area > 0) != is_exterior:
            yield f"{feature['id']}: a ring is wound the wrong way"


def feature_faults(feature):
    if feature["type"] != "Feature" or not re.fullmatch(r"[nwr]-?\d+", feature["id"]):
        yield f"{feature.get('id')}: no feature with an id"
    if not all(isinstance(value, str) for value in feature["properties"].values()):
        yield f"{feature['id']}: a property that is no string"
    if not crosses_itself(feature):
        yield from ring_faults(feature)


def crosses_itself(feature):
    """Said by a tag of the made-up town's one ring that does so."""
    return feature["properties"].get("note") == "crosses itself"


@check("query gives GeoJSON that others read: ids, string properties, rings closed and wound as RFC 7946 wants")
def geojson():
    need_command("query")
    faults, count = [], 0
    for path in {sample(), extract_or_sample("monaco.osm.pbf"), extract_or_sample("malta.osm.pbf")}:
        features = collection(store_of(path))
        count += len(features)
        faults += [fault for feature in features for fault in feature_faults(feature)]
        total = int(succeed("query", store_of(path), "--count").out)
        if total != len(features):
            faults.append(f"{stem(path)}: {len(features)} features, but --count says {total}")
        if len({feature["id"] for feature in features}) != len(features):
            faults.append(f"{stem(path)}: an object comes out twice")
    require_none(faults, "faults")
    return f"{count} features"


@check("query gives polygons of the made-up town that shapely finds valid")
def valid_polygons():
    need_command("query")
    try:
        from shapely.geometry import shape
        from shapely.validation import explain_validity
    except ImportError:
        raise NotRun("the Python package shapely is not installed") from None
    # Real data has rings that cross themselves, and a query shows them as they are; the town has one.
    count, faults = 0, []
    for feature in collection(store_of(sample()), "a"):
        geometry = feature["geometry"]
        if geometry and geometry["type"] in ("Polygon", "MultiPolygon") and not crosses_itself(feature):
            count += 1
            polygon = shape(geometry)
            if not polygon.is_valid:
                faults.append(f"{feature['id']}: {explain_validity(polygon)}")
    require(count > 0, "no polygon")
    require_none(faults, f"of {count} polygons")
    return f"{count} polygons"


@check("query --bbox finds exactly what touches the box, as shapely judges")
def boxes():
    need_command("query")
    try:
        from shapely.geometry import box as rectangle, shape
    except ImportError:
        raise NotRun("the Python package shapely is not installed") from None
    faults, count = [], 0
    for path in {sample(), extract_or_sample("monaco.osm.pbf")}:
        store = store_of(path)
        _, text, corners = middle(store)
        window = rectangle(*corners)
        found = {feature["id"] for feature in collection(store, "--bbox", text)}
        expected = set()
        for feature in collection(store):
            # Rings that cross themselves have no meaning to shapely; their edges do.
            geometry = shape(feature["geometry"]) if feature["geometry"] else None
            if geometry is not None and not geometry.is_valid:
                found.discard(feature["id"])
            elif geometry is not None and geometry.intersects(window):
                expected.add(feature["id"])
        count += len(expected)
        faults += [f"{stem(path)}: {name} touches the box, but is not found" for name in sorted(expected - found)]
        faults += [f"{stem(path)}: {name} is found, but does not touch the box" for name in sorted(found - expected)]
        require(0 < len(expected), "nothing touches the box")
    require_none(faults, "faults")
    return f"{count} features"


@check("query --near gives the nearest first, as many as asked for and no farther")
def nearest():
    need_command("query")
    store = store_of(extract_or_sample("monaco.osm.pbf"))
    place, _, _ = middle(store)
    five = [feature["id"] for feature in collection(store, "nwr[building]", "--near", place, "--limit", "5")]
    twenty = [feature["id"] for feature in collection(store, "nwr[building]", "--near", place, "--limit", "20")]
    require(len(five) == 5 and len(twenty) == 20, f"{len(five)} and {len(twenty)} features")
    require(twenty[:5] == five, "another limit gives another order")
    close = [feature["id"] for feature in collection(
        store, "nwr[building]", "--near", place, "--limit", "20", "--distance", "1")]
    require(len(close) <= 20 and set(close) <= set(twenty), "--distance finds others")
    lines = succeed("query", store, "n[name]", "--near", place, "--format", "geojsonseq").out.splitlines()
    require(len(lines) == 10 and all(json.loads(line)["type"] == "Feature" for line in lines), "GeoJSON, one a line")


@check("query nearest points are those of a slow search over all points")
def nearest_points():
    need_command("query")
    import math

    store = store_of(extract_or_sample("malta.osm.pbf"))
    place, _, _ = middle(store)
    longitude, latitude = map(float, place.split(","))

    def metres(feature):
        x, y = feature["geometry"]["coordinates"]
        a = math.sin(math.radians(y - latitude) / 2) ** 2 + math.cos(math.radians(y)) * math.cos(
            math.radians(latitude)) * math.sin(math.radians(x - longitude) / 2) ** 2
        return 2 * 6371008.8 * math.asin(math.sqrt(a))

    points = sorted(collection(store, "n[name]"), key=metres)
    found = collection(store, "n[name]", "--near", place, "--limit", "50")
    require(len(found) == min(50, len(points)), f"{len(found)} found")
    for expected, feature in zip(points, found):
        require(abs(metres(expected) - metres(feature)) < 0.01, f"{feature['id']} in place of {expected['id']}")


@check("query writes CSV that Python's reader reads, with the features of the GeoJSON")
def comma_separated():
    need_command("query")
    import csv
    import io

    store = store_of(extract_or_sample("monaco.osm.pbf"))
    text = succeed("query", store, "nwr[name]", "--format", "csv").out.decode()
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    features = collection(store, "nwr[name]")
    require([row["id"] for row in rows] == [feature["id"] for feature in features], "other features or another order")
    for row, feature in zip(rows, features):
        require(json.loads(row["tags"]) == feature["properties"], f"{row['id']}: other tags")
        require(row["name"] == feature["properties"]["name"], f"{row['id']}: another name")


@check("query finds objects by id, and ends with 1 for nothing only when asked to")
def by_id():
    need_command("query")
    store = store_of(sample())
    ids = [feature["id"] for feature in collection(store, "nwr[name]", "--limit", "3")]
    found = [feature["id"] for feature in collection(store, "--id", ",".join(ids))]
    require(sorted(found) == sorted(ids), f"asked for {ids}, found {found}")
    require(succeed("query", store, "n[amenity=nothing-like-it]", "--count").out.strip() == b"0", "count of nothing")
    require(collection(store, "n[amenity=nothing-like-it]") == [], "features of nothing")
    require(tuile("query", store, "n[amenity=nothing-like-it]", "--fail-empty").code == 1, "--fail-empty")


@check("query into a closed pipe ends quietly")
def closed_pipe():
    need_command("query")
    store = store_of(extract_or_sample("liechtenstein.osm.pbf"))
    for output in ("geojson", "geojsonseq", "csv"):
        script = f'"$1" query "$2" --format {output} | head -1 >/dev/null; echo "${{PIPESTATUS[0]}}"'
        done = subprocess.run(["bash", "-c", script, "-", PROGRAM, str(store)], capture_output=True, timeout=60)
        require(done.stdout.strip() == b"0" and not done.stderr, f"{output}: {done.stdout!r} {done.stderr[:300]!r}")
