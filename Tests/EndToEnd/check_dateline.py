"""The meridian of 180 degrees and the poles: a made-up file with everything that lies there, and a real one."""

import functools
import gzip
import json

from check_tile_archives import check_archive
from harness import (
    NotRun, archive_of, check, extract, need_command, require, require_none, shared_folder, stem, store_of, succeed,
)

# Ways by id: tags, and places as (longitude, latitude). Those whose last place is the first are closed.
WAYS = {
    1: ({"natural": "water", "name": "Lake"},
        [(179.98, 10), (-179.97, 10.01), (-179.98, 10.05), (179.99, 10.04), (179.98, 10)]),
    2: ({"route": "ferry", "name": "Ferry"}, [(179.2, -17), (-179.9, -17.2), (-179.2, -16.8)]),
    3: ({"highway": "residential"}, [(179.999, 12), (180, 12.001), (-179.999, 12.002)]),
    4: ({}, [(179.9, 20), (-179.9, 20), (-179.9, 20.1)]),
    5: ({}, [(-179.9, 20.1), (179.9, 20.1), (179.9, 20)]),
    6: ({}, [(179.95, 20.02), (-179.95, 20.02), (-179.95, 20.05), (179.95, 20.05), (179.95, 20.02)]),
    7: ({}, [(179, 30), (180, 30), (180, 31), (179, 31), (179, 30)]),
    8: ({}, [(-179, 30), (-180, 30), (-180, 31), (-179, 31), (-179, 30)]),
    9: ({"barrier": "fence"}, [(180, 40), (-180, 40.01), (180, 40.02)]),
    10: ({"natural": "glacier", "name": "Cap"},
         [(longitude, 80) for longitude in range(-170, 180, 20)] + [(-170, 80)]),
    11: ({"highway": "track"}, [(20, 84), (20, 86), (20, 90)]),
    12: ({"landuse": "forest"}, [(30, -85), (31, -85), (31, -89), (30, -89), (30, -85)]),
}
RELATIONS = {
    1: ({"type": "multipolygon", "landuse": "forest", "name": "Forest"}, {4: "outer", 5: "outer", 6: "inner"}),
    2: ({"type": "boundary", "boundary": "administrative", "admin_level": "2", "name": "Halves"},
        {7: "outer", 8: "outer"}),
}
NODES = {
    (180, 15): {"place": "village", "name": "East"}, (-180, 16): {"place": "village", "name": "West"},
    (0, 90): {"place": "locality", "name": "North Pole"}, (0, -90): {"place": "locality", "name": "South Pole"},
}


@functools.cache
def made_up(without=(), name="dateline"):
    path = shared_folder() / f"{name}.osm"
    ways = {number: way for number, way in WAYS.items() if number not in without}
    numbers = {}
    for _, places in ways.values():
        for place in places:
            numbers.setdefault(place, len(numbers) + 1)
    for place in NODES:
        numbers.setdefault(place, len(numbers) + 1)

    def tags(pairs):
        return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in pairs.items())

    lines = ['<osm version="0.6">']
    for (longitude, latitude), number in numbers.items():
        lines.append(f'<node id="{number}" lon="{longitude}" lat="{latitude}">'
                     f'{tags(NODES.get((longitude, latitude), {}))}</node>')
    for number, (pairs, places) in ways.items():
        refs = "".join(f'<nd ref="{numbers[place]}"/>' for place in places)
        lines.append(f'<way id="{number}">{refs}{tags(pairs)}</way>')
    for number, (pairs, members) in RELATIONS.items():
        refs = "".join(f'<member type="way" ref="{way}" role="{role}"/>' for way, role in members.items())
        lines.append(f'<relation id="{number}">{refs}{tags(pairs)}</relation>')
    path.write_text("\n".join([*lines, "</osm>\n"]))
    return path


def found(*arguments, source=None):
    done = succeed("query", store_of(source or made_up()), *arguments, "--format", "geojsonseq")
    return {feature["id"]: feature for feature in map(json.loads, done.out.decode().splitlines())}


@check("boxes on either side of 180 degrees find what crosses it, boxes elsewhere do not, and counts see it once")
def boxes():
    need_command("query")
    cases = [
        ("179.98,9.9,180,10.1", {"w1"}), ("-180,9.9,-179.9,10.1", {"w1"}), ("179.9,9.9,-179.9,10.1", {"w1"}),
        ("-1,9.9,1,10.1", set()), ("-179.9,9.9,179.9,10.1", set()),
        # In the hole of the forest, and beside it.
        ("179.99,20.03,-179.99,20.04", set()), ("179.91,20.03,179.92,20.04", {"r1"}),
        ("179.5,30.2,179.6,30.3", {"r2"}), ("-179.6,30.2,-179.5,30.3", {"r2"}), ("0,30,1,31", set()),
        ("-180,14,180,17", None), ("50,85,51,90", {"w10"}), ("19,85.5,21,85.9", {"w10", "w11"}),
        ("30.2,-88.5,30.5,-86", {"w12"}),
    ]
    faults = []
    for box, expected in cases:
        ids = {name for name in found(f"--bbox={box}") if not name.startswith("n")}
        if expected is not None and ids != expected:
            faults.append(f"{box}: {sorted(ids)}, expected {sorted(expected)}")
    points = {feature["properties"]["name"] for feature in found("--bbox=179.9999999,14,-179.9999999,17").values()}
    if points != {"East", "West"}:
        faults.append(f"points at 180 degrees: {points}")
    count = succeed("query", store_of(made_up()), "--count").out.decode().split()
    tagged = sum(1 for tags, _ in WAYS.values() if tags) + len(RELATIONS) + len(NODES)
    if count != [str(tagged)]:
        faults.append(f"{count} features, expected {tagged}")
    require_none(faults)
    return f"{len(cases)} boxes"


@check("the nearest features are found across 180 degrees and over the poles")
def near():
    need_command("query")
    faults = []
    for place, expected in [("-179.99,12.002", "w3"), ("179.99,10.02", "w1"), ("-179.5,15", None), ("150,89.999", None)]:
        answers = list(found(f"--near={place}", "--limit", "3").values())
        if expected and answers[0]["id"] != expected:
            faults.append(f"{place}: {answers[0]['id']}, expected {expected}")
        if place == "-179.5,15" and answers[0]["properties"].get("name") != "East":
            faults.append(f"{place}: {answers[0]['id']}")
        if place == "150,89.999" and "North Pole" not in {answer["properties"].get("name") for answer in answers}:
            faults.append(f"{place}: {[answer['id'] for answer in answers]}")
    require_none(faults)


def geometry_faults(features):
    """Faults against RFC 7946 sections 3.1.6 and 3.1.9."""
    try:
        import shapely
        from shapely.geometry import shape
    except ImportError as missing:
        raise NotRun(f"a Python package is not installed: {missing}") from None
    for name, feature in features.items():
        if not feature["geometry"]:
            continue
        geometry = shape(feature["geometry"])
        if not geometry.is_valid:
            yield f"{name}: {shapely.is_valid_reason(geometry)}"
        for part in getattr(geometry, "geoms", [geometry]):
            west, south, east, north = part.bounds
            if west < -180 or east > 180 or south < -90 or north > 90:
                yield f"{name}: outside the world"
            if part.geom_type == "Polygon":
                if not part.exterior.is_ccw or any(hole.is_ccw for hole in part.interiors):
                    yield f"{name}: wound the wrong way"
            lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
            for line in lines:
                places = list(line.coords)
                if any(abs(a[0] - b[0]) > 180 for a, b in zip(places, places[1:])) and abs(places[0][1]) < 89:
                    if not all(abs(place[1]) == 90 for a, b in zip(places, places[1:]) if abs(a[0] - b[0]) > 180
                               for place in (a, b)):
                        yield f"{name}: a segment over half the world"


@check("GeoJSON is cut at 180 degrees into valid pieces that run the right way (RFC 7946 3.1.6, 3.1.9)")
def geojson():
    need_command("query")
    features = found()
    require_none(list(geometry_faults(features)))
    kinds = {name: features[name]["geometry"]["type"] for name in ("w1", "w2", "w10", "w12", "r1", "r2")}
    require(kinds == {"w1": "MultiPolygon", "w2": "MultiLineString", "w10": "Polygon", "w12": "Polygon",
                      "r1": "MultiPolygon", "r2": "MultiPolygon"}, str(kinds))
    from shapely.geometry import shape
    areas = {name: shape(features[name]["geometry"]).area for name in ("r1", "r2", "w10")}
    expected = {"r1": 0.2 * 0.1 - 0.1 * 0.03, "r2": 2, "w10": 360 * 10}
    require_none([f"{name}: area {areas[name]}" for name in areas if abs(areas[name] - expected[name]) > 1e-6])


@check("tiles at 180 degrees and the poles are right for outside readers, with valid polygons")
def tiles():
    # Without the polar cap, which has 30 million tiles of zoom 14.
    return check_archive(made_up((10,), "dateline-without-cap"))


@check("a cap around the pole is one ring of tiles without a seam at 180 degrees")
def cap():
    path = shared_folder() / "cap.pmtiles"
    succeed("tiles", store_of(made_up()), "-o", path, "--zoom", "0-4")
    try:
        import mapbox_vector_tile
        from pmtiles.reader import MmapSource, all_tiles
    except ImportError as missing:
        raise NotRun(f"a Python package is not installed: {missing}") from None
    columns = set()
    with open(path, "rb") as file:
        for (zoom, x, y), data in all_tiles(MmapSource(file)):
            if zoom != 4 or y != 0:
                continue
            layers = mapbox_vector_tile.decode(gzip.decompress(data), default_options={"y_coord_down": True})
            for layer in layers.values():
                for feature in layer["features"]:
                    if feature["id"] == 102 and feature["geometry"]["type"].endswith("Polygon"):
                        columns.add(x)
    require(columns == set(range(16)), f"columns {sorted(columns)}")


@check("a lake across 180 degrees has a handful of tiles, and the tileset's bounds go from west to east")
def lake():
    path = shared_folder() / "lake.osm"
    nodes = WAYS[1][1][:-1]
    path.write_text(
        '<osm version="0.6">'
        + "".join(f'<node id="{number}" lon="{x}" lat="{y}"/>' for number, (x, y) in enumerate(nodes, 1))
        + '<way id="1">' + "".join(f'<nd ref="{number}"/>' for number in (1, 2, 3, 4, 1))
        + '<tag k="natural" v="water"/></way></osm>')
    about = json.loads(succeed("info", "--json", archive_of(path)).out)
    bounds = about["bounds"]
    require(bounds[0] == -180 and bounds[2] == 180, f"bounds {bounds}")
    require(abs(abs(about["center"][0]) - 180) < 0.1, f"center {about['center']}")
    try:
        from pmtiles.reader import MmapSource, all_tiles
    except ImportError as missing:
        raise NotRun(f"a Python package is not installed: {missing}") from None
    with open(archive_of(path), "rb") as file:
        names = [name for name, _ in all_tiles(MmapSource(file))]
    require(0 < len(names) < 80, f"{len(names)} tiles")
    require({name[0] for name in names} >= {8, 14}, f"zooms {sorted({name[0] for name in names})}")
    return f"{len(names)} tiles"


def register_fiji():
    name = "fiji-ferry.osm.pbf"

    @check(f"{stem(name)}, on both sides of 180 degrees: GeoJSON is valid and cut, and tiles are right")
    def fiji():
        path = extract(name)
        require_none(list(geometry_faults(found("w[route=ferry],w[highway]", source=path))))
        return check_archive(path)


register_fiji()
