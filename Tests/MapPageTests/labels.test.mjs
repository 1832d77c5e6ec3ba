import assert from "node:assert/strict";
import { test } from "node:test";
import { Camera } from "../../Sources/CEmbedded/page/camera.js";
import { Labels } from "../../Sources/CEmbedded/page/labels.js";
import {
    anchorsOn, bendBetween, lengthsOf, mergeLines, pointAt, textOnLine,
} from "../../Sources/CEmbedded/page/linelabels.js";
import { compileStyle } from "../../Sources/CEmbedded/page/style.js";
import { breakLine, fontOf, isJoined } from "../../Sources/CEmbedded/page/textlayout.js";
import { Cell } from "../../Sources/CEmbedded/page/tiles.js";
import { drawn, seeded } from "./tilebytes.mjs";

/** Every character is half an em wide. */
const measuring = {
    font: "",
    measureText(text) {
        return { width: [...text].length * 0.5 * parseFloat(/(\d+)px/.exec(this.font)[1]) };
    },
};

function placed(layers, features, zoom = 0, labels = new Labels(measuring)) {
    const view = new Camera();
    view.resize(512, 512);
    view.moveTo(0, 0, zoom);
    const byLayer = new Map(Object.entries(features).map(([name, list]) => [name, { extent: 4096, features: list }]));
    const tile = { z: 0, x: 0, y: 0, layers: byLayer };
    const style = compileStyle({ layers: layers.map((layer) => ({ type: "symbol", ...layer })) }, assert.fail);
    labels.place(style, view, [{ tile, cell: new Cell(tile, 0, 0, 0), x: 0 }]);
    return labels.placedTexts.map(({ text }) => text);
}

const places = { id: "places", "source-layer": "places", layout: { "text-field": ["get", "name"], "text-size": 16 } };

test("of two labels that meet, the one with the smaller sort key stays", () => {
    const layer = { ...places, layout: { ...places.layout, "symbol-sort-key": ["-", 0, ["get", "population"]] } };
    const features = [
        drawn({ name: "Village", population: 10 }, { coordinates: [2000, 2000] }),
        drawn({ name: "City", population: 1000 }, { coordinates: [2010, 2010] }),
        drawn({ name: "Elsewhere", population: 5 }, { coordinates: [400, 400] }),
    ];
    assert.deepEqual(placed([layer], { places: features }), ["City", "Elsewhere"]);
});

test("later style layers come first", () => {
    const names = (name) => [drawn({ name }, { coordinates: [2000, 2000] })];
    const layers = [places, { ...places, id: "more", "source-layer": "more" }];
    assert.deepEqual(placed(layers, { places: names("below"), more: names("above") }), ["above"]);
});

test("the same name close by is placed once, the same number twice", () => {
    const twice = (name) => [[1000, 1000], [1000, 1500]].map((coordinates) => drawn({ name }, { coordinates }));
    assert.deepEqual(placed([places], { places: twice("Bahnhof") }), ["Bahnhof"]);
    assert.deepEqual(placed([places], { places: twice("12") }), ["12", "12"]);
});

test("a point in a tile's buffer belongs to the neighbour", () => {
    const features = [
        drawn({ name: "outside" }, { coordinates: [4100, 100] }), drawn({ name: "inside" }, { coordinates: [0, 2000] }),
    ];
    assert.deepEqual(placed([places], { places: features }), ["inside"]);
});

test("what stood in the previous frame keeps its place", () => {
    const labels = new Labels(measuring);
    const features = [
        drawn({ name: "first" }, { coordinates: [2000, 2000], id: 1 }),
        drawn({ name: "second" }, { coordinates: [2010, 2010], id: 2 }),
    ];
    assert.deepEqual(placed([places], { places: features }, 0, labels), ["first"]);
    assert.deepEqual(placed([places], { places: features }, 0, labels), ["first"]);
});

test("pieces of a street are joined in either direction, not across a fork", () => {
    assert.deepEqual(mergeLines([[0, 0, 1, 0], [2, 0, 1, 0], [2, 0, 3, 0]]), [[0, 0, 1, 0, 2, 0, 3, 0]]);
    assert.equal(mergeLines([[0, 0, 1, 0], [1, 0, 2, 0], [1, 0, 1, 5]]).length, 3);
    assert.equal(mergeLines([[0, 0, 1, 0], [1, 0, 0, 0]]).length, 1);
});

test("joining loses and repeats no segment", () => {
    const random = seeded(3);
    for (let round = 0; round < 200; round += 1) {
        const point = () => [Math.floor(random() * 4), Math.floor(random() * 4)];
        const lines = Array.from({ length: 8 }, () => [...point(), ...point(), ...point()]);
        const segments = (list) => list.flatMap((line) => {
            const keys = [];
            for (let i = 0; i + 3 < line.length; i += 2) {
                keys.push([`${line[i]},${line[i + 1]}`, `${line[i + 2]},${line[i + 3]}`].sort().join(" "));
            }
            return keys;
        }).sort();
        assert.deepEqual(segments(mergeLines(lines)), segments(lines));
    }
});

test("points and bends along a line", () => {
    const line = [0, 0, 10, 0, 10, 10];
    const lengths = lengthsOf(line);
    assert.deepEqual(lengths, [0, 10, 20]);
    assert.deepEqual(pointAt(line, lengths, 15), [10, 5]);
    assert.equal(bendBetween(line, lengths, 1, 9), 0);
    assert.ok(Math.abs(bendBetween(line, lengths, 5, 15) - 5 / Math.SQRT2) < 1e-9);
});

test("names stand where the line is straight, and not where it is too short", () => {
    const line = [0, 0, 50, 0, 50, 50, 400, 50];
    const [anchor] = anchorsOn(line, lengthsOf(line), 100, 1000);
    assert.ok(anchor - 50 >= 100, `${anchor}`);
    assert.deepEqual(anchorsOn([0, 0, 10, 0], [0, 10], 20, 100), []);
    assert.equal(anchorsOn([0, 0, 1000, 0], [0, 1000], 100, 250).length, 4);
});

test("text on a straight line is one piece and never upside down", () => {
    const starts = { characters: [..."abc"], at: [0, 0.5, 1, 1.5] };
    for (const [line, angle] of [[[0, 0, 100, 100], Math.PI / 4], [[100, 100, 0, 0], Math.PI / 4]]) {
        const lengths = lengthsOf(line);
        const text = { anchor: lengths[1] / 2, size: 10, starts, maxAngle: 45, inOnePiece: true };
        const pieces = textOnLine({ line, lengths, scale: 1, ...text });
        assert.equal(pieces.length, 1);
        const turned = pieces[0].angle - angle;
        assert.ok(Math.abs(Math.sin(turned)) < 1e-9 && Math.cos(turned) > 0);
    }
});

test("text follows a bend letter by letter, but not around a corner, and joined scripts not at all", () => {
    const starts = { characters: [..."abcdefghij"], at: Array.from({ length: 11 }, (_, index) => index * 0.5) };
    const arc = Array.from({ length: 41 }, (_, index) => index / 20 - 1)
        .flatMap((angle) => [80 * Math.sin(angle), -80 * Math.cos(angle)]);
    const lengths = lengthsOf(arc);
    const text = { anchor: lengths.at(-1) / 2, size: 12, starts, maxAngle: 30, inOnePiece: false };
    const options = { line: arc, lengths, scale: 1, ...text };
    const pieces = textOnLine(options);
    assert.equal(pieces.map(({ text }) => text).join(""), "abcdefghij");
    for (let i = 1; i < pieces.length; i += 1) assert.ok(pieces[i].x > pieces[i - 1].x);
    assert.equal(textOnLine({ ...options, inOnePiece: true }), null);
    const corner = [0, 0, 100, 0, 100, 100];
    assert.equal(textOnLine({ ...options, line: corner, lengths: lengthsOf(corner), anchor: 100 }), null);
});

test("long names are broken into lines of similar length", () => {
    const measure = (text) => text.length;
    const museum = ["Liechtensteinisches", "Landesmuseum"];
    assert.deepEqual(breakLine(museum.join(" "), 20, measure), museum);
    assert.deepEqual(breakLine("short", 20, measure), ["short"]);
    assert.deepEqual(breakLine("Donaudampfschifffahrt", 5, measure), ["Donaudampfschifffahrt"]);
    for (const line of breakLine("one two three four five six seven", 12, measure)) assert.ok(line.length <= 12, line);
});

test("weights come from font names, joined scripts are recognised", () => {
    assert.match(fontOf(["noto_sans_bold", "noto_sans_regular"], 12), /^600 12px /);
    assert.match(fontOf(["noto_sans_regular"], 12), /^12px /);
    for (const text of ["Straße", "Москва", "東京"]) assert.equal(isJoined(text), false, text);
    for (const text of ["الجزائر", "ދިވެހި", "हिन्दी"]) assert.equal(isJoined(text), true, text);
});
