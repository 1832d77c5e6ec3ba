// The page's files as a whole: what is embedded, what the page asks for, and what the style names.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { compileStyle } from "../../Sources/CEmbedded/page/style.js";
import { parseColor } from "../../Sources/CEmbedded/page/color.js";

const folder = new URL("../../Sources/CEmbedded/", import.meta.url);
const read = (path) => readFileSync(new URL(path, folder), "utf8");
const pageFiles = readdirSync(new URL("page/", folder));
const style = JSON.parse(read("styles/light.json"));

const SHORTBREAD = [
    "ocean", "water_polygons", "water_polygons_labels", "water_lines", "water_lines_labels", "dam_lines",
    "dam_polygons", "pier_lines", "pier_polygons", "boundaries", "boundary_labels", "place_labels", "land", "sites",
    "buildings", "addresses", "streets", "street_polygons", "streets_polygons_labels", "street_labels", "street_labels_points",
    "bridges",
    "aerialways", "ferries", "public_transport", "pois",
];

test("every file of the page, every schema and every style is embedded, and nothing else", () => {
    const embedded = [...read("CEmbedded.c").matchAll(/#embed "([^"]+)"/g)].map((match) => match[1]).sort();
    const inFolder = (name) => readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`);
    const present = ["sample.osm.pbf", ...["page", "schemas", "styles"].flatMap(inFolder)];
    assert.deepEqual(embedded, present.sort());
});

test("embedded files are listed in the byte order of their addresses", () => {
    const addresses = [...read("CEmbedded.c").matchAll(/FILE_AT\("([^"]+)"/g)].map((match) => match[1]);
    assert.deepEqual(addresses, [...addresses].sort());
    assert.equal(addresses.length, pageFiles.length + 1);
});

test("the page needs nothing inline and no other host", () => {
    const html = read("page/index.html");
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/i);
    for (const [, address] of html.matchAll(/(?:src|href)="([^"]+)"/g)) {
        assert.ok(pageFiles.includes(address.replace(/^map\//, "")), address);
    }
    assert.doesNotMatch(read("page/map.css"), /url\(|@import/);
    for (const name of pageFiles.filter((file) => file.endsWith(".js"))) {
        const source = read(`page/${name}`);
        assert.doesNotMatch(source, /\beval\(|new Function|innerHTML/, name);
        for (const [, imported] of source.matchAll(/from "\.\/([^"]+)"/g)) {
            assert.ok(pageFiles.includes(imported), `${name}: ${imported}`);
        }
    }
});

test("the style uses only what the viewer supports", () => {
    const said = [];
    const compiled = compileStyle(style, (message) => said.push(message));
    assert.deepEqual(said, []);
    assert.equal(compiled.layers.length, style.layers.length);
});

test("the style draws every layer of Shortbread 1.1 and names no other", () => {
    const used = new Set(style.layers.map((layer) => layer["source-layer"]).filter(Boolean));
    assert.deepEqual([...used].sort(), [...SHORTBREAD].sort());
    assert.equal(new Set(style.layers.map(({ id }) => id)).size, style.layers.length);
    assert.ok(style.layers.every(({ type, source }) => type === "background" || source === "tuile"));
});

test("texts have a contrast of at least 4.5 to their halo (WCAG 2.1, 1.4.3)", () => {
    const luminance = ([red, green, blue]) => {
        const [r, g, b] = [red, green, blue].map((channel) => {
            const share = channel / 255;
            return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const { id, type, paint } of style.layers) {
        if (type !== "symbol") continue;
        const colors = JSON.stringify(paint["text-color"]).match(/#[0-9a-f]{6}\b/g);
        const halo = luminance(parseColor(paint["text-halo-color"]));
        for (const color of colors) {
            const text = luminance(parseColor(color));
            const contrast = (Math.max(text, halo) + 0.05) / (Math.min(text, halo) + 0.05);
            assert.ok(contrast >= 4.5, `${id} ${color}: ${contrast.toFixed(2)}`);
        }
    }
});
