"""The map in the browser: our page, and MapLibre GL JS on the same tiles and style.

Screenshots go to the artefacts, for people to look at.
"""

import functools
import http.server
import importlib.util
import json
import os
import pathlib
import re
import threading

from harness import (
    ARTEFACTS, ROOT, NotRun, check, extract_or_sample, need_command, require, require_none, sample, stem, store_of,
)
from server import serving

LOOPBACK = re.compile(r"^(https?|ws)://127\.0\.0\.1[:/]|^(data|blob|about):")
TIMEOUT = 30_000
SIZE = {"width": 1000, "height": 700}

# Where to look, by zoom: longitude and latitude.
VIEWS = {
    "liechtenstein.osm.pbf": {9: (9.55, 47.16), 12: (9.52, 47.15), 14: (9.521, 47.141), 16: (9.5215, 47.1395)},
    "london.osm.pbf": {9: (-0.10, 51.517), 12: (-0.10, 51.516), 14: (-0.099, 51.516), 16: (-0.0985, 51.5155)},
}
GLYPHS = pathlib.Path(os.environ.get("TUILE_GLYPHS", ROOT.parent / "shared/spec/fixtures/styles/glyphs"))


def views():
    """Extract, and where to look in it; the made-up town where there are no extracts."""
    for name, places in VIEWS.items():
        path = extract_or_sample(name)
        if path == sample():
            from harness import succeed

            west, south, east, north = json.loads(succeed("info", "--json", store_of(path)).out)["bounds"]
            middle = ((west + east) / 2, (south + north) / 2)
            yield path, {zoom: middle for zoom in (9, 12, 14, 16)}
            return
        yield path, places


@functools.cache
def playwright_module():
    try:
        from playwright import sync_api
    except ImportError:
        raise NotRun("the Python package playwright is not installed") from None
    if not os.environ.get("CHROMIUM"):
        raise NotRun("Chromium is not installed; CHROMIUM names it")
    return sync_api


class Browser:
    """A headless Chromium whose pages reach this machine only; everything odd is noted."""

    # WebGL in software, which MapLibre needs; without it the browser is several times as quick.
    WEBGL = ("--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist")

    def __init__(self, webgl=False):
        self.flags = ["--no-sandbox", *(self.WEBGL if webgl else ["--disable-gpu"])]

    def __enter__(self):
        self.playwright = playwright_module().sync_playwright().start()
        self.browser = self.playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], headless=True, args=self.flags)
        return self

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()

    def page(self, faults, size=SIZE, **options):
        page = self.browser.new_page(viewport=size, **options)

        def gate(route):
            if LOOPBACK.match(route.request.url):
                route.continue_()
            else:
                faults.append(f"a request to another host: {route.request.url[:120]}")
                route.abort()

        page.route("**/*", gate)
        page.on("console", lambda message: message.type in ("error", "warning") and not is_about_drawing(message.text)
                and faults.append(f"console {message.type}: {message.text[:300]}"))
        page.on("pageerror", lambda error: faults.append(f"error in the page: {str(error)[:300]}"))
        page.on("requestfailed", lambda request: "ERR_ABORTED" not in (request.failure or "")
                and faults.append(f"request failed: {request.url[:120]} {request.failure}"))
        page.on("response", lambda response: response.status >= 400
                and faults.append(f"status {response.status}: {response.url[:120]}"))
        return page


def is_about_drawing(message):
    """Chromium's remarks on the speed of its software drawing, which say nothing of the page."""
    return "GPU stall" in message or "swiftshader" in message.lower()


def screenshot(page, name):
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def wait_for_map(page, faults, where):
    try:
        page.wait_for_selector("#map[data-state=ready]", timeout=TIMEOUT)
    except playwright_module().TimeoutError:
        state = page.evaluate("document.querySelector('#map')?.dataset.state")
        faults.append(f"{where}: the map is '{state}': {page.evaluate('document.body.innerText')[:200]!r}")


@check("the map page in the browser draws every view, with labels, without an error or a request to another host")
def map_page():
    need_command("serve")
    playwright_module()
    faults, labels = [], {}
    with Browser() as browser:
        for path, places in views():
            with serving(store_of(path)) as server:
                for zoom, (longitude, latitude) in places.items():
                    where = f"page-{stem(path)}-z{zoom}"
                    page = browser.page(faults)
                    page.goto(f"{server.url}/#{zoom}/{latitude}/{longitude}")
                    wait_for_map(page, faults, where)
                    texts = page.evaluate("[...window.tuile.labels.placedTexts]")
                    labels[where] = texts
                    if not texts and zoom > 9:
                        faults.append(f"{where}: no label is placed")
                    for selector, pattern in (("#attribution", "OpenStreetMap"), ("#scale", r"\d+ k?m")):
                        text = page.inner_text(selector)
                        if not re.search(pattern, text):
                            faults.append(f"{where}: {selector} says '{text}'")
                    screenshot(page, where)
                    page.close()
    require_none(faults, "faults")
    return ", ".join(f"{where.removeprefix('page-')} {len(texts)}" for where, texts in labels.items()) + " labels"


@check("the map page in the browser is moved by wheel, drag, keys and address, and tells what is under a click")
def map_page_controls():
    need_command("serve")
    playwright_module()
    faults = []
    path, places = next(views())
    longitude, latitude = places[14]
    with Browser() as browser, serving(store_of(path)) as server:
        page = browser.page(faults)
        page.goto(f"{server.url}/#14/{latitude}/{longitude}")
        wait_for_map(page, faults, "start")

        def address():
            page.wait_for_timeout(700)
            wait_for_map(page, faults, "moved")
            zoom, north, east = page.evaluate("location.hash").lstrip("#").split("/")[:3]
            return float(zoom), float(north), float(east)

        zoom, north, east = address()
        page.mouse.move(500, 350)
        page.mouse.wheel(0, -300)
        if not address()[0] > zoom:
            faults.append("the wheel does not zoom in")
        page.click("#zoom-out")
        page.click("#zoom-out")
        page.mouse.move(500, 350)
        before = address()
        page.mouse.down()
        page.mouse.move(300, 350, steps=5)
        page.mouse.up()
        if not address()[2] > before[2]:
            faults.append("a drag to the left does not move the map to the east")
        page.focus("#map")
        before = address()
        page.keyboard.press("ArrowUp")
        if not address()[1] > before[1]:
            faults.append("the arrow key does not move the map to the north")
        page.evaluate(f"location.hash = '#15/{latitude}/{longitude}'")
        if abs(address()[0] - 15) > 0.01:
            faults.append("the address does not move the map")
        page.mouse.click(500, 350)
        page.wait_for_timeout(300)
        if not page.is_visible("#panel"):
            faults.append("a click shows no panel")
        screenshot(page, "page-panel")
    require_none(faults, "faults")


@check("the map page in the browser fits a telephone")
def map_page_small():
    need_command("serve")
    playwright_module()
    faults = []
    path, places = next(views())
    longitude, latitude = places[14]
    with Browser() as browser, serving(store_of(path)) as server:
        page = browser.page(faults, {"width": 390, "height": 780}, device_scale_factor=2, has_touch=True)
        page.goto(f"{server.url}/#14/{latitude}/{longitude}")
        wait_for_map(page, faults, "telephone")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append("the page is wider than the screen")
        screenshot(page, "page-telephone")
    require_none(faults, "faults")


MAPLIBRE_PAGE = """<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/gl.css">
<link rel="icon" href="data:,"><style>html,body,#map{margin:0;width:100%;height:100%}</style></head>
<body><div id="map"></div><script src="/gl.js"></script><script src="/start.js"></script></body></html>"""
MAPLIBRE_START = """window.found = {errors: [], idle: false};
const map = new maplibregl.Map({...OPTIONS, container: "map", fadeDuration: 0, attributionControl: false,
    canvasContextAttributes: {preserveDrawingBuffer: true}});
map.on("error", (event) => found.errors.push(String(event.error?.message ?? event.error ?? event)));
map.on("idle", () => { found.idle = true; });
window.map = map;"""


class ClientServer:
    """Serves MapLibre GL JS, a page with a map of a style, and glyphs: an empty set where there is no file."""

    def __init__(self):
        found = importlib.util.find_spec("maplibre")
        if found is None:
            raise NotRun("the Python package maplibre is not installed")
        scripts = pathlib.Path(found.origin).parent / "srcjs"
        self.files = {
            "/": (MAPLIBRE_PAGE.encode(), "text/html"),
            "/gl.js": ((scripts / "maplibre-gl.js").read_bytes(), "text/javascript"),
            "/gl.css": ((scripts / "maplibre-gl.css").read_bytes(), "text/css"),
        }
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def log_message(self, *_):
                pass

            def do_GET(self):
                body, kind = outer.content(self.path)
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def content(self, path):
        if path in self.files:
            return self.files[path]
        if found := re.fullmatch(r"/fonts/([\w%, -]+)/(\d+-\d+)\.pbf", path):
            file = GLYPHS / found[1].split(",")[0] / f"{found[2]}.pbf"
            return (file.read_bytes() if file.exists() else b""), "application/x-protobuf"
        return b"", "text/plain"

    def show(self, style, longitude, latitude, zoom):
        style["glyphs"] = f"{self.url}/fonts/{{fontstack}}/{{range}}.pbf"
        # The client's zooms mean tiles of 512 pixels, and so do those of our page's address.
        options = {"style": style, "center": [longitude, latitude], "zoom": zoom}
        script = MAPLIBRE_START.replace("OPTIONS", json.dumps(options))
        self.files["/start.js"] = (script.encode(), "text/javascript")


@check("MapLibre GL JS in the browser draws the live tiles with our style, without an error")
def maplibre():
    need_command("serve")
    playwright_module()
    client = ClientServer()
    faults, remarks = [], []
    with Browser(webgl=True) as browser:
        for path, places in views():
            with serving(store_of(path)) as server:
                style = json.loads(server.ask("/styles/light.json").body)
                for zoom, (longitude, latitude) in places.items():
                    where = f"maplibre-{stem(path)}-z{zoom}"
                    client.show(style, longitude, latitude, zoom)
                    page = browser.page(faults)
                    page.goto(f"{client.url}/")
                    try:
                        page.wait_for_function("window.found?.idle && map.areTilesLoaded()", timeout=TIMEOUT)
                    except playwright_module().TimeoutError:
                        faults.append(f"{where}: the map does not come to rest")
                    errors = page.evaluate("window.found?.errors ?? ['the map did not start']")
                    faults += [f"{where}: {error}" for error in errors]
                    count = page.evaluate(
                        "(() => { const layers = {}; for (const feature of map.queryRenderedFeatures())"
                        " layers[feature.sourceLayer] = (layers[feature.sourceLayer] ?? 0) + 1; return layers; })()")
                    if zoom >= 12 and not ({"streets", "land"} <= set(count)):
                        faults.append(f"{where}: draws only {count}")
                    remarks.append(f"{stem(path)} z{zoom} {sum(count.values())}")
                    screenshot(page, where)
                    page.close()
    require_none(faults, "faults")
    return ", ".join(remarks) + " features"
