/// One meeting of a batch: a recording, or with tracks one file per person.
public struct BatchRecording: Sendable, Hashable {
    /// How results name it: the path of the file, or of the folder that holds its tracks.
    public var path: String
    /// Where its results lie below the folder of results: a path without empty, "." and ".." parts.
    public var place: String
    /// The files that are read: one, or one per person.
    public var files: [String]
    /// Length by its header or guessed from its size, seconds; 0 where not known.
    public var seconds: Double
    /// Memory that its analysis takes at most, bytes.
    var cost: Int
    /// Why it cannot be analysed, known before it is read; nil for none.
    var problem: BatchError?

    /// A recording that nothing is known of but its path, as a list names it.
    ///
    /// Its place is the path below the working folder, or the whole path under `_root`, so that no two files share one.
    public init(listed path: String, workingFolder: String) {
        let isAbsolute = path.hasPrefix("/")
        let parts = Self.parts(isAbsolute ? path : workingFolder + "/" + path)
        let base = Self.parts(workingFolder)
        if parts.starts(with: base), parts.count > base.count, parts[base.count] != Self.root {
            place = parts[base.count...].joined(separator: "/")
        } else {
            place = ([Substring(Self.root)] + parts).joined(separator: "/")
        }
        (self.path, files, seconds, cost) = (path, [path], 0, 0)
    }

    /// A recording that was found.
    init(
        path: String, place: String, files: [String], seconds: Double = 0, cost: Int = 0, problem: BatchError? = nil
    ) {
        (self.path, self.place, self.files) = (path, place, files)
        (self.seconds, self.cost, self.problem) = (seconds, cost, problem)
    }

    /// Folder of results for what does not lie below the working folder.
    private static let root = "_root"

    /// The parts of a path, ".." resolved by the words alone.
    private static func parts(_ path: String) -> [Substring] {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return parts
    }
}

/// A share of a batch for one of several machines.
public struct BatchPart: Sendable, Hashable {
    /// Which part, 1...`count`.
    public var number: Int
    /// How many parts there are.
    public var count: Int

    /// Part `number` of `count`; nil unless 1 ≤ number ≤ count.
    public init?(number: Int, count: Int) {
        guard count >= 1, (1...count).contains(number) else { return nil }
        (self.number, self.count) = (number, count)
    }

    /// Whether a place belongs to the part: by a hash of its name, so that every machine agrees without talking.
    ///
    /// FNV-1a, 64 bits (Fowler, Noll, Vo).
    public func contains(_ place: String) -> Bool {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in place.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return Int((hash >> 16) % UInt64(count)) == number - 1
    }
}
