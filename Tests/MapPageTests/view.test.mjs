import assert from "node:assert/strict";
import { test } from "node:test";
import { formatAddress, parseAddress } from "../../Sources/CEmbedded/page/address.js";
import { Camera, latitudeOf, longitudeOf, worldX, worldY } from "../../Sources/CEmbedded/page/camera.js";
import { attributionParts, dayOf, scaleFor } from "../../Sources/CEmbedded/page/furniture.js";
import { featuresAt, objectOf } from "../../Sources/CEmbedded/page/inspect.js";
import { compileStyle } from "../../Sources/CEmbedded/page/style.js";
import { Cell, cellsInView, isWithin } from "../../Sources/CEmbedded/page/tiles.js";
import { drawn } from "./tilebytes.mjs";

function camera(longitude, latitude, zoom, width = 1000, height = 600) {
    const result = new Camera();
    result.resize(width, height);
    result.moveTo(longitude, latitude, zoom);
    return result;
}

const near = (actual, expected, tolerance = 1e-9) =>
    assert.ok(Math.abs(actual - expected) < tolerance, `${actual}, ${expected}`);

test("world coordinates and degrees are inverse to each other", () => {
    for (const [longitude, latitude] of [[0, 0], [-179.5, 84], [9.52, 47.14], [180, -85]]) {
        near(longitudeOf(worldX(longitude)), longitude);
        near(latitudeOf(worldY(latitude)), latitude);
    }
    near(worldY(85.0511287798066), 0);
    near(worldY(90), 0);
});

test("zooming around a point keeps that point where it is", () => {
    const view = camera(9.5, 47.1, 12);
    const [wx, wy] = view.worldAt(120, 80);
    view.zoomAround(14.3, 120, 80);
    const [ax, ay] = view.worldAt(120, 80);
    near(ax, wx, 1e-12);
    near(ay, wy, 1e-12);
});

test("the zoom stays in 0...19 and the view inside the poles", () => {
    const view = camera(0, 0, 4);
    view.zoomAround(40, 1, 1);
    assert.equal(view.zoom, 19);
    view.zoomAround(-3, 1, 1);
    assert.equal(view.zoom, 0);
    assert.equal(view.y, 0.5);
    view.moveTo(0, 0, 4);
    view.panBy(0, 1e6);
    near(view.worldAt(0, 0)[1], 0);
});

test("moving across 180 degrees comes out on the other side", () => {
    const view = camera(179.9, 0, 8);
    view.panBy(-200, 0);
    assert.ok(view.longitude < -179);
});

test("bounds are fitted, across 180 degrees too", () => {
    const view = camera(0, 0, 1);
    view.fit([9.47, 47.04, 9.64, 47.28]);
    near(view.longitude, 9.555);
    assert.ok(view.zoom > 10 && view.zoom < 12);
    view.fit([177, -20, -178, -12]);
    near(view.longitude, 179.5);
    assert.ok(view.zoom > 5);
});

test("cells cover the view, in repeated worlds and not beyond the poles", () => {
    const cells = cellsInView(camera(180, 0, 1.5, 1000, 3000));
    assert.ok(cells.every(({ z, y }) => z === 1 && y >= 0 && y <= 1));
    assert.deepEqual([...new Set(cells.map(({ x }) => x))], [-1, 0]);
});

test("tiles outside the bounds are not asked for", () => {
    const liechtenstein = [9.47, 47.04, 9.64, 47.28];
    assert.equal(isWithin(liechtenstein, 0, 0, 0), true);
    assert.equal(isWithin(liechtenstein, 10, Math.floor(worldX(9.5) * 1024), Math.floor(worldY(47.1) * 1024)), true);
    assert.equal(isWithin(liechtenstein, 10, 0, 0), false);
    const fiji = [177, -20, -178, -12];
    assert.deepEqual([0, 1, 2, 3].map((x) => isWithin(fiji, 2, x, 2)), [true, false, false, true]);
    assert.equal(isWithin(null, 10, 0, 0), true);
});

test("a cell beyond the largest zoom has only the features that touch it", () => {
    const features = [drawn({}, { coordinates: [10, 10], id: 1 }), drawn({}, { coordinates: [3000, 3000], id: 2 })];
    const tile = { z: 14, x: 5, y: 6, layers: new Map([["pois", { extent: 4096, features }]]) };
    assert.deepEqual(new Cell(tile, 16, 20, 24).layer("pois").features.map(({ id }) => id), [1]);
    assert.deepEqual(new Cell(tile, 16, 22, 26).layer("pois").features.map(({ id }) => id), [2]);
    assert.equal(new Cell(tile, 16, 21, 24).layer("pois"), null);
    assert.equal(new Cell(tile, 14, 5, 6).layer("pois").features.length, 2);
    assert.equal(new Cell(tile, 14, 5, 6).layer("none"), null);
});

test("addresses are read and written", () => {
    const vaduz = { zoom: 14.5, latitude: 47.14, longitude: 9.52 };
    assert.deepEqual(parseAddress("#14.5/47.14/9.52"), { view: vaduz, source: null, problems: false });
    assert.deepEqual(parseAddress("#source=a%20b&14.5/47.14/9.52"), { view: vaduz, source: "a b", problems: false });
    for (const hash of ["", "#", "#1/2", "#x/1/2", "#1/95/2", "#//", "#source=%E0%A4%A"]) {
        assert.deepEqual(parseAddress(hash), { view: null, source: null, problems: false }, hash);
    }
    assert.equal(parseAddress("#14.5/47.14/9.52&problems").problems, true);
    assert.equal(formatAddress({ zoom: 2, latitude: 1, longitude: 2 }, "a", true), "#2/1.00/2.00&source=a&problems");
    assert.equal(formatAddress({ zoom: 14.256, latitude: 47.1234567, longitude: 9.5 }, null),
        "#14.26/47.123457/9.500000");
    assert.equal(formatAddress({ zoom: 2, latitude: 1, longitude: 2 }, "a b"), "#2/1.00/2.00&source=a%20b");
});

test("attribution keeps texts and https links and drops everything else", () => {
    const html = '<a href="https://osm.org/copyright" onclick="x()">&copy; OSM</a>, more &amp; more';
    assert.deepEqual(attributionParts(html), [
        { text: "© OSM", address: "https://osm.org/copyright" }, { text: ", more & more", address: null },
    ]);
    for (const bad of [
        "<script>alert(1)</script>", "<style>a{}</style>", "<!-- x -->", "<script>open", "<img src=x onerror=alert(1)>",
    ]) assert.deepEqual(attributionParts(bad), [], bad);
    for (const address of ["javascript:alert(1)", "http://a.b/", "//a.b/", "data:text/html,x", "jav&#x61;script:x"]) {
        assert.deepEqual(attributionParts(`<a href="${address}">x</a>`), [{ text: "x", address: null }], address);
    }
    assert.deepEqual(attributionParts("<b>bold</b><"), [{ text: "bold", address: null }]);
});

test("dates are days, scale bars are round", () => {
    assert.equal(dayOf("2022-07-24T20:21:00Z"), "2022-07-24");
    assert.equal(dayOf("2022-07-24"), "2022-07-24");
    for (const text of [undefined, null, 5, "yesterday", "2022-07"]) assert.equal(dayOf(text), null);
    assert.deepEqual(scaleFor(1), { label: "100 m", pixels: 100 });
    assert.equal(scaleFor(100).label, "10 km");
    assert.equal(scaleFor(0.3).label, "20 m");
});

test("feature ids name their OpenStreetMap object", () => {
    assert.deepEqual(objectOf(1231), { type: "node", id: 123 });
    assert.deepEqual(objectOf(1232), { type: "way", id: 123 });
    assert.deepEqual(objectOf(1233), { type: "relation", id: 123 });
    for (const id of [null, 5, 1230, 1.5, -11]) assert.equal(objectOf(id), null);
});

test("what is under a point is found, uppermost layer first, holes excepted", () => {
    const square = (from, to) => [from, from, to, from, to, to, from, to];
    const lake = drawn({ name: "lake" }, {
        type: 3, id: 12, coordinates: [...square(1000, 3000), ...square(1900, 2100)], ends: [8, 16],
    });
    const road = drawn({ name: "road" }, { type: 2, id: 22, coordinates: [0, 1500, 4096, 1500] });
    const layers = new Map([
        ["water", { extent: 4096, features: [lake] }], ["roads", { extent: 4096, features: [road] }],
    ]);
    const style = compileStyle({
        layers: [
            { id: "w", type: "fill", "source-layer": "water" }, { id: "r", type: "line", "source-layer": "roads" },
        ],
    }, assert.fail);
    const tile = { z: 0, x: 0, y: 0, layers };
    const view = camera(0, 0, 0, 512, 512);
    const entries = [{ tile, cell: new Cell(tile, 0, 0, 0), x: 0 }];
    const names = (x, y) =>
        featuresAt(style, view, entries, x / 8, y / 8).map(({ feature }) => feature.properties.name);
    assert.deepEqual(names(1500, 1500), ["road", "lake"]);
    assert.deepEqual(names(1500, 2500), ["lake"]);
    assert.deepEqual(names(2000, 2000), []);
    assert.deepEqual(names(500, 500), []);
});
