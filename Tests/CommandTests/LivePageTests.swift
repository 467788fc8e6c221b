import Foundation
import RepositoryFolders
import Testing

/// Where the page of a running meeting is.
struct PageAddress {
    let port: UInt16
    let path: String
    var host: String { "127.0.0.1:\(port)" }
    var text: String { "http://\(host)\(path)" }

    /// The address that the program printed; nil where it printed none.
    init?(in messages: String) {
        guard let match = messages.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)(\/[0-9a-f]{32}\/)\s/),
            let port = UInt16(match.1)
        else { return nil }
        (self.port, path) = (port, String(match.2))
    }

    /// A request as a browser sends it, of which some parts may differ; nil leaves a header out.
    func request(
        method: String = "GET", path: String? = nil, host: String?? = nil, origin: String? = nil, more: String = ""
    ) -> String {
        var text = "\(method) \(path ?? self.path) HTTP/1.1\r\n"
        if let host = host ?? .some(self.host) { text += "Host: \(host)\r\n" }
        if let origin { text += "Origin: \(origin)\r\n" }
        return text + more + "\r\n"
    }
}

@Suite("twoway live --page", .serialized)
struct LivePageTests {
    private static func sound(_ fixture: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(filePath: ProgramRun.fixture(fixture + ".wav"))))
    }

    /// A meeting that waits for sound, and where its page is.
    private func meeting(_ arguments: [String] = []) async throws -> (RunningMeeting, PageAddress) {
        let meeting = try RunningMeeting(["-", "--page"] + arguments)
        #expect(try await meeting.wait(20) { PageAddress(in: meeting.messages) != nil })
        return (meeting, try #require(PageAddress(in: meeting.messages)))
    }

    /// The states in what was read of an event stream.
    private func states(_ text: String) throws -> [[String: Any]] {
        // Each comes in a chunk of its own, between lines with its length.
        try text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("data: ") }.map {
            try #require(
                try JSONSerialization.jsonObject(with: Data($0.dropFirst("data: ".count).utf8)) as? [String: Any])
        }
    }

    @Test("Without the token, for another host, from another origin or by another method there is nothing")
    func refused() async throws {
        let (meeting, page) = try await meeting()
        let wrongToken = String(page.path.reversed())
        let requests = [
            page.request(path: "/"), page.request(path: wrongToken), page.request(path: "/events"),
            page.request(path: wrongToken + "events"), page.request(path: page.path + "?a"),
            page.request(path: page.path + "../"), page.request(path: String(page.path.dropLast())),
            page.request(path: page.path.uppercased()), page.request(path: page.text),
            page.request(host: .some("localhost:\(page.port)")), page.request(host: .some("127.0.0.1")),
            page.request(host: .some("127.0.0.1:\(page.port ^ 1)")),
            page.request(host: .some("evil.example:\(page.port)")),
            page.request(host: .some("127.0.0.1.evil.example:\(page.port)")),
            page.request(more: "Host: evil.example\r\n"),
            page.request(origin: "http://evil.example"), page.request(origin: "null"),
            page.request(origin: "https://\(page.host)"), page.request(origin: "http://localhost:\(page.port)"),
            page.request(path: page.path + "events", origin: "http://evil.example"),
            page.request(origin: "http://\(page.host)", more: "Origin: http://evil.example\r\n"),
            page.request(method: "POST", more: "Content-Length: 0\r\n"), page.request(method: "HEAD"),
            page.request(method: "OPTIONS"), page.request(method: "DELETE"),
        ]
        for request in requests {
            let connection = try RawConnection(port: page.port)
            connection.send(request)
            let answer = connection.read()
            #expect(answer.hasPrefix("HTTP/1.1 404 Not Found\r\n"), "\(request)")
            #expect(answer.hasSuffix("\r\n\r\n"), "\(request)\(answer)")
            #expect(!answer.lowercased().contains("twoway") && !answer.contains(page.path), "\(request)\(answer)")
        }
        // What is no request, or two Hosts or none, gets nothing either.
        for request in [page.request(host: .some(nil)), "\r\n\r\n\u{0}\u{1}", "GET\r\n\r\n"] {
            let connection = try RawConnection(port: page.port)
            connection.send(request)
            let answer = connection.read()
            #expect(answer.hasPrefix("HTTP/1.1 40"), "\(request)\(answer)")
            #expect(answer.hasSuffix("\r\n\r\n"), "\(answer)")
        }
        kill(meeting.process.processIdentifier, SIGINT)
        #expect(try await meeting.exitCode() == 2)
    }

    @Test("The page comes whole with the headers that keep it to itself, and loads nothing else")
    func headers() async throws {
        let (meeting, page) = try await meeting(["--quiet"])
        let (other, otherPage) = try await self.meeting()
        #expect(page.path != otherPage.path)
        let connection = try RawConnection(port: page.port)
        connection.send(page.request(origin: "http://\(page.host)"))
        let answer = connection.read()
        let parts = answer.components(separatedBy: "\r\n\r\n")
        let head = parts[0].lowercased()
        #expect(head.hasPrefix("http/1.1 200 ok"))
        for line in [
            "content-type: text/html; charset=utf-8", "cache-control: no-store", "x-content-type-options: nosniff",
            "referrer-policy: no-referrer", "content-security-policy: default-src 'none'; style-src 'sha256-",
            "frame-ancestors 'none'", "content-length: \(parts[1].utf8.count)\r\n",
        ] {
            #expect((head + "\r\n").contains(line), "\(line)")
        }
        #expect(!head.contains("unsafe") && !head.contains("access-control"))
        #expect(parts[1].hasSuffix("</html>\n"))
        // Nothing is named that would be loaded, but for the empty icon.
        #expect(!parts[1].contains("http:") && !parts[1].contains("src=") && !parts[1].contains("url("))
        for running in [meeting, other] {
            try running.close()
            _ = try await running.exitCode()
        }
    }

    @Test("Events follow a played recording, and the last one has the shares of the report")
    func events() async throws {
        let (meeting, page) = try await meeting(["--me", "B", "--length", "15m", "--format", "json"])
        let sound = try Self.sound("one-sided")
        try meeting.write(Array(sound.prefix(58 + 8000 * 180)))
        let reader = try RawConnection(port: page.port)
        reader.send(page.request(path: page.path + "events"))
        let begun = reader.read { $0.contains("\"time\":179") }
        #expect(begun.hasPrefix("HTTP/1.1 200 OK\r\n") && begun.contains("text/event-stream"))
        let state = try #require(try states(begun).last)
        // He talks all the time; she says 8 % of it, and her longest turn is a few seconds.
        let shares = try #require(state["share"] as? [String: Double])
        #expect(try #require(shares["B"]) > 0.85)
        #expect(state["names"] as? [String: String] == ["A": "The other", "B": "You"])
        #expect(state["floor"] as? String == "B")
        let (time, left) = (try #require(state["time"] as? Double), try #require(state["left"] as? Double))
        #expect(abs(time + left - 900) < 0.01)
        #expect(try #require((state["sinceHeard"] as? [String: Double])?["A"]) >= 0)
        #expect((state["signs"] as? [Any])?.isEmpty == true)
        try meeting.write(Array(sound.dropFirst(58 + 8000 * 180)))
        try meeting.close()
        let last = try #require(try states(reader.read()).last)
        #expect(try await meeting.exitCode() == 0)
        #expect(last["over"] as? Bool == true)
        let signs = try #require(last["signs"] as? [[String: Any]])
        #expect(signs.count == 1)
        #expect((signs[0]["text"] as? String)?.hasPrefix("10 minutes left") == true)
        let report = try #require(
            try JSONSerialization.jsonObject(with: Data(meeting.output.utf8)) as? [String: Any])
        let talkShare = (report["metrics"] as? [String: Any])?["talkShare"] as? [String: Double]
        #expect(last["share"] as? [String: Double] == talkShare)
        // The port is free again.
        #expect(throws: (any Error).self) { try RawConnection(port: page.port) }
    }

    @Test("A recorder that stalls is said on the page too")
    func stalled() async throws {
        let (meeting, page) = try await meeting(["--stall-limit", "5"])
        try meeting.write(Array(try Self.sound("two-way").prefix(58 + 8000 * 60)))
        let reader = try RawConnection(port: page.port)
        reader.send(page.request(path: page.path + "events"))
        let all = try states(reader.read())
        #expect(all.contains { ($0["notice"] as? String) == "Nothing comes from the recorder." })
        #expect(all.last?["over"] as? Bool == true)
        #expect(try await meeting.exitCode() == 0)
    }

    @Test("Readers who are slow, gone or silent hold nothing up, and see the latest state when they look again")
    func slow() async throws {
        let (meeting, page) = try await meeting(["--me", "B"])
        let sound = try Self.sound("one-sided")
        // Ten who do not read, ten who go away at once, ten who never ask for anything.
        let slow = try (0..<10).map { _ in try RawConnection(port: page.port, receiveBuffer: 2048) }
        for reader in slow { reader.send(page.request(path: page.path + "events")) }
        for _ in 0..<10 { try RawConnection(port: page.port).send(page.request(path: page.path + "events")) }
        let silent = try (0..<10).map { _ in try RawConnection(port: page.port) }
        try meeting.write(Array(sound.prefix(58 + 8000 * 300)))
        let reader = try RawConnection(port: page.port)
        reader.send(page.request(path: page.path + "events"))
        let started = ContinuousClock.now
        #expect(reader.read { $0.contains("\"time\":299") }.contains("\"time\":299"))
        let seen = try states(slow[0].read { $0.contains("\"time\":299") })
        #expect(seen.last?["time"] as? Double ?? 0 >= 299)
        try meeting.write(Array(sound.dropFirst(58 + 8000 * 300)))
        try meeting.close()
        #expect(try await meeting.exitCode() == 0)
        #expect(ContinuousClock.now - started < .seconds(60))
        #expect(meeting.output.contains("You held the floor 9"))
        withExtendedLifetime(silent) {}
    }

    @Test("A connection that asks for nothing, or never to the end, is closed after ten seconds")
    func silent() async throws {
        let (meeting, page) = try await meeting()
        let started = ContinuousClock.now
        let (silent, half) = (try RawConnection(port: page.port), try RawConnection(port: page.port))
        half.send(String(page.request().dropLast(2)))
        #expect(silent.read().isEmpty && half.read().isEmpty)
        #expect((Duration.seconds(9)...(.seconds(18))).contains(ContinuousClock.now - started))
        try meeting.close()
        _ = try await meeting.exitCode()
    }

    @Test("A port can be chosen; one that is taken is named, and nothing is recorded")
    func port() async throws {
        let (meeting, page) = try await meeting()
        let folder = try ScratchFolder()
        let record = folder.url.appending(path: "kept.wav").path
        let second = try await ProgramRun(["live", "-", "--page", "--page-port", "\(page.port)", "--record", record])
        #expect(second.exitCode == 73)
        #expect(second.messages.contains("port \(page.port) (Address already in use); name another with --page-port"))
        #expect(!FileManager.default.fileExists(atPath: record))
        try meeting.close()
        _ = try await meeting.exitCode()
        let (third, chosen) = try await self.meeting(["--page-port", "\(page.port)"])
        #expect(chosen.port == page.port)
        try third.close()
        _ = try await third.exitCode()
        for wrong in [["--page-port", "8000"], ["--page", "--page-port", "0"], ["--page", "--page-port", "70000"]] {
            #expect(try await ProgramRun(["live", "-"] + wrong).exitCode == 64)
        }
    }

    @Test(
        "In headless Chromium the page follows a played recording, light and dark, and says when it is over or cut off",
        .enabled(if: Browser.program != nil, "Chromium is not installed (Debian: apt-get install chromium)"),
        .enabled(if: Browser.hasTools, "the browser tools are not installed: make browser-tools"),
        .timeLimit(.minutes(5)))
    func browser() async throws {
        let folder = try ScratchFolder()
        try await Browser.check(
            [RepositoryFolders.program.path, ProgramRun.fixture("one-sided.wav"), folder.url.path],
            by: "check_live.py")
    }
}
