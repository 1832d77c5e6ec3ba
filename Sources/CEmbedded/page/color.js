// Colours of styles: CSS text to [red, green, blue, alpha] (0 to 255, alpha 0 to 1) and back.

const NAMED = {
    transparent: [0, 0, 0, 0], black: [0, 0, 0, 1], white: [255, 255, 255, 1], gray: [128, 128, 128, 1],
    grey: [128, 128, 128, 1], silver: [192, 192, 192, 1], red: [255, 0, 0, 1], green: [0, 128, 0, 1],
    blue: [0, 0, 255, 1], yellow: [255, 255, 0, 1], orange: [255, 165, 0, 1], purple: [128, 0, 128, 1],
    brown: [165, 42, 42, 1], pink: [255, 192, 203, 1],
};

/** Hexadecimal, rgb(), rgba(), hsl(), hsla() and a few names; anything else is null. */
export function parseColor(text) {
    const source = text.trim().toLowerCase();
    if (Object.hasOwn(NAMED, source)) return NAMED[source];
    const hexadecimal = /^#([0-9a-f]{3,8})$/.exec(source);
    if (hexadecimal) return parseHexadecimal(hexadecimal[1]);
    const call = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(source);
    if (!call) return null;
    const parts = call[2].split(/[\s,/]+/).filter((part) => part !== "");
    if (parts.length < 3 || parts.length > 4) return null;
    const alpha = parts.length === 4 ? fraction(parts[3], 1) : 1;
    const channels = call[1] === "rgb"
        ? parts.slice(0, 3).map((part) => fraction(part, 255) * 255)
        : fromHSL(parseFloat(parts[0]), fraction(parts[1], 100), fraction(parts[2], 100));
    const color = [...channels, alpha];
    return color.every(Number.isFinite) ? color : null;
}

function parseHexadecimal(digits) {
    const wide = digits.length <= 4 ? [...digits].map((digit) => digit + digit).join("") : digits;
    if (wide.length !== 6 && wide.length !== 8) return null;
    const bytes = wide.match(/../g).map((pair) => parseInt(pair, 16));
    return [bytes[0], bytes[1], bytes[2], bytes.length === 4 ? bytes[3] / 255 : 1];
}

/** "50%" or a number out of `whole`, as 0 to 1. */
function fraction(part, whole) {
    const value = part.endsWith("%") ? parseFloat(part) / 100 : parseFloat(part) / whole;
    return Math.min(1, Math.max(0, value));
}

function fromHSL(degrees, saturation, lightness) {
    const hue = (((degrees % 360) + 360) % 360) / 30;
    const amplitude = saturation * Math.min(lightness, 1 - lightness);
    return [0, 8, 4].map((offset) => {
        const k = (offset + hue) % 12;
        return 255 * (lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
    });
}

/** CSS text for a canvas; `opacity` multiplies the colour's own. */
export function cssColor(color, opacity = 1) {
    const [red, green, blue, alpha] = color;
    return `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${+(alpha * opacity).toFixed(3)})`;
}
