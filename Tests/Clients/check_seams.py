"""Check that neighbouring tiles fit together, and that put together they are what the source says, with shapely.

    python3 check_seams.py ARCHIVE FEATURES.geojsonseq [SPECK]

Two things are looked at. Where the buffers of two neighbours overlap, each layer's polygons of the one cover what those of
the other do, at several zooms. And at the last zoom the pieces of each area, cut at the tiles' edges and put together, are
the area in FEATURES (lines of `tuile query --format geojsonseq`, areas only). Vertices are rounded to tile units, so areas
may differ by slivers up to 1.5 units wide, and by no more. Where a schema drops united pieces below an area, a tile that sees only
the end of one keeps it: differences between neighbours up to SPECK square units are let pass then. Printed as JSON: counts and faults with examples. Exit code 1 when there
is a fault, 3 when a package is not installed.
"""

import collections
import gzip
import json
import math
import sys

try:
    import mapbox_vector_tile
    import shapely
    from pmtiles.reader import MmapSource, Reader, all_tiles
    from shapely import affinity
    from shapely.geometry import box, shape
except ImportError as missing:
    print(f"a Python package is not installed: {missing}", file=sys.stderr)
    sys.exit(3)

EXTENT, STRIP = 4096, 48
SLIVER = 1.5
ZOOMS = (6, 8, 10, 12, 13, 14)
PAIRS = 24
AREAS = 600
KINDS = {"n": 1, "w": 2, "r": 3}


def layers_of(data):
    """Polygons of each layer, y down, with their ids."""
    decoded = mapbox_vector_tile.decode(gzip.decompress(data), default_options={"y_coord_down": True})
    return {name: [(feature.get("id"), shape(feature["geometry"])) for feature in layer["features"]
                   if "Polygon" in feature["geometry"]["type"]] for name, layer in decoded.items()}


def differ(one, other, speck=0):
    """Whether two areas differ by more than slivers, or by a piece larger than a speck."""
    rest = one.symmetric_difference(other).buffer(-SLIVER / 2, join_style="mitre")
    return any(part.area > speck for part in getattr(rest, "geoms", [rest]))


def covered(polygons, strip):
    near = [polygon for _, polygon in polygons if polygon.intersects(strip)]
    return shapely.union_all(near).intersection(strip) if near else shapely.Polygon()


def check_neighbours(tiles, speck, faults):
    """Pairs along both axes; a strip on either side of the common edge, without the corners, which other tiles share."""
    compared = 0
    for zoom in ZOOMS:
        pairs = [(place, (zoom, place[1] + dx, place[2] + dy), dx, dy) for place in sorted(tiles) if place[0] == zoom
                 for dx, dy in ((1, 0), (0, 1)) if (zoom, place[1] + dx, place[2] + dy) in tiles]
        for first, second, dx, dy in pairs[:: max(1, len(pairs) // PAIRS)]:
            one, other = layers_of(tiles[first]), layers_of(tiles[second])
            strip = box(EXTENT - STRIP, 0, EXTENT + STRIP, EXTENT) if dx else box(0, EXTENT - STRIP, EXTENT, EXTENT + STRIP)
            for name in set(one) | set(other):
                moved = [(number, affinity.translate(polygon, dx * EXTENT, dy * EXTENT)) for number, polygon in other.get(name, [])]
                compared += 1
                if differ(covered(one.get(name, []), strip), covered(moved, strip), speck):
                    faults["neighbours_disagree"].append(f"{name} in {first} and {second}")
    return compared


def unit_of(zoom):
    size = EXTENT << zoom

    def project(points):
        result = []
        for lon, lat in points:
            y = math.asinh(math.tan(math.radians(lat)))
            result.append(((lon / 360 + 0.5) * size, (0.5 - y / (2 * math.pi)) * size))
        return result

    return project


def check_source(tiles, path, zoom, faults):
    """Areas that more than one tile shows."""
    pieces = collections.defaultdict(list)
    edge = box(0, 0, EXTENT, EXTENT)
    for (z, x, y), data in tiles.items():
        if z == zoom:
            for name, polygons in layers_of(data).items():
                for number, polygon in polygons:
                    if number is not None:
                        piece = polygon.intersection(edge)
                        if not piece.is_empty:
                            pieces[name, number].append(affinity.translate(piece, x * EXTENT, y * EXTENT))
    by_number = collections.defaultdict(list)
    for (name, number), found in pieces.items():
        if len(found) > 1:
            by_number[number].append((name, found))
    compared, project = 0, unit_of(zoom)
    with open(path, encoding="utf-8") as file:
        for line in file:
            feature = json.loads(line.lstrip("\x1e"))
            number = int(feature["id"][1:]) * 10 + KINDS[feature["id"][0]]
            if number not in by_number or "Polygon" not in feature["geometry"]["type"] or compared >= AREAS:
                continue
            source = shapely.transform(shape(feature["geometry"]), project)
            for name, found in by_number[number]:
                compared += 1
                if differ(shapely.union_all(found), source):
                    faults["pieces_are_not_the_source"].append(f"{name} {feature['id']} of {len(found)} tiles")
    return compared


def main(archive, features, speck=0):
    with open(archive, "rb") as file:
        source = MmapSource(file)
        zoom = Reader(source).header()["max_zoom"]
        tiles = dict(all_tiles(source))
    faults = collections.defaultdict(list)
    report = {"neighbours": check_neighbours(tiles, float(speck), faults), "areas": check_source(tiles, features, zoom, faults)}
    report["faults"] = {kind: len(places) for kind, places in faults.items()}
    report["examples"] = {kind: places[:5] for kind, places in faults.items()}
    print(json.dumps(report))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
