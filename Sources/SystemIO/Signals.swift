import Glibc
import Synchronization

/// Writing to a pipe that nobody reads any more becomes an error instead of the end of the program.
public func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }

/// Where the handler tells the thread that cleans up; -1 before there is one.
private let interruptPipe = Atomic<Int32>(-1)

/// From now on SIGINT, SIGTERM and SIGHUP remove the temporary files that exist and end the program with status 130.
///
/// A handler may do next to nothing, so it writes a byte into a pipe; a thread of its own waits there and does the rest.
public func removeTemporaryFilesOnInterrupt() {
    var ends: [Int32] = [-1, -1]
    // Safe: pipe fills in two descriptors.
    guard unsafe ends.withUnsafeMutableBufferPointer({ unsafe pipe($0.baseAddress!) }) == 0 else { return }
    let (reading, writing) = (ends[0], ends[1])
    interruptPipe.store(writing, ordering: .sequentiallyConsistent)
    var thread = pthread_t()
    // Safe: the pointer only carries the descriptor's number.
    let argument = unsafe UnsafeMutableRawPointer(bitPattern: Int(reading))
    _ = unsafe pthread_create(
        &thread, nil,
        { argument in
            var byte: UInt8 = 0
            let descriptor = Int32(truncatingIfNeeded: Int(bitPattern: argument))
            // Safe: one byte into a variable of one byte; an interrupted read is tried again.
            while unsafe read(descriptor, &byte, 1) != 1 {}
            TemporaryFileRegistry.removeAllFiles()
            _exit(130)
        }, argument)
    for number in [SIGINT, SIGTERM, SIGHUP] {
        signal(number) { _ in
            var byte: UInt8 = 1
            // Safe: write may be called by a handler, and the byte lives on its stack.
            _ = unsafe write(interruptPipe.load(ordering: .relaxed), &byte, 1)
        }
    }
}
