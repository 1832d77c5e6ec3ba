import HTTPTypes
import Hummingbird
import Logging

/// Answers every request: finds the route, turns failures into problem documents, adds what all answers have.
struct RequestResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    /// The page and its files, by address; likewise the styles.
    let files: [String: ServedDocument]
    let styles: [String: StyleDocument]
    let documents: DocumentRoutes
    let tiles: TileRoute
    let problems: ProblemRoute
    let logger: Logger

    func respond(to request: Request, context: Context) async -> Response { await response(to: request) }

    func response(to request: Request) async -> Response {
        let began = ContinuousClock.now
        var response = await answer(request)
        ResponseRules.complete(&response)
        if request.method == .head { response = response.createHeadResponse() }
        logger.debug(
            "\(request.method.rawValue) \(request.uri.path) \(response.status.code)",
            metadata: [
                "bytes": "\(response.headers[.contentLength] ?? "0")",
                "duration": "\(ContinuousClock.now - began)",
            ])
        return response
    }

    private func answer(_ request: Request) async -> Response {
        do {
            switch request.method {
            case .get, .head: return try await resource(request)
            case .options: return ResponseRules.options
            default: throw Problem.methodNotAllowed
            }
        } catch let problem as Problem {
            return problem.response
        } catch {
            logger.error("\(request.uri.path): \(error)")
            return Problem.failed.response
        }
    }

    private func resource(_ request: Request) async throws -> Response {
        let path = request.uri.path
        if let file = files[path] { return file.response(to: request) }
        if let style = styles[path] { return try documents.style(request, style) }
        switch try Route(path: path) {
        case .health: return documents.health
        case .catalog: return documents.catalog(request)
        case .mapSources: return documents.mapSources(request)
        case .problemKinds: return documents.problemKinds.response(to: request)
        case .problems(let source): return try await problems.response(to: request, source: source)
        case .tileJSON(let source): return try documents.tileJSON(request, source: source)
        case .tile(let source, let zoom, let x, let y):
            return try await tiles.response(to: request, source: source, zoom: zoom, x: x, y: y)
        case nil: throw Problem.notFound("there is nothing at this address")
        }
    }
}
