/// Shapes of objects, as a schema file names them.
enum SchemaShape: String, CaseIterable {
    case point
    case line
    case closedLine = "closed-line"
    case area

    var shapes: FeatureShapes {
        switch self {
        case .point: .point
        case .line: .line
        case .closedLine: .closedLine
        case .area: .area
        }
    }
}

/// When a rule takes a closed way, as a schema file names it.
enum SchemaClosedWays: String, CaseIterable {
    case always
    case unlessAreaNo = "unless-area-no"
    case onlyAreaYes = "only-area-yes"
    case unlessAreaYes = "unless-area-yes"
    case onlyAreaNo = "only-area-no"

    var use: ClosedWayUse {
        switch self {
        case .always: .always
        case .unlessAreaNo: .unlessAreaNo
        case .onlyAreaYes: .onlyAreaYes
        case .unlessAreaYes: .unlessAreaYes
        case .onlyAreaNo: .onlyAreaNo
        }
    }
}

/// What comes first in a layer, as a schema file names it.
enum SchemaMeasure: String, CaseIterable {
    case area
    case population

    var measure: FeatureOrder.Measure {
        switch self {
        case .area: .mercatorArea
        case .population: .population
        }
    }
}

/// Units of an area, as a schema file names them.
enum SchemaAreaUnit: String, CaseIterable {
    case squareMetres = "square-metres"
    case hectares

    var unit: AreaUnit {
        switch self {
        case .squareMetres: .squareMetres
        case .hectares: .hectares
        }
    }
}
