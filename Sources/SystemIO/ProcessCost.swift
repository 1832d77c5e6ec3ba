import Glibc

/// What this process has used so far, by the kernel's account.
public struct ProcessCost: Sendable {
    /// User and system time, in seconds.
    public var cpuSeconds: Double
    /// Largest resident size so far.
    public var peakBytes: Int

    public static func current() -> ProcessCost {
        var usage = rusage()
        // Safe: the kernel fills `usage`.
        _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let seconds = { (time: timeval) in Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return ProcessCost(
            cpuSeconds: seconds(usage.ru_utime) + seconds(usage.ru_stime), peakBytes: Int(usage.ru_maxrss) * 1024)
    }
}
