// Placing and drawing of texts, over all tiles at once and again in every frame.
//
// Candidates come from the cells and are kept there. In a frame they are tried in order of importance: style layers
// from the last to the first (MapLibre's order), within a layer by symbol-sort-key, then those that stood already in
// the previous frame, so that labels stay while the map moves. A candidate is left out when its boxes meet a placed one
// or the same text stands close by: streets and places cut by tile edges are named once.

import { cssColor } from "./color.js";
import { tileSizeAt } from "./draw.js";
import { anchorsOn, lengthsOf, mergeLines, pointAt, textOnLine } from "./linelabels.js";
import { fontOf, isJoined, TextMeasure } from "./textlayout.js";
import { LINE, POINT } from "./vectortile.js";

const GRID_SIDE = 64;
/** Labels outside the view by less than this are placed too: they come in without pushing others aside. */
const MARGIN = 96;
/** Two equal point labels nearer than this are one; numbers may repeat. Pixels. */
const SAME_TEXT_DISTANCE = 120;
const SAME_PLACE_DISTANCE = 6;

export class Labels {
    #measure;
    #placed = [];
    #frame = 0;

    constructor(measuringContext) {
        this.#measure = new TextMeasure(measuringContext);
    }

    place(style, camera, entries) {
        this.#frame += 1;
        const grid = new Map();
        const texts = new Map();
        this.#placed = [];
        for (let index = style.layers.length - 1; index >= 0; index -= 1) {
            const layer = style.layers[index];
            if (layer.type !== "symbol" || !layer.isVisible(camera.zoom)) continue;
            const candidates = this.#candidates(layer, camera, entries);
            for (const candidate of candidates) {
                const label = candidate.onLine
                    ? this.#alongLine(layer, camera, candidate)
                    : this.#atPoint(layer, camera, candidate);
                if (label === null || !this.#isFree(layer, camera, label, grid, texts)) continue;
                candidate.source.placedIn = this.#frame;
                this.#placed.push(label);
            }
        }
    }

    /** In CSS pixels; the context's transform must be set to the pixel ratio. Halos first, within each label. */
    draw(context) {
        context.textAlign = "center";
        context.textBaseline = "alphabetic";
        context.lineJoin = "round";
        context.setLineDash([]);
        const base = context.getTransform();
        // The least important first: where overlap is allowed, the important one is on top.
        for (let index = this.#placed.length - 1; index >= 0; index -= 1) {
            const { look, pieces, size } = this.#placed[index];
            if (context.font !== look.font) context.font = look.font;
            context.letterSpacing = `${look.letterSpacing * size}px`;
            context.fillStyle = look.color;
            context.strokeStyle = look.haloColor;
            context.lineWidth = look.haloWidth * 2;
            for (const pass of look.haloWidth > 0 ? ["strokeText", "fillText"] : ["fillText"]) {
                for (const piece of pieces) {
                    // 0.36 em is half the height of capitals: the middle of the text lies on the anchor.
                    if (piece.angle === 0) {
                        context[pass](piece.text, piece.x, piece.y + size * 0.36);
                        continue;
                    }
                    context.translate(piece.x, piece.y);
                    context.rotate(piece.angle);
                    context[pass](piece.text, 0, size * 0.36);
                    context.setTransform(base);
                }
            }
        }
        context.letterSpacing = "0px";
    }

    get placedTexts() {
        return this.#placed.map((label) => ({ layer: label.layerID, text: label.text }));
    }

    // MARK: candidates

    #candidates(layer, camera, entries) {
        const whole = Math.floor(camera.zoom);
        const candidates = [];
        for (const { cell, tile, x } of entries) {
            const sources = this.#sourcesIn(cell, layer, whole);
            if (sources.length === 0) continue;
            const tileSize = tileSizeAt(camera, tile.z);
            const left = (x / 2 ** cell.z - camera.x) * camera.worldSize + camera.width / 2 - cell.left * tileSize;
            const top = (cell.y / 2 ** cell.z - camera.y) * camera.worldSize + camera.height / 2 - cell.top * tileSize;
            for (const source of sources) {
                const scale = tileSize / source.extent;
                const px = left + source.x * scale;
                const py = top + source.y * scale;
                if (px < -MARGIN || py < -MARGIN || px > camera.width + MARGIN || py > camera.height + MARGIN) continue;
                candidates.push({ source, scale, left, top, x: px, y: py, onLine: source.line !== undefined });
            }
        }
        const stood = (candidate) => (candidate.source.placedIn === this.#frame - 1 ? 0 : 1);
        candidates.sort((a, b) => a.source.sortKey - b.source.sortKey || stood(a) - stood(b)
            || a.source.order - b.source.order);
        return candidates;
    }

    /** What a cell may name, in tile units: [{ text, x, y, sortKey, sample, extent, line?, lengths?, anchor? }]. */
    #sourcesIn(cell, layer, whole) {
        const kept = cell.labels.get(layer.index);
        if (kept && kept.whole === whole) return kept.sources;
        const data = cell.layer(layer.sourceLayer);
        const sources = data === null ? [] : this.#findSources(cell, layer, whole, data);
        cell.labels.set(layer.index, { whole, sources });
        return sources;
    }

    #findSources(cell, layer, whole, { extent, features }) {
        const [minX, minY, maxX, maxY] = cell.bounds(extent);
        const isHere = (x, y) => x >= minX && x < maxX && y >= minY && y < maxY;
        const onLines = layer.value("symbol-placement", whole) !== "point";
        const sources = [];
        const byText = new Map();
        for (const group of layer.group(features, whole)) {
            for (const feature of group.features) {
                const text = textFor(layer, whole, feature);
                if (text === "") continue;
                const sortKey = layer.value("symbol-sort-key", whole, feature);
                const source = { text, sortKey, sample: feature, extent, order: feature.id ?? 0, placedIn: -1 };
                if (onLines && feature.type === LINE) {
                    const same = byText.get(text);
                    if (same) same.lines.push(...partsOf(feature));
                    else byText.set(text, { source, lines: partsOf(feature) });
                } else if (!onLines) {
                    for (const [x, y] of anchorsFor(feature)) if (isHere(x, y)) sources.push({ ...source, x, y });
                }
            }
        }
        const scale = tileSizeAt({ zoom: whole }, cell.tile.z) / extent;
        for (const { source, lines } of byText.values()) {
            const textLength = this.#lengthOnLine(layer, whole, source) / scale;
            const spacing = layer.value("symbol-spacing", whole, source.sample) / scale;
            for (const line of mergeLines(lines)) {
                const lengths = lengthsOf(line);
                for (const anchor of anchorsOn(line, lengths, textLength, spacing)) {
                    const [x, y] = pointAt(line, lengths, anchor);
                    // Longer lines first: their names have more room.
                    const order = -lengths.at(-1);
                    if (isHere(x, y)) sources.push({ ...source, x, y, line, lengths, anchor, order });
                }
            }
        }
        return sources;
    }

    #lengthOnLine(layer, zoom, source) {
        const names = layer.value("text-font", zoom, source.sample);
        const spacing = layer.value("text-letter-spacing", zoom, source.sample);
        const size = layer.value("text-size", zoom, source.sample);
        return this.#measure.starts(source.text, names, spacing).at.at(-1) * size;
    }

    // MARK: shapes

    #atPoint(layer, camera, { source, x, y }) {
        const zoom = camera.zoom;
        const sample = source.sample;
        const size = layer.value("text-size", zoom, sample);
        const names = layer.value("text-font", zoom, sample);
        const spacing = layer.value("text-letter-spacing", zoom, sample);
        const layout = this.#measure.lines(source.text, names, layer.value("text-max-width", zoom, sample), spacing);
        const lineHeight = layer.value("text-line-height", zoom, sample) * size;
        const width = layout.width * size;
        const height = layout.lines.length * lineHeight;
        const anchor = layer.value("text-anchor", zoom, sample);
        const [offsetX, offsetY] = layer.value("text-offset", zoom, sample);
        const across = anchor.includes("left") ? 0.5 : anchor.includes("right") ? -0.5 : 0;
        const down = anchor.includes("top") ? 0.5 : anchor.includes("bottom") ? -0.5 : 0;
        const centerX = x + offsetX * size + across * width;
        const centerY = y + offsetY * size + down * height;
        const pieces = layout.lines.map((line, number) => ({
            text: line.text, angle: 0, x: centerX, y: centerY + (number - (layout.lines.length - 1) / 2) * lineHeight,
        }));
        const boxes = [[centerX - width / 2, centerY - height / 2, centerX + width / 2, centerY + height / 2]];
        return this.#label(layer, zoom, source, size, { x, y, pieces, boxes });
    }

    #alongLine(layer, camera, { source, scale, left, top, x, y }) {
        const zoom = camera.zoom;
        const sample = source.sample;
        const size = layer.value("text-size", zoom, sample);
        const names = layer.value("text-font", zoom, sample);
        const starts = this.#measure.starts(source.text, names, layer.value("text-letter-spacing", zoom, sample));
        const pieces = textOnLine({
            line: source.line, lengths: source.lengths, scale, anchor: source.anchor, size, starts,
            maxAngle: layer.value("text-max-angle", zoom, sample), inOnePiece: isJoined(source.text),
        });
        if (pieces === null) return null;
        const boxes = [];
        const half = size * 0.55;
        for (const piece of pieces) {
            piece.x += left;
            piece.y += top;
            // A turned text is covered by squares of its height along the way.
            const steps = Math.max(1, Math.round(piece.width / size));
            for (let step = 0; step < steps; step += 1) {
                const along = ((step + 0.5) / steps - 0.5) * piece.width;
                const bx = piece.x + Math.cos(piece.angle) * along;
                const by = piece.y + Math.sin(piece.angle) * along;
                boxes.push([bx - half, by - half, bx + half, by + half]);
            }
        }
        return this.#label(layer, zoom, source, size, { x, y, pieces, boxes });
    }

    #label(layer, zoom, source, size, shape) {
        const sample = source.sample;
        const opacity = layer.value("text-opacity", zoom, sample);
        return {
            ...shape, size, text: source.text, layerID: layer.id, isOnLine: source.line !== undefined,
            look: {
                font: fontOf(layer.value("text-font", zoom, sample), +size.toFixed(2)),
                letterSpacing: layer.value("text-letter-spacing", zoom, sample),
                color: cssColor(layer.value("text-color", zoom, sample), opacity),
                haloColor: cssColor(layer.value("text-halo-color", zoom, sample), opacity),
                haloWidth: layer.value("text-halo-width", zoom, sample),
            },
        };
    }

    // MARK: collisions

    #isFree(layer, camera, label, grid, texts) {
        const key = `${layer.id}|${label.text}`;
        const same = texts.get(key) ?? [];
        const distance = label.isOnLine
            ? layer.value("symbol-spacing", camera.zoom) * 0.7
            : /\p{L}{3}/u.test(label.text) ? SAME_TEXT_DISTANCE : SAME_PLACE_DISTANCE;
        if (same.some((other) => Math.hypot(other.x - label.x, other.y - label.y) < distance)) return false;
        const padding = layer.value("text-padding", camera.zoom);
        if (!layer.value("text-allow-overlap", camera.zoom) && label.boxes.some((box) => isTaken(grid, box, padding))) {
            return false;
        }
        for (const box of label.boxes) take(grid, box, padding);
        same.push(label);
        texts.set(key, same);
        return true;
    }
}

function textFor(layer, zoom, feature) {
    const field = layer.value("text-field", zoom, feature);
    const text = typeof field === "string" ? field.trim() : String(field);
    const transform = layer.value("text-transform", zoom, feature);
    return transform === "uppercase" ? text.toUpperCase() : transform === "lowercase" ? text.toLowerCase() : text;
}

function partsOf(feature) {
    const parts = [];
    let start = 0;
    for (const end of feature.ends) {
        parts.push(feature.coordinates.subarray(start, end));
        start = end;
    }
    return parts;
}

/** Every point of a point feature; of a line the middle vertex, of a polygon the middle of its bounds. */
function anchorsFor(feature) {
    const { coordinates, type, bounds } = feature;
    if (coordinates.length === 0) return [];
    if (type === POINT) {
        const points = [];
        for (let i = 0; i < coordinates.length; i += 2) points.push([coordinates[i], coordinates[i + 1]]);
        return points;
    }
    if (type === LINE) {
        const middle = (coordinates.length >> 2) * 2;
        return [[coordinates[middle], coordinates[middle + 1]]];
    }
    return [[(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2]];
}

function* gridKeys([minX, minY, maxX, maxY], padding) {
    const right = Math.floor((maxX + padding) / GRID_SIDE);
    const bottom = Math.floor((maxY + padding) / GRID_SIDE);
    for (let row = Math.floor((minY - padding) / GRID_SIDE); row <= bottom; row += 1) {
        for (let column = Math.floor((minX - padding) / GRID_SIDE); column <= right; column += 1) {
            yield row * 65536 + column;
        }
    }
}

function isTaken(grid, box, padding) {
    for (const key of gridKeys(box, padding)) {
        for (const other of grid.get(key) ?? []) {
            if (box[0] - padding < other[2] && box[2] + padding > other[0]
                && box[1] - padding < other[3] && box[3] + padding > other[1]) return true;
        }
    }
    return false;
}

function take(grid, box, padding) {
    for (const key of gridKeys(box, padding)) {
        const there = grid.get(key);
        if (there) there.push(box);
        else grid.set(key, [box]);
    }
}
