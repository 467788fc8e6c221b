private import CSpeechKernels

/// How one sample is stored in plain, uncompressed sound, least significant byte first.
enum SampleEncoding: Sendable, Hashable, CaseIterable {
    case unsigned8, signed16, signed24, signed32, float32, float64, muLaw, aLaw

    /// Bytes of one sample.
    var byteCount: Int {
        switch self {
        case .unsigned8, .muLaw, .aLaw: 1
        case .signed16: 2
        case .signed24: 3
        case .signed32, .float32: 4
        case .float64: 8
        }
    }

    /// The encoding in plain words.
    var name: String {
        switch self {
        case .unsigned8: "8-bit PCM"
        case .signed16: "16-bit PCM"
        case .signed24: "24-bit PCM"
        case .signed32: "32-bit PCM"
        case .float32: "32-bit float"
        case .float64: "64-bit float"
        case .muLaw: "µ-law"
        case .aLaw: "A-law"
        }
    }

    /// Whether samples may be infinite or no number.
    var isFloat: Bool { self == .float32 || self == .float64 }

    /// Converts `count` stored samples to floats of full scale 1.
    ///
    /// `stored` needs no alignment.
    func convert(_ stored: UnsafeRawPointer, count: Int, to samples: UnsafeMutablePointer<Float>) {
        switch self {
        case .signed16: Self.convertSigned16(stored, count: count, to: samples)
        case .unsigned8:
            for index in 0..<count {
                let byte = stored.load(fromByteOffset: index, as: UInt8.self)
                samples[index] = Float(Int32(byte) - 128) * 0x1p-7
            }
        case .signed24:
            for index in 0..<count {
                let low = stored.loadUnaligned(fromByteOffset: 3 * index, as: UInt16.self)
                let high = stored.load(fromByteOffset: 3 * index + 2, as: Int8.self)
                samples[index] = Float(Int32(high) << 16 | Int32(UInt16(littleEndian: low))) * 0x1p-23
            }
        case .signed32:
            for index in 0..<count {
                let value = stored.loadUnaligned(fromByteOffset: 4 * index, as: Int32.self)
                samples[index] = Float(Int32(littleEndian: value)) * 0x1p-31
            }
        case .float32:
            for index in 0..<count {
                let bits = stored.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                samples[index] = Float(bitPattern: UInt32(littleEndian: bits))
            }
        case .float64:
            for index in 0..<count {
                let bits = stored.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
                samples[index] = Float(Double(bitPattern: UInt64(littleEndian: bits)))
            }
        case .muLaw: Self.look(up: stored, in: Companding.muLaw, count: count, to: samples)
        case .aLaw: Self.look(up: stored, in: Companding.aLaw, count: count, to: samples)
        }
    }

    /// Nearly all recordings pass here.
    static func convertSigned16(_ stored: UnsafeRawPointer, count: Int, to samples: UnsafeMutablePointer<Float>) {
        floats_of_int16(stored, count, samples)
    }

    private static func look(
        up stored: UnsafeRawPointer, in table: [Float], count: Int, to samples: UnsafeMutablePointer<Float>
    ) {
        table.withUnsafeBufferPointer { table in
            for index in 0..<count {
                samples[index] = table[Int(stored.load(fromByteOffset: index, as: UInt8.self))]
            }
        }
    }
}
