"""Archives in several formats: written, copied, cut, put together and verified, and read by others."""

import json
import math
import shutil
import sqlite3
import subprocess

from harness import (
    Folder, NotRun, archive_of, check, expect, extract_or_sample, files_in, need_command, record, require, require_none,
    sample, sha256, store_of, succeed, tuile,
)
from server import serving


def rows_of(path):
    """Tiles of an MBTiles file by zoom, column and row from the north."""
    with sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True) as database:
        return {(z, x, (1 << z) - 1 - y): data for z, x, y, data in database.execute(
            "SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")}


@check("an archive as MBTiles is the same tiles for SQLite, and copied back it is the same PMTiles file")
def mbtiles():
    need_command("archive")
    source = extract_or_sample("liechtenstein.osm.pbf")
    with Folder() as folder:
        succeed("tiles", store_of(source), "-o", folder / "x.mbtiles")
        succeed("archive", "convert", folder / "x.mbtiles", folder / "back.pmtiles")
        succeed("archive", "convert", folder / "back.pmtiles", folder / "again.mbtiles")
        # The name in the metadata is that of the store, as in the archive that the other checks use.
        require(sha256(folder / "back.pmtiles") == sha256(archive_of(source)), "not the file that 'tiles' writes")
        require(sha256(folder / "again.mbtiles") == sha256(folder / "x.mbtiles"), "a second copy differs")
        with sqlite3.connect(folder / "x.mbtiles") as database:
            metadata = dict(database.execute("SELECT name, value FROM metadata"))
            require(database.execute("PRAGMA integrity_check").fetchone() == ("ok",), "SQLite finds damage")
        require(metadata["format"] == "pbf" and "OpenStreetMap" in metadata["attribution"], f"metadata {metadata}")
        require(json.loads(metadata["json"])["vector_layers"], "no vector_layers")
        require(files_in(folder) == ["again.mbtiles", "back.pmtiles", "x.mbtiles"], f"leaves {files_in(folder)}")
        return f"{len(rows_of(folder / 'x.mbtiles'))} tiles"


@check("a folder of tiles has the archive's tiles, is read by GDAL and served, and a folder of something else stays")
def folder_of_tiles():
    need_command("archive")
    source = sample()
    archive = archive_of(source)
    with Folder() as folder:
        tiles = folder / "tiles"
        succeed("tiles", store_of(source), "-o", f"{tiles}/")
        succeed("archive", "convert", archive, folder / "x.mbtiles")
        rows = rows_of(folder / "x.mbtiles")
        files = {tuple(map(int, path.with_suffix("").relative_to(tiles).parts)): path.read_bytes()
                 for path in tiles.rglob("*.pbf")}
        require(files == rows, f"{len(files)} files, {len(rows)} tiles")
        succeed("archive", "convert", f"{tiles}/", folder / "back.pmtiles")
        require(sha256(folder / "back.pmtiles") == sha256(archive), "copied back it is another PMTiles file")
        succeed("verify", tiles, "--strict")
        about = json.loads(succeed("info", "--json", tiles).out)
        require(about["addressedTiles"] == len(rows) and about["format"] == "directory", f"{about}")
        place, data = max(files.items())
        with serving(tiles) as server:
            answer = server.ask("/tiles/{}/{}/{}.mvt".format(*place), Accept_Encoding="gzip")
            require(answer.status == 200 and answer.body == data, f"tile {place}: {answer.status}")
        done = tuile("tiles", store_of(source), "-o", f"{tiles}/")
        require(done.code == 73 and b"exists" in done.err, str(done))
        succeed("tiles", store_of(source), "-o", f"{tiles}/", "--zoom", "3-5", "--force")
        require(sorted(path.name for path in tiles.iterdir()) == ["3", "4", "5", "metadata.json"], "the old tiles are left")
        (folder / "mine").mkdir()
        (folder / "mine/letter.txt").write_text("dear")
        for target in (f"{folder}/mine/", f"{folder}/", "./", f"{folder}/x.mbtiles/"):
            done = tuile("tiles", store_of(source), "-o", target, "--force", cwd=folder / "mine")
            require(done.code == 73, f"{target}: {done}")
        require((folder / "mine/letter.txt").read_text() == "dear", "a folder of something else was replaced")
        require(not [path for path in folder.iterdir() if path.name.startswith(".")], "something is left behind")
        if not shutil.which("ogrinfo"):
            return "GDAL not asked: there is no ogrinfo"
        done = subprocess.run(["ogrinfo", "-ro", "-so", f"MVT:{tiles}/5", "streets"], capture_output=True, text=True)
        require(done.returncode == 0 and "Feature Count" in done.stdout, done.stderr[-300:] or done.stdout[-300:])


@check("GDAL reads layers and features of an MBTiles archive")
def gdal():
    if not shutil.which("ogrinfo"):
        raise NotRun("there is no ogrinfo")
    with Folder() as folder:
        succeed("archive", "convert", archive_of(sample()), folder / "x.mbtiles")
        done = subprocess.run(["ogrinfo", "-ro", "-so", folder / "x.mbtiles", "streets"], capture_output=True, text=True)
        require(done.returncode == 0 and "Feature Count" in done.stdout, done.stderr[-300:] or done.stdout[-300:])


@check("extracts of an archive hold the tiles of a box and some zooms, and merged with the rest they are the whole")
def extract_and_merge():
    need_command("archive")
    source = extract_or_sample("liechtenstein.osm.pbf")
    whole = archive_of(source)
    bounds = json.loads(succeed("info", "--json", whole).out)["bounds"]
    middle = (bounds[0] + bounds[2]) / 2
    with Folder() as folder:
        succeed("archive", "extract", whole, folder / "west.mbtiles", "--bounds", f"-180,-85,{middle},85")
        succeed("archive", "extract", whole, folder / "east.pmtiles", "--bounds", f"{middle},-85,180,85")
        succeed("archive", "extract", whole, folder / "low.pmtiles", "--zoom", "0-9")
        succeed("archive", "merge", folder / "both.mbtiles", folder / "west.mbtiles", folder / "east.pmtiles")
        succeed("archive", "convert", whole, folder / "whole.mbtiles")
        tiles = rows_of(folder / "whole.mbtiles")
        require(rows_of(folder / "both.mbtiles") == tiles, "the halves put together are not the whole")
        low = json.loads(succeed("info", "--json", folder / "low.pmtiles").out)
        require(low["addressedTiles"] == sum(place[0] <= 9 for place in tiles), f"{low['addressedTiles']} tiles to zoom 9")
        require(low["maximumZoom"] == 9, f"ends at zoom {low['maximumZoom']}")
        west = rows_of(folder / "west.mbtiles")
        require(0 < len(west) < len(tiles), f"{len(west)} tiles of {len(tiles)}")
        # The tiles that an import would make for the box are the same ones.
        succeed("tiles", store_of(source), "-o", folder / "made.mbtiles", "--bounds", f"-180,-85,{middle},85")
        require(rows_of(folder / "made.mbtiles") == west, "'tiles --bounds' differs from 'archive extract'")


def middle_of(archive):
    """A box that has a quarter of the tiles of zoom 14 west of it, a quarter east, and so from north to south."""
    with Folder() as folder:
        succeed("archive", "convert", archive, folder / "all.mbtiles")
        tiles = [place for place in rows_of(folder / "all.mbtiles") if place[0] == 14]

    def span(axis):
        places = sorted(place[axis] for place in tiles)
        return places[len(places) // 4] + 0.3, places[len(places) * 3 // 4] + 0.7

    def latitude(y):
        return math.degrees(math.atan(math.sinh(math.pi * (1 - y / 8192))))

    (west, east), (north, south) = span(1), span(2)
    return west / 16384 * 360 - 180, latitude(south), east / 16384 * 360 - 180, latitude(north)


def poly_file(path, ring):
    lines = "".join(f"   {x:.7f} {y:.7f}\n" for x, y in ring + ring[:1])
    path.write_text(f"area\n1\n{lines}END\nEND\n")


@check("tiles inside a polygon, from osmosis files and GeoJSON, are those that its two halves touch")
def polygon():
    need_command("archive")
    source = extract_or_sample("liechtenstein.osm.pbf")
    whole = archive_of(source)
    west, south, east, north = middle_of(whole)
    box = [(west, south), (east, south), (east, north), (west, north)]
    with Folder() as folder:
        poly_file(folder / "box.poly", box)
        poly_file(folder / "lower.poly", box[:3])
        hole = [[west - 9, south - 9], [east + 9, south - 9], [east + 9, north + 9], [west - 9, north + 9]]
        upper = [list(box[0]), list(box[2]), list(box[3])]
        # What is left of a larger area without the rest of it: the upper half.
        (folder / "upper.geojson").write_text(json.dumps({
            "type": "FeatureCollection", "features": [{"type": "Feature", "properties": None, "geometry": {
                "type": "MultiPolygon", "coordinates": [[upper + upper[:1]], [hole + hole[:1], hole + hole[:1]]]}}]}))
        rows = {}
        for name in ("box.poly", "lower.poly", "upper.geojson"):
            succeed("archive", "extract", whole, folder / f"{name}.mbtiles", "--polygon", folder / name)
            rows[name] = rows_of(folder / f"{name}.mbtiles")
            succeed("tiles", store_of(source), "-o", folder / "made.mbtiles", "--force", "--polygon", folder / name)
            require(rows_of(folder / "made.mbtiles") == rows[name], f"{name}: 'tiles' differs from 'archive extract'")
        succeed("archive", "extract", whole, folder / "bounds.mbtiles", "--bounds", f"{west},{south},{east},{north}")
        require(rows["box.poly"] == rows_of(folder / "bounds.mbtiles"), "a rectangle differs from the same bounds")
        require({**rows["lower.poly"], **rows["upper.geojson"]} == rows["box.poly"], "two halves are not the whole")
        require(all(len(rows[half]) < len(rows["box.poly"]) for half in ("lower.poly", "upper.geojson")), "a half is all")
        for text, word in (("", "empty"), ("a\n1\n 1 2\nEND\nEND\n", "line 2"), ('{"type": "Point"}', "Polygon"),
                           ('{"type": "Polygon", "coordinates": [[[200, 0], [1, 1], [2, 2]]]}', "coordinates[0][0]"),
                           ('{"type": ', "byte 9")):
            (folder / "bad").write_text(text)
            done = tuile("archive", "extract", whole, folder / "none.pmtiles", "--polygon", folder / "bad")
            said = done.err.decode()
            require(done.code == 65 and word in said and said.count("\n") == 1, f"{text!r}: {done}")
            require(not (folder / "none.pmtiles").exists(), "an archive was written for a polygon that cannot be read")


@check("verify finds nothing in our archives, faults in damaged ones, and agrees with exit codes")
def verify():
    need_command("verify")
    archive = archive_of(extract_or_sample("liechtenstein.osm.pbf"))
    report = json.loads(succeed("verify", archive, "--json", "--strict").out)
    require(report["faults"] == [] and report["polygons"] > 0, f"{report}")
    with Folder() as folder:
        succeed("archive", "convert", archive, folder / "x.mbtiles")
        succeed("verify", folder / "x.mbtiles", "--strict")
        with sqlite3.connect(folder / "x.mbtiles") as database:
            database.execute("UPDATE tiles_data SET tile_data = x'1f8b0800' WHERE tile_data_id = 3")
            database.execute("DELETE FROM metadata WHERE name = 'json'")
        done = tuile("verify", folder / "x.mbtiles", "--json")
        require(done.code == 1, str(done))
        rules = [fault["rule"] for fault in json.loads(done.out)["faults"]]
        require(rules == ["MBTiles 1.3", "packing", "provenance"], f"faults {rules}")
        (folder / "text").write_text("no archive")
        require_none([expect(65, "verify", folder / "text"), expect(66, "verify", folder / "absent.pmtiles")])
    return f"{report['tiles']} tiles, {report['polygons']} polygons"


@check("verify reads tilemaker's archives and names what the validator beside the repository names")
def verify_other():
    need_command("verify")
    profile = "/usr/share/doc/tilemaker/examples"
    if not shutil.which("tilemaker"):
        raise NotRun("there is no tilemaker")
    with Folder() as folder:
        done = subprocess.run(
            ["tilemaker", "--input", extract_or_sample("monaco.osm.pbf"), "--output", folder / "x.mbtiles", "--config",
             f"{profile}/config-openmaptiles.json", "--process", f"{profile}/process-openmaptiles.lua"],
            capture_output=True, cwd=folder)
        if done.returncode != 0:
            raise NotRun(f"tilemaker ended with {done.returncode}")
        done = tuile("verify", folder / "x.mbtiles", "--json")
        report = json.loads(done.out)
        record("verify-tilemaker.json", report)
        require(done.code == (1 if report["violations"] else 0), str(done))
        require(report["features"] > 1000, f"{report['features']} features")
        return f"{report['violations']} that must not be, {report['advice']} that should not, in {report['features']} features"


@check("a schema file decides layers and fields, its faults are told by line, and its examples are run")
def schemas():
    need_command("schema")
    with Folder() as folder:
        succeed("schema", "test", "shortbread")
        text = succeed("schema", "show", "shortbread").out.decode()
        own = folder / "own.yaml"
        own.write_text(
            "tuile-schema: 1\nname: own\nlayers:\n  - id: buildings\n    geometry: polygon\n    rules:\n"
            "      - {select: \"[building]\", from: 12, attributes: {kind: {tag: building}}}\n"
            "examples:\n  - {tags: {building: \"yes\"}, shape: area, expect: {buildings: {kind: \"yes\"}}}\n")
        succeed("schema", "test", own)
        source = extract_or_sample("monaco.osm.pbf")
        # Another schema than the store's, and the store's own: the same features, in the order of the store.
        succeed("import", source, "-o", folder / "own.tuile", "--schema", own)
        sizes = [
            json.loads(succeed("tiles", store, "-o", folder / f"{name}.mbtiles", "--schema", own, "--stats", "--json").out)
            for name, store in (("a", store_of(source)), ("b", folder / "own.tuile"))]
        tiles, other = rows_of(folder / "a.mbtiles"), rows_of(folder / "b.mbtiles")
        require(tiles and tiles.keys() == other.keys(), "places of tiles depend on the schema of the import")
        features = [[(zoom["zoom"], zoom["layers"][0]["features"]) for zoom in size["zooms"]] for size in sizes]
        require(features[0] == features[1], f"features depend on the schema of the import: {features}")
        require(min(place[0] for place in tiles) == 12, "tiles below zoom 12")
        layers = json.loads(succeed("info", "--json", folder / "a.mbtiles").out)["layers"]
        require([layer["id"] for layer in layers] == ["buildings"], f"{layers}")
        shown = folder / "shown.yaml"
        shown.write_text(text)
        succeed("tiles", store_of(source), "-o", folder / "c.pmtiles", "--schema", shown)
        require(sha256(folder / "c.pmtiles") == sha256(archive_of(source)), "the schema shown is not the one built in")
        own.write_text(own.read_text().replace("from: 12", "form: 12").replace("kind: \"yes\"", "kind: \"no\""))
        done = tuile("tiles", store_of(source), "-o", folder / "d.pmtiles", "--schema", own)
        require(done.code == 78 and "own.yaml:7:" in done.lines[0] and "from" in done.lines[0], str(done))
        own.write_text(own.read_text().replace("form: 12", "from: 12"))
        done = tuile("schema", "test", own)
        require(done.code == 1 and b"own.yaml:9:" in done.out, f"{done}; {done.out}")
        require_none([expect(66, "tiles", store_of(source), "-o", folder / "e.pmtiles", "--schema", "none"),
                      expect(64, "schema", "show", "none", one_line=False)])


@check("tiles over the byte budget come within it, and the report names what they gave up; sizes add up")
def budget():
    source = extract_or_sample("liechtenstein.osm.pbf")
    with Folder() as folder:
        done = succeed("tiles", store_of(source), "-o", folder / "x.mbtiles", "--max-tile-bytes", 20000, "--stats", "--json")
        report = json.loads(done.out)
        tiles = rows_of(folder / "x.mbtiles")
        require(max(map(len, tiles.values())) <= 20000, f"a tile has {max(map(len, tiles.values()))} bytes")
        require(report["reduced"] and all(tile["dropped"] for tile in report["reduced"]), "nothing is named")
        require(sum(zoom["packedBytes"] for zoom in report["zooms"]) == sum(map(len, tiles.values())), "sizes differ")
        succeed("tiles", store_of(source), "-o", folder / "y.mbtiles", "--max-tile-bytes", 20000, "--threads", 1)
        require(sha256(folder / "x.mbtiles") == sha256(folder / "y.mbtiles"), "the number of threads changes the file")
        succeed("verify", folder / "x.mbtiles", "--strict")
        return f"{len(report['reduced'])} of {len(tiles)} tiles reduced"


@check("the hash over all tiles survives another format and is missed after a change, and a tile is proved from its store")
def provenance():
    need_command("verify")
    source = extract_or_sample("liechtenstein.osm.pbf")
    archive, store = archive_of(source), store_of(source)
    with Folder() as folder:
        root = json.loads(succeed("archive", "convert", archive, folder / "x.mbtiles").out or b"{}") or None
        require(root is None, "convert prints nothing")
        require(b"hash over all tiles" in succeed("verify", folder / "x.mbtiles").out, "no hash in the metadata")
        tiles = rows_of(folder / "x.mbtiles")
        place = max(tiles, key=lambda place: (len(tiles[place]), place))
        name = "/".join(map(str, place))
        require(b" is what " in succeed("verify", archive, "--tile", name, "--from", store).out, "the tile is not proved")
        with sqlite3.connect(folder / "x.mbtiles") as database:
            database.execute("DELETE FROM tiles_shallow WHERE zoom_level = 14 AND tile_column = ? AND tile_row = ?",
                             (max(place for place in tiles if place[0] == 14)[1],
                              (1 << 14) - 1 - max(place for place in tiles if place[0] == 14)[2]))
        done = tuile("verify", folder / "x.mbtiles", "--json")
        require(done.code == 1 and [fault["rule"] for fault in json.loads(done.out)["faults"]] == ["provenance"], str(done))
        other = folder / "other.tuile"
        succeed("import", sample(), "-o", other)
        done = tuile("verify", archive, "--tile", name, "--from", other)
        require(done.code == 1 and b"source: the archive says" in done.out, f"{done}; {done.out}")
        require_none([expect(64, "verify", archive, "--tile", "1/2/3", "--from", store)])
