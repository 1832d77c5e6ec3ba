import ArgumentParser
import FeatureQueries
import FeatureStorage
import Foundation
import OSMFormats
import OSMImport
import OSMModel
import QualityReports
import SystemIO
import TileArchives
import TileServing

/// Exit codes after sysexits.h; the one place where they are decided.
enum ExitStatus: Int32 {
    case done = 0
    /// Done, and the thing asked about is not so.
    case notSo = 1
    case wrongUse = 64
    case brokenInput = 65
    case missingInput = 66
    case ourBug = 70
    case noOutput = 73
    case inputOutput = 74
    case tryAgain = 75
    case badConfiguration = 78
    case interrupted = 130

    /// Prints one line and ends the program.
    static func exit(for error: any Error) -> Never {
        if let error = error as? CommandFailure {
            if !error.message.isEmpty { printError(error.message) }
            Foundation.exit(error.status.rawValue)
        }
        if let error = error as? SystemError, error.isBrokenPipe { Foundation.exit(done.rawValue) }
        // What neither we nor the argument parser know is a bug of ours.
        let isParsers = Tuile.exitCode(for: error) != .failure
        guard let status = status(of: error) ?? (isParsers ? nil : .ourBug) else { Tuile.exit(withError: error) }
        printError("\(error)")
        Foundation.exit(status.rawValue)
    }

    /// `nil` for errors of the argument parser, which prints its own usage.
    private static func status(of error: any Error) -> ExitStatus? {
        switch error {
        case is OSMFormatError, is ImportError: return .brokenInput
        case TileArchiveError.noTiles: return .noOutput
        case is FeatureStoreError, is TileArchiveError, is TileTransferError: return .brokenInput
        case is OSMWriterError: return .inputOutput
        case is FeatureQueryError, is TagFilterError, is ProblemSelectionError: return .wrongUse
        case let error as TileServingError: return error.isConfiguration ? .badConfiguration : .noOutput
        case let error as SystemError:
            if case .locked = error { return .tryAgain }
            if error.isOutOfSpace { return .inputOutput }
            if error.isOutputRefused { return .noOutput }
            return error.isMissing ? .missingInput : .inputOutput
        case is CancellationError: return .interrupted
        default: return nil
        }
    }

    static func printError(_ message: String) {
        FileHandle.standardError.write(Data("tuile: \(message)\n".utf8))
    }
}

/// A failure that a command found itself, with what to print and how to end.
struct CommandFailure: Error {
    var status: ExitStatus
    var message: String
}
