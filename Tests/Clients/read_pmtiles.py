"""Read a PMTiles archive with the `pmtiles` package of its inventors and print what it holds as JSON.

    python3 read_pmtiles.py ARCHIVE

Printed: the header's fields, the metadata, and for every tile "z/x/y" the SHA-256 of its stored bytes. Exit code 3 means
that the package is not installed: the test that runs this counts as not run, never as passed.
"""

import hashlib
import json
import sys

try:
    from pmtiles.reader import MmapSource, Reader, all_tiles
except ImportError:
    print("the Python package pmtiles is not installed", file=sys.stderr)
    sys.exit(3)


def plain(value):
    """Enumerations by name, everything else as it is."""
    return getattr(value, "name", value)


def main(path):
    with open(path, "rb") as file:
        source = MmapSource(file)
        reader = Reader(source)
        tiles = {
            "/".join(str(part) for part in position): hashlib.sha256(content).hexdigest()
            for position, content in all_tiles(source)
        }
        # Looking a tile up goes another way than walking them all.
        for name, digest in list(tiles.items())[:: max(1, len(tiles) // 500)]:
            found = reader.get(*(int(part) for part in name.split("/")))
            if found is None or hashlib.sha256(found).hexdigest() != digest:
                sys.exit(f"{path}: tile {name} is not found where it was listed")
        document = {
            "header": {key: plain(value) for key, value in reader.header().items()},
            "metadata": reader.metadata(),
            "tiles": tiles,
        }
    json.dump(document, sys.stdout, sort_keys=True, indent=1)
    print()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
