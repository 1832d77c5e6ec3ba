"""Data quality: what `check` finds in a made-up file with one of everything, its formats, and the layer of the map."""

import csv
import io
import json
import re

from check_import import readable_extracts
from check_browser import Browser, playwright_module, screenshot, wait_for_map
from harness import (
    Folder, check, expect, extract_or_sample, files_in, need_command, record, require, require_none, stem, store_of, succeed,
    tuile,
)
from server import serving

# One of everything. Places are near 9.5, 47.1; n99 and w99 are not in the file.
ODD = """<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6" generator="by hand">
  <node id="1" lat="47.10" lon="9.50"/>
  <node id="2" lat="47.11" lon="9.50"/>
  <node id="3" lat="47.11" lon="9.51"/>
  <node id="4" lat="47.10" lon="9.51"/>
  <node id="5" lat="47.10" lon="9.50"/>
  <node id="6" lat="47.11" lon="9.50"/>
  <node id="7" lat="47.12" lon="9.52"><tag k="place" v="town"/><tag k="population" v="many"/></node>
  <node id="8"><tag k="natural" v="peak"/></node>
  <node id="9" lat="47.13" lon="9.53"><tag k="name" v="one"/><tag k="name" v="two"/></node>
  <node id="10" lat="47.105" lon="9.505"/>
  <node id="11" lat="47.115" lon="9.505"/>
  <node id="-12" lat="47.14" lon="9.54"><tag k="ele" v="high"/></node>
  <node id="13" lat="47.15" lon="9.55" visible="false"/>
  <node id="20" lat="47.20" lon="9.60"/>
  <node id="21" lat="47.22" lon="9.62"/>
  <node id="22" lat="47.20" lon="9.62"/>
  <node id="23" lat="47.22" lon="9.60"/>
  <node id="24" lat="47.205" lon="9.63"/>
  <node id="25" lat="47.215" lon="9.63"/>
  <node id="26" lat="47.215" lon="9.61"/>
  <node id="27" lat="47.205" lon="9.61"/>
  <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="5"/><tag k="building" v="yes"/></way>
  <way id="2"><nd ref="2"/><nd ref="6"/><nd ref="3"/><tag k="highway" v="service"/><tag k="layer" v="abc"/></way>
  <way id="3"><nd ref="99"/><nd ref="3"/><nd ref="4"/><tag k="highway" v="service"/></way>
  <way id="4"><nd ref="4"/><tag k="highway" v="service"/></way>
  <way id="5"><nd ref="1"/><nd ref="2"/><nd ref="3"/></way>
  <way id="6"><nd ref="10"/><nd ref="11"/><tag k="highway" v="path"/><tag k="name" v=" blank"/></way>
  <way id="7"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="1"/></way>
  <way id="8"><nd ref="10"/><nd ref="2"/><nd ref="11"/><nd ref="3"/><nd ref="10"/><tag k="landuse" v="forest"/></way>
  <way id="9"><nd ref="20"/><nd ref="21"/><nd ref="22"/><nd ref="23"/><nd ref="20"/><tag k="building" v="yes"/></way>
  <way id="10"><nd ref="20"/><nd ref="23"/><nd ref="21"/><nd ref="21"/><nd ref="22"/><nd ref="20"/></way>
  <way id="11"><nd ref="24"/><nd ref="25"/><nd ref="26"/><nd ref="27"/><nd ref="24"/></way>
  <way id="12"><nd ref="22"/><nd ref="21"/><nd ref="25"/><nd ref="21"/><nd ref="23"/><nd ref="22"/><tag k="landuse" v="forest"/></way>
  <relation id="1"><member type="way" ref="5" role="outer"/><tag k="type" v="multipolygon"/><tag k="natural" v="water"/></relation>
  <relation id="2"><member type="way" ref="99" role="outer"/><member type="way" ref="5" role="outer"/><tag k="type" v="multipolygon"/><tag k="natural" v="wood"/></relation>
  <relation id="3"><member type="node" ref="7" role=""/><tag k="type" v="multipolygon"/><tag k="natural" v="wood"/></relation>
  <relation id="4"><member type="way" ref="8" role="outer"/><tag k="type" v="multipolygon"/></relation>
  <relation id="5"><member type="node" ref="7" role=""/><member type="node" ref="99" role=""/><tag k="type" v="site"/></relation>
  <relation id="6"><member type="node" ref="99" role=""/><tag k="type" v="site"/></relation>
  <relation id="7"><member type="way" ref="10" role="outer"/><member type="way" ref="11" role="inner"/><tag k="type" v="multipolygon"/><tag k="natural" v="wood"/></relation>
  <relation id="8"><member type="way" ref="10" role="inner"/><member type="way" ref="10" role="inner"/><tag k="type" v="multipolygon"/><tag k="natural" v="wood"/></relation>
  <relation id="9"><member type="relation" ref="10" role=""/><member type="node" ref="7" role=""/><tag k="type" v="site"/></relation>
  <relation id="10"><member type="relation" ref="9" role=""/><tag k="type" v="site"/></relation>
</osm>
"""
# Kind, object, the other object, detail, longitude and latitude.
EXPECTED = set("""
crossing-rings r7 w10 w10 crosses w11 9.62,47.205
crossing-rings r7 w10 w10 crosses w11 9.62,47.215
duplicate-node n5 n1 - 9.5,47.1
duplicate-node n6 n2 - 9.5,47.11
duplicate-segment w12 - repeats a segment of itself 9.62,47.22
incomplete-area r2 w99 1 of 2 ways 9.5,47.1
missing-members r5 n99 1 of 2 members 9.52,47.12
missing-nodes w3 n99 - 9.51,47.11
no-member-ways r3 - - 9.52,47.12
no-members-present r6 n99 1 of 1 members -
no-position n8 - - -
odd-tag n-12 - ele=high 9.54,47.14
odd-tag n7 - population=many 9.52,47.12
odd-tag w2 - layer=abc 9.5,47.11
odd-tag w6 - name= blank (value begins or ends with a blank) 9.505,47.105
old-style-multipolygon r4 - - 9.5,47.11
relation-cycle r9 - r9 r10 9.52,47.12
repeated-key n9 - - 9.53,47.13
repeated-member r8 w10 - 9.6,47.2
repeated-node w10 n21 - 9.62,47.22
repeated-place w2 n6 - 9.5,47.11
role-mismatch r8 w10 - 9.6,47.22
self-crossing w9 - crosses itself 9.61,47.2100009
too-few-nodes w4 - - 9.51,47.1
unclosed-ring r1 w5 - 9.5,47.1
unclosed-ring r1 w5 - 9.51,47.11
unjoined-ends w1 n5 - 9.5,47.1
""".strip().splitlines())


def problems_of(path, *options):
    """The problems of a report as JSON; the exit code must tell whether there are any."""
    done = tuile("check", path, "--format", "json", *options)
    document = json.loads(done.out or b"null")
    require(document is not None, str(done))
    require(done.code == (1 if document["numberMatched"] else 0), f"{done}; {document['numberMatched']} problems")
    return document


def odd_file(folder):
    path = folder / "odd.osm"
    path.write_text(ODD)
    return path


@check("check finds one of everything in a made-up file, by id, reason and place, and the same in its store")
def finds_everything():
    need_command("check")
    with Folder() as folder:
        path = odd_file(folder)
        document = problems_of(path)
        found = {
            " ".join([problem["kind"], problem["id"], problem["other"] or "-", problem["detail"] or "-",
                      "-" if problem["lon"] is None else f"{problem['lon']},{problem['lat']}"])
            for problem in document["problems"]}
        require_none([f"not found: {line}" for line in sorted(EXPECTED - found)], "problems are missing")
        require_none([f"not expected: {line}" for line in sorted(found - EXPECTED)], "problems are too many")
        require(files_in(folder) == ["odd.osm"], f"leaves {files_in(folder)}")
        succeed("import", path, "-o", folder / "odd.tuile")
        require(problems_of(folder / "odd.tuile") == document, "the store's report differs from the file's")
        with open(path, "rb") as file:
            done = tuile("check", "-", "--format", "json", stdin=file)
        require(json.loads(done.out) == document, "the report of standard input differs")
        return f"{document['numberMatched']} problems of {len(document['counts'])} kinds"


@check("check writes table, JSON, GeoJSON and CSV that agree")
def formats_agree():
    need_command("check")
    with Folder() as folder:
        path = odd_file(folder)
        table = tuile("check", path).out.decode()
        document = problems_of(path)
        collection = json.loads(tuile("check", path, "--format", "geojson").out)
        rows = list(csv.DictReader(io.StringIO(tuile("check", path, "--format", "csv").out.decode(), newline="")))
        require(list(document) == sorted(document), "JSON members are not sorted")
        lines = table.split("\n\n")[0].splitlines()
        require(len(lines) == 1 + len(document["problems"]), "the table has another number of lines")
        require(collection["numberReturned"] == len(collection["features"]) == len(rows) == len(document["problems"]),
                "the formats differ in number")
        for problem, feature, row, line in zip(document["problems"], collection["features"], rows, lines[1:]):
            properties, geometry = feature["properties"], feature["geometry"]
            for key in ("kind", "id", "other", "detail", "osm", "editor", "josm"):
                require(problem[key] == properties[key], f"{problem['id']}: {key} differs in GeoJSON")
                require((problem[key] or "") == row[key], f"{problem['id']}: {key} differs in CSV")
            place = None if problem["lon"] is None else [problem["lon"], problem["lat"]]
            require((geometry and geometry["coordinates"]) == place, f"{problem['id']}: the place differs")
            require(line.split()[:2] == [problem["kind"], problem["id"]], f"the table has '{line}'")
            require(line.count("https://") == (1 if problem["osm"] else 0), f"a line without its link: {line}")
            uploaded = not problem["id"][1:].startswith("-")
            require(bool(problem["osm"]) == uploaded, f"{problem['id']}: {problem['osm']}")
        words = re.findall(r"^ +(\d+)  ([a-z-]+)  ", table, re.M)
        require({word: int(number) for number, word in words} == document["counts"], "the summary counts otherwise")


@check("check takes kinds, a box and a limit, writes a file, and ends with the right code")
def options():
    need_command("check")
    with Folder() as folder:
        path = odd_file(folder)
        kinds = problems_of(path, "--kinds", "odd-tag,no-position")["counts"]
        require(set(kinds) == {"odd-tag", "no-position"}, f"kinds {kinds}")
        boxed = problems_of(path, "--bbox", "9.515,47.115,9.525,47.125")["problems"]
        require(boxed and {problem["lat"] for problem in boxed} == {47.12}, f"box {boxed}")
        limited = problems_of(path, "--limit", "2")
        require(limited["numberReturned"] == 2 < limited["numberMatched"], "the limit does not hold")
        none = tuile("check", path, "--bbox", "0,0,1,1")
        require(none.code == 0 and none.out == b"No problems found.\n", f"{none}: {none.out[:80]}")
        done = tuile("check", path, "--format", "geojson", "-o", folder / "p.geojson")
        require(done.code == 1 and done.out == b"", str(done))
        require(json.loads((folder / "p.geojson").read_text())["features"], "the file is empty")
        again = tuile("check", path, "-o", folder / "p.geojson")
        require(again.code == 73, str(again))
        require(tuile("check", path, "-o", folder / "p.geojson", "--force").code == 1, "--force does not replace")
        listed = succeed("check", "--list").out.decode()
        kinds = json.loads(succeed("check", "--list", "--format", "json").out)["kinds"]
        require(all(f"{kind['kind']}: {kind['title']}" in listed for kind in kinds), "the catalogues differ")
        (folder / "broken.osm").write_text("<osm><node")
        (folder / "x.pmtiles").write_bytes(b"PMTiles\x03" + b"\0" * 200)
        require_none([
            expect(64, "check", path, "--kinds", "nonsense"), expect(64, "check", path, "--bbox", "1,2"),
            expect(64, "check", one_line=False), expect(64, "check", path, "--list", one_line=False),
            expect(64, "check", path, "--format", "xml", one_line=False), expect(64, "check", folder / "x.pmtiles"),
            expect(65, "check", folder / "broken.osm"), expect(66, "check", folder / "none.osm"),
        ])


@check("check of standard output that is closed ends quietly")
def closed_pipe():
    need_command("check")
    import os
    import subprocess

    from harness import PROGRAM

    with Folder() as folder:
        lines = "".join(f'<node id="{n}" lat="1" lon="1"><tag k="layer" v="x{n}"/></node>' for n in range(1, 5000))
        (folder / "many.osm").write_text(f'<osm version="0.6">{lines}</osm>')
        reader, writer = os.pipe()
        process = subprocess.Popen([PROGRAM, "check", folder / "many.osm"], stdout=writer, stderr=subprocess.PIPE)
        os.close(writer)
        os.read(reader, 100)
        os.close(reader)
        error = process.communicate(timeout=60)[1]
        require(process.returncode == 0 and error == b"", f"ended with {process.returncode}: {error[:200]}")


@check("check runs through every extract and counts what it finds")
def every_extract():
    need_command("check")
    figures, faults = {}, []
    for path in readable_extracts():
        done = tuile("check", path, timeout=300)
        if done.code not in (0, 1):
            faults.append(str(done))
            continue
        summary = done.out.decode().split("\n\n")[-1]
        counts = {word: int(number) for number, word in re.findall(r"^ +(\d+)  ([a-z-]+)  ", summary, re.M)}
        if (sum(counts.values()) > 0) != (done.code == 1):
            faults.append(f"{path.name}: exit code {done.code} with {sum(counts.values())} problems")
        figures[path.name] = counts
    record("quality.json", figures)
    require_none(faults, "faults")
    total = {}
    for counts in figures.values():
        for kind, number in counts.items():
            total[kind] = total.get(kind, 0) + number
    return f"{len(figures)} files: " + ", ".join(f"{kind} {number}" for kind, number in sorted(total.items()))


@check("the server tells problems of stores as GeoJSON, by box and kind, and none of archives")
def server_route():
    need_command("check")
    need_command("serve")
    with Folder() as folder:
        path = odd_file(folder)
        store = folder / "odd.tuile"
        succeed("import", path, "-o", store)
        succeed("tiles", store, "-o", folder / "tiles.pmtiles")
        expected = json.loads(tuile("check", store, "--format", "geojson").out)
        with serving(store, folder / "tiles.pmtiles") as server:
            answer = server.ask("/odd/problems.geojson", Accept_Encoding="gzip")
            require(answer.status == 200 and json.loads(answer.plain) == expected, f"status {answer.status}, or it differs")
            tag = answer.headers["ETag"]
            require(server.ask("/odd/problems.geojson", Accept_Encoding="gzip", If_None_Match=tag).status == 304, "no 304")
            boxed = json.loads(server.ask("/odd/problems.geojson?bbox=9.515,47.115,9.525,47.125").body)
            require(0 < boxed["numberMatched"] < expected["numberMatched"], "the box does not choose")
            require(server.ask("/odd/problems.geojson?kinds=x").status == 400, "a kind that does not exist is no 400")
            require(server.ask("/tiles/problems.geojson").status == 404, "an archive has problems")
            kinds = json.loads(server.ask("/problems.json").body)["kinds"]
            require(set(kind["kind"] for kind in kinds) >= {feature["properties"]["kind"] for feature in expected["features"]},
                    "a kind is not explained")


def hash_of(page):
    page.wait_for_timeout(400)
    return page.evaluate("location.hash")


def wait_for_problems(page, faults, state="ready"):
    try:
        page.wait_for_selector(f"#map[data-problems={state}]", timeout=20_000)
    except playwright_module().TimeoutError:
        faults.append(f"the problems are '{page.evaluate('document.querySelector(`#map`).dataset.problems')}'")


@check("the map page in the browser shows problems when asked, explains them, and loads none before")
def quality_layer():
    need_command("check")
    need_command("serve")
    playwright_module()
    faults = []
    with Folder() as folder, Browser() as browser:
        path = odd_file(folder)
        store = folder / "odd.tuile"
        succeed("import", path, "-o", store)
        with serving(store) as server:
            page = browser.page(faults)
            asked = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{server.url}/#15/47.11/9.505")
            wait_for_map(page, faults, "start")
            if any("problems" in url and not url.endswith(".js") for url in asked):
                faults.append("problems are loaded before the layer is on")
            if page.is_checked("#quality-switch"):
                faults.append("the layer is on by itself")
            page.focus("#quality-switch")
            page.keyboard.press("Space")
            wait_for_problems(page, faults)
            if "&problems" not in hash_of(page):
                faults.append(f"the address does not tell: {hash_of(page)}")
            screenshot(page, "quality-layer")
            # Node 2 is at the corner of several.
            x, y = page.evaluate(
                "(() => { const { camera, problems } = window.tuile; const [p] = problems.problems.filter((p) => p.kind"
                " === 'repeated-place'); return [(p.x - camera.x) * camera.worldSize + camera.width / 2,"
                " (p.y - camera.y) * camera.worldSize + camera.height / 2]; })()")
            page.mouse.click(x, y)
            page.wait_for_timeout(500)
            text = page.inner_text("#panel")
            for part in ("Two nodes in a row at one place", "way 2", "What to do", "Edit in iD", "Load in JOSM"):
                if part not in text:
                    faults.append(f"the panel does not say '{part}': {text[:200]!r}")
            relations = page.evaluate(
                "[...document.querySelectorAll('#panel a')].map((a) => [a.rel, a.target, a.href])")
            if not relations or any("noopener" not in rel or target != "_blank" for rel, target, _ in relations):
                faults.append(f"links without noopener: {relations}")
            screenshot(page, "quality-panel")
            # By keyboard: the mark comes to the centre, and Enter asks what is there.
            page.keyboard.press("Escape")
            page.evaluate("location.hash = '#17/47.12/9.52&problems'")
            page.wait_for_timeout(600)
            wait_for_problems(page, faults)
            page.focus("#map")
            page.keyboard.press("Enter")
            page.wait_for_timeout(300)
            if "population=many" not in page.inner_text("#panel"):
                faults.append(f"Enter does not tell the odd tag: {page.inner_text('#panel')[:200]!r}")
            page.uncheck("#quality-switch")
            wait_for_problems(page, faults, "off")
            if "problems" in hash_of(page):
                faults.append("the address still tells problems")
            page.close()
            page = browser.page(faults)
            page.goto(f"{server.url}/#15/47.11/9.505&problems")
            wait_for_map(page, faults, "address")
            wait_for_problems(page, faults)
            if not page.is_checked("#quality-switch"):
                faults.append("the address does not switch the layer on")
            page.close()
            page = browser.page(faults, {"width": 390, "height": 780}, device_scale_factor=2, has_touch=True)
            page.goto(f"{server.url}/#15/47.11/9.505")
            wait_for_map(page, faults, "telephone")
            page.tap("#quality label")
            wait_for_problems(page, faults)
            screenshot(page, "quality-telephone")
            page.close()
        succeed("tiles", store, "-o", folder / "odd.pmtiles")
        with serving(folder / "odd.pmtiles") as server:
            page = browser.page(faults)
            page.goto(f"{server.url}/#15/47.11/9.505&problems")
            wait_for_map(page, faults, "archive")
            if page.is_visible("#quality"):
                faults.append("an archive offers the layer")
    path = extract_or_sample("liechtenstein.osm.pbf")
    with Browser() as browser, serving(store_of(path)) as server:
        page = browser.page(faults)
        page.goto(f"{server.url}/#12/47.15/9.53&problems")
        wait_for_map(page, faults, stem(path))
        wait_for_problems(page, faults)
        screenshot(page, f"quality-{stem(path)}")
    require_none(faults, "faults")
