"""Relations: what routes show, which relations features are members of, and borders; against osmium's own reading."""

import collections
import json
import math
import re
import shutil
import subprocess

from harness import (
    NotRun, archive_of, check, extract, need_command, record, require, require_none, stem, store_of, succeed, tuile,
)

EXTRACTS = ("heidelberg.osm.pbf", "munich.osm.pbf", "liechtenstein.osm.pbf")
BORDER_EXTRACTS = ("liechtenstein.osm.pbf", "monaco.osm.pbf")
PATH_TYPES = ("route", "superroute", "route_master")
AREA_TYPES = ("multipolygon", "boundary")
LISTED_TAGS = ("type", "route", "boundary", "admin_level", "network", "ref", "name", "colour")


def plain(text):
    """OPL writes odd characters as %hexadecimal%."""
    return re.sub(r"%([0-9a-f]+)%", lambda found: chr(int(found[1], 16)), text)


class Map:
    """A file as osmium has it: positions in 1e-7 degree, ways' nodes, relations' tags and members."""

    def __init__(self, path):
        if not shutil.which("osmium"):
            raise NotRun("osmium is not installed")
        done = subprocess.run(
            ["osmium", "cat", "--no-progress", "-f", "opl", "-o", "-", path], capture_output=True, check=True, text=True)
        self.nodes, self.ways, self.way_tags, self.relations = {}, {}, {}, {}
        for line in done.stdout.splitlines():
            name, *rest = line.split(" ")
            fields = {field[0]: field[1:] for field in rest if field}
            if name[0] == "n":
                if fields.get("x") and fields.get("y"):
                    self.nodes[name] = (round(float(fields["x"]) * 1e7), round(float(fields["y"]) * 1e7))
            elif name[0] == "w":
                self.ways[name] = [node for node in fields.get("N", "").split(",") if node]
                self.way_tags[name] = self.tags(fields)
            elif name[0] == "r":
                members = [member.split("@", 1) for member in fields.get("M", "").split(",") if member]
                self.relations[name] = (self.tags(fields), [(element, plain(role)) for element, role in members])

    @staticmethod
    def tags(fields):
        pairs = (tag.split("=", 1) for tag in fields.get("T", "").split(",") if tag)
        return {plain(key): plain(value) for key, value in pairs}

    def segments(self, way):
        positions = [self.nodes.get(node) for node in self.ways.get(way, [])]
        return [(a, b) for a, b in zip(positions, positions[1:]) if a is not None and b is not None]

    def path_ways(self, relation, entered=None):
        """Ways along which a route runs: those without a stop's role, members of member relations too."""
        entered = {relation} if entered is None else entered
        tags, members = self.relations[relation]
        ways = []
        for element, role in members:
            if "stop" in role or "platform" in role or role == "halt" or role.endswith("station"):
                continue
            if element[0] == "w":
                ways.append(element)
            elif element[0] == "r" and element in self.relations and element not in entered:
                if tags.get("type") not in AREA_TYPES:
                    entered.add(element)
                    ways += self.path_ways(element, entered)
        return list(dict.fromkeys(ways))


_maps = {}


def map_of(path):
    if path not in _maps:
        _maps[path] = Map(path)
    return _maps[path]


def features(store, *arguments):
    text = succeed("query", store, *arguments, "--format", "geojsonseq").out.decode()
    return [json.loads(line) for line in text.splitlines()]


def undirected(a, b):
    return (a, b) if a < b else (b, a)


def degrees(position):
    return tuple(round(number * 1e7) for number in position)


def lines_of(geometry):
    if geometry is None:
        return []
    return {"LineString": lambda: [geometry["coordinates"]], "MultiLineString": lambda: geometry["coordinates"]}.get(
        geometry["type"], list)()


def metres(a, b):
    """On a sphere (haversine formula)."""
    (x1, y1), (x2, y2) = ((math.radians(number / 1e7) for number in place) for place in (a, b))
    half = math.sin((y2 - y1) / 2) ** 2 + math.cos(y1) * math.cos(y2) * math.sin((x2 - x1) / 2) ** 2
    return 2 * 6371008.8 * math.asin(math.sqrt(half))


def register_routes(name):
    @check(f"routes of {stem(name)} have the segments of their ways, each once, joined to few lines")
    def run():
        need_command("query")
        path = extract(name)
        source = map_of(path)
        found = {feature["id"]: feature for feature in
                 features(store_of(path), f"r[type={','.join(PATH_TYPES)}]")}
        expected = {id for id, (tags, _) in source.relations.items() if tags.get("type") in PATH_TYPES}
        require(set(found) == expected, f"other routes: {sorted(set(found) ^ expected)[:5]}")
        faults, ways_shown, lines_shown, kilometres = [], 0, 0, 0.0
        for id in sorted(expected):
            ways = [way for way in source.path_ways(id) if source.segments(way)]
            wanted = collections.Counter(undirected(*segment) for way in ways for segment in source.segments(way))
            if not wanted:
                continue
            geometry = found[id]["geometry"]
            lines = [[degrees(position) for position in line] for line in lines_of(geometry)]
            shown = collections.Counter(undirected(*pair) for line in lines for pair in zip(line, line[1:]))
            if geometry["type"] not in ("LineString", "MultiLineString"):
                faults.append(f"{id}: a {geometry['type']}")
            if shown != wanted:
                faults.append(f"{id}: {len(wanted - shown)} segments are missing, {len(shown - wanted)} too many")
            if len(lines) > len(ways) and all(None not in map(source.nodes.get, source.ways[way]) for way in ways):
                faults.append(f"{id}: {len(ways)} ways, but {len(lines)} lines")
            ways_shown += len(ways)
            lines_shown += len(lines)
            kilometres += sum(metres(a, b) * times for (a, b), times in shown.items()) / 1000
        require_none(faults, f"of {len(expected)} routes")
        record(f"routes-{stem(name)}.json", {
            "routes": len(expected), "ways": ways_shown, "lines": lines_shown, "kilometres": round(kilometres, 3)})
        return f"{len(expected)} routes, {ways_shown} ways in {lines_shown} lines, {kilometres:.0f} km"

    @check(f"query says of each feature of {stem(name)} which relations it is in, as the relations have it")
    def run_memberships():
        need_command("query")
        path = extract(name)
        source = map_of(path)
        expected = collections.defaultdict(list)
        for id, (tags, members) in sorted(source.relations.items(), key=lambda item: int(item[0][1:])):
            if not tags:
                continue
            listed = {key: tags[key] for key in LISTED_TAGS if key in tags}
            for element, role in members:
                expected[element].append({"id": id, "role": role, **listed})
        faults, count, seen = [], 0, 0
        old_style = {id for id, (tags, _) in source.relations.items()
                     if tags.get("type") == "multipolygon" and set(tags) <= {"type", "created_by", "source", "note"}}
        for feature in features(store_of(path), "--relations"):
            seen += 1
            # A multipolygon that says nothing of itself has its outer ways' tags.
            shown = [entry if entry["id"] not in old_style else {key: entry[key] for key in ("id", "role", "type")}
                     for entry in feature["relations"]]
            count += len(shown)
            if shown != expected.get(feature["id"], []):
                faults.append(f"{feature['id']}: {shown[:2]}; expected {expected.get(feature['id'], [])[:2]}")
        require_none(faults, f"of {seen} features")
        return f"{seen} features, {count} memberships"

    @check(f"query finds the members of a relation of {stem(name)}, and of those in it")
    def run_members():
        need_command("query")
        path = extract(name)
        source = map_of(path)
        stored = set(tuile("query", store_of(path), "--format", "csv", "--columns", "id").out.decode().split()[1:])

        def reached(relation):
            order, entered = [], {relation}

            def enter(relation):
                tags, members = source.relations[relation]
                for element, _ in members:
                    order.append(element)
                    if element in source.relations and element not in entered and tags.get("type") not in AREA_TYPES:
                        entered.add(element)
                        enter(element)

            enter(relation)
            return [element for element in dict.fromkeys(order) if element in stored]

        nested = [id for id, (_, members) in source.relations.items()
                  if any(element in source.relations for element, _ in members)]
        chosen = sorted(nested)[:20] + sorted(source.relations)[:20]
        faults = []
        for id in chosen:
            if id not in stored:
                continue
            found = succeed(
                "query", store_of(path), "--member-of", id, "--format", "csv", "--columns", "id").out.decode().split()
            if found[1:] != reached(id):
                faults.append(f"{id}: {len(found) - 1} members; expected {len(reached(id))}")
        require_none(faults, f"of {len(chosen)} relations")
        return f"{len(chosen)} relations"


for _name in EXTRACTS:
    register_routes(_name)


def border_levels(source):
    """The smallest of levels 2 and 4 for each way of an administrative boundary, complete or not."""
    levels = {}
    for tags, members in source.relations.values():
        if tags.get("type") == "boundary" and tags.get("boundary") == "administrative":
            if tags.get("admin_level") in ("2", "4"):
                for element, _ in members:
                    if element in source.ways:
                        levels[element] = min(int(tags["admin_level"]), levels.get(element, 9))
    return levels


def tile_place(position, zoom):
    """In tile units of the whole map."""
    longitude, latitude = (number / 1e7 for number in position)
    side = 4096 * 2**zoom
    y = (1 - math.asinh(math.tan(math.radians(latitude))) / math.pi) / 2
    return (longitude / 360 + 0.5) * side, y * side


def distance_to(point, a, b):
    (x, y), (ax, ay), (bx, by) = point, a, b
    length = (bx - ax) ** 2 + (by - ay) ** 2
    along = 0 if length == 0 else max(0, min(1, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length))
    return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


def register_borders(name):
    @check(f"tiles of {stem(name)} draw every border of level 2 and 4, though its relations are cut by the edge")
    def run():
        try:
            import mapbox_vector_tile
            from pmtiles.reader import MmapSource, Reader
        except ImportError as error:
            raise NotRun(str(error)) from None
        import gzip

        path = extract(name)
        source = map_of(path)
        levels = border_levels(source)
        incomplete = [id for id, (tags, members) in source.relations.items()
                      if tags.get("admin_level") in ("2", "4") and tags.get("boundary") == "administrative"
                      and any(element[0] == "w" and element not in source.ways for element, _ in members)]
        require(incomplete, "no relation is cut; another extract is needed")
        zoom = 14
        tiles = {}
        with open(archive_of(path), "rb") as file:
            reader = Reader(MmapSource(file))

            def lines(x, y):
                if (x, y) not in tiles:
                    data = reader.get(zoom, x, y)
                    layers = {}
                    if data:
                        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
                        layers = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
                    tiles[x, y] = [
                        (feature["properties"]["admin_level"], line)
                        for feature in layers.get("boundaries", {"features": []})["features"]
                        for line in ([feature["geometry"]["coordinates"]]
                                     if feature["geometry"]["type"] == "LineString"
                                     else feature["geometry"]["coordinates"])]
                return tiles[x, y]

            faults, checked = [], 0
            for way, level in sorted(levels.items()):
                for a, b in source.segments(way):
                    (ax, ay), (bx, by) = tile_place(a, zoom), tile_place(b, zoom)
                    middle = ((ax + bx) / 2, (ay + by) / 2)
                    x, y = int(middle[0] // 4096), int(middle[1] // 4096)
                    local = (middle[0] - 4096 * x, middle[1] - 4096 * y)
                    near = [found for found, line in lines(x, y) for pair in zip(line, line[1:])
                            if distance_to(local, *pair) <= 1.5]
                    checked += 1
                    if level not in near:
                        faults.append(f"{way} of level {level}: no line in {zoom}/{x}/{y}; near it are {near[:4]}")
        require_none(faults, f"of {checked} segments")
        return f"{checked} segments of {len(levels)} ways, {len(incomplete)} relations cut"

    @check(f"the borders of {stem(name)} that are cut are reported")
    def run_report():
        path = extract(name)
        source = map_of(path)
        report = json.loads(succeed("import", path, "-o", f"{store_of(path)}.again", "--json").out)
        counts = collections.Counter()
        for finding in report["problems"]:
            if finding["type"] == "relation":
                counts[finding["reason"]] += finding["count"]
        cut = sum(tags.get("type") in AREA_TYPES and
                  any(element[0] == "w" and element not in source.ways for element, _ in members)
                  for tags, members in source.relations.values())
        require(counts["incomplete-area"] >= cut,
                f"{counts['incomplete-area']} areas are reported incomplete; {cut} lack a way")
        lacking = sum(tags.get("type") not in AREA_TYPES and bool(tags) and bool(members)
                      and any(element not in source.nodes and element not in source.ways
                              and element not in source.relations for element, _ in members)
                      for tags, members in source.relations.values())
        reported = counts["missing-members"] + counts["no-members-present"]
        require(reported >= lacking, f"{reported} relations lack members; expected {lacking}")
        return f"{cut} areas and {lacking} other relations"


for _name in BORDER_EXTRACTS:
    register_borders(_name)
