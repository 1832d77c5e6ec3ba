/// A binary heap whose top is the greatest element.
@frozen
@usableFromInline
struct BinaryHeap<Element: Comparable> {
    @usableFromInline var elements: [Element] = []

    @inlinable init() {}

    @inlinable var count: Int { elements.count }
    @inlinable var top: Element? { elements.first }

    @inlinable
    mutating func removeAll() { elements.removeAll(keepingCapacity: true) }

    @inlinable
    mutating func insert(_ element: Element) {
        elements.append(element)
        var index = elements.count - 1
        while index > 0 {
            let parent = (index - 1) / 2
            if !(elements[parent] < element) { break }
            elements[index] = elements[parent]
            index = parent
        }
        elements[index] = element
    }

    @inlinable
    mutating func popTop() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let top = elements.first else { return last }
        sink(last)
        return top
    }

    /// Puts `element` in the place of the top, which must exist.
    @inlinable
    mutating func replaceTop(with element: Element) { sink(element) }

    /// Moves the larger children up from the root until `element` fits.
    @inlinable
    mutating func sink(_ element: Element) {
        var index = 0
        while true {
            var child = 2 * index + 1
            if child >= elements.count { break }
            if child + 1 < elements.count, elements[child] < elements[child + 1] { child += 1 }
            if !(element < elements[child]) { break }
            elements[index] = elements[child]
            index = child
        }
        elements[index] = element
    }
}

extension BinaryHeap: Sendable where Element: Sendable {}
