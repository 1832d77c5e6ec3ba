// Which tiles a view needs, fetching them, and keeping some.
//
// A view is divided into cells: squares of the tile scheme at the whole zoom below the camera's, also beyond the
// source's largest zoom. Each cell is drawn from one tile: its own, or while that is missing (or beyond the largest
// zoom for good) an ancestor's, or its four children. Whatever is drawn, is clipped to the cell and uses only the
// features that touch it, so a street seen at zoom 18 costs the same although its tile has sixteen times the width.

import { decodeTile } from "./vectortile.js";
import { worldX, worldY } from "./camera.js";

const MAX_REQUESTS = 8;
const MAX_KEPT_TILES = 160;
const MAX_KEPT_CELLS = 48;
const RETRY_DELAYS_IN_MS = [1500, 6000, 24000];
/** How far around its cell a feature may still show, as a share of the cell: half the width of a wide line. */
const CELL_MARGIN = 1 / 16;

export class TileStore {
    #tiles = new Map();
    #waiting = [];
    #running = 0;
    #clock = 0;

    /** `source` is { template, minZoom, maxZoom, bounds }; `onChange` is called when a tile arrives or fails. */
    constructor(source, onChange) {
        this.source = source;
        this.onChange = onChange;
    }

    /** Stops all requests; the store is not used afterwards. */
    close() {
        for (const tile of this.#tiles.values()) tile.abort();
        this.#waiting = [];
        this.onChange = () => {};
    }

    get loadingCount() {
        return this.#running + this.#waiting.length;
    }

    get failedCount() {
        let count = 0;
        for (const tile of this.#tiles.values()) if (tile.state === "failed" && tile.used === this.#clock) count += 1;
        return count;
    }

    /** The reason of a failure among the tiles now wanted. */
    get failure() {
        for (const tile of this.#tiles.values()) {
            if (tile.state === "failed" && tile.used === this.#clock) return tile.failure;
        }
        return null;
    }

    /**
     * What to draw: [{ tile, cell, x }] where x is the cell's column without wrapping (below 0 or from 2^z on in
     * repeated worlds). Starts requests for what is missing, ends those that are no longer needed.
     */
    update(camera) {
        this.#clock += 1;
        const entries = [];
        const wanted = new Map();
        for (const { z, x, y } of cellsInView(camera)) {
            const column = ((x % 2 ** z) + 2 ** z) % 2 ** z;
            const depth = Math.max(0, z - this.source.maxZoom);
            const own = this.#tileAt(z - depth, column >> depth, y >> depth);
            if (own === null) continue;
            own.used = this.#clock;
            if (own.state === "waiting" || own.state === "failed") wanted.set(own.key, own);
            for (const tile of this.#drawnFor(own)) entries.push(this.#entry(tile, z, x, column, y));
        }
        this.#schedule(wanted, camera);
        this.#evict();
        return entries;
    }

    #entry(tile, z, x, column, y) {
        if (tile.z <= z) return { tile, cell: tile.cell(z, column, y), x };
        // A child that stands in for its parent: it is its own cell.
        const wraps = (x - column) / 2 ** z;
        return { tile, cell: tile.cell(tile.z, tile.x, tile.y), x: tile.x + wraps * 2 ** tile.z };
    }

    /** The tile itself, or what stands in for it while it loads. */
    #drawnFor(own) {
        if (own.state === "ready") return [own];
        if (own.state === "empty") return [];
        const children = [];
        for (const [dx, dy] of [[0, 0], [1, 0], [0, 1], [1, 1]]) {
            const child = this.#tiles.get(keyOf(own.z + 1, own.x * 2 + dx, own.y * 2 + dy));
            if (child && (child.state === "ready" || child.state === "empty")) children.push(child);
        }
        const drawable = children.filter((child) => child.state === "ready");
        for (const child of children) child.used = this.#clock;
        if (children.length === 4) return drawable;
        for (let depth = 1; depth <= own.z; depth += 1) {
            const ancestor = this.#tiles.get(keyOf(own.z - depth, own.x >> depth, own.y >> depth));
            if (ancestor?.state !== "ready") continue;
            ancestor.used = this.#clock;
            return [ancestor];
        }
        return drawable;
    }

    #tileAt(z, x, y) {
        if (z < this.source.minZoom || !isWithin(this.source.bounds, z, x, y)) return null;
        const key = keyOf(z, x, y);
        let tile = this.#tiles.get(key);
        if (!tile) {
            tile = new Tile(key, z, x, y);
            this.#tiles.set(key, tile);
        }
        return tile;
    }

    #schedule(wanted, camera) {
        for (const tile of this.#tiles.values()) {
            if (tile.state === "loading" && tile.used !== this.#clock) tile.abort();
        }
        const now = performance.now();
        const distance = (tile) => {
            const scale = 2 ** -tile.z;
            return Math.hypot((tile.x + 0.5) * scale - camera.x, (tile.y + 0.5) * scale - camera.y);
        };
        this.#waiting = [...wanted.values()]
            .filter((tile) => tile.state === "waiting" || now >= tile.retryAt)
            .sort((a, b) => distance(a) - distance(b));
        this.#startRequests();
    }

    #startRequests() {
        while (this.#running < MAX_REQUESTS && this.#waiting.length > 0) {
            const tile = this.#waiting.shift();
            this.#running += 1;
            tile.load(this.#address(tile)).finally(() => {
                this.#running -= 1;
                this.#startRequests();
                if (tile.state === "failed" && Number.isFinite(tile.retryAt)) {
                    setTimeout(() => this.onChange(), tile.retryAt - performance.now() + 1);
                }
                this.onChange();
            });
        }
    }

    #address(tile) {
        return this.source.template.replace("{z}", tile.z).replace("{x}", tile.x).replace("{y}", tile.y);
    }

    #evict() {
        if (this.#tiles.size <= MAX_KEPT_TILES) return;
        const unused = [...this.#tiles.values()]
            .filter((tile) => tile.used !== this.#clock && tile.state !== "loading")
            .sort((a, b) => a.used - b.used);
        for (const tile of unused.slice(0, this.#tiles.size - MAX_KEPT_TILES)) this.#tiles.delete(tile.key);
    }
}

class Tile {
    /** waiting, loading, ready, empty or failed. */
    state = "waiting";
    layers = new Map();
    used = 0;
    failure = null;
    retryAt = 0;
    #failures = 0;
    #abort = null;
    #cells = new Map();

    constructor(key, z, x, y) {
        this.key = key;
        this.z = z;
        this.x = x;
        this.y = y;
    }

    abort() {
        this.#abort?.abort();
    }

    async load(address) {
        this.state = "loading";
        this.#abort = new AbortController();
        try {
            const response = await fetch(address, { signal: this.#abort.signal });
            // 204: nothing is there. 404: outside the source's bounds or zooms, which for a map is the same.
            if (response.status === 204 || response.status === 404) {
                this.state = "empty";
                return;
            }
            if (!response.ok) throw new Error(`the server answered ${response.status}`);
            this.layers = decodeTile(await uncompressed(response));
            this.state = this.layers.size === 0 ? "empty" : "ready";
        } catch (error) {
            if (error.name === "AbortError") {
                this.state = "waiting";
                return;
            }
            this.state = "failed";
            this.failure = `Tile ${this.key}: ${error.message}`;
            this.retryAt = performance.now() + (RETRY_DELAYS_IN_MS[this.#failures] ?? Infinity);
            this.#failures += 1;
        } finally {
            this.#abort = null;
        }
    }

    /** The part of this tile in a cell of the same or a higher zoom. */
    cell(z, x, y) {
        const key = keyOf(z, x, y);
        let cell = this.#cells.get(key);
        if (cell) {
            // Put back at the end: the first in the map is the least recently used.
            this.#cells.delete(key);
        } else {
            cell = new Cell(this, z, x, y);
            if (this.#cells.size >= MAX_KEPT_CELLS) this.#cells.delete(this.#cells.keys().next().value);
        }
        this.#cells.set(key, cell);
        return cell;
    }
}

export class Cell {
    #features = new Map();
    /** Kept by whoever draws: what was prepared for a style layer, by its index. */
    prepared = new Map();
    labels = new Map();

    constructor(tile, z, x, y) {
        this.tile = tile;
        this.z = z;
        this.x = x;
        this.y = y;
        const depth = z - tile.z;
        /** Origin and side as shares of the tile. */
        this.side = 2 ** -depth;
        this.left = (x - tile.x * 2 ** depth) * this.side;
        this.top = (y - tile.y * 2 ** depth) * this.side;
    }

    /** [minX, minY, maxX, maxY] in the units of a layer with this extent. */
    bounds(extent) {
        const { left, top, side } = this;
        return [left * extent, top * extent, (left + side) * extent, (top + side) * extent];
    }

    /** { extent, features } of a layer: the features that may be seen in this cell; null when there are none. */
    layer(name) {
        if (this.#features.has(name)) return this.#features.get(name);
        const layer = this.tile.layers.get(name);
        const found = layer === undefined ? null : { extent: layer.extent, features: this.#touching(layer) };
        const result = found === null || found.features.length === 0 ? null : found;
        this.#features.set(name, result);
        return result;
    }

    #touching(layer) {
        if (this.side === 1) return layer.features;
        const [minX, minY, maxX, maxY] = this.bounds(layer.extent);
        const margin = this.side * layer.extent * CELL_MARGIN;
        return layer.features.filter((feature) => {
            const [left, top, right, bottom] = feature.bounds;
            return left <= maxX + margin && right >= minX - margin && top <= maxY + margin && bottom >= minY - margin;
        });
    }
}

function keyOf(z, x, y) {
    return `${z}/${x}/${y}`;
}

/** The cells a view shows, in all visible copies of the world. */
export function cellsInView(camera) {
    const z = Math.floor(camera.zoom);
    const count = 2 ** z;
    const [left, top] = camera.worldAt(0, 0);
    const [right, bottom] = camera.worldAt(camera.width, camera.height);
    const cells = [];
    for (let y = Math.max(0, Math.floor(top * count)); y <= Math.min(count - 1, Math.floor(bottom * count)); y += 1) {
        for (let x = Math.floor(left * count); x <= Math.floor(right * count); x += 1) cells.push({ z, x, y });
    }
    return cells;
}

/** Whether a tile touches [west, south, east, north] in degrees; west above east crosses 180 degrees. */
export function isWithin(bounds, z, x, y) {
    if (!bounds) return true;
    const [west, south, east, north] = bounds;
    const count = 2 ** z;
    if ((y + 1) / count < worldY(north) || y / count > worldY(south)) return false;
    const left = worldX(west);
    const right = worldX(east);
    const touches = (from, to) => (x + 1) / count >= from && x / count <= to;
    return right < left ? touches(left, 1) || touches(0, right) : touches(left, right);
}

/** Some archives hold gzip and some servers pass it on without saying so. */
async function uncompressed(response) {
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
}
