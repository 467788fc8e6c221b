import Diarization
import Timeline
import VoicePrints

/// Who is who in a meeting in progress.
struct LivePeople {
    /// The reader; nil while nobody knows.
    private(set) var me: Speaker?
    private let options: PeopleOptions
    private let print: VoicePrint?
    private var compared: RecordedVoices?

    /// People as the options name them, or by the enrolled voice.
    ///
    /// - Throws: `VoicePrintError`.
    init(_ options: PeopleOptions) throws {
        self.options = options
        print = options.recognisesMe ? try VoicePrintStore().voices().first { $0.name == VoicePrint.me } : nil
        if case .speaker(let speaker) = options.me { me = speaker }
    }

    /// Looks for the enrolled voice in what was parted last.
    mutating func look(in voices: RecordedVoices?) {
        guard let print, let voices, voices.each != nil, voices != compared else { return }
        compared = voices
        if case .speaker(let speaker) = VoiceRecognition(of: print.statistics, among: voices)?.decision { me = speaker }
    }

    /// What to call a person at the start of a sentence.
    func name(_ speaker: Speaker) -> String {
        if speaker == me { return "You" }
        if let name = options.names?.names[speaker] { return name }
        guard me != nil else { return "Speaker \(speaker.rawValue)" }
        if let with = options.with, with.lowercased() != PeopleOptions.automatic { return with }
        return "The other"
    }
}
