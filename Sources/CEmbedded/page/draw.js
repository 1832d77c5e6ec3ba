// Drawing of areas, lines and circles on a 2D canvas.
//
// Style layers are drawn one after the other over all cells, so that a casing in one tile never covers a street in the
// next. Each cell is clipped at whole device pixels: neighbours meet without a seam or an overlap. Geometry is a Path2D
// per cell, layer and look, in tile units; the canvas's transform brings it to the screen, so zooming rebuilds nothing.

import { cssColor } from "./color.js";
import { TILE_SIZE } from "./camera.js";
import { LINE, POINT, POLYGON } from "./vectortile.js";

/** Draws everything but texts. `pixelRatio` is device pixels per CSS pixel. */
export function drawMap(context, style, camera, entries, pixelRatio) {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.globalAlpha = 1;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    const places = entries.map((entry) => placeOf(entry, camera, pixelRatio));
    for (const layer of style.layers) {
        if (!layer.isVisible(camera.zoom)) continue;
        if (layer.type === "background") {
            context.setTransform(1, 0, 0, 1, 0, 0);
            const color = layer.value("background-color", camera.zoom);
            context.fillStyle = cssColor(color, layer.value("background-opacity", camera.zoom));
            context.fillRect(0, 0, context.canvas.width, context.canvas.height);
            continue;
        }
        const draw = DRAWERS[layer.type];
        if (draw === undefined) continue;
        for (const place of places) {
            const prepared = preparedFor(place.cell, layer, camera.zoom);
            if (prepared === null) continue;
            context.save();
            context.beginPath();
            context.rect(place.clipX, place.clipY, place.clipWidth, place.clipHeight);
            context.clip();
            const scale = place.tileSize / prepared.extent;
            for (const group of prepared.groups) {
                draw({ context, layer, zoom: camera.zoom, group, place, scale, pixelRatio });
            }
            context.restore();
        }
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
}

const DRAWERS = { fill: drawFill, line: drawLine, circle: drawCircles };

/** Where a cell and its tile lie on the canvas, in device pixels. */
function placeOf({ tile, cell, x }, camera, pixelRatio) {
    const worldSize = camera.worldSize * pixelRatio;
    const originX = camera.x * worldSize - (camera.width * pixelRatio) / 2;
    const originY = camera.y * worldSize - (camera.height * pixelRatio) / 2;
    const cellSize = worldSize / 2 ** cell.z;
    const tileSize = worldSize / 2 ** tile.z;
    const clipX = Math.round(x * cellSize - originX);
    const clipY = Math.round(cell.y * cellSize - originY);
    return {
        cell, tileSize, clipX, clipY,
        clipWidth: Math.round((x + 1) * cellSize - originX) - clipX,
        clipHeight: Math.round((cell.y + 1) * cellSize - originY) - clipY,
        tileX: x * cellSize - originX - cell.left * tileSize,
        tileY: cell.y * cellSize - originY - cell.top * tileSize,
    };
}

/** Groups of features with their paths, kept in the cell; the filter sees the whole zoom only. */
function preparedFor(cell, layer, zoom) {
    const whole = Math.floor(zoom);
    const kept = cell.prepared.get(layer.index);
    if (kept !== undefined && (kept === null || !layer.filter.usesZoom || kept.zoom === whole)) return kept;
    const source = cell.layer(layer.sourceLayer);
    let prepared = null;
    if (source !== null) {
        const groups = layer.group(source.features, whole);
        for (const group of groups) group.path = layer.type === "circle" ? null : pathOf(group.features, layer.type);
        // An empty answer holds for all zooms only if the filter does not look at the zoom.
        if (groups.length > 0 || layer.filter.usesZoom) prepared = { zoom: whole, extent: source.extent, groups };
    }
    cell.prepared.set(layer.index, prepared);
    return prepared;
}

function pathOf(features, layerType) {
    const path = new Path2D();
    for (const feature of features) {
        // Lines may be drawn along polygons' edges; nothing is filled but polygons.
        if (feature.type === POINT || (layerType === "fill" && feature.type !== POLYGON)) continue;
        const { coordinates, ends } = feature;
        let start = 0;
        for (const end of ends) {
            path.moveTo(coordinates[start], coordinates[start + 1]);
            for (let i = start + 2; i < end; i += 2) path.lineTo(coordinates[i], coordinates[i + 1]);
            if (feature.type === POLYGON) path.closePath();
            start = end;
        }
    }
    return path;
}

function useTileUnits(context, place, scale) {
    context.setTransform(scale, 0, 0, scale, place.tileX, place.tileY);
}

function drawFill({ context, layer, zoom, group, place, scale, pixelRatio }) {
    const opacity = layer.value("fill-opacity", zoom, group.sample);
    if (opacity <= 0) return;
    useTileUnits(context, place, scale);
    context.fillStyle = cssColor(layer.value("fill-color", zoom, group.sample), opacity);
    context.fill(group.path, "nonzero");
    const outline = layer.value("fill-outline-color", zoom, group.sample);
    if (outline === null) return;
    context.strokeStyle = cssColor(outline, opacity);
    context.lineWidth = pixelRatio / scale;
    context.setLineDash([]);
    context.stroke(group.path);
}

function drawLine({ context, layer, zoom, group, place, scale, pixelRatio }) {
    const width = layer.value("line-width", zoom, group.sample);
    const opacity = layer.value("line-opacity", zoom, group.sample);
    if (width <= 0 || opacity <= 0) return;
    useTileUnits(context, place, scale);
    const unitsPerPixel = pixelRatio / scale;
    context.strokeStyle = cssColor(layer.value("line-color", zoom, group.sample), opacity);
    context.lineWidth = width * unitsPerPixel;
    context.lineCap = layer.value("line-cap", zoom, group.sample);
    context.lineJoin = layer.value("line-join", zoom, group.sample);
    context.miterLimit = layer.value("line-miter-limit", zoom, group.sample);
    const dashes = layer.value("line-dasharray", zoom, group.sample);
    context.setLineDash(dashes === null ? [] : dashes.map((length) => length * width * unitsPerPixel));
    context.stroke(group.path);
}

function drawCircles({ context, layer, zoom, group, place, scale, pixelRatio }) {
    const radius = layer.value("circle-radius", zoom, group.sample) * pixelRatio;
    const strokeWidth = layer.value("circle-stroke-width", zoom, group.sample) * pixelRatio;
    if (radius + strokeWidth <= 0) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.beginPath();
    for (const { coordinates, ends, type } of group.features) {
        const end = type === LINE || type === POLYGON ? coordinates.length : ends[0] ?? 0;
        for (let i = 0; i < end; i += 2) {
            const x = place.tileX + coordinates[i] * scale;
            const y = place.tileY + coordinates[i + 1] * scale;
            const reach = radius + strokeWidth;
            if (x < place.clipX - reach || x > place.clipX + place.clipWidth + reach) continue;
            if (y < place.clipY - reach || y > place.clipY + place.clipHeight + reach) continue;
            context.moveTo(x + radius, y);
            context.arc(x, y, radius, 0, 2 * Math.PI);
        }
    }
    const opacity = layer.value("circle-opacity", zoom, group.sample);
    context.fillStyle = cssColor(layer.value("circle-color", zoom, group.sample), opacity);
    context.fill();
    if (strokeWidth <= 0) return;
    const strokeOpacity = layer.value("circle-stroke-opacity", zoom, group.sample);
    context.strokeStyle = cssColor(layer.value("circle-stroke-color", zoom, group.sample), strokeOpacity);
    context.lineWidth = strokeWidth;
    context.setLineDash([]);
    context.stroke();
}

/** Pixels of a whole tile at the camera's zoom; for hit tests and labels. */
export function tileSizeAt(camera, z) {
    return TILE_SIZE * 2 ** (camera.zoom - z);
}
