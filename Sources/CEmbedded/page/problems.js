// The data-quality layer: what the import found odd about the data, as marks on the map.
//
// Nothing is asked of the server before the layer is switched on. Then the problems of the view and some way around it are
// loaded, and again when the view leaves what was loaded, or comes closer to where the server sent only some of them.

import { latitudeOf, longitudeOf, worldX, worldY } from "./camera.js";

const KINDS_ADDRESS = new URL("../problems.json", import.meta.url);
const LOADING_DELAY_IN_MS = 200;
const REACH_IN_PIXELS = 16;
const MAX_SHOWN = 8;
const MARK_RADIUS_IN_PIXELS = 8;
const OUTLINE = "#1b1f23";

/** By family: shape and colour, either of which is enough to tell them apart (colours after Okabe and Ito, 2008). */
export const MARKS = {
    missing: { title: "Missing data", color: "#56b4e9", points: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]] },
    shape: { title: "Broken shape", color: "#e69f00", points: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]] },
    doubled: { title: "Doubled objects", color: "#f0e442", points: null },
    tags: { title: "Odd tags", color: "#cc79a7", points: [[0, -1.15], [1.15, 0], [0, 1.15], [-1.15, 0]] },
};
const UNKNOWN_FAMILY = "shape";

/**
 * The box to ask for: { west, south, east, north } in degrees around the view, snapped outwards to a lattice of about half
 * a view, so that small moves ask for the same; null when the view shows the whole world. West above east crosses 180.
 */
export function boxAround(camera) {
    const step = 2 ** -Math.floor(camera.zoom) / 2;
    const [left, top] = camera.worldAt(0, 0);
    const [right, bottom] = camera.worldAt(camera.width, camera.height);
    const x0 = Math.floor(left / step) * step;
    const x1 = Math.ceil(right / step) * step;
    const y0 = Math.max(0, Math.floor(top / step) * step);
    const y1 = Math.min(1, Math.ceil(bottom / step) * step);
    if (x1 - x0 >= 1) return null;
    const turned = (x) => x - Math.floor(x);
    const round = (degrees) => +degrees.toFixed(7);
    return {
        west: round(longitudeOf(turned(x0))),
        // The lattice ends at 180 degrees: that is no turn.
        east: round(longitudeOf(turned(x1) === 0 ? 1 : turned(x1))),
        south: y1 >= 1 ? -90 : round(latitudeOf(y1)),
        north: y0 <= 0 ? 90 : round(latitudeOf(y0)),
    };
}

const keyOf = (box) => (box === null ? "" : `${box.west},${box.south},${box.east},${box.north}`);

/** A FeatureCollection of problems as a list with world coordinates; what has no place or is no problem is left out. */
export function readProblems(collection) {
    const problems = [];
    for (const feature of Array.isArray(collection?.features) ? collection.features : []) {
        const [longitude, latitude] = feature?.geometry?.coordinates ?? [];
        if (!Number.isFinite(longitude) || !Number.isFinite(latitude) || typeof feature.properties?.kind !== "string") continue;
        problems.push({ ...feature.properties, x: worldX(longitude), y: worldY(latitude) });
    }
    return problems;
}

export class ProblemLayer {
    isOn = false;
    /** Explanations by kind. */
    kinds = new Map();
    problems = [];
    matched = 0;
    failure = "";
    #address = null;
    #loadedKey = null;
    #wantedKey = null;
    #request = null;
    #timer = null;
    #paths = null;

    /** `onChange` is called when there is something new to draw. */
    constructor(onChange) {
        this.onChange = onChange;
    }

    get isOffered() {
        return this.#address !== null;
    }

    /** "off", "loading", "ready" or "failed". */
    get state() {
        if (!this.isOn || !this.isOffered) return "off";
        if (this.failure) return "failed";
        return this.#loadedKey !== null && this.#loadedKey === this.#wantedKey ? "ready" : "loading";
    }

    /** Takes the problems at `address`; null for a source that has none. */
    open(address) {
        this.#forget();
        this.#address = address;
    }

    setOn(on) {
        if (on === this.isOn) return;
        this.isOn = on;
        if (!on) this.#forget();
        this.onChange();
    }

    #forget() {
        clearTimeout(this.#timer);
        this.#timer = null;
        this.#request?.abort();
        this.#request = null;
        this.problems = [];
        this.matched = 0;
        this.failure = "";
        this.#loadedKey = null;
        this.#wantedKey = null;
    }

    /** Sees to it that what the view needs is loaded. */
    update(camera) {
        if (!this.isOn || !this.isOffered) return;
        const box = boxAround(camera);
        const key = keyOf(box);
        if (key === this.#wantedKey) return;
        this.#wantedKey = key;
        // While the map moves only the last view counts.
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#load(box, key), this.#loadedKey === null ? 0 : LOADING_DELAY_IN_MS);
    }

    async #load(box, key) {
        this.#request?.abort();
        const request = new AbortController();
        this.#request = request;
        try {
            if (this.kinds.size === 0) {
                const { kinds } = await fetchJSON(KINDS_ADDRESS, request.signal);
                for (const kind of kinds) this.kinds.set(kind.kind, kind);
            }
            const address = box === null ? this.#address : `${this.#address}?bbox=${key}`;
            const collection = await fetchJSON(address, request.signal);
            if (request.signal.aborted) return;
            this.problems = readProblems(collection);
            this.matched = collection.numberMatched ?? this.problems.length;
            this.failure = "";
            this.#loadedKey = key;
        } catch (error) {
            if (request.signal.aborted) return;
            this.failure = `The problems could not be loaded. ${error.message}`;
            // Asked for again with the next view.
            this.#loadedKey = null;
        }
        this.onChange();
    }

    familyOf(kind) {
        const family = this.kinds.get(kind)?.family;
        return Object.hasOwn(MARKS, family) ? family : UNKNOWN_FAMILY;
    }

    /** Draws a mark for each problem in view, in CSS pixels of the canvas. */
    draw(context, camera) {
        if (!this.isOn) return;
        this.#paths ??= Object.fromEntries(Object.keys(MARKS).map((family) => [family, new Path2D(markPath(family))]));
        context.save();
        context.lineJoin = "round";
        for (const problem of this.problems) {
            const family = this.familyOf(problem.kind);
            for (const [px, py] of placesOnScreen(problem, camera)) {
                context.save();
                context.translate(px, py);
                // White, then dark around the colour: one of them stands out on any ground.
                context.strokeStyle = "#fff";
                context.lineWidth = 5;
                context.stroke(this.#paths[family]);
                context.strokeStyle = OUTLINE;
                context.lineWidth = 2;
                context.fillStyle = MARKS[family].color;
                context.fill(this.#paths[family]);
                context.stroke(this.#paths[family]);
                context.restore();
            }
        }
        context.restore();
    }

    /** The problems within reach of (px, py), nearest first. */
    at(camera, px, py) {
        if (!this.isOn) return [];
        const found = [];
        for (const problem of this.problems) {
            for (const [x, y] of placesOnScreen(problem, camera)) {
                const distance = Math.hypot(x - px, y - py);
                if (distance <= REACH_IN_PIXELS) found.push({ problem, distance });
            }
        }
        found.sort((left, right) => left.distance - right.distance);
        return found.slice(0, MAX_SHOWN).map(({ problem }) => problem);
    }
}

/** Where a problem is on the canvas: as often as the world repeats there. */
function* placesOnScreen({ x, y }, camera) {
    const size = camera.worldSize;
    const py = (y - camera.y) * size + camera.height / 2;
    if (py < -MARK_RADIUS_IN_PIXELS || py > camera.height + MARK_RADIUS_IN_PIXELS) return;
    const [left] = camera.worldAt(-MARK_RADIUS_IN_PIXELS, 0);
    const [right] = camera.worldAt(camera.width + MARK_RADIUS_IN_PIXELS, 0);
    for (let turn = Math.ceil(left - x); x + turn <= right; turn += 1) {
        yield [(x + turn - camera.x) * size + camera.width / 2, py];
    }
}

/** A mark's outline around 0,0 as path data of SVG. */
export function markPath(family, radius = MARK_RADIUS_IN_PIXELS) {
    const { points } = MARKS[family];
    if (points === null) return `M${-radius},0a${radius},${radius} 0 1 0 ${2 * radius},0a${radius},${radius} 0 1 0 ${-2 * radius},0z`;
    return `M${points.map(([x, y]) => `${(x * radius).toFixed(2)},${(y * radius).toFixed(2)}`).join("L")}z`;
}

async function fetchJSON(address, signal) {
    let response;
    try {
        response = await fetch(address, { signal });
    } catch (error) {
        if (signal.aborted) throw error;
        throw new Error("The server does not answer.");
    }
    if (!response.ok) throw new Error(`The server answered ${response.status}.`);
    return response.json();
}
