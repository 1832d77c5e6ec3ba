// Texts along lines: joining a street's pieces, choosing where a name may stand, and following the line.

/** Joins lines that share an end into longer ones. `lines` are arrays x, y, x, y; the result has the same form. */
export function mergeLines(lines) {
    const ends = new Map();
    const keyAt = (line, index) => `${line[index]},${line[index + 1]}`;
    lines.forEach((line, number) => {
        for (const key of [keyAt(line, 0), keyAt(line, line.length - 2)]) {
            const there = ends.get(key);
            if (there) there.push(number);
            else ends.set(key, [number]);
        }
    });
    const used = new Set();
    const merged = [];
    /** Grows `line` at its last point while exactly one other line goes on from there. */
    const grow = (line) => {
        for (;;) {
            const key = keyAt(line, line.length - 2);
            const meeting = ends.get(key);
            const next = meeting.find((number) => !used.has(number));
            if (meeting.length !== 2 || next === undefined) return line;
            used.add(next);
            const other = lines[next];
            const forward = keyAt(other, 0) === key ? other : reversed(other);
            for (let i = 2; i < forward.length; i += 1) line.push(forward[i]);
        }
    };
    lines.forEach((line, number) => {
        if (used.has(number)) return;
        used.add(number);
        merged.push(reversed(grow(reversed(grow([...line])))));
    });
    return merged;
}

function reversed(line) {
    const result = new Array(line.length);
    for (let i = 0; i < line.length; i += 2) {
        result[line.length - 2 - i] = line[i];
        result[line.length - 1 - i] = line[i + 1];
    }
    return result;
}

/** Distance along the line up to each vertex. */
export function lengthsOf(line) {
    const lengths = [0];
    for (let i = 2; i < line.length; i += 2) {
        lengths.push(lengths.at(-1) + Math.hypot(line[i] - line[i - 2], line[i + 1] - line[i - 1]));
    }
    return lengths;
}

/** The segment that holds `distance`, found by bisection. */
function segmentAt(lengths, distance) {
    let low = 0;
    let high = lengths.length - 2;
    while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (lengths[middle] <= distance) low = middle;
        else high = middle - 1;
    }
    return low;
}

export function pointAt(line, lengths, distance) {
    const segment = segmentAt(lengths, distance);
    const length = lengths[segment + 1] - lengths[segment];
    const share = length > 0 ? (distance - lengths[segment]) / length : 0;
    const i = segment * 2;
    return [line[i] + (line[i + 2] - line[i]) * share, line[i + 1] + (line[i + 3] - line[i + 1]) * share];
}

/** How far the line leaves the straight way between two distances, at most. */
export function bendBetween(line, lengths, from, to) {
    const [x0, y0] = pointAt(line, lengths, from);
    const [x1, y1] = pointAt(line, lengths, to);
    const chord = Math.hypot(x1 - x0, y1 - y0);
    let bend = 0;
    for (let vertex = segmentAt(lengths, from) + 1; vertex < lengths.length && lengths[vertex] < to; vertex += 1) {
        const dx = line[vertex * 2] - x0;
        const dy = line[vertex * 2 + 1] - y0;
        const away = chord > 0 ? Math.abs(dx * (y1 - y0) - dy * (x1 - x0)) / chord : Math.hypot(dx, dy);
        if (away > bend) bend = away;
    }
    return bend;
}

/**
 * Distances along the line at which a text of `textLength` may be centred: one in each stretch of `spacing`, moved
 * within its stretch to where the line is straightest. All lengths in the line's own units.
 */
export function anchorsOn(line, lengths, textLength, spacing) {
    const total = lengths.at(-1);
    if (total < textLength) return [];
    const count = Math.max(1, Math.floor(total / Math.max(spacing, textLength)));
    const stretch = total / count;
    const slack = (stretch - textLength) / 2;
    const anchors = [];
    for (let number = 0; number < count; number += 1) {
        const middle = (number + 0.5) * stretch;
        let best = null;
        for (const shift of [0, 0.4, -0.4, 0.8, -0.8]) {
            const anchor = middle + shift * slack;
            const bend = bendBetween(line, lengths, anchor - textLength / 2, anchor + textLength / 2);
            if (best === null || bend < best.bend * 0.7) best = { anchor, bend };
            if (best.bend < textLength * 0.01) break;
        }
        anchors.push(best.anchor);
    }
    return anchors;
}

/**
 * Pieces of text on the line around `anchor`: [{ text, x, y, angle }], each with its centre and direction, or null if
 * the line turns too sharply. Lengths in pixels; `starts` are the characters' offsets in em.
 */
export function textOnLine({ line, lengths, scale, anchor, size, starts, maxAngle, inOnePiece }) {
    const textLength = starts.at.at(-1) * size;
    const from = anchor * scale - textLength / 2;
    const to = from + textLength;
    if (from < 0 || to > lengths.at(-1) * scale) return null;
    const at = (distance) => {
        const [x, y] = pointAt(line, lengths, distance / scale);
        return [x * scale, y * scale];
    };
    const [x0, y0] = at(from);
    const [x1, y1] = at(to);
    const isBackwards = x1 < x0;
    const bend = bendBetween(line, lengths, from / scale, to / scale) * scale;
    if (bend < size * 0.12) {
        const angle = Math.atan2(y1 - y0, x1 - x0) + (isBackwards ? Math.PI : 0);
        return [{ text: starts.characters.join(""), x: (x0 + x1) / 2, y: (y0 + y1) / 2, angle, width: textLength }];
    }
    if (inOnePiece) return null;
    const pieces = [];
    for (let i = 0; i < starts.characters.length; i += 1) {
        const begin = starts.at[i] * size;
        const end = starts.at[i + 1] * size;
        const middle = isBackwards ? to - (begin + end) / 2 : from + (begin + end) / 2;
        // The direction over a little more than the letter: corners become curves.
        const reach = (end - begin) / 2 + size * 0.25;
        const [xa, ya] = at(Math.max(from, middle - reach));
        const [xb, yb] = at(Math.min(to, middle + reach));
        const angle = Math.atan2(yb - ya, xb - xa) + (isBackwards ? Math.PI : 0);
        const previous = pieces.at(-1);
        if (previous && Math.abs(turn(previous.angle, angle)) > (maxAngle * Math.PI) / 180) return null;
        const [x, y] = at(middle);
        pieces.push({ text: starts.characters[i], x, y, angle, width: end - begin });
    }
    return pieces;
}

/** The smaller angle between two directions, with its sign. */
function turn(from, to) {
    const difference = to - from;
    return Math.atan2(Math.sin(difference), Math.cos(difference));
}
