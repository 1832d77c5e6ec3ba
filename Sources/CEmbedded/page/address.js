// The part of the page's address behind "#": "#zoom/latitude/longitude", "&source=NAME" where there is a choice, and
// "&problems" while the data-quality layer is on.

/** { view: { zoom, latitude, longitude } or null, source: name or null, problems }; what is not understood is left out. */
export function parseAddress(hash) {
    const result = { view: null, source: null, problems: false };
    for (const part of hash.replace(/^#/, "").split("&")) {
        if (part === "problems") result.problems = true;
        if (part.startsWith("source=")) result.source = decoded(part.slice("source=".length));
        const numbers = part.split("/").map((text) => (text === "" ? NaN : Number(text)));
        if (numbers.length !== 3 || !numbers.every(Number.isFinite)) continue;
        const [zoom, latitude, longitude] = numbers;
        if (zoom < 0 || zoom > 24 || Math.abs(latitude) > 90 || Math.abs(longitude) > 540) continue;
        result.view = { zoom, latitude, longitude };
    }
    return result;
}

function decoded(text) {
    try {
        return decodeURIComponent(text);
    } catch {
        return null;
    }
}

/** Coordinates get as many decimals as a pixel at this zoom needs. */
export function formatAddress({ zoom, latitude, longitude }, source, problems = false) {
    const decimals = Math.max(1, Math.ceil(zoom * 0.301 + 0.8));
    const view = `#${+zoom.toFixed(2)}/${latitude.toFixed(decimals)}/${longitude.toFixed(decimals)}`;
    const choice = source === null ? "" : `&source=${encodeURIComponent(source)}`;
    return `${view}${choice}${problems ? "&problems" : ""}`;
}
