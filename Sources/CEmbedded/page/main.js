// The map page. Reads sources.json, a TileJSON and the style, then joins the parts:
//
//   controls.js  -> camera.js      pointer, wheel, touch, keys move the camera
//   tiles.js     -> vectortile.js  what the view needs, fetched, decoded, kept
//   style.js     -> expression.js, filter.js: the style file as functions of zoom and feature
//   draw.js, labels.js             areas, lines and circles; then texts, placed over all tiles
//   problems.js, problempanel.js   the data-quality layer, when it is switched on
//   inspect.js, furniture.js       what is under a click; attribution, date, scale
//
// A frame is drawn only when something changed.

import { formatAddress, parseAddress } from "./address.js";
import { Camera } from "./camera.js";
import { Controls } from "./controls.js";
import { drawMap } from "./draw.js";
import { dayOf, showAttribution, showScale } from "./furniture.js";
import { featuresAt, InspectPanel } from "./inspect.js";
import { Labels } from "./labels.js";
import { problemSections, QualityControl } from "./problempanel.js";
import { ProblemLayer } from "./problems.js";
import { compileStyle } from "./style.js";
import { TileStore } from "./tiles.js";

const SOURCES_ADDRESS = new URL("./sources.json", import.meta.url);
const STYLE_ADDRESS = new URL("../styles/light.json", import.meta.url);
const ATTRIBUTION_WHEN_NONE_IS_GIVEN =
    '<a href="https://www.openstreetmap.org/copyright">© OpenStreetMap contributors</a>';
const ADDRESS_DELAY_IN_MS = 250;
/** Beyond this a denser canvas costs time and shows nothing more. */
const MAX_PIXEL_RATIO = 3;

const element = (id) => document.getElementById(id);

class MapPage {
    camera = new Camera();
    canvas = element("map");
    context = this.canvas.getContext("2d", { alpha: false });
    labels = new Labels(document.createElement("canvas").getContext("2d"));
    panel = new InspectPanel(element("panel"), this.canvas);
    problems = new ProblemLayer(() => this.changed());
    quality = new QualityControl(document, (on) => {
        this.problems.setOn(on);
        this.moved();
    });
    style = null;
    store = null;
    sources = [];
    sourceName = null;
    entries = [];
    #message = null;
    #frameAsked = false;
    #addressTimer = null;

    async start() {
        new ResizeObserver(() => this.resize()).observe(this.canvas);
        this.resize();
        const controls = new Controls(this.canvas, this.camera, {
            onMove: () => this.moved(),
            onInspect: (x, y) => this.inspect(x, y),
        });
        element("zoom-in").addEventListener("click", () => controls.zoomBy(1));
        element("zoom-out").addEventListener("click", () => controls.zoomBy(-1));
        element("source").addEventListener("change", (event) => this.openSource(event.target.value, null));
        window.addEventListener("hashchange", () => {
            controls.stop();
            this.addressChanged();
        });
        try {
            const [sources, style] = await Promise.all([fetchJSON(SOURCES_ADDRESS), fetchJSON(STYLE_ADDRESS)]);
            this.style = compileStyle(style);
            this.listSources(sources);
            const address = parseAddress(location.hash);
            this.problems.setOn(address.problems);
            await this.openSource(address.source ?? this.sources[0]?.name, address.view);
        } catch (error) {
            this.say(error.message);
        }
    }

    listSources(sources) {
        this.sources = Array.isArray(sources) ? sources.filter((source) => source?.name && source?.tilejson) : [];
        const selector = element("source");
        selector.replaceChildren(...this.sources.map(({ name }) => new Option(name, name)));
        element("source-choice").hidden = this.sources.length < 2;
    }

    /** Shows a source at `view`, or where its TileJSON says. An unknown name is said and the first one taken. */
    async openSource(name, view) {
        const known = this.sources.find((source) => source.name === name);
        const source = known ?? this.sources[0];
        if (!source) throw new Error("There is nothing to show: the server has no sources.");
        this.#message = known ? null : `There is no source “${name}”; this is “${source.name}”.`;
        this.sourceName = source.name;
        element("source").value = source.name;
        this.panel.close(null);
        this.store?.close();
        this.store = null;
        this.problems.open(typeof source.problems === "string" ? samePlace(source.problems) : null);
        this.changed();
        try {
            const description = await fetchJSON(samePlace(source.tilejson));
            if (this.sourceName !== source.name) return;
            this.useDescription(description, view);
        } catch (error) {
            this.say(error.message);
        }
    }

    useDescription(description, view) {
        const template = description.tiles?.[0];
        if (typeof template !== "string") throw new Error(`The TileJSON of “${this.sourceName}” lists no tiles.`);
        const maxZoom = description.maxzoom ?? 14;
        this.store = new TileStore({
            template: samePlace(template), minZoom: description.minzoom ?? 0, maxZoom,
            bounds: isBounds(description.bounds) ? description.bounds : null,
        }, () => this.changed());
        document.title = `${description.name ?? this.sourceName} · Tuile`;
        showAttribution(element("attribution"), description.attribution || ATTRIBUTION_WHEN_NONE_IS_GIVEN);
        const day = dayOf(description.data_date);
        element("data-date").textContent = day === null ? "" : `Data: ${day}`;
        this.lookAt(view, description);
        this.moved();
    }

    lookAt(view, { center, bounds }) {
        if (view) this.camera.moveTo(view.longitude, view.latitude, view.zoom);
        else if (Array.isArray(center) && center.length >= 2 && center.every(Number.isFinite)) {
            if (center.length < 3 && isBounds(bounds)) this.camera.fit(bounds);
            else this.camera.moveTo(center[0], center[1], center[2] ?? 10);
        } else if (isBounds(bounds)) this.camera.fit(bounds);
        else this.camera.moveTo(0, 20, 1);
    }

    addressChanged() {
        const { source, view, problems } = parseAddress(location.hash);
        this.problems.setOn(problems);
        this.changed();
        if (source !== null && source !== this.sourceName) {
            this.openSource(source, view);
        } else if (view) {
            this.camera.moveTo(view.longitude, view.latitude, view.zoom);
            this.moved();
        }
    }

    inspect(x, y) {
        if (this.style === null) return;
        const problems = this.problems.at(this.camera, x, y);
        this.panel.show(
            featuresAt(this.style, this.camera, this.entries, x, y), problemSections(problems, this.problems.kinds));
    }

    resize() {
        const box = this.canvas.getBoundingClientRect();
        this.pixelRatio = Math.min(MAX_PIXEL_RATIO, window.devicePixelRatio || 1);
        this.canvas.width = Math.max(1, Math.round(box.width * this.pixelRatio));
        this.canvas.height = Math.max(1, Math.round(box.height * this.pixelRatio));
        this.camera.resize(box.width, box.height);
        // Setting a canvas's size clears it: draw in the same turn, or it flickers.
        this.draw();
    }

    moved() {
        // Browsers limit how often the address may be replaced, so not in every frame.
        this.#addressTimer ??= setTimeout(() => {
            this.#addressTimer = null;
            const source = this.sources.length > 1 ? this.sourceName : null;
            const address = formatAddress(this.camera, source, this.problems.isOn);
            history.replaceState(history.state, "", address);
        }, ADDRESS_DELAY_IN_MS);
        this.changed();
    }

    changed() {
        if (this.#frameAsked) return;
        this.#frameAsked = true;
        requestAnimationFrame(() => {
            this.#frameAsked = false;
            this.draw();
        });
    }

    draw() {
        if (this.style === null) return;
        const started = performance.now();
        this.entries = this.store?.update(this.camera) ?? [];
        drawMap(this.context, this.style, this.camera, this.entries, this.pixelRatio);
        this.labels.place(this.style, this.camera, this.entries);
        this.context.setTransform(this.pixelRatio, 0, 0, this.pixelRatio, 0, 0);
        this.labels.draw(this.context);
        this.problems.update(this.camera);
        this.problems.draw(this.context, this.camera);
        this.quality.show(this.problems);
        showScale(element("scale"), this.camera.metresPerPixel);
        this.frameTime = performance.now() - started;
        this.showState();
    }

    say(message) {
        this.#message = message;
        this.showState();
    }

    /** The status line, and `data-state` of the canvas for those who wait for a finished map. */
    showState() {
        const loading = this.store?.loadingCount ?? 0;
        const failed = this.store?.failedCount ?? 0;
        const parts = [];
        if (this.#message) parts.push(this.#message);
        if (failed > 0) {
            parts.push(`${failed} ${failed === 1 ? "tile" : "tiles"} could not be loaded. ${this.store.failure}`);
        }
        if (this.problems.failure) parts.push(this.problems.failure);
        const status = element("status");
        const text = parts.join(" ");
        if (status.textContent !== text) status.textContent = text;
        status.hidden = text === "";
        this.canvas.dataset.state = text !== "" ? "failed" : loading > 0 || !this.store ? "loading" : "ready";
        this.canvas.dataset.problems = this.problems.state;
        element("progress").hidden = loading === 0 && this.problems.state !== "loading";
    }
}

/** Addresses in a TileJSON name the host that the server believes it has; the page asks the host it came from. */
function samePlace(address) {
    // "{z}" and its like would be escaped by URL.
    const path = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, "");
    return path.startsWith("/") ? path : `/${path}`;
}

function isBounds(bounds) {
    return Array.isArray(bounds) && bounds.length === 4 && bounds.every(Number.isFinite) && bounds[1] < bounds[3];
}

async function fetchJSON(address) {
    let response;
    try {
        response = await fetch(address);
    } catch {
        throw new Error(`The server does not answer (${new URL(address, location.href).pathname}).`);
    }
    const path = new URL(response.url).pathname;
    if (!response.ok) throw new Error(`${path}: the server answered ${response.status}.`);
    try {
        return await response.json();
    } catch {
        throw new Error(`${path} is not JSON.`);
    }
}

const page = new MapPage();
// For tests and for the curious at the browser's console.
window.tuile = page;
page.start();
