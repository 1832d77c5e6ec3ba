// Values of MapLibre style files: literals, expressions and older functions with "stops".
//
// Supported expressions
//   data     get has geometry-type id properties        camera  zoom
//   choice   case match coalesce step                   ramps   interpolate (linear, exponential)
//   logic    == != < <= > >= all any ! in               maths   + - * / % ^ min max abs ceil floor round sqrt ln log2
//   text     concat upcase downcase length slice        types   literal to-string to-number to-boolean to-color
//                                                               string number boolean typeof
//   variables  let var
// Older forms: {"stops", "base", "type", "property", "default"} and "{token}" in texts; older filters are in filter.js.
// Anything else is reported through `warn` and has the property's default value.
//
// Compiled values are { evaluate(zoom, feature), properties, usesZoom, usesIdentity }: `properties` are the feature's
// properties that the result depends on; usesIdentity says that it depends on the id, the type or unnamed properties.
// A result of `undefined` stands for an evaluation error; the caller takes its default.

import { parseColor } from "./color.js";

export const TYPE_NAMES = ["Unknown", "Point", "LineString", "Polygon"];

export class Unsupported extends Error {}

/** What a compiled value depends on, filled while it is compiled. */
class Dependencies {
    properties = new Set();
    usesZoom = false;
    usesIdentity = false;
    variables = [];
}

/** `kind` is "color", "number", "string", "boolean", "text" (string with tokens), "numbers" or "strings" (arrays). */
export function compileValue(source, kind, warn = console.warn) {
    return compileWith((dependencies) => value(source, kind, dependencies), () => undefined, warn);
}

/** Compiles by `compile(dependencies)`; what is not supported is said and replaced by `fallback`. */
export function compileWith(compile, fallback, warn) {
    const dependencies = new Dependencies();
    let evaluate = fallback;
    try {
        evaluate = compile(dependencies);
    } catch (error) {
        if (!(error instanceof Unsupported)) throw error;
        warn(error.message);
    }
    const { properties, usesZoom, usesIdentity } = dependencies;
    return { evaluate, properties, usesZoom, usesIdentity };
}

// MARK: literals and functions with stops

export function value(source, kind, dependencies) {
    if (Array.isArray(source)) {
        if (typeof source[0] !== "string" || (kind === "strings" && !Object.hasOwn(OPERATORS, source[0]))) {
            return constant(source);
        }
        if (!Object.hasOwn(OPERATORS, source[0])) throw new Unsupported(`expression "${source[0]}" is not supported`);
        return OPERATORS[source[0]](source.slice(1), kind, dependencies);
    }
    if (source !== null && typeof source === "object") return functionWithStops(source, kind, dependencies);
    if (typeof source === "string" && kind === "color") return constant(colorOf(source));
    if (typeof source === "string" && kind === "text" && source.includes("{")) return tokens(source, dependencies);
    return constant(source);
}

function constant(result) {
    return () => result;
}

function colorOf(source) {
    const color = parseColor(source);
    if (color === null) throw new Unsupported(`colour "${source}" is not supported`);
    return color;
}

function tokens(source, dependencies) {
    const names = [...source.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1]);
    for (const name of names) dependencies.properties.add(name);
    return (_, feature) => source.replace(/\{([^{}]+)\}/g, (_match, name) => textOf(feature.properties[name]));
}

function functionWithStops(source, kind, dependencies) {
    const { property, base = 1 } = source;
    const interpolates = kind === "number" || kind === "color" || kind === "numbers";
    const type = source.type ?? (interpolates ? "exponential" : "interval");
    let input;
    if (property === undefined) {
        dependencies.usesZoom = true;
        input = (zoom) => zoom;
    } else {
        dependencies.properties.add(property);
        input = (_, feature) => feature.properties[property];
    }
    const otherwise = value(source.default ?? null, kind, dependencies);
    if (type === "identity") {
        return (zoom, feature) => coerce(input(zoom, feature), kind) ?? otherwise(zoom, feature);
    }
    if (!Array.isArray(source.stops) || source.stops.length === 0) throw new Unsupported("a function has no stops");
    if (source.stops.some((stop) => typeof stop[0] === "object")) {
        throw new Unsupported("functions of zoom and property together are not supported");
    }
    const inputs = source.stops.map((stop) => stop[0]);
    const outputs = source.stops.map((stop) => value(stop[1], kind, dependencies));
    if (type === "categorical") {
        return (zoom, feature) => {
            const index = inputs.indexOf(input(zoom, feature));
            return (index < 0 ? otherwise : outputs[index])(zoom, feature);
        };
    }
    if (type !== "interval" && type !== "exponential") {
        throw new Unsupported(`function type "${type}" is not supported`);
    }
    const ramp = type === "interval" ? stepOf(inputs, outputs) : rampOf(inputs, outputs, base);
    return (zoom, feature) => {
        const at = input(zoom, feature);
        return typeof at === "number" ? ramp(at, zoom, feature) : otherwise(zoom, feature);
    };
}

/** The last output whose input is not above `at`; the first one below all. */
function stepOf(inputs, outputs) {
    return (at, zoom, feature) => {
        let index = 0;
        while (index + 1 < inputs.length && at >= inputs[index + 1]) index += 1;
        return outputs[index](zoom, feature);
    };
}

/** Style specification, "interpolate": clamped at both ends, exponential with `base` in between. */
function rampOf(inputs, outputs, base) {
    const last = inputs.length - 1;
    return (at, zoom, feature) => {
        if (at <= inputs[0]) return outputs[0](zoom, feature);
        if (at >= inputs[last]) return outputs[last](zoom, feature);
        let index = 0;
        while (at >= inputs[index + 1]) index += 1;
        const span = inputs[index + 1] - inputs[index];
        const done = at - inputs[index];
        const share = base === 1 ? done / span : (base ** done - 1) / (base ** span - 1);
        return mix(outputs[index](zoom, feature), outputs[index + 1](zoom, feature), share);
    };
}

function mix(from, to, share) {
    if (typeof from === "number" && typeof to === "number") return from + (to - from) * share;
    if (Array.isArray(from) && Array.isArray(to) && from.length === to.length) {
        return from.map((number, index) => number + (to[index] - number) * share);
    }
    return undefined;
}

function coerce(input, kind) {
    if (kind === "color") return typeof input === "string" ? parseColor(input) ?? undefined : undefined;
    if (kind === "text") return input === undefined ? undefined : textOf(input);
    return typeof input === kind ? input : undefined;
}

function textOf(input) {
    if (input === null || input === undefined) return "";
    return typeof input === "object" ? JSON.stringify(input) : String(input);
}

// MARK: expressions

const OPERATORS = {
    literal: ([literal]) => constant(literal),
    zoom: (_, kind, dependencies) => {
        dependencies.usesZoom = true;
        return (zoom) => zoom;
    },
    get: ([name], kind, dependencies) => {
        if (typeof name !== "string") throw new Unsupported("get with a computed name is not supported");
        dependencies.properties.add(name);
        if (kind === "color") return (_, feature) => coerce(feature.properties[name], kind);
        return (_, feature) => feature.properties[name] ?? null;
    },
    has: ([name], kind, dependencies) => {
        if (typeof name !== "string") throw new Unsupported("has with a computed name is not supported");
        dependencies.properties.add(name);
        return (_, feature) => Object.hasOwn(feature.properties, name);
    },
    properties: (_, kind, dependencies) => {
        dependencies.usesIdentity = true;
        return (_zoom, feature) => feature.properties;
    },
    id: (_, kind, dependencies) => {
        dependencies.usesIdentity = true;
        return (_zoom, feature) => feature.id;
    },
    "geometry-type": (_, kind, dependencies) => {
        dependencies.usesIdentity = true;
        return (_zoom, feature) => TYPE_NAMES[feature.type];
    },

    case: (args, kind, dependencies) => {
        const tests = [];
        for (let i = 0; i + 1 < args.length; i += 2) {
            tests.push([value(args[i], "boolean", dependencies), value(args[i + 1], kind, dependencies)]);
        }
        const otherwise = value(args[args.length - 1], kind, dependencies);
        return (zoom, feature) => {
            for (const [test, output] of tests) {
                if (test(zoom, feature) === true) return output(zoom, feature);
            }
            return otherwise(zoom, feature);
        };
    },
    match: (args, kind, dependencies) => {
        const input = value(args[0], "any", dependencies);
        const outputs = new Map();
        for (let i = 1; i + 1 < args.length; i += 2) {
            const output = value(args[i + 1], kind, dependencies);
            for (const label of Array.isArray(args[i]) ? args[i] : [args[i]]) {
                if (!outputs.has(label)) outputs.set(label, output);
            }
        }
        const otherwise = value(args[args.length - 1], kind, dependencies);
        return (zoom, feature) => (outputs.get(input(zoom, feature)) ?? otherwise)(zoom, feature);
    },
    coalesce: (args, kind, dependencies) => {
        const choices = args.map((arg) => value(arg, kind, dependencies));
        return (zoom, feature) => {
            for (const choice of choices) {
                const result = choice(zoom, feature);
                if (result !== null && result !== undefined) return result;
            }
            return null;
        };
    },
    step: (args, kind, dependencies) => {
        const input = value(args[0], "number", dependencies);
        const inputs = [-Infinity];
        const outputs = [value(args[1], kind, dependencies)];
        for (let i = 2; i + 1 < args.length; i += 2) {
            inputs.push(args[i]);
            outputs.push(value(args[i + 1], kind, dependencies));
        }
        return ramped(input, stepOf(inputs, outputs));
    },
    interpolate: (args, kind, dependencies) => {
        const [type, base] = args[0];
        if (type !== "linear" && type !== "exponential") {
            throw new Unsupported(`interpolation "${type}" is not supported`);
        }
        const input = value(args[1], "number", dependencies);
        const inputs = [];
        const outputs = [];
        for (let i = 2; i + 1 < args.length; i += 2) {
            inputs.push(args[i]);
            outputs.push(value(args[i + 1], kind, dependencies));
        }
        if (inputs.length === 0) throw new Unsupported("interpolate has no stops");
        return ramped(input, rampOf(inputs, outputs, type === "linear" ? 1 : base));
    },

    "==": (args, kind, dependencies) => comparison(args, dependencies, (a, b) => a === b),
    "!=": (args, kind, dependencies) => comparison(args, dependencies, (a, b) => a !== b),
    "<": (args, kind, dependencies) => comparison(args, dependencies, ordered((a, b) => a < b)),
    "<=": (args, kind, dependencies) => comparison(args, dependencies, ordered((a, b) => a <= b)),
    ">": (args, kind, dependencies) => comparison(args, dependencies, ordered((a, b) => a > b)),
    ">=": (args, kind, dependencies) => comparison(args, dependencies, ordered((a, b) => a >= b)),
    all: (args, kind, dependencies) => {
        const tests = args.map((arg) => value(arg, "boolean", dependencies));
        return (zoom, feature) => {
            for (const test of tests) if (test(zoom, feature) !== true) return false;
            return true;
        };
    },
    any: (args, kind, dependencies) => {
        const tests = args.map((arg) => value(arg, "boolean", dependencies));
        return (zoom, feature) => {
            for (const test of tests) if (test(zoom, feature) === true) return true;
            return false;
        };
    },
    "!": ([arg], kind, dependencies) => {
        const test = value(arg, "boolean", dependencies);
        return (zoom, feature) => {
            const result = test(zoom, feature);
            return typeof result === "boolean" ? !result : undefined;
        };
    },
    in: ([needle, haystack], kind, dependencies) => {
        const searched = value(needle, "any", dependencies);
        const place = value(haystack, "any", dependencies);
        return (zoom, feature) => {
            const collection = place(zoom, feature);
            const item = searched(zoom, feature);
            if (typeof collection === "string") return item !== null && collection.includes(String(item));
            return Array.isArray(collection) ? collection.includes(item) : undefined;
        };
    },

    concat: (args, kind, dependencies) => mapped(args, dependencies, (parts) => parts.map(textOf).join("")),
    upcase: (args, kind, dependencies) => mapped(args, dependencies, ([a]) => textOf(a).toUpperCase()),
    downcase: (args, kind, dependencies) => mapped(args, dependencies, ([a]) => textOf(a).toLowerCase()),
    length: (args, kind, dependencies) => mapped(args, dependencies, ([a]) => a?.length),
    slice: (args, kind, dependencies) => mapped(args, dependencies, ([a, from, to]) => a?.slice?.(from, to)),

    "to-string": (args, kind, dependencies) => mapped(args, dependencies, ([a]) => textOf(a)),
    "to-boolean": (args, kind, dependencies) => mapped(args, dependencies, ([a]) => Boolean(a)),
    "to-number": (args, kind, dependencies) => mapped(args, dependencies, (inputs) => {
        return inputs.map((input) => (input === "" ? NaN : Number(input))).find((input) => !Number.isNaN(input));
    }),
    "to-color": (args, kind, dependencies) => mapped(args, dependencies, (inputs) => {
        for (const input of inputs) {
            const color = coerce(input, "color");
            if (color !== undefined) return color;
        }
        return undefined;
    }),
    string: (args, kind, dependencies) => asserted("string", args, dependencies),
    number: (args, kind, dependencies) => asserted("number", args, dependencies),
    boolean: (args, kind, dependencies) => asserted("boolean", args, dependencies),
    typeof: (args, kind, dependencies) => mapped(args, dependencies, ([a]) => (a === null ? "null" : typeof a)),

    let: (args, kind, dependencies) => {
        const depth = dependencies.variables.length;
        for (let i = 0; i + 1 < args.length - 1; i += 2) {
            dependencies.variables.push([args[i], value(args[i + 1], "any", dependencies)]);
        }
        const result = value(args[args.length - 1], kind, dependencies);
        dependencies.variables.length = depth;
        return result;
    },
    var: ([name], kind, dependencies) => {
        const found = dependencies.variables.findLast((variable) => variable[0] === name);
        if (!found) throw new Unsupported(`variable "${name}" is not defined`);
        return found[1];
    },
};

/** Of numbers; any other input is an error. */
const ARITHMETIC = {
    "+": (...numbers) => numbers.reduce((a, b) => a + b, 0),
    "*": (...numbers) => numbers.reduce((a, b) => a * b, 1),
    "-": (a, b) => (b === undefined ? -a : a - b),
    "/": (a, b) => a / b,
    "%": (a, b) => a % b,
    "^": (a, b) => a ** b,
    min: Math.min, max: Math.max, abs: Math.abs, ceil: Math.ceil, floor: Math.floor,
    round: (a) => Math.sign(a) * Math.round(Math.abs(a)),
    sqrt: Math.sqrt, ln: Math.log, log2: Math.log2,
};

for (const [name, compute] of Object.entries(ARITHMETIC)) {
    OPERATORS[name] = (args, kind, dependencies) => mapped(args, dependencies, (inputs) => {
        return inputs.every((input) => typeof input === "number") ? compute(...inputs) : undefined;
    });
}

function ramped(input, ramp) {
    return (zoom, feature) => {
        const at = input(zoom, feature);
        return typeof at === "number" ? ramp(at, zoom, feature) : undefined;
    };
}

function comparison(args, dependencies, compare) {
    const left = value(args[0], "any", dependencies);
    const right = value(args[1], "any", dependencies);
    return (zoom, feature) => compare(left(zoom, feature), right(zoom, feature));
}

/** Order is defined between two numbers or two strings only; everything else is an error. */
function ordered(compare) {
    return (a, b) => {
        const comparable = typeof a === typeof b && (typeof a === "number" || typeof a === "string");
        return comparable ? compare(a, b) : undefined;
    };
}

function mapped(args, dependencies, transform) {
    const inputs = args.map((arg) => value(arg, "any", dependencies));
    return (zoom, feature) => transform(inputs.map((input) => input(zoom, feature)));
}

function asserted(type, args, dependencies) {
    return mapped(args, dependencies, (inputs) => inputs.find((input) => typeof input === type));
}
