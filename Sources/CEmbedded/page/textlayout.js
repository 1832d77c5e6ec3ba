// Measuring and breaking of label texts, in em, kept between frames.

const MEASURED_AT = 48;
const MAX_KEPT = 20000;
const FAMILY = '"Noto Sans", "Open Sans", system-ui, "Helvetica Neue", Arial, "DejaVu Sans", sans-serif';

/** CSS font for the first name of a style's text-font: weight and slant are read from the name. */
export function fontOf(names, sizeInPixels) {
    const name = String(names[0] ?? "").toLowerCase();
    const slant = /italic|oblique/.test(name) ? "italic " : "";
    const weight = /bold|black|heavy/.test(name) ? "600 " : /medium/.test(name) ? "500 " : "";
    return `${slant}${weight}${sizeInPixels}px ${FAMILY}`;
}

/** Scripts whose letters join, stack or run from right to left: drawn in one piece, never letter by letter. */
export function isJoined(text) {
    return /[\u0300-\u036f\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\u1800-\u18af\ufb1d-\ufdff\ufe70-\ufeff]/u.test(text);
}

export class TextMeasure {
    #context;
    #widths = new Map();
    #layouts = new Map();

    constructor(context) {
        this.#context = context;
    }

    width(text, names) {
        const key = `${names[0]}|${text}`;
        let width = this.#widths.get(key);
        if (width === undefined) {
            this.#context.font = fontOf(names, MEASURED_AT);
            width = this.#context.measureText(text).width / MEASURED_AT;
            keep(this.#widths, key, width);
        }
        return width;
    }

    /** Where each character starts, and the text's end last: kerning included because whole prefixes are measured. */
    starts(text, names, letterSpacing) {
        const key = `${names[0]}|${letterSpacing}|starts|${text}`;
        let starts = this.#layouts.get(key);
        if (starts === undefined) {
            const characters = [...text];
            starts = { characters, at: [0] };
            let prefix = "";
            characters.forEach((character, index) => {
                prefix += character;
                starts.at.push(this.width(prefix, names) + (index + 1) * letterSpacing);
            });
            keep(this.#layouts, key, starts);
        }
        return starts;
    }

    /** { lines: [{ text, width }], width }: lines no longer than `maxWidth` where spaces and hyphens allow. */
    lines(text, names, maxWidth, letterSpacing) {
        const key = `${names[0]}|${letterSpacing}|${maxWidth}|${text}`;
        let layout = this.#layouts.get(key);
        if (layout === undefined) {
            const measure = (line) => this.width(line, names) + [...line].length * letterSpacing;
            const lines = text.split("\n").flatMap((line) => breakLine(line.trim(), maxWidth, measure));
            const measured = lines.map((line) => ({ text: line, width: measure(line) }));
            layout = { lines: measured, width: Math.max(...measured.map((line) => line.width)) };
            keep(this.#layouts, key, layout);
        }
        return layout;
    }
}

/** Breaks into lines of nearly equal length rather than a full one and a short rest. */
export function breakLine(text, maxWidth, measure) {
    const whole = measure(text);
    if (whole <= maxWidth) return [text];
    const target = whole / Math.ceil(whole / maxWidth);
    const words = text.split(/(?<=[\s\u200b-])|(?<=[\u3000-\u30ff\u3400-\u9fff])(?=[\u3400-\u9fff])/u);
    const lines = [];
    let line = "";
    for (const word of words) {
        const longer = line + word;
        const fits = line === "" || measure(longer.trimEnd()) <= maxWidth;
        const enough = line !== "" && measure(line.trimEnd()) >= target * 0.9;
        if (fits && !enough) {
            line = longer;
            continue;
        }
        lines.push(line.trimEnd());
        line = word;
    }
    lines.push(line.trimEnd());
    return lines.filter((each) => each !== "");
}

function keep(map, key, result) {
    if (map.size >= MAX_KEPT) map.clear();
    map.set(key, result);
}
