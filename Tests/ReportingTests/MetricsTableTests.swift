import Reporting
import Testing

@Suite("The table of metrics")
struct MetricsTableTests {
    /// Fields of one line without quotes in it.
    static func fields(_ line: String) -> [Substring] {
        line.dropLast().split(separator: ",", omittingEmptySubsequences: false)
    }

    @Test("Every row has a field for every column")
    func shape() {
        let columns = Self.fields(MetricsTable.header)
        #expect(Set(columns).count == columns.count)
        for (_, report) in SampleMeetings.all {
            #expect(Self.fields(MetricsTable.row(of: report)).count == columns.count)
        }
        let failed = FailedMeeting(version: "0.1.0", path: "x.wav", message: "damaged")
        #expect(Self.fields(MetricsTable.row(of: failed)).count == columns.count)
    }

    @Test("A field stands under its name and is empty where the metric is undefined")
    func values() throws {
        let columns = Self.fields(MetricsTable.header)
        let row = Self.fields(MetricsTable.row(of: SampleMeetings.oneSided))
        func value(_ column: Substring) throws -> Substring { row[try #require(columns.firstIndex(of: column))] }
        #expect(try value("recording.path") == "meetings/coffee-with-dana.wav")
        #expect(try value("metrics.duration") == "2520")
        #expect(try value("metrics.speakingTime.B") == "180")
        #expect(try value("metrics.firstFloor.A.time") == "0")
        #expect(try value("metrics.firstFloor.B.time").isEmpty)
        #expect(try value("metrics.questions.A").isEmpty)
        #expect(try value("pattern.name") == "oneSided")
        #expect(try value("pattern.borderline") == "false")
    }

    @Test("Each metric of the JSON form has its columns")
    func complete() {
        guard case .object(let metrics)? = SampleMeetings.oneSided.json["metrics"] else {
            Issue.record("no metrics")
            return
        }
        let columns = Self.fields(MetricsTable.header)
        func leaves(_ json: JSONValue, _ name: String) -> [String] {
            switch json {
            case .object(let members): members.flatMap { leaves($0.value, "\(name).\($0.key)") }
            case .array(let values): values.enumerated().flatMap { leaves($0.element, "\(name).\($0.offset + 1)") }
            case .null: []
            default: [name]
            }
        }
        for leaf in leaves(.object(metrics), "metrics") { #expect(columns.contains(Substring(leaf)), "\(leaf)") }
    }

    @Test("Commas, quotes and line breaks are quoted")
    func quoting() {
        var report = SampleMeetings.oneSided
        report.recording?.path = "a, \"b\"\n.wav"
        #expect(MetricsTable.row(of: report).hasPrefix("\"a, \"\"b\"\"\n.wav\",Dana,,B,oneSided,A,"))
    }
}
