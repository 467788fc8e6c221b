import Reciprocity

/// The metrics of meetings as comma-separated values, one row each (RFC 4180).
///
/// Columns have the names of the JSON form, levels joined by dots, parts of a list counted from 1; what is null is an
/// empty field. The columns are the same whatever is null, so rows of several meetings fit under one header.
/// Rows end in a line feed, like all other results of the program.
public enum MetricsTable {
    /// The first row, with its line break.
    public static var header: String { line(columns) }

    /// The row of one meeting, with its line break.
    public static func row(of report: MeetingReport) -> String {
        let json = report.json
        return line(columns.map { field(json, $0.split(separator: ".").map(String.init)) })
    }

    /// The row of a recording that could not be analysed, with its line break.
    public static func row(of failed: FailedMeeting) -> String {
        line(columns.map { field(failed.json, $0.split(separator: ".").map(String.init)) })
    }

    /// Names of the columns in order.
    static let columns: [String] = {
        let people = ["A", "B"]
        func each(_ name: String, _ members: [String] = []) -> [String] {
            people.flatMap { person in
                members.isEmpty ? ["\(name).\(person)"] : members.map { "\(name).\(person).\($0)" }
            }
        }
        func all(_ name: String, _ members: [String]) -> [String] { members.map { "\(name).\($0)" } }
        let offset = ["median", "interquartileRange", "count"]
        let amounts =
            ["duration"] + each("speakingTime") + each("floorTime") + each("talkShare")
            + each("talkShareInterval", ["1", "2"]) + each("talkOfMeeting") + each("floorShare") + ["imbalance"]
            + all("states", ["only.A", "only.B", "both", "neither"])
        let turns =
            each("turnCount") + each("medianTurn") + each("p90Turn")
            + each("longestMonologue", ["start", "end", "duration"]) + ["interactivity"]
            + all("floorTransferOffset", offset) + each("floorTransferOffset", offset)
            + ["overlapOnsetShare"] + each("overlappedTakeovers") + each("backchannelRate")
            + ["silenceShare", "longestSilence"]
        let course =
            all("windows", ["count", "led.A", "led.B", "balanced", "primary"]) + ["dynamics"]
            + each("trajectory", ["1", "2", "3", "4", "5"]) + each("firstFloor", ["time", "fraction"])
            + each("handOver", ["time", "fraction", "early", "late"])
        let counts =
            each("questions") + each("questionBalance") + each("helpOffered")
            + each("followUps", ["promised", "kept"]) + each("followThrough") + ["timeResolution"]
        let metrics: [String] = amounts + turns + course + counts
        return ["recording.path"] + each("names") + ["me"]
            + all("pattern", ["name", "towards", "description", "margin", "borderline"])
            + all("diarization", ["mode", "speakers", "estimatedConfusion", "trusted"])
            + all("metrics", metrics) + ["error"]
    }()

    /// The field at the end of a path of names; empty where the path ends early.
    private static func field(_ json: JSONValue, _ path: [String]) -> String {
        guard let first = path.first else {
            return switch json {
            case .bool(let value): value ? "true" : "false"
            case .integer(let value): String(value)
            case .number(let value): value.isFinite ? JSONValue.digits(of: value) : ""
            case .string(let value): value
            case .null, .array, .object: ""
            }
        }
        let rest = Array(path.dropFirst())
        if case .array(let values) = json {
            guard let part = Int(first), values.indices.contains(part - 1) else { return "" }
            return field(values[part - 1], rest)
        }
        return json[first].map { field($0, rest) } ?? ""
    }

    /// One row of fields, with its line break; a field with a comma, a quote or a line break is quoted.
    package static func line(_ fields: [String]) -> String { fields.map(quoted).joined(separator: ",") + "\n" }

    /// Judged by scalars: to Swift a quote with a combining mark is another character than a quote.
    private static func quoted(_ field: String) -> String {
        let isPlain = field.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"): false
            default: true
            }
        }
        if isPlain { return field }
        var quoted = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { quoted += "\"" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
