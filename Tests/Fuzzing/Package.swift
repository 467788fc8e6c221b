// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own, because all of it is compiled with the fuzzer's counters (`make fuzz`). The modules are the very
// folders of ../../Sources by links, so that only what is fuzzed is built.
let package = Package(
    name: "Fuzzing",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        .systemLibrary(name: "CSndfile", pkgConfig: "sndfile"),
        .target(name: "Timeline", swiftSettings: strict),
        .target(name: "CSpeechKernels", linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),
        .target(name: "CLibraryMessages"),
        .target(
            name: "AudioDecoding", dependencies: ["CSndfile", "CSpeechKernels", "CLibraryMessages"],
            swiftSettings: strict),
        .target(name: "Reciprocity", dependencies: ["Timeline"], swiftSettings: strict),
        .target(name: "LabelFormats", dependencies: ["Timeline"], swiftSettings: strict),
        .target(
            name: "Journal",
            dependencies: ["Timeline", "Reciprocity", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        // The package of the program builds this folder too: its tests feed the findings to the same functions.
        .target(
            name: "FuzzTargets",
            dependencies: [
                "AudioDecoding", "LabelFormats", "Reciprocity", "Timeline", "Journal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: strict),
        .executableTarget(name: "Fuzz", dependencies: ["FuzzTargets"], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
