/// Reads the tokens of a TextGrid in the order in which Praat expects them.
struct TextGridReader {
    /// A stretch of a tier.
    struct Interval {
        let start: Double
        let end: Double
        let text: String
        let place: FileLine
    }

    /// A tier: intervals, or points, which are not kept.
    struct Tier {
        let name: String
        let holdsIntervals: Bool
        var intervals: [Interval] = []
    }

    /// A whole file.
    struct Grid {
        var end: Double
        var tiers: [Tier]
    }

    /// What the header of the chronological form says.
    static let chronologicalHeader = "Praat chronological TextGrid text file"

    /// Intervals of a tier may overlap by this much, seconds: less is the rounding of some program.
    private static let toleratedOverlap = 0.001

    private let text: Substring
    private let path: String
    private var tokens: [TextGridToken] = []
    private var next = 0

    init(text: String, path: String) {
        self.text = LabelLines.withoutByteOrderMark(text)
        self.path = path
    }

    /// The whole file.
    ///
    /// - Throws: `LabelFormatError.damagedLine`.
    mutating func grid() throws(LabelFormatError) -> Grid {
        guard !text.hasPrefix("ooBinaryFile") else {
            throw FileLine(path: path, line: 1).damage("a binary TextGrid", "save it as a text file in Praat")
        }
        tokens = try TextGridToken.tokens(of: text, path: path)
        let header = try string("the header \"ooTextFile\"")
        if header == Self.chronologicalHeader { return try chronologicalGrid() }
        guard header.hasPrefix("ooTextFile"), try string("the class of the object").hasPrefix("TextGrid") else {
            throw place.damage("the file does not start like a TextGrid", "save the TextGrid as a text file in Praat")
        }
        var grid = Grid(end: try limits().end, tiers: [])
        guard case .flag("<exists>") = try token("<exists>").content else { return grid }
        for _ in 0..<(try count("the number of tiers")) {
            let isInterval = try kind()
            var tier = Tier(name: try string("the name of the tier"), holdsIntervals: isInterval)
            _ = try limits()
            for _ in 0..<(try count("the number of intervals")) {
                if isInterval {
                    try append(interval(), to: &tier)
                } else {
                    _ = try time("the time of the point")
                    _ = try string("the mark of the point")
                }
            }
            grid.tiers.append(tier)
        }
        return grid
    }

    /// Tiers first, then all intervals and points by time, each with the number of its tier.
    private mutating func chronologicalGrid() throws(LabelFormatError) -> Grid {
        var grid = Grid(end: try limits().end, tiers: [])
        for _ in 0..<(try count("the number of tiers")) {
            let isInterval = try kind()
            grid.tiers.append(Tier(name: try string("the name of the tier"), holdsIntervals: isInterval))
            _ = try limits()
        }
        while next < tokens.count {
            let number = try count("the number of the tier")
            guard (1...max(grid.tiers.count, 1)).contains(number), !grid.tiers.isEmpty else {
                throw place.damage("there is no tier \(number)", "write a number up to \(grid.tiers.count)")
            }
            if grid.tiers[number - 1].holdsIntervals {
                try append(interval(), to: &grid.tiers[number - 1])
            } else {
                _ = try time("the time of the point")
                _ = try string("the mark of the point")
            }
        }
        return grid
    }

    private mutating func kind() throws(LabelFormatError) -> Bool {
        switch try string("the class of the tier") {
        case "IntervalTier": return true
        case "TextTier": return false
        case let other:
            throw place.damage(
                "\(FileLine.quoted(other)) is no class of tier", "write \"IntervalTier\" or \"TextTier\"")
        }
    }

    private mutating func interval() throws(LabelFormatError) -> Interval {
        let (start, end) = try limits()
        return Interval(start: start, end: end, text: try string("the text of the interval"), place: place)
    }

    private func append(_ interval: Interval, to tier: inout Tier) throws(LabelFormatError) {
        if let last = tier.intervals.last, interval.start < last.end - Self.toleratedOverlap {
            throw interval.place.damage(
                "the interval starts at \(interval.start), before the one above ends at \(last.end)",
                "intervals of a tier follow each other")
        }
        tier.intervals.append(interval)
    }

    private mutating func limits() throws(LabelFormatError) -> (start: Double, end: Double) {
        let start = try time("xmin")
        let end = try time("xmax")
        guard end >= start else {
            throw place.damage("xmax \(end) lies before xmin \(start)", "write the start first, then the end")
        }
        return (start, end)
    }

    private mutating func time(_ name: String) throws(LabelFormatError) -> Double {
        try LabelTime.seconds(number(name), name, at: place)
    }

    /// A count that the rest of the file could hold, so that no number in a file makes the reader work or wait.
    private mutating func count(_ name: String) throws(LabelFormatError) -> Int {
        let word = try number(name)
        guard let count = Int(word), count >= 0 else {
            throw place.damage("\(name) is \(FileLine.quoted(word))", "write a whole number")
        }
        guard count <= tokens.count - next else {
            throw place.damage("\(name) is \(count), more than the file holds", "is the end of the file missing?")
        }
        return count
    }

    private mutating func number(_ name: String) throws(LabelFormatError) -> Substring {
        guard case .number(let word) = try token(name).content else {
            throw place.damage("\(name) is not a number", "write a number here, with a decimal dot")
        }
        return word
    }

    private mutating func string(_ name: String) throws(LabelFormatError) -> String {
        guard case .text(let text) = try token(name).content else {
            throw place.damage("\(name) is not a text in quotes", "write it in quotes")
        }
        return text
    }

    private mutating func token(_ name: String) throws(LabelFormatError) -> TextGridToken {
        guard next < tokens.count else {
            throw place.damage("the file ends before \(name)", "is the end of the file missing?")
        }
        next += 1
        return tokens[next - 1]
    }

    /// Where the token lies that was read last.
    private var place: FileLine {
        FileLine(path: path, line: next > 0 && next <= tokens.count ? tokens[next - 1].line : 1)
    }
}
