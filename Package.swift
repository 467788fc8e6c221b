// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What other packages can import, one product each; `TwowayKit` is all of them.
let modules = [
    "Timeline", "AudioDecoding", "SpectralAnalysis", "Diarization", "Reciprocity", "LabelFormats", "Scoring", "Journal",
    "VoicePrints", "Analysis", "Live", "Reporting", "JournalReporting",
]

// The listing follows the way of a recording: sound, spectra, speakers, turns, metrics, report.
let package = Package(
    name: "twoway",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "twoway", targets: ["twoway"]),
        .library(name: "TwowayKit", targets: modules),
        .library(name: "TwowayBenchmarking", targets: ["Benchmarking"]),
    ] + modules.map { .library(name: $0, targets: [$0]) },
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-numerics", from: "1.1.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CSndfile", pkgConfig: "sndfile",
            providers: [.apt(["libsndfile1-dev"]), .brew(["libsndfile"])]),
        .systemLibrary(
            name: "CFFTW", pkgConfig: "fftw3f",
            providers: [.apt(["libfftw3-dev"]), .brew(["fftw"])]),
        .target(name: "CSpeechKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        .target(name: "Timeline", swiftSettings: strict),
        .target(name: "CLibraryMessages"),
        .target(
            name: "AudioDecoding", dependencies: ["CSndfile", "CSpeechKernels", "CLibraryMessages"],
            swiftSettings: strict),
        .target(
            name: "SpectralAnalysis",
            dependencies: ["CFFTW", "CSpeechKernels", .product(name: "RealModule", package: "swift-numerics")],
            swiftSettings: strict),
        .target(
            name: "Diarization",
            dependencies: [
                "CSpeechKernels", "SpectralAnalysis", "Timeline",
                .product(name: "RealModule", package: "swift-numerics"),
            ],
            resources: [
                .embedInCode("Resources/speaker-prior-8kHz.bin"), .embedInCode("Resources/speaker-prior-16kHz.bin"),
                .embedInCode("Resources/voice-model-8kHz.bin"), .embedInCode("Resources/voice-model-16kHz.bin"),
            ],
            swiftSettings: strict),
        .target(name: "Reciprocity", dependencies: ["Timeline"], swiftSettings: strict),
        .target(name: "LabelFormats", dependencies: ["Timeline"], swiftSettings: strict),
        .target(name: "Scoring", dependencies: ["Timeline", "Reciprocity"], swiftSettings: strict),
        .target(name: "VoicePrints", dependencies: ["Diarization"], swiftSettings: strict),
        .target(
            name: "Analysis",
            dependencies: [
                "AudioDecoding", "SpectralAnalysis", "Diarization", "Timeline", "Reciprocity", "LabelFormats",
                "Scoring",
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "Live",
            dependencies: [
                "AudioDecoding", "SpectralAnalysis", "Diarization", "Timeline", "Reciprocity", "LabelFormats",
                "Scoring",
                "Analysis",
            ],
            swiftSettings: strict),
        .target(
            name: "LivePage",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
            ],
            resources: [.embedInCode("Resources/live.html")], swiftSettings: strict),
        .target(
            name: "Reporting",
            dependencies: ["Timeline", "Reciprocity", .product(name: "Crypto", package: "swift-crypto")],
            resources: ["page.css", "meeting.css", "picture.js", "player.js", "turns.js", "table.js"].map {
                .embedInCode("Resources/" + $0)
            },
            swiftSettings: strict),
        .target(
            name: "Journal",
            dependencies: ["Timeline", "Reciprocity", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(
            name: "JournalReporting", dependencies: ["Journal", "Reporting", "Timeline", "Reciprocity"],
            swiftSettings: strict),
        .target(
            name: "Benchmarking",
            dependencies: [
                "CFFTW", "CSndfile", "AudioDecoding", "SpectralAnalysis", "Diarization", "Timeline", "Reciprocity",
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "twoway",
            dependencies: [
                "Timeline", "AudioDecoding", "SpectralAnalysis", "Diarization", "Reciprocity", "LabelFormats",
                "Scoring", "Analysis", "Reporting", "Journal", "JournalReporting", "VoicePrints", "Live",
                "LivePage", "Benchmarking",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),

        .target(name: "RepositoryFolders", path: "Tests/RepositoryFolders", swiftSettings: strict),
        .target(name: "MalformedLabels", path: "Tests/MalformedLabels", swiftSettings: strict),
        // What libFuzzer runs in a package of its own (Tests/Fuzzing); here its findings are fed to it again.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "AudioDecoding", "LabelFormats", "Reciprocity", "Timeline", "Journal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/Fuzzing/Sources/FuzzTargets", swiftSettings: strict),
        .target(name: "SeededSignals", path: "Tests/SeededSignals", swiftSettings: strict),
        .testTarget(
            name: "FuzzingTests", dependencies: ["FuzzTargets", "RepositoryFolders"], swiftSettings: strict),
        .testTarget(name: "TimelineTests", dependencies: ["Timeline"], swiftSettings: strict),
        .testTarget(
            name: "AudioDecodingTests",
            dependencies: ["AudioDecoding", "CSndfile", "RepositoryFolders", "SeededSignals"],
            swiftSettings: strict),
        .testTarget(
            name: "SpectralAnalysisTests", dependencies: ["SpectralAnalysis", "SeededSignals"],
            swiftSettings: strict),
        .testTarget(
            name: "DiarizationTests", dependencies: ["Diarization", "SpectralAnalysis", "Timeline", "SeededSignals"],
            swiftSettings: strict),
        .testTarget(name: "ReciprocityTests", dependencies: ["Reciprocity", "Timeline"], swiftSettings: strict),
        .testTarget(
            name: "LabelFormatsTests",
            dependencies: [
                "LabelFormats", "MalformedLabels", "Reciprocity", "Timeline", "RepositoryFolders", "SeededSignals",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "VoicePrintsTests", dependencies: ["VoicePrints", "Diarization"], swiftSettings: strict),
        .testTarget(name: "LiveTests", dependencies: ["Live", "SpectralAnalysis", "Timeline"], swiftSettings: strict),
        .testTarget(name: "ScoringTests", dependencies: ["Scoring", "Timeline"], swiftSettings: strict),
        .testTarget(
            name: "ReportingTests",
            dependencies: ["Reporting", "Reciprocity", "Timeline", .product(name: "Crypto", package: "swift-crypto")],
            exclude: ["Snapshots"], swiftSettings: strict),
        .testTarget(name: "BenchmarkingTests", dependencies: ["Benchmarking"], swiftSettings: strict),
        .testTarget(
            name: "JournalTests",
            dependencies: [
                "Journal", "LabelFormats", "Reciprocity", "Timeline", "RepositoryFolders",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "JournalReportingTests",
            dependencies: ["JournalReporting", "Journal", "Reporting", "RepositoryFolders"], swiftSettings: strict),
        .testTarget(
            name: "AnalysisTests",
            dependencies: [
                "Analysis", "AudioDecoding", "Diarization", "Timeline", "Reciprocity", "LabelFormats", "Scoring",
                "RepositoryFolders", "SeededSignals",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "CommandTests",
            dependencies: [
                "twoway", "MalformedLabels", "RepositoryFolders", "Reporting", "Reciprocity", "SeededSignals",
                "Timeline",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            exclude: ["Snapshots"],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
