import Foundation
import RepositoryFolders
import Testing

/// Golden files under `Tests/CommandTests/Snapshots`; `TWOWAY_RECORD_SNAPSHOTS=1 make test` writes them anew.
enum Snapshot {
    /// Expects `text` to be what is stored under `name`, apart from where the checkout lies.
    static func check(_ text: String, named name: String) throws {
        let portable = text.replacingOccurrences(of: RepositoryFolders.fixtures.path + "/", with: "")
        let file = RepositoryFolders.root.appending(path: "Tests/CommandTests/Snapshots").appending(path: name)
        if ProcessInfo.processInfo.environment["TWOWAY_RECORD_SNAPSHOTS"] == "1" {
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try portable.write(to: file, atomically: true, encoding: .utf8)
        }
        #expect(try portable == String(contentsOf: file, encoding: .utf8), "\(name) differs from its golden file")
    }
}
