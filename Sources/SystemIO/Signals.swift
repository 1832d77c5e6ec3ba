import Glibc

/// Writing to a pipe that nobody reads any more becomes an error instead of the end of the program.
public func ignoreBrokenPipes() {
    signal(SIGPIPE, SIG_IGN)
}

/// From now on SIGINT, SIGTERM and SIGHUP remove the temporary files that exist and end the program with status 130.
///
/// The signals are blocked in this thread, and so in all that it starts, and taken by a thread of their own, which may
/// lock and call whatever it needs. Call it before work starts.
public func removeTemporaryFilesOnInterrupt() {
    var set = sigset_t()
    // Safe: the set is filled in before it is used, and the thread reads only its own copy.
    unsafe sigemptyset(&set)
    for number in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaddset(&set, number) }
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
    var thread = pthread_t()
    _ = unsafe pthread_create(
        &thread, nil,
        { _ in
            var set = sigset_t()
            unsafe sigemptyset(&set)
            for number in [SIGINT, SIGTERM, SIGHUP] { _ = unsafe sigaddset(&set, number) }
            var number: Int32 = 0
            while unsafe sigwait(&set, &number) != 0 {}
            TemporaryFileRegistry.removeAllFiles()
            _exit(130)
        }, nil)
}
