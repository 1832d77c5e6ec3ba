import CEmbedded

/// The map page, its files and the styles, from inside the program.
public enum MapPage {
    public static let files: [EmbeddedFile] = {
        // Safe: the table and all it points to are constants of the program, and the counts are the table's own.
        unsafe UnsafeBufferPointer(start: CEmbeddedFiles, count: CEmbeddedFileCount).map { file in
            unsafe EmbeddedFile(
                address: String(cString: file.address), contentType: String(cString: file.contentType),
                bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.byteCount)))
        }
    }()
}
