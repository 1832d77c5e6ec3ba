#ifndef TUILE_CEMBEDDED_H
#define TUILE_CEMBEDDED_H

#include <stddef.h>

/// A file inside the program. The bytes and texts live as long as the program; nothing is ever freed.
typedef struct {
    /// Path under which the server gives the file, "/" first: "/map/main.js".
    const char *address;
    /// Value of the Content-Type header.
    const char *contentType;
    const unsigned char *bytes;
    /// Number of bytes, without a closing zero.
    size_t byteCount;
} CEmbeddedFile;

/// The map page ("/" and "/map/...") and the styles ("/styles/..."), sorted by address in byte order.
/// A style's source has the address "/tuile.json", which whoever serves it replaces by that of a real TileJSON.
extern const CEmbeddedFile *const CEmbeddedFiles;
extern const size_t CEmbeddedFileCount;

/// A schema file (YAML): text without a closing zero.
typedef struct {
    const unsigned char *bytes;
    size_t byteCount;
} CEmbeddedText;

extern const CEmbeddedText CEmbeddedOpenMapTilesSchema;
extern const CEmbeddedText CEmbeddedShortbreadSchema;

/// The made-up town as an OSM PBF file, for a first look without data of one's own.
extern const unsigned char *const CEmbeddedSample;
extern const size_t CEmbeddedSampleByteCount;

#endif
