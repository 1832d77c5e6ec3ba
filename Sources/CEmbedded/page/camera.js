// Where the map looks: a centre in the world square and a zoom.
//
// World coordinates are Web Mercator scaled to 0...1, x to the east, y to the south (EPSG:3857). Screen coordinates are
// CSS pixels from the canvas's top left. The world is 512 * 2^zoom pixels wide, MapLibre's convention. x is unbounded
// while the map moves, so that lines of sight across 180 degrees need no special case; it is brought back to 0...1 by
// whole worlds only, which changes nothing on screen.

export const TILE_SIZE = 512;
export const MIN_ZOOM = 0;
export const MAX_ZOOM = 19;
const MAX_LATITUDE = 85.0511287798066;
const EQUATOR_IN_METRES = 40075016.68557849;

export function worldX(longitude) {
    return (longitude + 180) / 360;
}

export function worldY(latitude) {
    const bounded = Math.max(-MAX_LATITUDE, Math.min(MAX_LATITUDE, latitude));
    return (1 - Math.asinh(Math.tan((bounded * Math.PI) / 180)) / Math.PI) / 2;
}

export function longitudeOf(x) {
    return x * 360 - 180;
}

export function latitudeOf(y) {
    return (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
}

export class Camera {
    x = 0.5;
    y = 0.5;
    zoom = 1;
    width = 1;
    height = 1;

    get worldSize() {
        return TILE_SIZE * 2 ** this.zoom;
    }

    resize(width, height) {
        this.width = Math.max(1, width);
        this.height = Math.max(1, height);
        this.#clamp();
    }

    /** Degrees; zoom is brought into 0...19. */
    moveTo(longitude, latitude, zoom) {
        this.x = worldX(longitude);
        this.y = worldY(latitude);
        this.zoom = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, zoom));
        this.#clamp();
    }

    /** [west, south, east, north] in degrees, with a small margin. West above east crosses 180 degrees. */
    fit([west, south, east, north], maxZoom = 14) {
        const right = east < west ? east + 360 : east;
        const spanX = Math.max(1e-9, worldX(right) - worldX(west));
        const spanY = Math.max(1e-9, worldY(south) - worldY(north));
        const zoom = Math.log2(Math.min(this.width / spanX, this.height / spanY) * 0.9 / TILE_SIZE);
        this.moveTo((west + right) / 2, latitudeOf((worldY(south) + worldY(north)) / 2), Math.min(maxZoom, zoom));
    }

    /** Moves what is under the pointer by (dx, dy) pixels. */
    panBy(dx, dy) {
        this.x -= dx / this.worldSize;
        this.y -= dy / this.worldSize;
        this.#clamp();
    }

    /** Changes the zoom and keeps what is at screen point (px, py) there. */
    zoomAround(zoom, px, py) {
        const [wx, wy] = this.worldAt(px, py);
        this.zoom = Math.max(MIN_ZOOM, Math.min(MAX_ZOOM, zoom));
        this.x = wx - (px - this.width / 2) / this.worldSize;
        this.y = wy - (py - this.height / 2) / this.worldSize;
        this.#clamp();
    }

    worldAt(px, py) {
        return [this.x + (px - this.width / 2) / this.worldSize, this.y + (py - this.height / 2) / this.worldSize];
    }

    get longitude() {
        return longitudeOf(this.x);
    }

    get latitude() {
        return latitudeOf(this.y);
    }

    /** Ground length of a CSS pixel at the centre. */
    get metresPerPixel() {
        return (EQUATOR_IN_METRES * Math.cos((this.latitude * Math.PI) / 180)) / this.worldSize;
    }

    /** No view beyond the poles, unless the whole world is lower than the canvas: then it is centred. */
    #clamp() {
        this.x -= Math.floor(this.x);
        const half = this.height / 2 / this.worldSize;
        this.y = half >= 0.5 ? 0.5 : Math.max(half, Math.min(1 - half, this.y));
    }
}
