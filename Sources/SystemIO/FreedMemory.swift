import CMalloc

/// What becomes of memory that the process has freed.
public enum FreedMemory {
    /// From now on goes back to the system when more than 1 MiB of it lies at the end of a heap.
    ///
    /// glibc otherwise keeps up to twice its largest freed block, at most 64 MiB, for later. A job whose steps each need large arrays of
    /// their own then holds them all. Costs system calls, a few per cent of an import's CPU time, for a tenth of its memory (Bahamas).
    public static func goesBackToSystem() {
        // Fails only for a parameter that does not exist.
        _ = mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }
}
