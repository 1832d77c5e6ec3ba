import ByteCoding
import CCrypto

/// The SHA-256 digest (FIPS 180-4) of bytes, by the system's libcrypto.
public func sha256(_ bytes: RawSpan) -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    // Safe: libcrypto reads `count` bytes of the buffer and writes 32.
    unsafe bytes.withUnsafeBytes { input in
        unsafe digest.withUnsafeMutableBufferPointer { output in
            var length: UInt32 = 0
            _ = unsafe EVP_Digest(input.baseAddress, input.count, output.baseAddress, &length, EVP_sha256(), nil)
        }
    }
    return digest
}

/// Bytes as lower-case hexadecimal digits.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for byte in bytes {
        text.append(digits[Int(byte >> 4)])
        text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
}
