import FeatureStorage
import Glibc
import PlanarGeometry
public import TileArchives
import TileSchemas

extension TileGenerator {
    /// What archives and servers say of tiles made from the store: layers, bounds of its features, origin and licence.
    public func metadata(name: String, zooms: ClosedRange<UInt8>) -> TilesetMetadata {
        let source = store.metadata
        var metadata = TilesetMetadata(name: name, minZoom: zooms.lowerBound, maxZoom: zooms.upperBound)
        metadata.description =
            "OpenStreetMap data as vector tiles in the schema \(recipe.schema.name) \(recipe.schema.version)"
        metadata.attribution =
            "<a href=\"https://www.openstreetmap.org/copyright\" target=\"_blank\">© OpenStreetMap contributors</a>"
        if let other = recipe.schema.attribution { metadata.attribution = "\(other) \(metadata.attribution ?? "")" }
        metadata.version = "1.0.0"
        metadata.kind = .baselayer
        if let (southWest, northEast) = source.shownBounds {
            let bounds = TilesetMetadata.Bounds(
                west: southWest.longitudeDegrees, south: max(southWest.latitudeDegrees, -85.051_128_7),
                east: northEast.longitudeDegrees, north: min(northEast.latitudeDegrees, 85.051_128_7))
            if bounds.south <= bounds.north { metadata.bounds = bounds }
        }
        metadata.center = center(zooms: zooms, metadata.bounds, source.longitudesOver180)
        metadata.vectorLayers = recipe.schema.vectorLayers.compactMap { layer in
            let low = max(layer.zooms.lowerBound, Int(zooms.lowerBound))
            let high = min(layer.zooms.upperBound, Int(zooms.upperBound))
            if low > high { return nil }
            return
                TilesetMetadata.VectorLayer(
                    id: layer.id, description: layer.summary, minZoom: UInt8(low),
                    maxZoom: UInt8(high),
                    fields: layer.fields.map { field in
                        switch field.type {
                        case .string: .init(field.name, .string)
                        case .number: .init(field.name, .number)
                        case .boolean: .init(field.name, .boolean)
                        }
                    })
        }
        metadata[.dataDate] = source.dataTimestamp.flatMap(utcText)
        metadata[.sourceSHA256] = source.sourceHash
        metadata[.replicationSequence] = source.replicationSequence.map(String.init)
        metadata[.replicationURL] = source.replicationBaseURL
        metadata[.generator] = "Tuile \(recipe.programVersion)"
        metadata[.schemaName] = recipe.schema.name
        metadata[.schemaHash] = recipe.schema.contentHash
        metadata[.licence] = StoreMetadata.licence
        metadata[.languages] = recipe.schema.languages.joined(separator: ",")
        metadata[.maximumTileBytes] = String(recipe.maximumTileBytes)
        return metadata
    }

    /// The middle of the bounds, at the zoom where they fill about three tiles of 256 pixels. Where the data lie on both sides
    /// of 180 degrees, the bounds must go around the world, and the middle is that of the data.
    private func center(
        zooms: ClosedRange<UInt8>, _ bounds: TilesetMetadata.Bounds, _ over180: (west: Int32, east: Int32)?
    ) -> TilesetMetadata.Center {
        var (west, east) = (bounds.west, bounds.east)
        if let over180 { (west, east) = (Double(over180.west) / 1e7, Double(over180.east) / 1e7 + 360) }
        let width = max(east - west, bounds.north - bounds.south, 0.001)
        let middle = (west + east) / 2
        let zoom = UInt8(min(max(log2(360 / width) + 1, 0), 14))
        return TilesetMetadata.Center(
            longitude: middle > 180 ? middle - 360 : middle, latitude: (bounds.south + bounds.north) / 2,
            zoom: min(max(zoom, zooms.lowerBound), zooms.upperBound))
    }
}

/// Seconds since 1970 as ISO 8601 in UTC; `nil` outside the years 0 to 9999.
public func utcText(_ seconds: Int64) -> String? {
    guard seconds >= -62_167_219_200, seconds < 253_402_300_800 else { return nil }
    let days = Int(seconds >= 0 ? seconds / 86400 : (seconds - 86399) / 86400)
    let second = Int(seconds) - days * 86400
    // Civil date from days since 1970, by 400-year eras that begin on 1 March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let yearText = String(repeating: "0", count: max(0, 4 - String(year).count)) + String(year)
    return "\(yearText)-\(two(month))-\(two(day))T\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))Z"
}
