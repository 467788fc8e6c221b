import Timeline

/// ELAN's annotation format, version 3.0: a list of time slots in whole milliseconds, and a tier per speaker that
/// refers to them.
///
/// Max Planck Institute for Psycholinguistics, "ELAN Annotation Format, EAF, Schema version 3.0" (2017).
public enum EAF {
    /// The recording that `text` labels, named after its media file where it has one.
    ///
    /// A tier without parent is a speaker, called by its participant if there is one, else by its own name. Dependent
    /// tiers (words, glosses) lie inside their parent's time and are skipped.
    ///
    /// - Parameters:
    ///   - text: the whole file.
    ///   - path: how error messages name the file.
    ///   - recording: what to call the recording when the file does not say it.
    /// - Throws: `LabelFormatError.damagedLine` at the first line that breaks the format. A document type definition
    ///   is refused: EAF has none, and entities that expand into each other are a known attack.
    public static func document(
        in text: String, path: String = "labels", recording: String = "labels"
    ) throws(LabelFormatError) -> LabelDocument {
        let content = try EAFReader.content(of: text, path: path)
        let name = content.mediaName ?? recording
        var found = SegmentCollector()
        found.open(name)
        for annotation in content.annotations {
            let start = try time(annotation.start, in: content, at: annotation.place)
            let end = try time(annotation.end, in: content, at: annotation.place)
            try found.add(annotation.speaker, from: start, to: end, recording: name, at: annotation.place)
        }
        return LabelDocument(format: .eaf, recordings: found.recordings)
    }

    /// The XML text of a recording's labels; the text of each annotation is the name.
    ///
    /// The date is always the same, so that the same labels give the same bytes. Stretches of one person that overlap
    /// become one, because a tier holds no overlap.
    public static func text(of recording: LabelledRecording) -> String {
        let tiers = SpeakerTier.tiers(of: recording.segments, ticksPerSecond: 1000)
        var slots = ""
        var body = ""
        var slot = 0
        var annotation = 0
        for tier in tiers {
            let name = XMLText.escaped(tier.label)
            body += "    <TIER LINGUISTIC_TYPE_REF=\"default-lt\" PARTICIPANT=\"\(name)\" TIER_ID=\"\(name)\">\n"
            for span in tier.spans {
                slots += "        <TIME_SLOT TIME_SLOT_ID=\"ts\(slot + 1)\" TIME_VALUE=\"\(span.start)\"/>\n"
                slots += "        <TIME_SLOT TIME_SLOT_ID=\"ts\(slot + 2)\" TIME_VALUE=\"\(span.end)\"/>\n"
                annotation += 1
                body += """
                            <ANNOTATION>
                                <ALIGNABLE_ANNOTATION ANNOTATION_ID="a\(annotation)" \
                    TIME_SLOT_REF1="ts\(slot + 1)" TIME_SLOT_REF2="ts\(slot + 2)">
                                    <ANNOTATION_VALUE>\(name)</ANNOTATION_VALUE>
                                </ALIGNABLE_ANNOTATION>
                            </ANNOTATION>

                    """
                slot += 2
            }
            body += "    </TIER>\n"
        }
        return head(mediaName: recording.name, lastAnnotation: annotation) + "    <TIME_ORDER>\n" + slots
            + "    </TIME_ORDER>\n" + body + tail
    }

    private static func time(
        _ slot: String, in content: EAFReader.Content, at place: FileLine
    ) throws(LabelFormatError) -> Double {
        guard let time = content.slots[slot] else {
            throw place.damage(
                "there is no time slot \(FileLine.quoted(slot))", "add it to TIME_ORDER, or mend the reference")
        }
        guard let time else {
            throw place.damage(
                "the time slot \(FileLine.quoted(slot)) has no time", "align the annotation in ELAN")
        }
        return time
    }

    private static func head(mediaName: String, lastAnnotation: Int) -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <ANNOTATION_DOCUMENT AUTHOR="twoway" DATE="1970-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0" \
        xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
        xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
            <HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
                <PROPERTY NAME="recording">\(XMLText.escaped(mediaName))</PROPERTY>
                <PROPERTY NAME="lastUsedAnnotationId">\(lastAnnotation)</PROPERTY>
            </HEADER>

        """
    }

    private static let tail = """
            <LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="default-lt" TIME_ALIGNABLE="true"/>
        </ANNOTATION_DOCUMENT>

        """
}
