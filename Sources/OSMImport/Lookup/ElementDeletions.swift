import OSMModel

/// What a file says is deleted. A deletion stands for every earlier version of its element in the file, as a later version
/// does: in files that hold several, versions ascend (osmium's order: type, id, version). An element that comes
/// after its deletion was restored.
struct ElementDeletions: Sendable {
    /// In file order within a kind.
    private(set) var elements: [ElementID] = []
    private var places: [[Int64: Int]] = [[:], [:], [:]]

    /// Deletions of a kind come in file order, with places in the whole file.
    mutating func add(_ deletion: Deletion) {
        elements.append(deletion.element)
        places[Int(deletion.element.kind.rawValue)][deletion.element.number] = deletion.place
    }

    /// For each id the place of its last deletion: elements of the file with a lower index are gone.
    func places(of kind: ElementKind) -> [Int64: Int] { places[Int(kind.rawValue)] }
}
