import Benchmarking
import Foundation

/// Where saved benchmark runs lie: a file that was named, or a name in the person's data folder.
enum BenchmarkArchive {
    /// The file for `--save` or `compare`: what ends in `.json` or holds a slash is a path.
    static func path(_ name: String) -> String {
        if name.hasSuffix(".json") || name.contains("/") { return name }
        let environment = ProcessInfo.processInfo.environment
        // The XDG Base Directory Specification, section 3.
        let data = environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory() + "/.local/share"
        return data + "/twoway/bench/" + name + ".json"
    }

    /// The name of a run that is saved there.
    static func name(_ path: String) -> String { URL(filePath: path).deletingPathExtension().lastPathComponent }

    /// Writes a run, whole or not at all.
    ///
    /// - Throws: `CommandFailure` with exit code 73.
    static func write(_ record: BenchmarkRecord, to name: String) throws {
        let path = path(name)
        if path != name {
            try? FileManager.default.createDirectory(
                atPath: URL(filePath: path).deletingLastPathComponent().path, withIntermediateDirectories: true)
        }
        try ResultOutput.file(path).write(BenchmarkText.json(record))
    }

    /// Reads a saved run.
    ///
    /// - Throws: `CommandFailure` with exit code 65 or 66.
    static func read(_ name: String) throws -> BenchmarkRecord {
        let path = path(name)
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                "\(path) cannot be read; twoway bench run --save \(name) would make it.",
                status: ExitStatus.unreadableInput)
        }
        guard let record = try? JSONDecoder().decode(BenchmarkRecord.self, from: data),
            record.format == BenchmarkRecord.formatVersion
        else {
            throw CommandFailure(
                "\(path) is no benchmark run that this version knows.", status: ExitStatus.damagedData)
        }
        return record
    }
}
