/// Frames inside music: for seconds on end nearly everything sounds, and most of it hardly changes from frame to frame.
///
/// Notes are held and vowels are not. Of the sound in 4 s that is taken for speech, at most 6 % changes so little in the real
/// calls of the development recordings, 26 % in the others, 46 % in meetings and made-up rooms and 64 % in the noisiest
/// of 90 practice conversations. Of made-up music 65 % is passed nearly always by broken chords, pads, organ, bands and jazz,
/// three times in ten by a lone synthesizer. Singing is not found, and somebody who holds single vowels for seconds is
/// taken for music.
///
/// Where most of what does not sound like speech is held too, or most of what is steady outside of the music, there is a
/// hum, and nothing is music: speech over a hum changes little.
///
/// - Parameters:
///   - change: as `spectralChange` measures it.
///   - score: log odds of speech per frame.
///   - isSteady: as `steadySound` finds it: a hum may sound like speech by its score.
///   - level: smoothed level per frame; frames at `leastLevel` are silence that was cut off.
package func musicOnHold(
    change: [Float], score: [Float], isSteady: [Bool], level: [Float], leastLevel: Float,
    parameters: VoiceActivityParameters
) -> [Bool] {
    let (frames, window) = (score.count, parameters.musicWindow)
    var music = [Bool](repeating: false, count: frames)
    guard frames >= window else { return music }
    // Frames before each that sound, and those that hardly change.
    var (sounding, held) = ([Int32(0)], [Int32(0)])
    sounding.reserveCapacity(frames + 1)
    held.reserveCapacity(frames + 1)
    for frame in 0..<frames {
        let sounds = score[frame] > 0
        sounding.append(sounding[frame] + (sounds ? 1 : 0))
        held.append(held[frame] + (sounds && change[frame] < parameters.greatestMusicChange ? 1 : 0))
    }
    func isHeld(_ frame: Int, _ window: Int, sound least: Double, share: Double) -> Bool {
        let start = min(max(frame - window / 2, 0), frames - window)
        let (sound, still) = (sounding[start + window] - sounding[start], held[start + window] - held[start])
        return Double(sound) >= least * Double(window) && Double(still) > share * Double(sound)
    }
    func isMusic(_ frame: Int) -> Bool {
        isHeld(frame, window, sound: parameters.leastMusicSound, share: parameters.leastMusicShare)
    }
    func isEdge(_ frame: Int) -> Bool {
        isHeld(frame, parameters.musicEdgeWindow, sound: parameters.leastEdgeSound, share: parameters.leastEdgeShare)
    }
    var frame = 0
    while frame < frames {
        guard isMusic(frame) else {
            frame += 1
            continue
        }
        var end = frame
        while end < frames, isMusic(end) { end += 1 }
        // Where it starts and ends less than a window of it is heard.
        var (first, last) = (frame, end)
        while first > max(frame - window / 2, 0), isEdge(first - 1) { first -= 1 }
        while last < min(end + window / 2, frames), isEdge(last) { last += 1 }
        for frame in first..<last { music[frame] = true }
        frame = last
    }
    func isHeld(where isBackground: (Int) -> Bool) -> Bool {
        var (held, all) = (0, 0)
        for frame in 0..<frames where isBackground(frame) && level[frame] > leastLevel + VoiceActivity.silenceMargin {
            all += 1
            if change[frame] < parameters.greatestMusicChange { held += 1 }
        }
        return Double(held) > parameters.greatestHeldBackground * Double(all)
    }
    let isHum = isHeld { score[$0] <= 0 } || isHeld { !music[$0] && (score[$0] <= 0 || isSteady[$0]) }
    return isHum ? [Bool](repeating: false, count: frames) : music
}
