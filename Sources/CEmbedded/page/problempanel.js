// What stands on the page about problems: the switch of the layer with its legend, and the panel's sections.

import { MARKS, markPath } from "./problems.js";

const SVG = "http://www.w3.org/2000/svg";
const OBJECT_TYPES = { n: "node", w: "way", r: "relation" };
/** What links of a problem may point to; they come from the server that the page came from. */
const LINK_TARGETS = ["https://www.openstreetmap.org/", "http://127.0.0.1:8111/load_object?"];

export class QualityControl {
    #legendDrawn = false;

    /** `onSwitch(on)` is called when the layer is switched by hand. */
    constructor(document, onSwitch) {
        this.box = document.getElementById("quality");
        this.switch = document.getElementById("quality-switch");
        this.more = document.getElementById("quality-more");
        this.count = document.getElementById("quality-count");
        this.legend = document.getElementById("quality-legend");
        this.switch.addEventListener("change", () => onSwitch(this.switch.checked));
    }

    /** Brings what is shown in line with the layer. */
    show(layer) {
        this.box.hidden = !layer.isOffered;
        this.switch.checked = layer.isOn;
        this.more.hidden = !layer.isOn;
        if (layer.isOn && !this.#legendDrawn) {
            this.#legendDrawn = true;
            this.legend.replaceChildren(...Object.entries(MARKS).map(([family, { title }]) => {
                const item = document.createElement("li");
                item.append(markPicture(family), title);
                return item;
            }));
        }
        const text = layer.state === "ready" ? countText(layer.problems.length, layer.matched) : "";
        if (this.count.textContent !== text) this.count.textContent = text;
    }
}

export function countText(shown, matched) {
    if (matched === 0) return "No problems around here.";
    if (shown < matched) return `${shown} of ${matched} around here are shown; zoom in for all.`;
    return matched === 1 ? "1 problem around here." : `${matched} problems around here.`;
}

/** A mark as a picture for the legend and the panel. */
function markPicture(family) {
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "-11 -11 22 22");
    picture.setAttribute("class", "problem-mark");
    picture.setAttribute("aria-hidden", "true");
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", markPath(family));
    path.setAttribute("fill", MARKS[family].color);
    path.setAttribute("stroke", "#1b1f23");
    path.setAttribute("stroke-width", "2");
    path.setAttribute("stroke-linejoin", "round");
    picture.append(path);
    return picture;
}

/** "w4" as "way 4"; null for anything else. */
export function objectText(id) {
    const [, letter, number] = /^([nwr])(-?\d+)$/.exec(id ?? "") ?? [];
    return letter === undefined ? null : `${OBJECT_TYPES[letter]} ${number}`;
}

/** Whether the page links to an address. */
export function isLinkable(address) {
    return typeof address === "string" && LINK_TARGETS.some((target) => address.startsWith(target));
}

/** A section of the panel for each problem: what it is, what to do, and where. */
export function problemSections(problems, kinds) {
    return problems.map((problem) => section(problem, kinds.get(problem.kind)));
}

function section(problem, explanation) {
    const element = document.createElement("section");
    element.className = "problem";
    const heading = document.createElement("h2");
    const family = Object.hasOwn(MARKS, explanation?.family) ? explanation.family : "shape";
    heading.append(markPicture(family), explanation?.title ?? problem.kind);
    const object = paragraph(objectText(problem.id) ?? problem.id, "object");
    const other = objectText(problem.other);
    if (other !== null) object.append(` · with ${other}`);
    element.append(heading, object);
    if (problem.detail) {
        const detail = document.createElement("code");
        detail.textContent = problem.detail;
        const line = paragraph("");
        line.append(detail);
        element.append(line);
    }
    if (explanation) {
        element.append(paragraph(`${explanation.meaning} ${explanation.consequence}`));
        const advice = paragraph("");
        const word = document.createElement("strong");
        word.textContent = "What to do: ";
        advice.append(word, explanation.advice);
        element.append(advice);
    }
    const links = paragraph("", "links");
    for (const [address, text] of [
        [problem.osm, "OpenStreetMap"], [problem.editor, "Edit in iD"], [problem.josm, "Load in JOSM"],
    ]) {
        if (isLinkable(address)) links.append(link(address, text), " ");
    }
    if (links.childNodes.length > 0) element.append(links);
    return element;
}

function paragraph(text, className = "") {
    const element = document.createElement("p");
    element.textContent = text;
    if (className) element.className = className;
    return element;
}

function link(address, text) {
    const element = document.createElement("a");
    element.href = address;
    element.target = "_blank";
    element.rel = "noopener noreferrer";
    element.textContent = text;
    return element;
}
