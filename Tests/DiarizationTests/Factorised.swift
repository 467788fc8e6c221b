import Diarization

/// Turns a packed matrix into its Cholesky factor and returns the logarithm of its determinant.
func factorised(_ matrix: inout [Double]) -> Double { PackedSymmetric.factor(&matrix) }
