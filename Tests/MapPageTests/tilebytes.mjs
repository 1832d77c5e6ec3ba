// Writes tiny vector tiles for the tests, and makes repeatable random numbers.

export function varint(number) {
    const bytes = [];
    let rest = BigInt.asUintN(64, BigInt(number));
    while (rest > 127n) {
        bytes.push(Number(rest & 127n) | 128);
        rest >>= 7n;
    }
    bytes.push(Number(rest));
    return bytes;
}

export function field(number, wireType, content) {
    const body = wireType === 2 ? [...varint(content.length), ...content] : content;
    return [...varint(number * 8 + wireType), ...body];
}

export const utf8 = (text) => [...new TextEncoder().encode(text)];

export function value(input) {
    if (typeof input === "string") return field(1, 2, utf8(input));
    if (typeof input === "boolean") return field(7, 0, [input ? 1 : 0]);
    if (Number.isInteger(input)) return field(4, 0, varint(input));
    const view = new DataView(new ArrayBuffer(8));
    view.setFloat64(0, input, true);
    return field(3, 1, [...new Uint8Array(view.buffer)]);
}

/** `geometry` is the list of integers of section 4.3. */
export function feature({ id, tags = [], type, geometry }) {
    return [
        ...(id === undefined ? [] : field(1, 0, varint(id))),
        ...field(2, 2, tags.flatMap(varint)),
        ...(type === undefined ? [] : field(3, 0, varint(type))),
        ...(geometry === undefined ? [] : field(4, 2, geometry.flatMap(varint))),
    ];
}

export function layer({ name = "test", version = 2, extent = 4096, keys = [], values = [], features = [] }) {
    return field(3, 2, [
        ...(version === null ? [] : field(15, 0, varint(version))),
        ...(name === null ? [] : field(1, 2, utf8(name))),
        ...features.flatMap((bytes) => field(2, 2, bytes)),
        ...keys.flatMap((key) => field(3, 2, utf8(key))),
        ...values.flatMap((bytes) => field(4, 2, bytes)),
        ...field(5, 0, varint(extent)),
    ]);
}

export const tile = (...layers) => Uint8Array.from(layers.flat());

/** A point feature as the decoder gives it, for tests of what comes after. */
export function drawn(properties, { type = 1, coordinates = [0, 0], ends, id = null } = {}) {
    const xs = coordinates.filter((_, index) => index % 2 === 0);
    const ys = coordinates.filter((_, index) => index % 2 === 1);
    return {
        id, type, properties, coordinates: Int32Array.from(coordinates), ends: ends ?? [coordinates.length],
        bounds: [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)],
    };
}

/** mulberry32. */
export function seeded(seed) {
    let state = seed;
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}
