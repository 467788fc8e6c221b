import ArgumentParser
import AudioDecoding
import Foundation
import Journal
import LabelFormats
import Reciprocity
import Timeline

/// What can be fed with bytes from outside.
///
/// A broken promise stops the process, which is how libFuzzer, and a test that feeds a finding again, learn of it.
public enum FuzzTarget: String, CaseIterable, Sendable {
    /// A recording as a file: own readers and libsndfile, behind the limits.
    case decode
    /// A label file whose format is recognised by its content.
    case labels
    /// A label file by its ending.
    case rttm, uem, audacity, textgrid, eaf, vtt, srt, csv, json, transcript
    /// Entries of a journal as JSON Lines and as a table.
    case journalLines, journalTable
    /// Options that take structure.
    case options

    /// Runs the target once.
    public func run(_ bytes: UnsafeRawBufferPointer) {
        switch self {
        case .decode: Decoding.run(bytes)
        case .labels: Labels.run(bytes, ending: "txt")
        case .rttm, .uem, .audacity, .eaf, .vtt, .srt, .csv, .json: Labels.run(bytes, ending: rawValue)
        case .textgrid: Labels.run(bytes, ending: "TextGrid")
        case .transcript: Labels.run(bytes, ending: "txt")
        case .journalLines: Entries.run(JSONLines.lines(of: Data(bytes)))
        case .journalTable: Entries.run(EntryTable.lines(of: Data(bytes)))
        case .options: Options.run(String(decoding: bytes, as: UTF8.self))
        }
    }
}

/// Bytes as a recording.
private enum Decoding {
    /// One file that every run writes anew; a place in memory where there is one.
    private static let path: String = {
        let folder = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : "/tmp"
        return "\(folder)/twoway-fuzz-\(getpid())"
    }()

    nonisolated(unsafe) private static let block = UnsafeMutableBufferPointer<Float>.allocate(capacity: 65_536)

    static func run(_ bytes: UnsafeRawBufferPointer) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if let start = bytes.baseAddress { precondition(write(file, start, bytes.count) == bytes.count) }
        close(file)
        var parameters = AudioDecodingParameters()
        (parameters.externalDecoder, parameters.maximumDuration) = (nil, 60)
        do throws(AudioDecodingError) {
            let decoder = try AudioDecoder(.file(path), parameters: parameters)
            precondition((1...32).contains(decoder.format.channelCount))
            precondition((8_000...192_000).contains(decoder.format.sampleRate))
            while true {
                let count = try decoder.read(into: block)
                if count == 0 { break }
                precondition(count * decoder.format.channelCount <= block.count)
                precondition(block[..<(count * decoder.format.channelCount)].allSatisfy(\.isFinite))
            }
            _ = decoder.warnings
        } catch {
            precondition(!error.description.contains("\n"))
        }
    }
}

/// Bytes as a label file.
private enum Labels {
    static func run(_ bytes: UnsafeRawBufferPointer, ending: String) {
        let text = String(decoding: bytes, as: UTF8.self)
        let document: LabelDocument
        do throws(LabelFormatError) {
            document = try LabelDocument(text: text, path: "x." + ending)
        } catch {
            if case .damagedLine(_, let line, _, _) = error {
                precondition(line >= 1 && line <= text.utf8.count { $0 == 10 || $0 == 13 } + 1)
            }
            return
        }
        let segments = document.recordings.flatMap(\.segments)
        precondition(segments.allSatisfy { 0 <= $0.start && $0.start < $0.end && $0.end.isFinite && !$0.label.isEmpty })
        let pair = TwoPersonTimeline(of: segments)
        // Years with three words in them go the same ways as a day and take ten thousand times as long.
        if pair.timeline.duration < 86_400 {
            let found = reciprocity(of: pair.timeline)
            if let a = found.talkShare.a, let b = found.talkShare.b { precondition(abs(a + b - 1) < 1e-9) }
        }
        guard document.recordings.count == 1 else { return }
        // What was read can be written, and read again.
        for format in [LabelFormat.rttm, .json, .textgrid] {
            let again = LabelDocument.text(of: document.recordings, as: format)
            precondition((try? LabelDocument(text: again, path: "x.\(format.rawValue)")) != nil)
        }
    }
}

/// Entries of a journal from outside.
private enum Entries {
    static func run(_ lines: [JSONLines.Line]) {
        for line in lines {
            guard case .success(let new) = line.content else { continue }
            // What is accepted survives being written and read.
            let text = JSONLines.line(of: new.entry, aliases: new.aliases)
            let again = JSONLines.lines(of: Data(text.utf8))
            precondition(again.count == 1)
            guard case .success(let same) = again[0].content else { preconditionFailure("\(again[0]) after \(text)") }
            // That an identifier was made here, not given, is no part of what is written.
            precondition(same.entry == new.entry && same.aliases == new.aliases)
        }
    }
}

/// Options that take structure, alone and through the parser of the command line.
private enum Options {
    static func run(_ text: String) {
        _ = BlockOption(argument: text)
        _ = FirstAskedOption(argument: text)
        _ = HelpOption(argument: text)
        _ = FollowUpOption(argument: text)?.followUp(of: CalendarDay(ordinal: 20_000))
        _ = CalendarDay(argument: text)
        _ = Side(argument: text)
        // Words between line feeds as they would come from a shell.
        let words = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard words.count > 1, let options = try? EntryOptions.parse(words) else { return }
        var entry = JournalEntry(
            id: "x", date: CalendarDay(ordinal: 20_000), person: PersonName(key: "p", name: "P"), lengthMinutes: 30)
        options.apply(to: &entry, extends: true)
        _ = try? entry.validate()
    }
}
