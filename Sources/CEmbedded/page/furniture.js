// What stands around the map: attribution, date of the data, scale bar.

const MAX_SCALE_BAR_IN_PIXELS = 110;

const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", copy: "©", nbsp: "\u00a0", middot: "·" };

/** Fills `element` with the texts and https links of TileJSON's attribution, which is HTML from elsewhere. */
export function showAttribution(element, html) {
    element.replaceChildren(...attributionParts(html).map(({ text, address }) => {
        if (address === null) return document.createTextNode(text);
        const link = document.createElement("a");
        link.href = address;
        link.target = "_blank";
        link.rel = "noopener noreferrer";
        link.textContent = text;
        return link;
    }));
}

/**
 * Texts and links of a piece of HTML: [{ text, address or null }]. Only https addresses are kept, all other markup is
 * dropped. The browser's own parser is not asked: it would already act on some attributes and report them.
 */
export function attributionParts(html) {
    const parts = [];
    let address = null;
    const visible = html.replace(/<!--[^]*?-->|<(script|style|template)\b[^]*?(<\/\1\s*>|$)/gi, "");
    for (const [piece] of visible.matchAll(/<[^>]*>?|[^<]+/g)) {
        if (!piece.startsWith("<")) {
            const text = piece.replace(/\s+/g, " ").replace(/&(#?\w+);/g, character);
            if (text !== "") parts.push({ text, address });
        } else if (/^<a\s/i.test(piece)) {
            const [, double, single, bare] = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/i.exec(piece) ?? [];
            address = httpsAddress((double ?? single ?? bare ?? "").replace(/&(#?\w+);/g, character));
        } else if (/^<\/a\b/i.test(piece)) {
            address = null;
        }
    }
    return parts;
}

function character(whole, name) {
    if (!name.startsWith("#")) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name] : whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}

function httpsAddress(text) {
    try {
        const address = new URL(text);
        return address.protocol === "https:" ? address.href : null;
    } catch {
        return null;
    }
}

/** An ISO 8601 date or moment as its day; null when it is none. */
export function dayOf(text) {
    return typeof text === "string" ? /^\d{4}-\d{2}-\d{2}(?=$|T)/.exec(text)?.[0] ?? null : null;
}

/** The longest round length (1, 2 or 5 times a power of ten) that fits: { label, pixels }. */
export function scaleFor(metresPerPixel) {
    const most = metresPerPixel * MAX_SCALE_BAR_IN_PIXELS;
    const power = 10 ** Math.floor(Math.log10(most));
    const metres = [5, 2, 1].map((factor) => factor * power).find((length) => length <= most) ?? power;
    return { label: metres >= 1000 ? `${metres / 1000} km` : `${metres} m`, pixels: metres / metresPerPixel };
}

export function showScale(element, metresPerPixel) {
    const { label, pixels } = scaleFor(metresPerPixel);
    element.style.width = `${pixels.toFixed(1)}px`;
    if (element.textContent !== label) element.textContent = label;
}
