import ArgumentParser
import Benchmarking
import Foundation
import Reporting

/// Forms in which benchmarks can be printed.
enum BenchmarkFormat: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown, html
}

/// Runs and comparisons as text, Markdown, JSON and HTML.
struct BenchmarkText {
    private let format: BenchmarkFormat

    /// A writer of one form.
    init(_ format: BenchmarkFormat) { self.format = format }

    /// A run on its own.
    func text(of record: BenchmarkRecord) -> String {
        if format == .json { return Self.json(record) }
        let targets = BenchmarkTarget.all.compactMap { target in
            target.value(in: record).map { value in
                [
                    target.title, Self.number(value, target.unit), Self.number(target.limit, target.unit),
                    Self.number(target.aim, target.unit), value <= target.limit ? "yes" : "NO",
                ]
            }
        }
        let measures = record.measures.map { measure in
            [
                measure.title, Self.value(measure), "±" + Self.digits(Bootstrap.spread(measure.samples)),
                measure.kind == .memory ? "" : Self.digits(3600 / Bootstrap.median(measure.samples), 0),
            ]
        }
        var parts = [
            Self.machine(record),
            table(
                ["measure (median of \(record.measures.first?.samples.count ?? 0))", "value", "spread", "× real time"],
                measures),
            table(["target", "value", "at most", "aim", "met"], targets),
        ]
        if !record.accuracy.isEmpty {
            parts.append(table(["program and convention", "mean error", "files"], errors(record)))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// Two runs side by side.
    func text(of comparison: BenchmarkComparison) -> String {
        switch format {
        case .json: return Self.json(comparison)
        case .html: return page(of: comparison).text
        case .text, .markdown: break
        }
        let rows = comparison.rows.map { row in
            [
                row.old.title, Self.value(row.old), Self.value(row.new), Self.digits(row.ratio),
                Self.digits(row.interval.lowerBound) + "–" + Self.digits(row.interval.upperBound), row.verdict.rawValue,
            ]
        }
        var parts = comparison.cautions
        parts.append("\(comparison.old.name): \(Self.machine(comparison.old))")
        parts.append("\(comparison.new.name): \(Self.machine(comparison.new))")
        parts.append(
            table(["measure", comparison.old.name, comparison.new.name, "ratio", "interval", "verdict"], rows))
        if !comparison.accuracy.isEmpty {
            parts.append(
                table(
                    ["diarization error", comparison.old.name, comparison.new.name, "files", "verdict"],
                    Self.accuracy(comparison)))
            for row in comparison.accuracy {
                if !row.better.isEmpty {
                    parts.append("Better (\(row.convention)): " + row.better.joined(separator: ", "))
                }
                if !row.worse.isEmpty {
                    parts.append("Worse (\(row.convention)): " + row.worse.joined(separator: ", "))
                }
            }
        }
        parts.append(comparison.isWorse ? "Something got worse." : "Nothing got worse.")
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func errors(_ record: BenchmarkRecord) -> [[String]] {
        let programs = Set(record.accuracy.map(\.program)).sorted()
        return programs.flatMap { program -> [[String]] in
            let entries = record.accuracy.filter { $0.program == program }
            return Set(entries.flatMap(\.diarizationError.keys)).sorted().map { convention in
                let rates = entries.compactMap { $0.diarizationError[convention] }
                let mean = rates.reduce(0, +) / Double(max(rates.count, 1))
                return ["\(program), \(convention)", ScoreText.percent(mean), "\(rates.count)"]
            }
        }
    }

    private static func accuracy(_ comparison: BenchmarkComparison) -> [[String]] {
        comparison.accuracy.map { row in
            [
                "\(row.program), \(row.convention)", ScoreText.percent(row.means.old), ScoreText.percent(row.means.new),
                "\(row.better.count) better, \(row.worse.count) worse of \(row.fileCount)",
                "\(row.verdict) (p = \(digits(row.pValue, 3)))",
            ]
        }
    }

    private func page(of comparison: BenchmarkComparison) -> BenchmarkPage {
        BenchmarkPage(
            names: [comparison.old.name, comparison.new.name],
            machines: [Self.machine(comparison.old), Self.machine(comparison.new)],
            rows: comparison.rows.map { row in
                BenchmarkPage.Row(
                    title: row.old.title, old: (Self.value(row.old), 1), new: (Self.value(row.new), row.ratio),
                    ratio: row.ratio, interval: row.interval, verdict: row.verdict.rawValue,
                    isWorse: row.verdict.isWorse)
            },
            accuracy: Self.accuracy(comparison), cautions: comparison.cautions, version: Twoway.version)
    }

    /// Columns in line, or a table of Markdown; all but the first are right-aligned where they hold numbers.
    private func table(_ header: [String], _ rows: [[String]]) -> String {
        if format == .markdown {
            let cells = [header] + [header.map { _ in "---" }] + rows
            return cells.map { line in
                "| " + line.map { $0.replacingOccurrences(of: "|", with: "\\|") }.joined(separator: " | ") + " |"
            }.joined(separator: "\n")
        }
        let lines = [header] + rows
        let widths = header.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { line in
            var text = ""
            for (column, cell) in line.enumerated() {
                let pad = String(repeating: " ", count: widths[column] - cell.count)
                let isLast = column == header.count - 1
                text +=
                    column == 0 || isLast ? (column > 0 ? "  " : "") + cell + (isLast ? "" : pad) : "  " + pad + cell
            }
            return text
        }.joined(separator: "\n")
    }

    private static func machine(_ record: BenchmarkRecord) -> String {
        let machine = record.machine
        let libraries = machine.libraries.sorted { $0.key < $1.key }.map(\.value).joined(separator: ", ")
        return "twoway \(record.version), \(machine.processor), \(machine.cores) cores, \(machine.system), \(libraries)"
    }

    /// Median with unit.
    private static func value(_ measure: BenchmarkRecord.Measure) -> String {
        number(Bootstrap.median(measure.samples), measure.kind == .memory ? "MB" : "s/h")
    }

    private static func number(_ value: Double, _ unit: String) -> String {
        digits(value, value >= 100 ? 0 : value >= 1 ? 2 : 4) + (unit.isEmpty ? "" : " " + unit)
    }

    private static func digits(_ value: Double, _ decimals: Int = 3) -> String { ScoreText.fixed(value, decimals) }

    /// A saved run: keys sorted, the same bytes for the same run.
    static func json(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) + "\n" } ?? ""
    }

    private static func json(_ comparison: BenchmarkComparison) -> String {
        ScoreText.encode([
            "old": comparison.old.name, "new": comparison.new.name, "worse": comparison.isWorse,
            "cautions": comparison.cautions,
            "measures": comparison.rows.map { row in
                [
                    "name": row.old.name, "title": row.old.title, "kind": row.old.kind.rawValue,
                    "old": Bootstrap.median(row.old.samples), "new": Bootstrap.median(row.new.samples),
                    "ratio": row.ratio, "interval": [row.interval.lowerBound, row.interval.upperBound],
                    "verdict": row.verdict.rawValue,
                ] as [String: Any]
            },
            "accuracy": comparison.accuracy.map { row in
                [
                    "program": row.program, "convention": row.convention, "old": row.means.old, "new": row.means.new,
                    "better": row.better, "worse": row.worse, "files": row.fileCount, "pValue": row.pValue,
                    "verdict": row.verdict,
                ] as [String: Any]
            },
        ])
    }
}
