// Decoder of Mapbox Vector Tiles 2.1 (https://github.com/mapbox/vector-tile-spec).
//
// decodeTile(bytes) gives a Map from layer name to { name, extent, features }. A feature is
//   { id, type, properties, coordinates, ends, bounds }
// id           a number, or null when absent or above 2^53 (a number would not be exact)
// type         1 point, 2 line, 3 polygon (section 4.3.4)
// coordinates  Int32Array of x, y pairs in tile units: origin top left, x to the right, y down
// ends         index in `coordinates` behind the last number of each part (line or ring; rings are not closed twice)
// bounds       [minX, minY, maxX, maxY]
//
// Geometry is decoded at first use: most features of a tile are never drawn at most zooms. Bytes that break the wire
// format throw TileError; a single feature that breaks the geometry grammar is left out and the rest is kept.

export class TileError extends Error {}

export const POINT = 1;
export const LINE = 2;
export const POLYGON = 3;

/** A cursor over protobuf bytes between `position` and `end`. */
class Reader {
    constructor(bytes, position = 0, end = bytes.length) {
        this.bytes = bytes;
        this.position = position;
        this.end = end;
    }

    get more() {
        return this.position < this.end;
    }

    /** An unsigned varint as a number; exact up to 2^53. */
    varint() {
        let value = 0;
        let factor = 1;
        for (let count = 0; count < 10; count += 1) {
            if (this.position >= this.end) throw new TileError(`varint cut off at byte ${this.position}`);
            const byte = this.bytes[this.position];
            this.position += 1;
            value += (byte & 0x7f) * factor;
            if (byte < 0x80) return value;
            factor *= 128;
        }
        throw new TileError(`varint longer than 10 bytes before byte ${this.position}`);
    }

    /** A varint as a signed 64-bit integer (`int64`); negative ones take ten bytes. */
    signedVarint() {
        const start = this.position;
        const value = this.varint();
        if (value < 2 ** 53) return value;
        let exact = 0n;
        let shift = 0n;
        for (let i = start; i < this.position; i += 1) {
            exact |= BigInt(this.bytes[i] & 0x7f) << shift;
            shift += 7n;
        }
        return Number(BigInt.asIntN(64, exact));
    }

    zigzag() {
        const value = this.varint();
        return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
    }

    /** The start and end of a length-delimited field; the cursor moves behind it. */
    range() {
        const length = this.varint();
        const start = this.position;
        if (length > this.end - start) throw new TileError(`field of ${length} bytes at ${start} passes the end`);
        this.position = start + length;
        return [start, this.position];
    }

    message() {
        const [start, end] = this.range();
        return new Reader(this.bytes, start, end);
    }

    string() {
        const [start, end] = this.range();
        return text.decode(this.bytes.subarray(start, end));
    }

    fixed(length) {
        if (length > this.end - this.position) throw new TileError(`number cut off at byte ${this.position}`);
        const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + this.position, length);
        this.position += length;
        return view;
    }

    skip(wireType) {
        if (wireType === 0) this.varint();
        else if (wireType === 1) this.fixed(8);
        else if (wireType === 2) this.range();
        else if (wireType === 5) this.fixed(4);
        else throw new TileError(`wire type ${wireType} at byte ${this.position} is not known`);
    }

    /** Calls `read(field, wireType)` for each field; what it answers with false is skipped. */
    fields(read) {
        while (this.more) {
            const tag = this.varint();
            const wireType = tag % 8;
            if (read(Math.floor(tag / 8), wireType) === false) this.skip(wireType);
        }
    }
}

const text = new TextDecoder();

export function decodeTile(bytes) {
    const layers = new Map();
    const reader = new Reader(bytes);
    reader.fields((field, wireType) => {
        if (field !== 3 || wireType !== 2) return false;
        const layer = decodeLayer(reader.message());
        // Names are unique (section 4.1); of two equal ones the first is kept.
        if (layer && !layers.has(layer.name)) layers.set(layer.name, layer);
        return true;
    });
    return layers;
}

function decodeLayer(reader) {
    const layer = { name: null, extent: 4096, version: 1, features: [] };
    const keys = [];
    const values = [];
    const messages = [];
    reader.fields((field, wireType) => {
        if (field === 1 && wireType === 2) layer.name = reader.string();
        else if (field === 2 && wireType === 2) messages.push(reader.message());
        else if (field === 3 && wireType === 2) keys.push(reader.string());
        else if (field === 4 && wireType === 2) values.push(decodeValue(reader.message()));
        else if (field === 5 && wireType === 0) layer.extent = reader.varint();
        else if (field === 15 && wireType === 0) layer.version = reader.varint();
        else return false;
        return true;
    });
    if (layer.name === null) throw new TileError("a layer has no name (section 4.1)");
    // Section 4.1: a layer of an unknown version is left out, the others are still drawn.
    if (layer.version !== 1 && layer.version !== 2) return null;
    if (!(layer.extent > 0)) throw new TileError(`layer ${layer.name} has extent 0`);
    for (const message of messages) {
        const feature = decodeFeature(message, keys, values, layer.name);
        if (feature) layer.features.push(feature);
    }
    return layer;
}

function decodeValue(reader) {
    let value = null;
    reader.fields((field, wireType) => {
        if (field === 1 && wireType === 2) value = reader.string();
        else if (field === 2 && wireType === 5) value = reader.fixed(4).getFloat32(0, true);
        else if (field === 3 && wireType === 1) value = reader.fixed(8).getFloat64(0, true);
        else if (field === 4 && wireType === 0) value = reader.signedVarint();
        else if (field === 5 && wireType === 0) value = reader.varint();
        else if (field === 6 && wireType === 0) value = reader.zigzag();
        else if (field === 7 && wireType === 0) value = reader.varint() !== 0;
        else return false;
        return true;
    });
    return value;
}

function decodeFeature(reader, keys, values, layerName) {
    let id = null;
    let type = 0;
    let tags = null;
    let geometry = null;
    reader.fields((field, wireType) => {
        if (field === 1 && wireType === 0) id = reader.varint();
        else if (field === 2 && wireType === 2) tags = reader.message();
        else if (field === 3 && wireType === 0) type = reader.varint();
        else if (field === 4 && wireType === 2) geometry = reader.message();
        else return false;
        return true;
    });
    const properties = {};
    while (tags !== null && tags.more) {
        const key = tags.varint();
        if (!tags.more) return null;  // an odd number of tags (section 4.4)
        const value = tags.varint();
        if (key >= keys.length || value >= values.length) {
            throw new TileError(`layer ${layerName} has a tag index out of range (section 4.4)`);
        }
        properties[keys[key]] = values[value];
    }
    if (geometry === null || type < POINT || type > POLYGON) return null;
    return new Feature(id !== null && id <= Number.MAX_SAFE_INTEGER ? id : null, type, properties, geometry);
}

class Feature {
    #geometry;
    #decoded = null;

    constructor(id, type, properties, geometry) {
        this.id = id;
        this.type = type;
        this.properties = properties;
        this.#geometry = geometry;
    }

    get #parts() {
        if (this.#decoded === null) {
            this.#decoded = decodeGeometry(this.#geometry, this.type);
            this.#geometry = null;
        }
        return this.#decoded;
    }

    get coordinates() {
        return this.#parts.coordinates;
    }

    get ends() {
        return this.#parts.ends;
    }

    get bounds() {
        return this.#parts.bounds;
    }
}

const nothing = { coordinates: new Int32Array(0), ends: [], bounds: [Infinity, Infinity, -Infinity, -Infinity] };

/** Section 4.3: commands and zigzag parameters. A feature that breaks the grammar has no geometry. */
function decodeGeometry(reader, type) {
    const coordinates = [];
    const ends = [];
    const bounds = [Infinity, Infinity, -Infinity, -Infinity];
    let x = 0;
    let y = 0;
    let partStart = 0;
    const endPart = () => {
        const points = (coordinates.length - partStart) / 2;
        const needed = type === POLYGON ? 3 : type === LINE ? 2 : 1;
        if (points >= needed) ends.push(coordinates.length);
        else coordinates.length = partStart;
        partStart = coordinates.length;
    };
    try {
        while (reader.more) {
            const integer = reader.varint();
            const command = integer % 8;
            const count = Math.floor(integer / 8);
            if (command === 7) {
                if (type !== POLYGON || coordinates.length === partStart) return nothing;
                endPart();
                continue;
            }
            if (command !== 1 && command !== 2) return nothing;
            if (command === 2 && (type === POINT || coordinates.length === partStart)) return nothing;
            // Each parameter takes a byte at least, so a count beyond the bytes left is a lie, not a long loop.
            if (count * 2 > reader.end - reader.position) return nothing;
            if (command === 1 && type !== POINT) endPart();
            for (let i = 0; i < count; i += 1) {
                x += reader.zigzag();
                y += reader.zigzag();
                coordinates.push(x, y);
                if (x < bounds[0]) bounds[0] = x;
                if (y < bounds[1]) bounds[1] = y;
                if (x > bounds[2]) bounds[2] = x;
                if (y > bounds[3]) bounds[3] = y;
            }
        }
    } catch (error) {
        if (error instanceof TileError) return nothing;
        throw error;
    }
    endPart();
    return { coordinates: Int32Array.from(coordinates), ends, bounds };
}
