public import Journal

/// What is due as an iCalendar file (RFC 5545), which every calendar program takes in.
public enum ICalendar {
    /// What each follow-up becomes.
    public enum Component: String, Sendable, Hashable, CaseIterable {
        /// A task with a due day (VTODO).
        case task
        /// An entry of a whole day (VEVENT), for programs that show no tasks.
        case event
    }

    /// Longest line without its break, bytes (RFC 5545, 3.1).
    private static let longestLine = 75

    /// The calendar of the follow-ups that have a due day; the same bytes on every run.
    public static func text(of obligations: [Obligation], as component: Component, version: String) -> String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//twoway//journal \(version)//EN", "CALSCALE:GREGORIAN",
        ]
        for obligation in obligations {
            guard let due = obligation.followUp.due else { continue }
            lines += Self.lines(of: obligation, due: due, as: component)
        }
        return (lines + ["END:VCALENDAR"]).map { folded($0) + "\r\n" }.joined()
    }

    private static func lines(of obligation: Obligation, due: CalendarDay, as component: Component) -> [String] {
        let followUp = obligation.followUp
        let what = followUp.what.map { ": \($0)" } ?? ""
        let who = followUp.by == .me ? "You owe \(obligation.person.name)" : "\(obligation.person.name) owes you"
        let known = followUp.promised.map { "promised on \($0)" } ?? "noted on \(obligation.meetingDate)"
        let name = component == .task ? "VTODO" : "VEVENT"
        var lines = ["BEGIN:\(name)", "UID:" + escaped("\(obligation.id)-\(obligation.number)@twoway.journal")]
        // The stamp is the day the thing is known from, so that the same journal gives the same bytes.
        lines.append("DTSTAMP:\(compact(followUp.promised ?? obligation.meetingDate))T000000Z")
        if component == .task {
            lines.append("DUE;VALUE=DATE:\(compact(due))")
        } else {
            lines.append("DTSTART;VALUE=DATE:\(compact(due))")
            lines.append("DTEND;VALUE=DATE:\(compact(CalendarDay(ordinal: due.ordinal + 1)))")
            lines.append("TRANSP:TRANSPARENT")
        }
        lines.append("SUMMARY:" + escaped("\(who): \(followUp.kind.rawValue)\(what)"))
        lines.append(
            "DESCRIPTION:" + escaped("Meeting of \(obligation.meetingDate) with \(obligation.person.name), \(known)."))
        if component == .task { lines.append("STATUS:NEEDS-ACTION") }
        return lines + ["END:\(name)"]
    }

    private static func compact(_ day: CalendarDay) -> String {
        String(decoding: day.description.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self)
    }

    /// A text value (RFC 5545, 3.3.11); control characters have no place in it.
    private static func escaped(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && ![0x2C, 0x3B, 0x5C].contains($0) }
        if isPlain { return text }
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\", ";", ",": result.append(contentsOf: ["\\", scalar])
            case "\n": result.append(contentsOf: ["\\", "n"])
            case _ where scalar.properties.generalCategory == .control: break
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A line in pieces of at most 75 bytes, each further one after a break and a space; no character is cut.
    private static func folded(_ line: String) -> String {
        guard line.utf8.count > longestLine else { return line }
        var result = ""
        var bytes = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if bytes + width > longestLine {
                result += "\r\n "
                bytes = 1
            }
            result.unicodeScalars.append(scalar)
            bytes += width
        }
        return result
    }
}
