public import Timeline

/// An unpartitioned evaluation map: the regions of recordings in which labels are scored, without speakers.
///
/// `<recording> <channel> <onset> <offset>`, fields parted by blanks or tabs, times in seconds; the fourth field is an
/// end, not a duration as in RTTM. NIST, "The 2009 (RT-09) Rich Transcription Meeting Recognition Evaluation Plan",
/// appendix A.
public enum UEM {
    /// The regions of one recording.
    public struct Map: Sendable, Hashable {
        /// The name of the recording.
        public var recording: String
        /// The regions in the order of the file, seconds.
        public var regions: [TimeSpan]

        /// The regions of `recording`.
        public init(recording: String, regions: [TimeSpan]) {
            self.recording = recording
            self.regions = regions
        }
    }

    /// The maps that `text` holds, in the order of their first line; `;;` comments and blank lines are skipped.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    /// - Throws: `LabelFormatError.damagedLine` at the first line that breaks the format.
    public static func maps(in text: String, path: String = "regions") throws(LabelFormatError) -> [Map] {
        var maps: [Map] = []
        var positions: [String: Int] = [:]
        for (index, line) in try LabelLines.lines(of: text, path: path).enumerated() {
            let fields = line.fields
            guard let first = fields.first, !first.hasPrefix(";;") else { continue }
            let place = FileLine(path: path, line: index + 1)
            guard fields.count == 4 else {
                throw place.damage(
                    "\(fields.count) fields where UEM has 4", "write recording, channel, onset and offset")
            }
            let onset = try LabelTime.seconds(fields[2], "onset", at: place)
            let offset = try LabelTime.seconds(fields[3], "offset", at: place)
            guard offset >= onset else {
                throw place.damage(
                    "the offset \(fields[3]) lies before the onset \(fields[2])",
                    "write the end of the region last, not its duration")
            }
            let name = String(first)
            let region = TimeSpan(start: onset, end: offset)
            if let position = positions[name] {
                maps[position].regions.append(region)
            } else {
                positions[name] = maps.count
                maps.append(Map(recording: name, regions: [region]))
            }
        }
        return maps
    }

    /// The text of `maps`, times with three decimals; white space in names becomes `_`.
    public static func text(of maps: [Map]) -> String {
        maps.map { map in
            map.regions.compactMap { region in
                let segment = LabelledSegment(label: "", start: region.start, end: region.end)
                return SpeakerTier.span(of: segment, ticksPerSecond: 1000).map { span in
                    "\(RTTM.field(map.recording)) 1 \(DecimalText.seconds(milliseconds: span.start)) "
                        + "\(DecimalText.seconds(milliseconds: span.end))\n"
                }
            }.joined()
        }.joined()
    }
}
