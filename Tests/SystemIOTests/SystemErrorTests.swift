import Foundation
import SystemIO
import Testing

struct SystemErrorTests {
    @Test func kindsOfFailureAreKnownByTheirCode() {
        func call(_ code: Int32) -> SystemError { .call(operation: "write", path: "a", code: code) }
        #expect([ENOSPC, EDQUOT, EFBIG].allSatisfy { call($0).isOutOfSpace })
        #expect([ENOENT, EACCES, EPERM, ENOTDIR, EISDIR].allSatisfy { call($0).isMissing })
        #expect(call(EPIPE).isBrokenPipe && !call(EIO).isBrokenPipe && !call(EIO).isMissing && !call(EIO).isOutOfSpace)
    }

    @Test func descriptionsAreOneLineWithThePath() {
        let errors: [SystemError] = [
            .call(operation: "open", path: "some/file", code: ENOENT), .notRegularFile(path: "some/file"),
            .locked(path: "some/file"),
        ]
        for error in errors { #expect("\(error)".hasPrefix("some/file: ") && !"\(error)".contains("\n")) }
        #expect("\(errors[0])" == "some/file: cannot open: No such file or directory")
    }

    @Test func costIsMeasured() {
        let cost = ProcessCost.current()
        #expect(cost.cpuSeconds > 0 && cost.peakBytes > 1 << 20)
    }
}
