// Filters of MapLibre style files, in both forms: expressions, and the older one
//   == != < <= > >= in !in has !has all any none with keys, "$type" and "$id".
// compileFilter gives the same as compileValue of expression.js, with true or false as result.

import { compileWith, TYPE_NAMES, Unsupported, value } from "./expression.js";

/** Filters count errors and everything that is not true as false. */
export function compileFilter(source, warn = console.warn) {
    if (source === undefined || source === null) return compileWith(() => () => true, () => true, warn);
    const compile = isExpressionFilter(source)
        ? (dependencies) => {
            const test = value(source, "boolean", dependencies);
            return (zoom, feature) => test(zoom, feature) === true;
        }
        : (dependencies) => olderFilter(source, dependencies);
    return compileWith(compile, () => false, warn);
}

/** The style specification's rule for telling the two filter forms apart. */
export function isExpressionFilter(filter) {
    if (typeof filter === "boolean") return true;
    if (!Array.isArray(filter) || filter.length === 0) return false;
    switch (filter[0]) {
    case "has":
        return filter.length >= 2 && filter[1] !== "$id" && filter[1] !== "$type";
    case "in":
        return filter.length >= 3 && (typeof filter[1] !== "string" || Array.isArray(filter[2]));
    case "!in": case "!has": case "none":
        return false;
    case "==": case "!=": case "<": case "<=": case ">": case ">=":
        return filter.length !== 3 || Array.isArray(filter[1]) || Array.isArray(filter[2]);
    case "all": case "any":
        return filter.slice(1).some((child) => typeof child === "boolean" || isExpressionFilter(child))
            || filter.length === 1;
    default:
        return true;
    }
}

function olderFilter(filter, dependencies) {
    if (!Array.isArray(filter)) throw new Unsupported("a filter is not a list");
    const [operator, key, ...operands] = filter;
    if (operator === undefined) return () => true;
    if (operator === "all" || operator === "any" || operator === "none") {
        const tests = filter.slice(1).map((child) => olderFilter(child, dependencies));
        if (operator === "all") return (zoom, feature) => tests.every((test) => test(zoom, feature));
        if (operator === "any") return (zoom, feature) => tests.some((test) => test(zoom, feature));
        return (zoom, feature) => !tests.some((test) => test(zoom, feature));
    }
    const read = olderKey(key, dependencies);
    const [operand] = operands;
    const comparable = (input) => typeof input === typeof operand;
    switch (operator) {
    case "==": return (_, feature) => read(feature) === operand;
    case "!=": return (_, feature) => read(feature) !== operand;
    case "<": return (_, feature) => comparable(read(feature)) && read(feature) < operand;
    case "<=": return (_, feature) => comparable(read(feature)) && read(feature) <= operand;
    case ">": return (_, feature) => comparable(read(feature)) && read(feature) > operand;
    case ">=": return (_, feature) => comparable(read(feature)) && read(feature) >= operand;
    case "in": return (_, feature) => operands.includes(read(feature));
    case "!in": return (_, feature) => !operands.includes(read(feature));
    case "has": return (_, feature) => read(feature) !== undefined;
    case "!has": return (_, feature) => read(feature) === undefined;
    default: throw new Unsupported(`filter "${operator}" is not supported`);
    }
}

function olderKey(key, dependencies) {
    if (key === "$type") {
        dependencies.usesIdentity = true;
        return (feature) => TYPE_NAMES[feature.type];
    }
    if (key === "$id") {
        dependencies.usesIdentity = true;
        return (feature) => feature.id ?? undefined;
    }
    dependencies.properties.add(key);
    return (feature) => feature.properties[key];
}
