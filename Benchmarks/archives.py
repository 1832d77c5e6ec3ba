"""Tile archives of any program, read for counting: what the benchmarks beside this file share."""

import collections
import gzip
import os
import sqlite3
import sys
import zlib


def tiles(path):
    """Zoom, column, row (from the north) and unpacked bytes of every tile of a PMTiles or MBTiles file."""
    with open(path, "rb") as file:
        is_pmtiles = file.read(7) == b"PMTiles"
    for (z, x, y), packed in pmtiles(path) if is_pmtiles else mbtiles(path):
        yield z, x, y, unpacked(packed)


def pmtiles(path):
    try:
        from pmtiles.reader import MmapSource, all_tiles
    except ImportError:
        sys.exit(f"{path}: reading PMTiles needs the Python package pmtiles")
    with open(path, "rb") as file:
        yield from all_tiles(MmapSource(file))


def mbtiles(path):
    with sqlite3.connect(f"file:{os.path.abspath(path)}?mode=ro", uri=True) as database:
        for z, x, y, data in database.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles"):
            yield (z, x, (1 << z) - 1 - y), data


def unpacked(data):
    if data[:2] == b"\x1f\x8b":
        return gzip.decompress(data)
    return zlib.decompress(data) if data[:1] == b"\x78" else data


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, at


def fields(data):
    """Number and value of each field of a protocol buffer message."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        kind = key & 7
        if kind == 0:
            value, at = varint(data, at)
        else:
            length = {1: 8, 5: 4}.get(kind)
            if length is None:
                length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        yield key >> 3, value


def features(tile):
    """Number of features of each layer of a vector tile."""
    count = collections.Counter()
    for number, layer in fields(tile):
        if number == 3:
            name = next(value for field, value in fields(layer) if field == 1).decode()
            count[name] += sum(field == 2 for field, _ in fields(layer))
    return count
