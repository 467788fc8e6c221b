import Foundation

/// Standard input, output and error as numbers 0 to 2 of the process.
enum StandardDescriptors {
    /// Fills the numbers that the parent has closed, so that no file opened later becomes standard output.
    ///
    /// Else a result could be written into a recording or a journal that happens to have number 1. What stands in can
    /// only be read, so that writing to a closed standard output fails as it should.
    static func fill() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
            // The lowest free number is given out, which is this one.
            _ = open("/dev/null", O_RDONLY)
        }
    }
}
