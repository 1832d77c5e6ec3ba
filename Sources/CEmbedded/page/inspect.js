// What is at a point of the map: hit tests against the drawn features, and the panel that shows them.

import { tileSizeAt } from "./draw.js";
import { LINE, POINT } from "./vectortile.js";

const POINT_REACH_IN_PIXELS = 12;
const LINE_REACH_IN_PIXELS = 7;
const MAX_SHOWN = 8;
const ELEMENT_TYPES = { 1: "node", 2: "way", 3: "relation" };

/** Features that a visible style layer draws at (px, py), uppermost first: [{ layer, feature }]. */
export function featuresAt(style, camera, entries, px, py) {
    const [wx, wy] = camera.worldAt(px, py);
    const found = [];
    const seen = new Set();
    for (let index = style.layers.length - 1; index >= 0; index -= 1) {
        const layer = style.layers[index];
        if (layer.sourceLayer === null || !layer.isVisible(camera.zoom)) continue;
        for (const { tile, cell, x } of entries) {
            const source = cell.layer(layer.sourceLayer);
            if (source === null) continue;
            const count = 2 ** tile.z;
            const column = x / 2 ** cell.z - cell.left / count;
            const tx = (wx - column) * count * source.extent;
            const ty = (wy * count - tile.y) * source.extent;
            const [minX, minY, maxX, maxY] = cell.bounds(source.extent);
            const unitsPerPixel = source.extent / tileSizeAt(camera, tile.z);
            const reach = POINT_REACH_IN_PIXELS * unitsPerPixel;
            if (tx < minX - reach || ty < minY - reach || tx > maxX + reach || ty > maxY + reach) continue;
            for (const feature of source.features) {
                if (!isHit(feature, tx, ty, unitsPerPixel)) continue;
                const key = feature.id === null ? feature : `${layer.sourceLayer}/${feature.id}`;
                if (seen.has(key) || !layer.filter.evaluate(Math.floor(camera.zoom), feature)) continue;
                seen.add(key);
                found.push({ layer: layer.sourceLayer, feature });
            }
        }
    }
    return found.slice(0, MAX_SHOWN);
}

function isHit(feature, x, y, unitsPerPixel) {
    const reach = (feature.type === POINT ? POINT_REACH_IN_PIXELS : LINE_REACH_IN_PIXELS) * unitsPerPixel;
    const [left, top, right, bottom] = feature.bounds;
    if (x < left - reach || x > right + reach || y < top - reach || y > bottom + reach) return false;
    if (feature.type === POINT) return isNearPoint(feature, x, y, reach);
    return feature.type === LINE ? isNearLine(feature, x, y, reach) : isInside(feature, x, y);
}

function isNearPoint({ coordinates }, x, y, reach) {
    for (let i = 0; i < coordinates.length; i += 2) {
        if (Math.hypot(coordinates[i] - x, coordinates[i + 1] - y) <= reach) return true;
    }
    return false;
}

function isNearLine({ coordinates, ends }, x, y, reach) {
    let start = 0;
    for (const end of ends) {
        for (let i = start; i + 3 < end; i += 2) {
            const dx = coordinates[i + 2] - coordinates[i];
            const dy = coordinates[i + 3] - coordinates[i + 1];
            const along = ((x - coordinates[i]) * dx + (y - coordinates[i + 1]) * dy) / (dx * dx + dy * dy || 1);
            const share = Math.max(0, Math.min(1, along));
            if (Math.hypot(coordinates[i] + dx * share - x, coordinates[i + 1] + dy * share - y) <= reach) return true;
        }
        start = end;
    }
    return false;
}

/** Even-odd over all rings: holes and several outer rings need no distinction. */
function isInside({ coordinates, ends }, x, y) {
    let inside = false;
    let start = 0;
    for (const end of ends) {
        for (let i = start, j = end - 2; i < end; j = i, i += 2) {
            const yi = coordinates[i + 1];
            const yj = coordinates[j + 1];
            if (yi > y === yj > y) continue;
            if (x < coordinates[i] + ((y - yi) / (yj - yi)) * (coordinates[j] - coordinates[i])) inside = !inside;
        }
        start = end;
    }
    return inside;
}

/** The OpenStreetMap object of a feature id (object id times ten plus 1 node, 2 way, 3 relation), or null. */
export function objectOf(id) {
    if (!Number.isSafeInteger(id) || id < 11) return null;
    const type = ELEMENT_TYPES[id % 10];
    return type === undefined ? null : { type, id: Math.floor(id / 10) };
}

export class InspectPanel {
    /** `panel` is the aside element; focus goes back to `origin` when it is closed by its button or Escape. */
    constructor(panel, origin) {
        this.panel = panel;
        this.content = panel.querySelector(".panel-content");
        panel.querySelector("button").addEventListener("click", () => this.close(origin));
        for (const element of [panel, origin]) {
            element.addEventListener("keydown", (event) => {
                if (event.key === "Escape" && !panel.hidden) this.close(origin);
            });
        }
    }

    close(origin) {
        this.panel.hidden = true;
        origin?.focus({ preventScroll: true });
    }

    /** `above` are sections to show before those of the features. */
    show(found, above = []) {
        this.content.replaceChildren(...above, ...found.map(({ layer, feature }) => section(layer, feature)));
        this.panel.hidden = above.length + found.length === 0;
        this.panel.scrollTop = 0;
    }
}

function section(layer, feature) {
    const element = document.createElement("section");
    const heading = document.createElement("h2");
    const { name, kind } = feature.properties;
    heading.textContent = String(name ?? kind ?? feature.properties.housenumber ?? layer);
    const origin = document.createElement("p");
    origin.textContent = layer;
    const object = objectOf(feature.id);
    if (object) {
        const link = document.createElement("a");
        link.href = `https://www.openstreetmap.org/${object.type}/${object.id}`;
        link.target = "_blank";
        link.rel = "noopener noreferrer";
        link.textContent = `${object.type} ${object.id}`;
        origin.append(" · ", link);
    }
    const table = document.createElement("table");
    for (const [key, value] of Object.entries(feature.properties)) {
        const row = table.insertRow();
        const header = document.createElement("th");
        header.scope = "row";
        header.textContent = key;
        row.append(header);
        row.insertCell().textContent = String(value);
    }
    element.append(heading, origin, table);
    return element;
}
