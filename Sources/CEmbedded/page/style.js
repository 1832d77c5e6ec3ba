// A MapLibre style file (version 8), compiled for drawing.
//
// Layer types: background, fill, line, circle, symbol (text only). Their supported properties are the tables below;
// expressions and filters are those of expression.js and filter.js. Sources, glyphs and sprites of the file are not
// used: every layer draws the map's one source, texts use the browser's fonts. What is not supported is reported once
// in the console.
//
// Departure from MapLibre: features of one layer that look alike are drawn together, groups in the order of
// `*-sort-key`, then of their first feature. Where overlapping features of different looks need an order, use a sort
// key or two layers.

import { compileValue } from "./expression.js";
import { compileFilter } from "./filter.js";

/** Property: [kind of value, default, layout or paint]. Text sizes and distances are CSS pixels unless in em. */
const PROPERTIES = {
    background: {
        "background-color": ["color", [0, 0, 0, 1]], "background-opacity": ["number", 1],
    },
    fill: {
        "fill-sort-key": ["number", 0], "fill-color": ["color", [0, 0, 0, 1]], "fill-opacity": ["number", 1],
        "fill-outline-color": ["color", null], "fill-antialias": ["boolean", true],
    },
    line: {
        "line-sort-key": ["number", 0], "line-cap": ["string", "butt"], "line-join": ["string", "miter"],
        "line-miter-limit": ["number", 2], "line-color": ["color", [0, 0, 0, 1]], "line-opacity": ["number", 1],
        "line-width": ["number", 1], "line-dasharray": ["numbers", null],
    },
    circle: {
        "circle-sort-key": ["number", 0], "circle-color": ["color", [0, 0, 0, 1]], "circle-opacity": ["number", 1],
        "circle-radius": ["number", 5], "circle-stroke-color": ["color", [0, 0, 0, 1]],
        "circle-stroke-width": ["number", 0], "circle-stroke-opacity": ["number", 1],
    },
    symbol: {
        "symbol-placement": ["string", "point"], "symbol-spacing": ["number", 250], "symbol-sort-key": ["number", 0],
        "text-field": ["text", ""], "text-font": ["strings", ["noto_sans_regular"]], "text-size": ["number", 16],
        "text-max-width": ["number", 10], "text-line-height": ["number", 1.2], "text-letter-spacing": ["number", 0],
        "text-anchor": ["string", "center"], "text-offset": ["numbers", [0, 0]], "text-padding": ["number", 2],
        "text-max-angle": ["number", 45], "text-transform": ["string", "none"],
        "text-allow-overlap": ["boolean", false],
        "text-color": ["color", [0, 0, 0, 1]], "text-opacity": ["number", 1],
        "text-halo-color": ["color", [0, 0, 0, 0]], "text-halo-width": ["number", 0],
    },
};

/** Properties that change nothing in this viewer: known, so they need no warning. */
const WITHOUT_EFFECT = new Set([
    "visibility", "text-optional", "text-keep-upright", "text-rotation-alignment", "text-pitch-alignment",
    "text-halo-blur", "symbol-avoid-edges", "symbol-z-order", "line-round-limit", "text-justify",
]);

/** `warn(message)` is called once for each different message. */
export function compileStyle(json, warn = console.warn) {
    const said = new Set();
    const warnOnce = (message) => {
        if (said.has(message)) return;
        said.add(message);
        warn(`style: ${message}`);
    };
    const layers = [];
    for (const source of json.layers ?? []) {
        const layer = compileLayer(source, layers.length, warnOnce);
        if (layer) layers.push(layer);
    }
    return { name: json.name ?? "", layers };
}

function compileLayer(source, index, warn) {
    const table = PROPERTIES[source.type];
    if (!Object.hasOwn(PROPERTIES, source.type)) {
        warn(`layer type "${source.type}" is not supported (layer "${source.id}")`);
        return null;
    }
    if (source.layout?.visibility === "none") return null;
    const warnHere = (message) => warn(`${message} (layer "${source.id}")`);
    const given = { ...source.layout, ...source.paint };
    for (const name of Object.keys(given)) {
        if (!Object.hasOwn(table, name) && !WITHOUT_EFFECT.has(name)) warn(`property "${name}" is not supported`);
    }
    const values = {};
    const groupedBy = new Set();
    let groupedByIdentity = false;
    for (const [name, [kind, fallback]] of Object.entries(table)) {
        const compiled = given[name] === undefined ? null : compileValue(given[name], kind, warnHere);
        values[name] = new Property(compiled, kind, fallback);
        for (const property of compiled?.properties ?? []) groupedBy.add(property);
        groupedByIdentity ||= compiled?.usesIdentity ?? false;
    }
    const filter = compileFilter(source.filter, warnHere);
    return new StyleLayer(source, { index, filter, values, groupedBy: [...groupedBy], groupedByIdentity });
}

class Property {
    constructor(compiled, kind, fallback) {
        this.compiled = compiled;
        this.kind = kind;
        this.fallback = fallback;
    }

    at(zoom, feature) {
        const result = this.compiled?.evaluate(zoom, feature);
        return result === undefined || result === null ? this.fallback : result;
    }
}

const WITHOUT_FEATURE = { id: null, type: 0, properties: {} };

export class StyleLayer {
    constructor(source, { index, filter, values, groupedBy, groupedByIdentity }) {
        this.id = source.id;
        this.type = source.type;
        this.sourceLayer = source["source-layer"] ?? null;
        this.minZoom = source.minzoom ?? 0;
        this.maxZoom = source.maxzoom ?? Infinity;
        this.index = index;
        this.filter = filter;
        this.values = values;
        this.groupedBy = groupedBy;
        this.groupedByIdentity = groupedByIdentity;
    }

    isVisible(zoom) {
        return zoom >= this.minZoom && zoom < this.maxZoom;
    }

    /** The value of a layout or paint property for one feature (of a group: any of its features). */
    value(name, zoom, feature = WITHOUT_FEATURE) {
        return this.values[name].at(zoom, feature);
    }

    /**
     * The features that pass the filter, in groups that look alike at every zoom, in drawing order:
     * [{ sample, features }]. `zoom` is the whole zoom that filters see.
     */
    group(features, zoom) {
        const groups = new Map();
        for (const feature of features) {
            if (!this.filter.evaluate(zoom, feature)) continue;
            const key = this.#groupKey(feature);
            const group = groups.get(key);
            if (group) group.features.push(feature);
            else groups.set(key, { sample: feature, features: [feature] });
        }
        const sorted = [...groups.values()];
        const sortKey = this.values[`${this.type}-sort-key`];
        if (sortKey?.compiled && sorted.length > 1) {
            sorted.sort((a, b) => sortKey.at(zoom, a.sample) - sortKey.at(zoom, b.sample));
        }
        return sorted;
    }

    #groupKey(feature) {
        if (this.groupedByIdentity) return feature;
        const names = this.groupedBy;
        if (names.length === 0) return "";
        if (names.length === 1) return feature.properties[names[0]];
        return JSON.stringify(names.map((name) => feature.properties[name]));
    }
}
