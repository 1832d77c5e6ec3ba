import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeTile, TileError } from "../../Sources/CEmbedded/page/vectortile.js";
import { feature, field, layer, seeded, tile, utf8, value, varint } from "./tilebytes.mjs";

const only = (bytes) => decodeTile(bytes).get("test").features;
const shape = ({ coordinates, ends }) => ({ coordinates: [...coordinates], ends: [...ends] });
const decoded = (type, geometry) => shape(only(tile(layer({ features: [feature({ type, geometry })] })))[0]);

test("a tile of no bytes has no layers", () => {
    assert.equal(decodeTile(new Uint8Array()).size, 0);
});

test("the examples of section 4.3.5 decode to their coordinates", () => {
    assert.deepEqual(decoded(1, [9, 50, 34]), { coordinates: [25, 17], ends: [2] });
    assert.deepEqual(decoded(1, [17, 10, 14, 3, 9]), { coordinates: [5, 7, 3, 2], ends: [4] });
    assert.deepEqual(decoded(2, [9, 4, 4, 18, 0, 16, 16, 0]), { coordinates: [2, 2, 2, 10, 10, 10], ends: [6] });
    assert.deepEqual(decoded(2, [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8]), {
        coordinates: [2, 2, 2, 10, 10, 10, 1, 1, 3, 5], ends: [6, 10],
    });
    assert.deepEqual(decoded(3, [9, 6, 12, 18, 10, 12, 24, 44, 15]), { coordinates: [3, 6, 8, 12, 20, 34], ends: [6] });
    const two = [
        9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15, 9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15,
    ];
    assert.deepEqual(decoded(3, two), {
        coordinates: [0, 0, 10, 0, 10, 10, 0, 10, 11, 11, 20, 11, 20, 20, 11, 20, 13, 13, 13, 17, 17, 17, 17, 13],
        ends: [8, 16, 24],
    });
});

test("bounds hold all vertices", () => {
    const [line] = only(tile(layer({ features: [feature({ type: 2, geometry: [9, 4, 4, 18, 0, 16, 16, 0] })] })));
    assert.deepEqual(line.bounds, [2, 2, 10, 10]);
});

test("every type of value is read, section 4.4", () => {
    const float = new Uint8Array(new Float32Array([1.5]).buffer);
    const values = [
        value("Straße"), field(2, 5, [...float]), value(0.25), value(-7), field(5, 0, varint(2 ** 40)),
        field(6, 0, varint(5)), value(true), value(false),
    ];
    const keys = ["text", "float", "double", "int", "uint", "sint", "yes", "no"];
    const tags = keys.flatMap((_, index) => [index, index]);
    const [point] = only(tile(layer({ keys, values, features: [feature({ tags, type: 1, geometry: [9, 0, 0] })] })));
    assert.deepEqual(point.properties, {
        text: "Straße", float: 1.5, double: 0.25, int: -7, uint: 2 ** 40, sint: -3, yes: true, no: false,
    });
});

test("an id above 2^53 is no id, for it would not be exact", () => {
    const geometry = [9, 0, 0];
    const features = [
        feature({ id: 1234567890123n, type: 1, geometry }), feature({ id: 2n ** 60n, type: 1, geometry }),
        feature({ type: 1, geometry }),
    ];
    assert.deepEqual(only(tile(layer({ features }))).map(({ id }) => id), [1234567890123, null, null]);
});

test("a layer of an unknown version is left out and the others are kept, section 4.1", () => {
    const point = feature({ type: 1, geometry: [9, 0, 0] });
    const later = layer({ name: "new", version: 3, features: [point] });
    const layers = decodeTile(tile(later, layer({ features: [point] })));
    assert.deepEqual([...layers.keys()], ["test"]);
});

test("a layer without a name is refused, section 4.1", () => {
    assert.throws(() => decodeTile(tile(layer({ name: null }))), TileError);
});

test("a tag index out of range is refused, section 4.4", () => {
    const features = [feature({ tags: [0, 1], type: 1, geometry: [9, 0, 0] })];
    assert.throws(() => decodeTile(tile(layer({ keys: ["a"], values: [value("b")], features }))), TileError);
});

test("features without geometry, with an odd number of tags or of unknown type are left out", () => {
    const good = feature({ type: 1, geometry: [9, 2, 2] });
    const features = [
        feature({ type: 1 }), feature({ tags: [0], type: 1, geometry: [9, 0, 0] }),
        feature({ type: 8, geometry: [9, 0, 0] }), good,
    ];
    const found = only(tile(layer({ keys: ["a"], values: [value(1)], features })));
    assert.deepEqual(found.map(shape), [{ coordinates: [1, 1], ends: [2] }]);
});

test("geometry that breaks the grammar of section 4.3 gives nothing and does not hang", () => {
    for (const geometry of [[15], [18, 2, 2], [9, 2], [(1 << 28) * 8 + 1, 2, 2], [12, 2, 2], [9, 2, 2, 7]]) {
        assert.deepEqual(decoded(2, geometry).ends, [], `${geometry}`);
    }
});

test("lines of one point and rings of two are dropped", () => {
    assert.deepEqual(decoded(2, [9, 2, 2]).ends, []);
    assert.deepEqual(decoded(3, [9, 2, 2, 10, 2, 2, 15]).ends, []);
});

test("fields of later versions are skipped", () => {
    const extra = [...field(99, 0, [5]), ...field(98, 2, utf8("later")), ...field(97, 5, [1, 2, 3, 4])];
    const bytes = Uint8Array.from([...extra, ...layer({ features: [feature({ type: 1, geometry: [9, 0, 0] })] })]);
    assert.equal(only(bytes).length, 1);
});

test("cut and damaged tiles throw TileError or decode, whatever is broken", () => {
    const features = [1, 2, 3].map((number) => feature({
        id: number, tags: [0, 0, 1, 1], type: 3, geometry: [9, 6, 12, 18, 10, 12, 24, 44, 15],
    }));
    const whole = tile(layer({ keys: ["name", "width"], values: [value("Weg"), value(2.5)], features }));
    const read = (bytes) => {
        try {
            for (const { features: list } of decodeTile(bytes).values()) for (const each of list) each.bounds.join();
        } catch (error) {
            assert.ok(error instanceof TileError, `${error.stack}`);
        }
    };
    for (let length = 0; length < whole.length; length += 1) read(whole.subarray(0, length));
    const random = seeded(7);
    for (let round = 0; round < 3000; round += 1) {
        const damaged = Uint8Array.from(whole);
        for (let flips = 0; flips < 1 + (round % 3); flips += 1) {
            damaged[Math.floor(random() * damaged.length)] ^= 1 << Math.floor(random() * 8);
        }
        read(damaged);
    }
});
