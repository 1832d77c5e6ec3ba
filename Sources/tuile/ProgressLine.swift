import ArgumentParser
import Foundation
import Synchronization
import SystemIO

enum ProgressChoice: String, ExpressibleByArgument, CaseIterable {
    case auto, always, never
}

/// One line on standard error that is written over: what is being done, how far, how fast, and how long it may still take.
final class ProgressLine: Sendable {
    private struct State {
        var title = ""
        var started = Date()
        var lastShown = Date.distantPast
        var isShown = false
    }

    private let isOn: Bool
    private let state = Mutex(State())

    /// By itself only on a terminal.
    init(_ choice: ProgressChoice) { isOn = choice == .always || choice == .auto && FileStatus.isTerminal(2) }

    func begin(_ title: String) {
        state.withLock { state in
            state.title = title
            state.started = Date()
            state.lastShown = .distantPast
            if isOn { show(title, &state) }
        }
    }

    /// At most ten times a second. `total` is `nil` where nobody knows.
    func update(_ done: Int, of total: Int?, unit: String) {
        if !isOn { return }
        state.withLock { state in
            let now = Date()
            if now.timeIntervalSince(state.lastShown) < 0.1 { return }
            state.lastShown = now
            let seconds = max(now.timeIntervalSince(state.started), 0.001)
            let rate = Double(done) / seconds
            var text = "\(state.title): "
            if let total {
                text += "\(total > 0 ? done * 100 / total : 100) %"
            } else {
                text += ByteText.grouped(done)
            }
            text += ", \(ByteText.short(rate)) \(unit)/s"
            if let total, rate > 0, total > done { text += ", \(Int(Double(total - done) / rate + 0.5)) s left" }
            show(text, &state)
        }
    }

    /// Clears the line.
    func end() {
        state.withLock { state in
            if isOn, state.isShown { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
            state.isShown = false
        }
    }

    private func show(_ text: String, _ state: inout State) {
        state.isShown = true
        FileHandle.standardError.write(Data("\r\u{1b}[K\(text)".utf8))
    }
}

/// Numbers for people.
enum ByteText {
    /// 1234567 as 1.2 M.
    static func short(_ number: Double) -> String {
        for (limit, suffix) in [(1e9, " G"), (1e6, " M"), (1e3, " k")] where number >= limit {
            return String(format: "%.1f", number / limit) + suffix
        }
        return String(Int(number))
    }

    /// Bytes as MB with one decimal.
    static func megabytes(_ count: Int) -> String { String(format: "%.1f MB", Double(count) / 1e6) }

    /// 1234567 as 1,234,567.
    static func grouped(_ number: Int) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0, index % 3 == 0, digit != "-" { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
