"""Compare the layer `ocean` of an archive with what the coastline of an extract implies, worked out anew with shapely.

    python3 check_sea.py ARCHIVE EXTRACT WEST,SOUTH,EAST,NORTH

The coastline and the bounds cut the plane into faces; the side of the coast says which are water. Loose ends are led to
the nearest side of the bounds, gaps are closed; nothing of this is shared with the program. Compared are the share of
water at several zooms, and single places at every zoom: streets and settlements on land are in no ocean, places far out
are in it. Printed as JSON: figures and faults. Exit code 1 when there is a fault, 3 when a package is not installed.
"""

import gzip
import json
import math
import random
import sys

try:
    import mapbox_vector_tile
    import osmium
    import shapely
    from pmtiles.reader import MmapSource, Reader
    from shapely.geometry import LineString, Point, box, shape
except ImportError as missing:
    print(f"a Python package is not installed: {missing}", file=sys.stderr)
    sys.exit(3)

STREETS = {"motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "living_street"}
PLACES = {"city", "town", "village", "hamlet", "suburb", "neighbourhood"}
SAMPLES = 150
SHARE_ZOOMS = (6, 8, 11)
GAP = 0.03


class Objects(osmium.SimpleHandler):
    """Coastline ways, and places that are on land."""

    def __init__(self, unroll):
        super().__init__()
        self.unroll, self.coast, self.land = unroll, [], []

    def place(self, location):
        longitude = location.lon + 360 if self.unroll and location.lon < 0 else location.lon
        return mercator(longitude, location.lat)

    def way(self, way):
        tags = way.tags
        if tags.get("natural") == "coastline":
            points = [self.place(node.location) for node in way.nodes if node.location.valid()]
            if len(points) > 1:
                self.coast.append(points)
        elif tags.get("highway") in STREETS and not {"bridge", "tunnel"} & {tag.k for tag in tags}:
            node = way.nodes[len(way.nodes) // 2]
            if node.location.valid():
                self.land.append(self.place(node.location))

    def node(self, node):
        if node.tags.get("place") in PLACES:
            self.land.append(self.place(node.location))


def mercator(longitude, latitude):
    """World coordinates from 0 to 1, the second one southwards; eastwards they may pass 1."""
    sine = math.sin(math.radians(max(-85.0511287, min(85.0511287, latitude))))
    return longitude / 360 + 0.5, 0.5 - math.atanh(sine) / (2 * math.pi)


def joined(coast):
    """Ways end to start as chains."""
    starts = {}
    for index, points in enumerate(coast):
        starts.setdefault(points[0], []).append(index)
    used, chains = set(), []
    ends = {points[-1] for points in coast}
    order = sorted(range(len(coast)), key=lambda index: coast[index][0] in ends)
    for first in order:
        if first in used:
            continue
        used.add(first)
        chain = list(coast[first])
        while chain[0] != chain[-1]:
            following = next((index for index in starts.get(chain[-1], []) if index not in used), None)
            if following is None:
                break
            used.add(following)
            chain += coast[following][1:]
        chains.append(chain)
    return chains


def mended(chains, bounds):
    """Lines that close what is open inside the bounds."""
    loose = [chain for chain in chains if chain[0] != chain[-1]]
    pairs = sorted(
        (math.dist(end[-1], start[0]), i, j) for i, end in enumerate(loose) for j, start in enumerate(loose))
    closed, ends, starts = [], set(), set()
    west, north, east, south = bounds.bounds
    for distance, i, j in pairs:
        if distance < GAP / 360 and i not in ends and j not in starts and bounds.contains(Point(loose[i][-1])):
            ends.add(i)
            starts.add(j)
            closed.append([loose[i][-1], loose[j][0]])
    for points, taken, index in ((loose, ends, -1), (loose, starts, 0)):
        for number, chain in enumerate(points):
            x, y = chain[index]
            if number in taken or not bounds.contains(Point(x, y)):
                continue
            sides = [(x - west, (west, y)), (east - x, (east, y)), (y - north, (x, north)), (south - y, (x, south))]
            closed.append([(x, y), min(sides)[1]])
    return closed


def water_of(coast, bounds):
    """The water inside the bounds."""
    chains = joined(coast)
    lines = [LineString(points) for points in chains + mended(chains, bounds)]
    lines = [line.intersection(bounds) for line in lines if line.intersects(bounds)]
    faces = list(shapely.polygonize([shapely.node(shapely.union_all([bounds.boundary, *lines]))]).geoms)
    tree = shapely.STRtree(faces)
    votes = [0.0] * len(faces)
    for points in coast:
        for (ax, ay), (bx, by) in zip(points, points[1:]):
            length = math.dist((ax, ay), (bx, by))
            if not length:
                continue
            # y grows southwards: the right hand of the direction of travel.
            step = min(length, 1e-9) / length
            for sign in (1, -1):
                beside = Point((ax + bx) / 2 - sign * (by - ay) * step, (ay + by) / 2 + sign * (bx - ax) * step)
                for face in tree.query(beside, predicate="within"):
                    votes[face] += sign * length
    return shapely.union_all([face for face, vote in zip(faces, votes) if vote > 0])


class Tiles:
    def __init__(self, path):
        self.reader = Reader(MmapSource(open(path, "rb")))
        self.known = {}

    def ocean(self, zoom, x, y):
        """The ocean of a tile in tile units, y southwards."""
        side = 1 << zoom
        key = (zoom, x % side, y)
        if key not in self.known:
            data = self.reader.get(*key)
            features = []
            if data:
                tile = mapbox_vector_tile.decode(gzip.decompress(data), default_options={"y_coord_down": True})
                features = tile.get("ocean", {}).get("features", [])
            if len(features) > 1:
                raise SystemExit(f"tile {key} has {len(features)} features of ocean")
            self.known[key] = shape(features[0]["geometry"]) if features else None
        return self.known[key]

    def has_ocean(self, zoom, place):
        side = 1 << zoom
        x, y = (math.floor(part * side) for part in place)
        ocean = self.ocean(zoom, x, y)
        return ocean is not None and ocean.intersects(
            Point((place[0] * side - x) * 4096, (place[1] * side - y) * 4096))

    def share(self, zoom, bounds):
        """Share of the bounds that is ocean in the tiles of a zoom."""
        side = 1 << zoom
        west, north, east, south = bounds.bounds
        sum_of_areas = 0.0
        for x in range(math.floor(west * side), math.floor(east * side) + 1):
            for y in range(math.floor(north * side), math.floor(south * side) + 1):
                if ocean := self.ocean(zoom, x, y):
                    sum_of_areas += shapely.clip_by_rect(ocean, 0, 0, 4096, 4096).area
        return sum_of_areas / (4096 * side) ** 2 / bounds.area


def main(archive, extract, bounds_text):
    west, south, east, north = map(float, bounds_text.split(","))
    crosses = west > east
    corners = mercator(west, north), mercator(east + 360 if crosses else east, south)
    bounds = box(*corners[0], *corners[1])
    objects = Objects(crosses)
    objects.apply_file(extract, locations=True, idx="sparse_mem_array")
    water = water_of(objects.coast, bounds)
    tiles, faults = Tiles(archive), []
    report = {"share": round(water.area / bounds.area, 5), "places": 0}
    for zoom in SHARE_ZOOMS:
        share = tiles.share(zoom, bounds)
        report[f"share in tiles of zoom {zoom}"] = round(share, 5)
        # What is narrower than a tile unit or two comes and goes with the zoom.
        blur = min(0.2, 2 * water.boundary.length / (4096 << zoom) / bounds.area) + 0.001
        if abs(share - water.area / bounds.area) > blur:
            faults.append(f"zoom {zoom}: {share:.4f} of the bounds are ocean, expected {report['share']:.4f}")

    generator = random.Random(1)
    shapely.prepare(water)
    land = [place for place in objects.land if bounds.contains(Point(place)) and not water.contains(Point(place))]
    generator.shuffle(land)
    minx, miny, maxx, maxy = bounds.bounds
    sea = []
    for _ in range(20 * SAMPLES):
        place = generator.uniform(minx, maxx), generator.uniform(miny, maxy)
        if water.contains(Point(place)):
            sea.append(place)
    for places, expected in ((land[:SAMPLES], False), (sea[:SAMPLES], True)):
        for place in places:
            distance = water.boundary.distance(Point(place))
            for zoom in range(15):
                # As far as simplification and rounding may move a line.
                if distance < 3 / (4096 << zoom):
                    continue
                report["places"] += 1
                if tiles.has_ocean(zoom, place) != expected:
                    faults.append(f"zoom {zoom}: {'sea' if expected else 'land'} at {place} is not so in the tile")
    report["land places"], report["sea places"] = len(land[:SAMPLES]), len(sea[:SAMPLES])
    print(json.dumps({"report": report, "faults": faults[:10], "fault count": len(faults)}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
