"""The server: the same tiles as the archive, and what HTTP asks of it."""

import json
import random
import signal
import socket
import tempfile
import pathlib

from harness import (
    NotRun, archive_of, check, extract_or_sample, need_command, require, require_none, sample, stem,
    store_of,
)
from server import serving

CITY = "monaco.osm.pbf"
TILE_TYPE = "application/vnd.mapbox-vector-tile"
TILES_SAMPLED = 400


def tiles_of_archive(path):
    """Position and stored bytes of every tile."""
    try:
        from pmtiles.reader import MmapSource, all_tiles
    except ImportError:
        raise NotRun("the Python package pmtiles is not installed") from None
    with open(path, "rb") as file:
        return [("/".join(map(str, position)), bytes(stored)) for position, stored in all_tiles(MmapSource(file))]


@check("serve answers, live and from an archive, the tiles that the archive holds, at every zoom")
def server_equals_archive():
    need_command("serve")
    import gzip

    city = extract_or_sample(CITY)
    tiles = tiles_of_archive(archive_of(city))
    zooms = {name.split("/")[0] for name, _ in tiles}
    require(zooms == {str(zoom) for zoom in range(15)}, f"the archive has zooms {sorted(zooms)}")
    chosen = random.Random(1).sample(tiles, min(TILES_SAMPLED, len(tiles)))
    faults = []
    with serving(f"live={store_of(city)}", f"archived={archive_of(city)}") as server:
        for name, stored in chosen:
            plain = gzip.decompress(stored)
            for source in ("live", "archived"):
                packed = server.ask(f"/{source}/{name}.mvt", Accept_Encoding="gzip")
                unpacked = server.ask(f"/{source}/{name}", Accept_Encoding="identity")
                if packed.status != 200 or packed.body != stored:
                    faults.append(f"{source} {name}: status {packed.status}, other packed bytes")
                if unpacked.status != 200 or unpacked.body != plain:
                    faults.append(f"{source} {name}: status {unpacked.status}, other plain bytes")
                if unpacked.headers.get("Content-Encoding"):
                    faults.append(f"{source} {name}: packed although identity was asked for")
        # What the archive does not hold is empty, or outside.
        held = {name for name, _ in tiles}
        z, x, y = map(int, next(name for name, _ in tiles if name.startswith("14/")).split("/"))
        for dx in range(-8, 9):
            for dy in range(-8, 9):
                name = f"{z}/{x + dx}/{y + dy}"
                for source in ("live", "archived"):
                    status = server.ask(f"/{source}/{name}.mvt").status
                    if (status == 200) != (name in held) or status not in (200, 204, 404):
                        faults.append(f"{source} {name}: status {status}, in the archive: {name in held}")
    require_none(faults, "faults")
    return f"{len(chosen)} tiles of {stem(city)}"


@check("serve answers with the status that fits each request")
def statuses():
    need_command("serve")
    city = extract_or_sample(CITY)
    tile = next(name for name, _ in tiles_of_archive(archive_of(city)) if name.startswith("14/"))
    z, x, y = tile.split("/")
    expected = {
        f"/city/{tile}.mvt": 200, f"/city/{tile}.pbf": 200, f"/city/{tile}": 200, "/city/0/0/0.mvt": 200,
        "/city.json": 200, "/health": 200, "/catalog.json": 200, "/": 200, "/map/main.js": 200, "/map/map.css": 200,
        "/map/sources.json": 200, "/styles/light.json": 200, "/styles/light.json?source=city": 200,
        "/city/14/0/0.mvt": 404, "/city/15/0/0.mvt": 404, "/city/31/0/0": 404, "/city/99/0/0": 404,
        "/town/0/0/0.mvt": 404, "/town.json": 404, "/nothing": 404, "/map/nothing.js": 404, "/styles/dark.json": 404,
        "/styles/light.json?source=town": 404, "/city/0/0": 404, "/city/0/0/0/0": 404,
        "/city/0/0/1.mvt": 400, "/city/0/1/0.mvt": 400, f"/city/{z}/{x}/99999.mvt": 400, "/city/a/0/0.mvt": 400,
        "/city/1e1/0/0": 400, "/city/+1/0/0": 400, "/city/-1/0/0": 400, "/city/00/0/0": 400, "/city/0/0/0.png": 400,
        "/city/0/0/%30": 200, "/city/0/%/0": 400, "/city/%2e%2e/0/0": 400, "/city/4294967296/0/0": 400,
        "/../etc/passwd": 400, "/%2e%2e/etc/passwd": 400, "/map/..%2f..%2fetc/passwd": 400,
    }
    faults = []
    with serving(f"city={store_of(city)}") as server:
        for path, status in expected.items():
            for method in ("GET", "HEAD"):
                answer = server.ask(path, method)
                if answer.status != status:
                    faults.append(f"{method} {path}: {answer.status}, expected {status}")
                if answer.headers.get("Access-Control-Allow-Origin") != "*":
                    faults.append(f"{method} {path}: no CORS header")
                if method == "HEAD" and answer.body:
                    faults.append(f"HEAD {path}: has a body")
                if status >= 400 and "problem+json" not in answer.headers.get("Content-Type", ""):
                    faults.append(f"{method} {path}: an error of type {answer.headers.get('Content-Type')}")
            if status >= 400 and json.loads(server.ask(path).body).get("status") != status:
                faults.append(f"{path}: the problem document names another status")
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            answer = server.ask(f"/city/{tile}.mvt", method)
            if answer.status != 405 or "GET" not in answer.headers.get("Allow", ""):
                faults.append(f"{method}: {answer.status}, Allow {answer.headers.get('Allow')}; expected 405 and GET")
        preflight = server.ask(f"/city/{tile}.mvt", "OPTIONS", Origin="http://elsewhere.example")
        if preflight.status != 204 or "GET" not in preflight.headers.get("Access-Control-Allow-Methods", ""):
            faults.append(f"OPTIONS: {preflight.status} {preflight.headers.items()}")
    require_none(faults, "faults")
    return f"{2 * len(expected) + 5} requests"


@check("serve answers 204, without a body, for tiles where there is nothing")
def empty_tiles():
    need_command("serve")
    city = extract_or_sample("malta.osm.pbf")
    held = {name for name, _ in tiles_of_archive(archive_of(city))}
    xs, ys = zip(*(map(int, name.split("/")[1:]) for name in held if name.startswith("14/")))
    inside = (f"14/{x}/{y}" for x in range(min(xs), max(xs) + 1) for y in range(min(ys), max(ys) + 1))
    empty = [name for name in inside if name not in held]
    if not empty:
        raise NotRun(f"{stem(city)} has no empty tile between others")
    with serving(f"city={store_of(city)}") as server:
        for name in empty[:: max(1, len(empty) // 20)]:
            for method in ("GET", "HEAD"):
                answer = server.ask(f"/city/{name}.mvt", method, Accept_Encoding="gzip")
                require(answer.status == 204 and not answer.body, f"{name}: {answer.status}, {len(answer.body)} bytes")
                for header in ("Content-Length", "Content-Encoding", "Content-Type"):
                    require(answer.headers.get(header) is None, f"{name}: 204 with {header}")


@check("serve sends right headers: type, packing, entity tags, HEAD, conditions")
def headers():
    need_command("serve")
    city = extract_or_sample(CITY)
    tile = next(name for name, _ in tiles_of_archive(archive_of(city)) if name.startswith("12/"))
    faults = []

    def want(what, condition):
        if not condition:
            faults.append(what)

    with serving(f"live={store_of(city)}", f"archived={archive_of(city)}") as server:
        for source in ("live", "archived"):
            path = f"/{source}/{tile}.mvt"
            packed = server.ask(path, Accept_Encoding="gzip")
            plain = server.ask(path, Accept_Encoding="identity")
            want(f"{source}: type {packed.headers['Content-Type']}", packed.headers["Content-Type"] == TILE_TYPE)
            want(f"{source}: not packed", packed.headers["Content-Encoding"] == "gzip")
            want(f"{source}: bodies differ", packed.plain == plain.body)
            for answer in (packed, plain):
                want(f"{source}: no Vary", "accept-encoding" in (answer.headers["Vary"] or "").lower())
                want(f"{source}: wrong length", answer.headers["Content-Length"] == str(len(answer.body)))
                want(f"{source}: no Cache-Control", answer.headers["Cache-Control"])
                want(f"{source}: weak or no ETag", (answer.headers["ETag"] or "").startswith('"'))
            want(f"{source}: one ETag for two forms", packed.headers["ETag"] != plain.headers["ETag"])
            for accepted, coding in (
                ("gzip;q=0", None), ("identity", None), ("*", "gzip"), ("gzip;q=0.5", "gzip"), ("br, gzip", "gzip"),
                ("br", None), ("identity;q=0, gzip;q=0.1", "gzip"), ("*;q=0, gzip", "gzip"), ("GZIP", "gzip"),
            ):
                found = server.ask(path, Accept_Encoding=accepted).headers["Content-Encoding"]
                want(f"{source}: Accept-Encoding {accepted} is answered with {found}", found == coding)
            tag = packed.headers["ETag"]
            for condition, status in (
                (tag, 304), (f"W/{tag}", 304), (f'"x", {tag}', 304), ("*", 304), ('"x"', 200),
                (plain.headers["ETag"], 200),
            ):
                answer = server.ask(path, Accept_Encoding="gzip", If_None_Match=condition)
                want(f"{source}: If-None-Match {condition}: {answer.status}", answer.status == status)
                if status == 304:
                    want(f"{source}: 304 has a body", not answer.body)
                    want(f"{source}: 304 lacks headers", answer.headers["ETag"] and answer.headers["Vary"])
                    want(f"{source}: 304 lacks CORS", answer.headers["Access-Control-Allow-Origin"] == "*")
            head = server.ask(path, "HEAD", Accept_Encoding="gzip")
            for name in ("Content-Type", "Content-Encoding", "ETag", "Content-Length", "Vary", "Cache-Control"):
                want(f"{source}: HEAD has another {name}", head.headers[name] == packed.headers[name])
        page = server.ask("/")
        policy = page.headers["Content-Security-Policy"] or ""
        want(f"the page's Content-Security-Policy is '{policy}'", "default-src 'self'" in policy)
        want("the page is no HTML", (page.headers["Content-Type"] or "").startswith("text/html"))
    require_none(faults, "faults")


@check("serve describes its sources: TileJSON, catalog, health")
def documents():
    need_command("serve")
    city = extract_or_sample(CITY)
    with serving(f"live={store_of(city)}", f"archived={archive_of(city)}") as server:
        for name in ("live", "archived"):
            document = json.loads(server.ask(f"/{name}.json").body)
            require(document["tilejson"] == "3.0.0", f"tilejson {document['tilejson']}")
            template = f"{server.url}/{name}/{{z}}/{{x}}/{{y}}.mvt"
            require(document["tiles"] == [template], f"tiles {document['tiles']}, expected {template}")
            require((document["minzoom"], document["maxzoom"]) == (0, 14), "zooms")
            west, south, east, north = document["bounds"]
            require(-180 <= west < east <= 180 and -90 <= south < north <= 90, f"bounds {document['bounds']}")
            longitude, latitude = document["center"][:2]
            require(west <= longitude <= east and south <= latitude <= north, "the center lies outside the bounds")
            require("OpenStreetMap" in document["attribution"], "attribution")
            require(all({"id", "fields"} <= set(layer) for layer in document["vector_layers"]), "vector_layers")
            elsewhere = json.loads(server.ask(f"/{name}.json", Host="evil.example").body)
            require("evil.example" not in elsewhere["tiles"][0], "a foreign host name gets into TileJSON")
        health = server.ask("/health")
        require(json.loads(health.body)["status"] == "ok", "health")
        catalog = json.loads(server.ask("/catalog.json").body)
        require([source["name"] for source in catalog["sources"]] == ["live", "archived"], "catalog")
        style = json.loads(server.ask("/styles/light.json?source=archived").body)
        urls = [source["url"] for source in style["sources"].values()]
        require(urls == [f"{server.url}/archived.json"], f"the style's source is {urls}")


@check("serve stops within 2 s of SIGTERM and SIGINT with exit code 0, also with connections open")
def stops():
    need_command("serve")
    for number in (signal.SIGTERM, signal.SIGINT):
        with serving(f"city={store_of(sample())}") as server:
            # One connection that has asked, one that says nothing.
            idle = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(2)]
            idle[0].sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            require(idle[0].recv(4096).startswith(b"HTTP/1.1 200"), "no answer on a connection that stays")
            code, seconds = server.stop(number)
            for connection in idle:
                connection.close()
            require(code == 0, f"exit code {code} after {number.name}: {' / '.join(server.lines)[-300:]}")
            require(seconds < 2, f"{seconds:.1f} s after {number.name}")


@check("serve imports an OSM file first, and takes the store beside it the next time")
def serves_osm_files():
    need_command("serve")
    import shutil
    from harness import Folder, files_in, sha256

    with Folder() as folder:
        path = folder / sample().name
        shutil.copy(sample(), path)
        with serving(path) as server:
            require(server.ask(f"/{stem(path)}/0/0/0.mvt").status == 200, "no tile of an imported file")
            server.stop()
        store = folder / f"{stem(path)}.tuile"
        require(files_in(folder) == sorted([path.name, store.name]), f"found {files_in(folder)}")
        first, made = sha256(store), store.stat().st_mtime_ns
        with serving(path) as server:
            server.stop()
        require(store.stat().st_mtime_ns == made, "the store was made again although the file is the same")
        require(sha256(store) == first == sha256(store_of(sample())), "serve makes another store than import")


@check("demo serves the made-up town and leaves nothing behind")
def demo():
    need_command("demo")
    temporary = pathlib.Path(tempfile.gettempdir())
    before = set(temporary.glob("tuile-demo-*"))
    with serving(verb="demo") as server:
        sources = json.loads(server.ask("/map/sources.json").body)
        require(len(sources) == 1, f"sources {sources}")
        require(server.ask(f"/{sources[0]['name']}/0/0/0.mvt").status == 200, "no tile")
        code, seconds = server.stop()
        require(code == 0 and seconds < 2, f"exit code {code} after {seconds:.1f} s")
    left = set(temporary.glob("tuile-demo-*")) - before
    require(not left, f"left behind: {left}")
