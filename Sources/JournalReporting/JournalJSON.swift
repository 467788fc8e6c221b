import Foundation
import Journal
import Reciprocity
import Reporting

extension JSONValue {
    /// The value a JSON text says.
    ///
    /// - Throws: `DecodingError` when the text is no JSON.
    init(parsing text: String) throws { self = try JSONDecoder().decode(ParsedValue.self, from: Data(text.utf8)).value }

    /// One value per side under the keys `me` and `them`.
    init<Value>(_ values: PerSide<Value>, _ json: (Value) -> JSONValue) {
        self = .object(["me": json(values.me), "them": json(values.them)])
    }

    /// Days as text, or null.
    init(_ day: CalendarDay?) { self = JSONValue(day.map { "\($0)" }) }
}

/// Any JSON value.
private struct ParsedValue: Decodable {
    var value: JSONValue

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            value = .null
        } else if let bool = try? container.decode(Bool.self) {
            value = .bool(bool)
        } else if let integer = try? container.decode(Int.self) {
            value = .integer(integer)
        } else if let number = try? container.decode(Double.self) {
            value = .number(number)
        } else if let string = try? container.decode(String.self) {
            value = .string(string)
        } else if let list = try? container.decode([ParsedValue].self) {
            value = .array(list.map(\.value))
        } else {
            value = .object(try container.decode([String: ParsedValue].self).mapValues(\.value))
        }
    }
}

extension PersonName {
    var json: JSONValue { .object(["key": .string(key), "name": .string(name)]) }
}

extension FollowUps {
    fileprivate var sideJSON: JSONValue { .object(["promised": .integer(promised), "kept": .integer(kept)]) }
}

extension MeetingPattern {
    /// The pattern with the direction as I see it.
    func json(isBorderline: Bool) -> JSONValue {
        .object([
            "name": .string(name), "towards": JSONValue(towards?.rawValue),
            "description": JSONValue(twoWayDescription?.rawValue), "borderline": .bool(isBorderline),
        ])
    }
}

extension FirstAsked {
    /// Minute, or the word never.
    var json: JSONValue {
        switch self {
        case .minute(let minute): .number(minute)
        case .never: .string("never")
        }
    }
}

extension MeetingSummary {
    var json: JSONValue {
        .object([
            "id": .string(id), "date": JSONValue(date), "person": person.json, "lengthMinutes": .number(lengthMinutes),
            "provenance": .string(provenance.rawValue), "myFloorShare": JSONValue(myFloorShare),
            "notedShare": JSONValue(notedShare), "disagreement": JSONValue(disagreement),
            "speechSeconds": myFloorShare == nil ? .null : .number(speechSeconds),
            "pattern": pattern.json(isBorderline: isBorderline), "genuinelyTwoWay": .bool(isGenuinelyTwoWay),
            "firstAskedAboutMe": firstAskedAboutMe?.json ?? .null,
            "questions": .object(["meToThem": JSONValue(questions.me), "themToMe": JSONValue(questions.them)]),
            "help": help.map { JSONValue($0) { .integer($0) } } ?? .null,
            "followUps": followUps.map { all in
                JSONValue(
                    PerSide { side in
                        let promised = all.filter { $0.by == side && $0.promised != nil }
                        return FollowUps(promised: promised.count, kept: promised.count { $0.kept != nil })
                    }, \.sideJSON)
            } ?? .null,
            "invited": .bool(invited), "feeling": JSONValue(feeling), "tags": .array(tags.map(JSONValue.string)),
        ])
    }
}

extension PersonHistory {
    /// The history; the meetings are left out where only the numbers count.
    func json(withMeetings: Bool) -> JSONValue {
        var members: [String: JSONValue] = [
            "person": person.json, "aliases": .array(aliases.map(JSONValue.string)),
            "meetingCount": .integer(meetings.count), "firstMet": JSONValue(meetings.first?.date),
            "lastMet": JSONValue(meetings.last?.date),
            "lengthMinutes": .number(meetings.reduce(0) { $0 + $1.lengthMinutes }),
            "pooledShare": JSONValue(pooledShare), "shares": .array(meetings.map { JSONValue($0.myFloorShare) }),
            "slope": JSONValue(slope),
            "questions": questions.map { .object(["meToThem": .integer($0.me), "themToMe": .integer($0.them)]) }
                ?? .null,
            "questionBalance": JSONValue(questionBalance), "given": JSONValue(given) { .integer($0) },
            "benefitBalance": JSONValue(benefitBalance), "mutual": .bool(isMutual),
            "followUps": JSONValue(followUps, \.sideJSON),
            "followThrough": JSONValue(followUps) { JSONValue($0.followThrough) },
            "daysSinceGiving": JSONValue(daysSinceGiving) { JSONValue($0) },
            "oneSidedRun": oneSidedRun.map {
                .object(["towards": .string($0.towards.rawValue), "length": .integer($0.length)])
            } ?? .null,
            "openCount": JSONValue(
                PerSide { side in openFollowUps.count { $0.followUp.by == side } }
            ) { .integer($0) },
        ]
        if withMeetings {
            members["meetings"] = .array(meetings.map(\.json))
            members["open"] = .array(openFollowUps.map { $0.json(today: today) })
        }
        return .object(members)
    }
}

extension Obligation {
    func json(today: CalendarDay) -> JSONValue {
        .object([
            "id": .string(id), "number": .integer(number), "meetingDate": JSONValue(meetingDate),
            "person": person.json, "by": .string(followUp.by.rawValue), "kind": .string(followUp.kind.rawValue),
            "what": JSONValue(followUp.what), "promised": JSONValue(followUp.promised),
            "due": JSONValue(followUp.due), "daysOverdue": JSONValue(daysOverdue(on: today)),
        ])
    }
}
