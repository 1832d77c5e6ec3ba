import assert from "node:assert/strict";
import { test } from "node:test";
import { cssColor, parseColor } from "../../Sources/CEmbedded/page/color.js";
import { compileValue } from "../../Sources/CEmbedded/page/expression.js";
import { compileFilter, isExpressionFilter } from "../../Sources/CEmbedded/page/filter.js";
import { compileStyle } from "../../Sources/CEmbedded/page/style.js";
import { drawn } from "./tilebytes.mjs";

const refuse = (message) => assert.fail(message);
const at = (source, kind, zoom, properties = {}) =>
    compileValue(source, kind, refuse).evaluate(zoom, drawn(properties));
const passes = (source, properties = {}, zoom = 10, options = {}) =>
    compileFilter(source, refuse).evaluate(zoom, drawn(properties, options));

test("colours are read in their CSS forms", () => {
    assert.deepEqual(parseColor("#fc8"), [255, 204, 136, 1]);
    assert.deepEqual(parseColor("#11223380"), [17, 34, 51, 128 / 255]);
    assert.deepEqual(parseColor("rgba(10, 20, 30, 0.5)"), [10, 20, 30, 0.5]);
    assert.deepEqual(parseColor("hsl(120, 100%, 25%)").map(Math.round), [0, 128, 0, 1]);
    assert.equal(parseColor("#12345"), null);
    assert.equal(parseColor("rgb(1,2)"), null);
    assert.equal(cssColor([1, 2, 3, 0.5], 0.5), "rgba(1,2,3,0.25)");
});

test("interpolate is clamped, linear or exponential", () => {
    const linear = ["interpolate", ["linear"], ["zoom"], 10, 1, 12, 5];
    assert.deepEqual([9, 10, 11, 12, 13].map((zoom) => at(linear, "number", zoom)), [1, 1, 3, 5, 5]);
    const exponential = ["interpolate", ["exponential", 2], ["zoom"], 0, 0, 2, 3];
    assert.equal(at(exponential, "number", 1), 1);
});

test("colours are interpolated channel by channel", () => {
    const source = ["interpolate", ["linear"], ["zoom"], 0, "#000000", 10, "#ffffff"];
    assert.deepEqual(at(source, "color", 5), [127.5, 127.5, 127.5, 1]);
});

test("step takes the last output not above the input", () => {
    const source = ["step", ["zoom"], "a", 5, "b", 8, "c"];
    assert.deepEqual([4.9, 5, 7.9, 8].map((zoom) => at(source, "string", zoom)), ["a", "b", "b", "c"]);
});

test("functions with stops work by zoom and by property", () => {
    assert.equal(at({ stops: [[10, 1], [12, 3]] }, "number", 11), 2);
    assert.equal(at({ base: 2, stops: [[0, 0], [2, 3]] }, "number", 1), 1);
    assert.equal(at({ stops: [[10, "a"], [12, "b"]] }, "string", 11.9), "a");
    assert.equal(at({ property: "w", type: "identity" }, "number", 1, { w: 7 }), 7);
    const categorical = { property: "k", type: "categorical", stops: [["x", 1], ["y", 2]], default: 9 };
    assert.deepEqual(["x", "y", "z"].map((k) => at(categorical, "number", 1, { k })), [1, 2, 9]);
});

test("match compares strictly and falls back", () => {
    const source = ["match", ["get", "kind"], ["a", "b"], 1, 3, 2, 0];
    assert.deepEqual(["a", "b", 3, "3", undefined].map((kind) => at(source, "number", 1, { kind })), [1, 1, 2, 0, 0]);
});

test("get of a missing property is null, coalesce and case go on", () => {
    assert.equal(at(["get", "x"], "string", 1), null);
    assert.equal(at(["coalesce", ["get", "x"], ["get", "y"]], "string", 1, { y: "z" }), "z");
    assert.equal(at(["case", ["has", "x"], 1, ["==", ["get", "y"], 2], 2, 3], "number", 1, { y: 2 }), 2);
});

test("texts may have tokens", () => {
    assert.equal(at("{ref} {name}", "text", 1, { ref: 5 }), "5 ");
});

test("mathematics, texts and variables give MapLibre's results", () => {
    assert.equal(at(["-", 0, ["coalesce", ["get", "p"], 0]], "number", 1, { p: 4 }), -4);
    assert.equal(at(["concat", "a", 1.5, true, ["get", "none"]], "string", 1), "a1.5true");
    assert.equal(at(["let", "w", ["get", "p"], ["*", ["var", "w"], ["var", "w"]]], "number", 1, { p: 3 }), 9);
    assert.equal(at(["to-number", ["get", "p"]], "number", 1, { p: "12" }), 12);
    assert.equal(at(["+", 1, ["get", "p"]], "number", 1, { p: "x" }), undefined);
});

test("the two forms of filters are told apart as the style specification does", () => {
    for (const filter of [["==", "a", 1], ["in", "a", 1, 2], ["!has", "a"], ["has", "$id"], ["all", ["==", "a", 1]]]) {
        assert.equal(isExpressionFilter(filter), false, JSON.stringify(filter));
    }
    const has = ["has", "a"];
    for (const filter of [true, ["==", ["get", "a"], 1], ["in", "a", ["literal", ["a"]]], has, ["!", has]]) {
        assert.equal(isExpressionFilter(filter), true, JSON.stringify(filter));
    }
});

test("older filters: a missing property is unequal, types are strict", () => {
    assert.equal(passes(["==", "a", 1], { a: 1 }), true);
    assert.equal(passes(["==", "a", 1], { a: "1" }), false);
    assert.equal(passes(["!=", "a", 1]), true);
    assert.equal(passes(["<", "a", 2]), false);
    assert.equal(passes(["!in", "a", 1, 2]), true);
    assert.equal(passes(["in", "a", 1, 2], { a: 2 }), true);
    assert.equal(passes(["!has", "a"]), true);
    assert.equal(passes(["none", ["==", "a", 1]], { a: 1 }), false);
    assert.equal(passes(["==", "$type", "LineString"], {}, 1, { type: 2 }), true);
});

test("expression filters count errors as false and booleans only as booleans", () => {
    assert.equal(passes(["<", ["get", "a"], 2]), false);
    assert.equal(passes(["!=", ["get", "tunnel"], true]), true);
    assert.equal(passes(["==", ["get", "tunnel"], true], { tunnel: 1 }), false);
    assert.equal(passes(["match", ["get", "kind"], ["a"], true, false], { kind: "a" }), true);
    assert.equal(passes(["in", ["get", "kind"], ["literal", ["a", "b"]]], { kind: "b" }), true);
    assert.equal(passes(["step", ["zoom"], false, 12, true], {}, 12), true);
});

test("what is not supported is said once and takes the default", () => {
    const said = [];
    const style = compileStyle({
        layers: [
            { id: "a", type: "heatmap" }, { id: "b", type: "fill-extrusion" },
            {
                id: "c", type: "line",
                paint: { "line-gap-width": 3, "line-width": ["sin", 2], "line-color": "chartreuse" },
            },
            { id: "d", type: "line", paint: { "line-gap-width": 3 }, filter: ["within", {}] },
        ],
    }, (message) => said.push(message));
    assert.equal(said.length, 6);
    assert.equal(new Set(said).size, 6);
    assert.deepEqual(style.layers.map(({ id }) => id), ["c", "d"]);
    assert.equal(style.layers[0].value("line-width", 10, drawn({})), 1);
    assert.deepEqual(style.layers[1].group([drawn({})], 10), []);
});

test("features that look alike are grouped, groups follow the sort key", () => {
    const { layers: [layer] } = compileStyle({
        layers: [{
            id: "streets", type: "line", "source-layer": "streets", filter: ["has", "kind"],
            layout: { "line-sort-key": ["match", ["get", "kind"], "motorway", 2, 1] },
            paint: { "line-color": ["match", ["get", "kind"], "motorway", "#f00", "#fff"] },
        }],
    }, refuse);
    const features = ["motorway", "path", "motorway", undefined].map((kind, id) => drawn(kind ? { kind } : {}, { id }));
    const groups = layer.group(features, 14);
    assert.deepEqual(groups.map((group) => group.features.map(({ id }) => id)), [[1], [0, 2]]);
    assert.deepEqual(layer.value("line-color", 14, groups[1].sample), [255, 0, 0, 1]);
});

test("layers are visible from minzoom up to but not at maxzoom", () => {
    const { layers: [layer] } = compileStyle({ layers: [{ id: "a", type: "fill", minzoom: 5, maxzoom: 9 }] }, refuse);
    assert.deepEqual([4.9, 5, 8.9, 9].map((zoom) => layer.isVisible(zoom)), [false, true, true, false]);
});
