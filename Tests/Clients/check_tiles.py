"""Check every tile of a PMTiles archive against the vector tile specification, with outside readers.

    python3 check_tiles.py ARCHIVE

Each tile is read twice: here, command by command, because a library repairs what it reads (ring winding, unclosed rings);
and by mapbox-vector-tile, whose polygons shapely must find valid. Printed as JSON: counts by zoom and by layer, and the
faults with examples. Exit code 1 when there is a fault, 3 when a package is not installed: the check then counts as not
run, never as passed.
"""

import collections
import gzip
import json
import multiprocessing
import sys

try:
    import mapbox_vector_tile
    import shapely
    from pmtiles.reader import MmapSource, Reader, all_tiles
    from shapely.geometry import shape
except ImportError as missing:
    print(f"a Python package is not installed: {missing}", file=sys.stderr)
    sys.exit(3)

EXAMPLES = 5
POINT, LINE, POLYGON = 1, 2, 3
MOVE_TO, LINE_TO, CLOSE_PATH = 1, 2, 7


# Protocol buffers


def varints(data):
    """All base-128 numbers of a packed field."""
    value = shift = 0
    for byte in data:
        value |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
            continue
        yield value
        value = shift = 0
    if shift:
        raise ValueError("a number is cut")


def fields(data):
    """Number and content of each field of a message."""

    def number(at):
        value = shift = 0
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value, at
            shift += 7

    at = 0
    while at < len(data):
        key, at = number(at)
        wire = key & 7
        if wire == 0:
            content, at = number(at)
        else:
            if wire == 2:
                length, at = number(at)
            else:
                length = {1: 8, 5: 4}[wire]
            content, at = data[at : at + length], at + length
            if at > len(data):
                raise ValueError("a field reaches past the end")
        yield key >> 3, content


# Geometry as written


class Fault(Exception):
    pass


def parts_of(commands, kind):
    """Point lists of a geometry; rings without their closing point. Raises `Fault` for what section 4.3 forbids."""
    parts, cursor, at = [], (0, 0), 0
    open_part = None
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == CLOSE_PATH:
            if kind != POLYGON or count != 1 or open_part is None:
                raise Fault("misplaced ClosePath")
            open_part = None
            continue
        if command not in (MOVE_TO, LINE_TO) or count == 0 or at + 2 * count > len(commands):
            raise Fault(f"command {command} with count {count}")
        if command == MOVE_TO:
            if kind != POINT and (count != 1 or (kind == POLYGON and open_part is not None)):
                raise Fault("misplaced MoveTo")
            open_part = []
            parts.append(open_part)
        elif kind == POINT or open_part is None or len(open_part) != 1:
            raise Fault("misplaced LineTo")
        for _ in range(count):
            dx, dy = ((number >> 1) ^ -(number & 1) for number in commands[at : at + 2])
            at += 2
            if command == LINE_TO and dx == 0 and dy == 0:
                raise Fault("LineTo without a move")
            cursor = (cursor[0] + dx, cursor[1] + dy)
            open_part.append(cursor)
    if kind == POLYGON and open_part is not None:
        raise Fault("ring that is not closed")
    if not parts:
        raise Fault("geometry without a point")
    return parts


def doubled_area(ring):
    """Twice the shoelace area; y points down, so exterior rings are positive."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1]))


def check_geometry(commands, kind):
    parts = parts_of(commands, kind)
    if kind == LINE and any(len(part) < 2 for part in parts):
        raise Fault("line of one point")
    if kind == POLYGON:
        for place, ring in enumerate(parts):
            area = doubled_area(ring) if len(ring) >= 3 else 0
            if area == 0:
                raise Fault("ring without area")
            if place == 0 and area < 0:
                raise Fault("first ring is wound as a hole")
    return sum(map(len, parts))


# Tiles


def check_layer(data, note):
    """Name, feature count and vertex count of a layer."""
    name, version, extent, keys, values, features = "", 1, 4096, 0, 0, []
    for number, content in fields(data):
        if number == 1:
            name = content.decode("utf-8")
        elif number == 2:
            features.append(content)
        elif number == 3:
            keys += 1
        elif number == 4:
            values += 1
        elif number == 5:
            extent = content
        elif number == 15:
            version = content
    if not name:
        note("layer without a name", "")
    if version != 2:
        note("layer version", f"{name}: {version}")
    if extent != 4096:
        note("layer extent", f"{name}: {extent}")
    if not features:
        note("empty layer", name)
    vertices = 0
    for feature in features:
        kind, tags, commands = 0, [], []
        for number, content in fields(feature):
            if number == 2:
                tags = list(varints(content))
            elif number == 3:
                kind = content
            elif number == 4:
                commands = list(varints(content))
        if len(tags) % 2 or any(key >= keys for key in tags[::2]) or any(value >= values for value in tags[1::2]):
            note("tags outside the tables", name)
        if kind not in (POINT, LINE, POLYGON):
            note("geometry of unknown type", f"{name}: {kind}")
            continue
        try:
            vertices += check_geometry(commands, kind)
        except Fault as fault:
            note(str(fault), name)
    return name, len(features), vertices


def check_decoded(data, counts, note):
    """What the library reads must be what was counted, and its polygons valid."""
    decoded = mapbox_vector_tile.decode(data, default_options={"y_coord_down": True})
    for name, layer in decoded.items():
        features = layer["features"]
        if len(features) != counts.get(name):
            note("features lost by the library", f"{name}: {len(features)} of {counts.get(name)}")
        for feature in features:
            if feature["geometry"]["type"] in ("Polygon", "MultiPolygon"):
                polygon = shape(feature["geometry"])
                if not polygon.is_valid:
                    note("invalid polygon", f"{name} {feature.get('id')}: {shapely.is_valid_reason(polygon)}")
    if set(decoded) != set(counts):
        note("layers lost by the library", sorted(set(counts) ^ set(decoded)))


def check_tile(item):
    (z, x, y), stored = item
    faults, layers = [], {}

    def note(kind, detail):
        faults.append((kind, f"{z}/{x}/{y} {detail}".strip()))

    try:
        data = gzip.decompress(stored) if stored[:2] == b"\x1f\x8b" else stored
        for number, content in fields(data):
            if number == 3:
                name, features, vertices = check_layer(content, note)
                if name in layers:
                    note("layer twice", name)
                layers[name] = (features, vertices, len(content))
        if not layers:
            note("tile without layers", "")
        check_decoded(data, {name: features for name, (features, _, _) in layers.items()}, note)
    except Exception as error:  # Whatever a reader raises, the tile is not readable.
        note("unreadable tile", repr(error)[:160])
        data = b""
    return z, len(stored), len(data), layers, faults


def main(path):
    zooms, layers = {}, {}
    faults, examples = collections.Counter(), collections.defaultdict(list)
    with open(path, "rb") as file, multiprocessing.Pool() as pool:
        source = MmapSource(file)
        header = Reader(source).header()
        tiles = ((position, bytes(stored)) for position, stored in all_tiles(source))
        for z, stored, plain, in_tile, found in pool.imap_unordered(check_tile, tiles, chunksize=8):
            zoom = zooms.setdefault(z, {"tiles": 0, "storedBytes": 0, "largestStored": 0, "largestPlain": 0})
            zoom["tiles"] += 1
            zoom["storedBytes"] += stored
            zoom["largestStored"] = max(zoom["largestStored"], stored)
            zoom["largestPlain"] = max(zoom["largestPlain"], plain)
            for name, (features, vertices, size) in in_tile.items():
                layer = layers.setdefault(name, {"tiles": 0, "features": 0, "vertices": 0, "bytes": 0})
                for key, number in (("tiles", 1), ("features", features), ("vertices", vertices), ("bytes", size)):
                    layer[key] += number
            for kind, example in found:
                faults[kind] += 1
                if len(examples[kind]) < EXAMPLES:
                    examples[kind].append(example)
    total = sum(zoom["tiles"] for zoom in zooms.values())
    if total != header["addressed_tiles_count"]:
        faults["tiles not as counted in the header"] += 1
        examples["tiles not as counted in the header"] = [f"{total}, header {header['addressed_tiles_count']}"]
    report = {"tiles": total, "zooms": zooms, "layers": layers, "faults": faults, "examples": examples}
    json.dump(report, sys.stdout, indent=1, sort_keys=True)
    print()
    return 1 if faults else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
