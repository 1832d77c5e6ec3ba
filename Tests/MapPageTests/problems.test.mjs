import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera, worldX, worldY } from "../../Sources/CEmbedded/page/camera.js";
import { countText, isLinkable, objectText } from "../../Sources/CEmbedded/page/problempanel.js";
import { boxAround, markPath, MARKS, ProblemLayer, readProblems } from "../../Sources/CEmbedded/page/problems.js";

function camera(longitude, latitude, zoom, width = 1000, height = 600) {
    const result = new Camera();
    result.resize(width, height);
    result.moveTo(longitude, latitude, zoom);
    return result;
}

const feature = (longitude, latitude, properties = {}) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [longitude, latitude] },
    properties: { kind: "odd-tag", id: "n1", other: null, detail: "", ...properties },
});

const KINDS = { kinds: [{ kind: "odd-tag", family: "tags", title: "t", meaning: "m", consequence: "c", advice: "a" }] };

/** Runs `body` with a server that answers with `features` and notes what it is asked. */
async function withServer(features, body, status = 200) {
    const asked = [];
    const before = globalThis.fetch;
    globalThis.fetch = async (address) => {
        asked.push(String(address));
        if (String(address).endsWith("problems.json")) return { ok: true, json: async () => KINDS };
        return {
            ok: status === 200, status,
            json: async () => ({ numberMatched: features.length, numberReturned: features.length, features }),
        };
    };
    try {
        await body(asked);
    } finally {
        globalThis.fetch = before;
    }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 30));

test("the box asked for contains the view and is the same after small moves", () => {
    for (const [longitude, latitude, zoom] of [[9.52, 47.14, 14], [-70, -30, 3.7], [0.001, 0.001, 18.2], [179, 60, 6]]) {
        const view = camera(longitude, latitude, zoom);
        const box = boxAround(view);
        const inside = (x) => x >= worldX(box.west) - 1e-9 || x <= worldX(box.east) + 1e-9;
        for (const [px, py] of [[0, 0], [1000, 600], [500, 300]]) {
            const [x, y] = view.worldAt(px, py);
            assert.ok(inside(x - Math.floor(x)), `${longitude} ${zoom}: ${x}`);
            assert.ok(y >= worldY(box.north) - 1e-9 && y <= worldY(box.south) + 1e-9, `${latitude}: ${y}`);
        }
    }
    const view = camera(9.52, 47.14, 14);
    const first = boxAround(view);
    let asked = 0;
    for (let move = 0; move < 100; move += 1) {
        view.panBy(1, 0);
        if (boxAround(view).west !== first.west) asked += 1;
    }
    assert.ok(asked === 0 || asked < 100);
});

test("the box crosses 180 degrees with west above east, and the whole world needs none", () => {
    const { west, east } = boxAround(camera(179.99, 0, 10));
    assert.ok(west > east && west <= 180 && east >= -180);
    assert.equal(boxAround(camera(0, 0, 0)), null);
});

test("problems without a place and what is none are left out", () => {
    const read = readProblems({ features: [feature(9, 47), { geometry: null, properties: { kind: "x" } }, {}, null] });
    assert.equal(read.length, 1);
    assert.deepEqual(readProblems(null), []);
    assert.deepEqual(readProblems({ features: 7 }), []);
});

test("nothing is asked before the layer is switched on, and once for one view", async () => {
    await withServer([feature(9.52, 47.14)], async (asked) => {
        const view = camera(9.52, 47.14, 14);
        const layer = new ProblemLayer(() => {});
        layer.open("/a%20b/problems.geojson");
        layer.update(view);
        await rest();
        assert.deepEqual(asked, []);
        assert.equal(layer.state, "off");
        layer.setOn(true);
        layer.update(view);
        layer.update(view);
        assert.equal(layer.state, "loading");
        await rest();
        assert.equal(layer.state, "ready");
        assert.equal(asked.length, 2);
        assert.match(asked[1], /^\/a%20b\/problems\.geojson\?bbox=[-\d.]+,[-\d.]+,[-\d.]+,[-\d.]+$/);
        layer.update(view);
        await rest();
        assert.equal(asked.length, 2);
        assert.equal(layer.familyOf("odd-tag"), "tags");
        layer.setOn(false);
        assert.equal(layer.problems.length, 0);
    });
});

test("a layer that is not offered asks nothing, and a failure is said", async () => {
    await withServer([], async (asked) => {
        const layer = new ProblemLayer(() => {});
        layer.setOn(true);
        layer.update(camera(0, 0, 5));
        await rest();
        assert.deepEqual(asked, []);
        layer.open("/x/problems.geojson");
        layer.update(camera(0, 0, 5));
        await rest();
        assert.equal(layer.state, "failed");
        assert.match(layer.failure, /500/);
    }, 500);
});

test("marks near a click are found, nearest first, and none far from it", async () => {
    await withServer([feature(9.52, 47.14, { id: "n1" }), feature(9.5201, 47.14, { id: "n2" })], async () => {
        const view = camera(9.52, 47.14, 16);
        const layer = new ProblemLayer(() => {});
        layer.open("/x/problems.geojson");
        layer.setOn(true);
        layer.update(view);
        await rest();
        assert.deepEqual(layer.at(view, 503, 300).map(({ id }) => id), ["n1", "n2"]);
        assert.deepEqual(layer.at(view, 508, 300).map(({ id }) => id), ["n2", "n1"]);
        assert.deepEqual(layer.at(view, 100, 100), []);
    });
});

test("every family has a shape and a colour of its own", () => {
    const families = Object.keys(MARKS);
    assert.equal(new Set(families.map((family) => markPath(family))).size, families.length);
    assert.equal(new Set(families.map((family) => MARKS[family].color)).size, families.length);
});

test("the page links to openstreetmap.org and the editor on this machine only", () => {
    assert.ok(isLinkable("https://www.openstreetmap.org/node/1"));
    assert.ok(isLinkable("http://127.0.0.1:8111/load_object?objects=n1"));
    for (const bad of ["javascript:alert(1)", "https://www.openstreetmap.org.evil.example/", null, 7, "//x"]) {
        assert.ok(!isLinkable(bad), String(bad));
    }
});

test("objects and counts are said in words", () => {
    assert.equal(objectText("w4"), "way 4");
    assert.equal(objectText("n-7"), "node -7");
    assert.equal(objectText("x1"), null);
    assert.equal(objectText(null), null);
    assert.equal(countText(0, 0), "No problems around here.");
    assert.equal(countText(1, 1), "1 problem around here.");
    assert.equal(countText(2000, 5000), "2000 of 5000 around here are shown; zoom in for all.");
});
