/// The unit cases of mapbox/mvt-fixtures 4.0.0 (public domain, CC0 1.0), by number, and what a reader of ours makes of them.
///
/// Where a case allows several answers: 024 (no version) reads as version 1, the default of the message; 046 (a LineTo that
/// does not move) is left to the validator; 057 (a count that the bytes cannot hold) is refused; 061 (ClosePath with count 0 in a
/// line) is good in version 1, which its layer is. There are no cases 028, 029 and 031.
enum ConformanceCases {
    enum Verdict {
        /// Everything decodes.
        case valid
        /// Decodes, but a feature has type UNKNOWN, whose geometry nobody can read.
        case unknownGeometry
        case featureSkipped, layerSkipped, geometryRefused, fatal
    }

    struct Case: Sendable, CustomStringConvertible {
        let number: String
        let verdict: Verdict
        let base64: String
        var description: String { number }
    }

    static let all: [Case] = [
        Case(number: "001", verdict: .valid, base64: ""),
        Case(number: "002", verdict: .valid, base64: "GiZ4AgoFaGVsbG8SCxICAAAYASIDCTIiGgVoZWxsbyIHCgV3b3JsZA=="),
        Case(number: "003", verdict: .unknownGeometry, base64: "GhJ4AgoFaGVsbG8SBwgBIgMJMiI="),
        Case(number: "004", verdict: .featureSkipped, base64: "Gg94AgoFaGVsbG8SBAgBGAE="),
        Case(
            number: "005", verdict: .featureSkipped, base64: "Gid4AgoFaGVsbG8SDAgBEgEAGAEiAwkyIhoFaGVsbG8iBwoFd29ybGQ="),
        Case(number: "006", verdict: .featureSkipped, base64: "GhR4AgoFaGVsbG8SCQgBGAgiAwkyIg=="),
        Case(number: "007", verdict: .fatal, base64: "GhV6ATIKBWhlbGxvEgkIARgBIgMJMiI="),
        Case(number: "008", verdict: .fatal, base64: "GiV4AgoFaGVsbG8SCQgBGAEiAwkyIioPZm91cnplcm9uaW5lc2l4"),
        Case(number: "009", verdict: .valid, base64: "GhR4AgoFaGVsbG8SCQgBGAEiAwkyIg=="),
        Case(number: "010", verdict: .fatal, base64: "GiV4AgoFaGVsbG8SCQgBGAEiAwkyIhoEa2V5MSIJCMD1quTT2pgC"),
        Case(
            number: "011", verdict: .fatal,
            base64: "Gix4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBWhlbGxvIguSiQIHCgVoZWxsbw=="),
        Case(number: "012", verdict: .layerSkipped, base64: "GhR4YwoFaGVsbG8SCQgBGAEiAwkyIg=="),
        Case(number: "013", verdict: .fatal, base64: "GiN4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIYASIHCgVoZWxsbw=="),
        Case(number: "014", verdict: .fatal, base64: "Gg14AhIJCAEYASIDCTIi"),
        Case(
            number: "015", verdict: .fatal,
            base64: "Git4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBG5hbWUiCwoJbGF5ZXItb25lGit4AgoFaGVsbG8SDQgBEgIAABgBIgMJPlQa"
                + "BG5hbWUiCwoJbGF5ZXItdHdv"),
        Case(number: "016", verdict: .unknownGeometry, base64: "GhJ4AgoFaGVsbG8SBwgBIgMJMiI="),
        Case(number: "017", verdict: .valid, base64: "Gih4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBWhlbGxvIgcKBXdvcmxk"),
        Case(
            number: "018", verdict: .valid,
            base64: "Gi14AgoFaGVsbG8SEggBEgIAABgCIggJBAQSABAQABoFaGVsbG8iBwoFd29ybGQ="),
        Case(
            number: "019", verdict: .valid,
            base64: "Gi54AgoFaGVsbG8SEwgBEgIAABgDIgkJBgwSCgwYLA8aBWhlbGxvIgcKBXdvcmxk"),
        Case(number: "020", verdict: .valid, base64: "Gip4AgoFaGVsbG8SDwgBEgIAABgBIgURCg4DCRoFaGVsbG8iBwoFd29ybGQ="),
        Case(
            number: "021", verdict: .valid,
            base64: "GjN4AgoFaGVsbG8SGAgBEgIAABgCIg4JBAQSABAQAAkREQoECBoFaGVsbG8iBwoFd29ybGQ="),
        Case(
            number: "022", verdict: .valid,
            base64: "GkZ4AgoFaGVsbG8SKwgBEgIAABgDIiEJAAAaFAAAFBMADwkWAhoSAAASEQAPCQQNGgAICAAABw8aBWhlbGxvIgcKBXdvcmxk"),
        Case(number: "023", verdict: .fatal, base64: "Gg14AhIJCAEYASIDCTIi"),
        Case(number: "024", verdict: .valid, base64: "GhIKBWhvd2R5EgkIARgBIgMJMiI="),
        Case(number: "025", verdict: .valid, base64: "Ggl4AgoFaGVsbG8="),
        Case(number: "026", verdict: .fatal, base64: "Ghl4AgoFaG93ZHkSCQgBGAEiAwkyIiIDoAEK"),
        Case(number: "027", verdict: .valid, base64: "Ghh4AgoFaGVsbG8SCQgBGAEiAwkyIiICOAE="),
        Case(number: "030", verdict: .featureSkipped, base64: "Ghl4AgoFaGVsbG8SDggBGAEiAwkAACIDCQAA"),
        Case(
            number: "032", verdict: .valid,
            base64: "GjV4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBGtleTEiFQoTaSBhbSBhIHN0cmluZyB2YWx1ZQ=="),
        Case(number: "033", verdict: .valid, base64: "GiV4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBGtleTEiBRVmZkZA"),
        Case(number: "034", verdict: .valid, base64: "Gil4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBGtleTEiCRmuR+F6FK7zPw=="),
        Case(number: "035", verdict: .valid, base64: "GiJ4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBGtleTEiAiAG"),
        Case(number: "036", verdict: .valid, base64: "GiR4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBGtleTEiBCiMrwU="),
        Case(number: "037", verdict: .valid, base64: "GiR4AgoFaGVsbG8SDQgBEgIAABgBIgMJMiIaBGtleTEiBDCY3go="),
        Case(
            number: "038", verdict: .valid,
            base64: "GqoBeAIKBWhlbGxvEhkIARIOAAABAQICAwMEBAUFBgYYASIDCTIiGgxzdHJpbmdfdmFsdWUaCmJvb2xfdmFsdWUaCWludF92"
                + "YWx1ZRoMZG91YmxlX3ZhbHVlGgtmbG9hdF92YWx1ZRoKc2ludF92YWx1ZRoKdWludF92YWx1ZSIGCgRlbGxvIgI4ASICIAYi"
                + "CRmuR+F6FK7zPyIFFWZmRkAiBDCX3goiBCiMrwU="),
        Case(number: "039", verdict: .unknownGeometry, base64: "Ghd4AQoFaGVsbG8SCQgAGAAiAwkyIiiAIA=="),
        Case(
            number: "040", verdict: .fatal,
            base64: "Gi54AgoFaGVsbG8SDQgBEgICARgBIgMJMiIaBHR5cGUiBgoEcGFyayIGCgRsYWtl"),
        Case(
            number: "041", verdict: .fatal,
            base64: "Gjd4AgoFaGVsbG8SEwgBEghqTQ9AwheSQBgBIgMJMiIaBHR5cGUiBgoEcGFyayIGCgRsYWtlKIAg"),
        Case(number: "042", verdict: .fatal, base64: "GiZ4AgoFaGVsbG8SDQgBEgIAAhgBIgMJMiIaBHR5cGUiBgoEcGFyaw=="),
        Case(
            number: "043", verdict: .valid,
            base64: "GrEBeAIKDXBhcmtfZmVhdHVyZXMSDQgBEgIAABgBIgMJMiISDQgCEgIAARgBIgMJNCYSDQgDEgIAAhgBIgMJNh4SDQgEEgIA"
                + "AxgBIgMJeBQSDQgFEgIABBgBIgMJWCgSDQgGEgIABRgBIgMJLmIaA3BvaSIHCgVzd2luZyIQCg53YXRlcl9mb3VudGFpbiIH"
                + "CgVzbGlkZSIKCghiYXRocm9vbSIGCgR0cmVlIgcKBWJlbmNo"),
        Case(
            number: "044", verdict: .geometryRefused, base64: "Gih4AgoFaGVsbG8SDQgBEgIAABgBIgMPMiIaBWhlbGxvIgcKBXdvcmxk"
        ),
        Case(number: "045", verdict: .geometryRefused, base64: "GhN4AgoFaGVsbG8SCAgBGAEiAgky"),
        Case(number: "046", verdict: .valid, base64: "Ghl4AgoFaGVsbG8SDggBGAIiCAkEBBIAEAAA"),
        Case(number: "047", verdict: .geometryRefused, base64: "Ghp4AgoFaGVsbG8SDwgBGAMiCQkGDBIKDBgsFw=="),
        Case(number: "048", verdict: .geometryRefused, base64: "Ghp4AgoFaGVsbG8SDwgBGAMiCQkGDBIKDBgsBw=="),
        Case(number: "049", verdict: .valid, base64: "Ght4AgoFaGVsbG8SEAgBGAIiCgn+////DwAKAgI="),
        Case(number: "050", verdict: .valid, base64: "Ght4AgoFaGVsbG8SEAgBGAIiCgkA/////w8KAQE="),
        Case(number: "051", verdict: .geometryRefused, base64: "Ghh4AgoFaGVsbG8SDQgBGAEiB/n///8PCgo="),
        Case(number: "052", verdict: .geometryRefused, base64: "GhN4AgoFaGVsbG8SCAgBGAEiAhEK"),
        Case(
            number: "053", verdict: .valid,
            base64: "GkJ4AgoOY2xpcHBlZC1zcXVhcmUSGAgBEgIAABgDIg4JAAAagEAAAIBA/z8ADxoEdHlwZSIOCgxleGFjdCBleHRlbnQ="),
        Case(
            number: "054", verdict: .valid,
            base64: "GkV4AgoOY2xpcHBlZC1zcXVhcmUSGAgBEgIAABgDIg4JAQEahEAAAIRAg0AADxoEdHlwZSIRCg9vbmUgdW5pdCBidWZmZXI="),
        Case(
            number: "055", verdict: .valid,
            base64: "Glx4AgoOY2xpcHBlZC1zcXVhcmUSGAgBEgIAABgDIg4JAgIa/D8AAPw/+z8ADxoEdHlwZSIoCiZhbG1vc3QgYSBjbGlwcGVk"
                + "LXNxdWFyZSBtaW51cyBvbmUgdW5pdA=="),
        Case(
            number: "056", verdict: .valid,
            base64: "Gk14AgoOY2xpcHBlZC1zcXVhcmUSGggBEgIAABgDIhAJjwOPAxqgRgAAoEafRgAPGgR0eXBlIhcKFWxhcmdlIDIwMCB1bml0"
                + "IGJ1ZmZlcg=="),
        Case(
            number: "057", verdict: .geometryRefused,
            base64: "GjB4AgoFaGVsbG8SEQgBEgIAABgBIgf5////DwICGgdjb21tYW5kIgkKB21vdmVfdG8="),
        Case(
            number: "058", verdict: .geometryRefused,
            base64: "GjV4AgoFaGVsbG8SFggBEgIAABgCIgwJAAD6////DwYKBhIaB2NvbW1hbmQiCQoHbGluZV90bw=="),
        Case(number: "059", verdict: .valid, base64: "Gip4AgoFd2F0ZXISDQgBEgIAABgBIgMJMiIaBG5hbWUiCgoIbXVkIGxha2U="),
        Case(
            number: "060", verdict: .valid,
            base64: "Gi14AgoFd2F0ZXISDQgBEgIAABgBIgMJMiIaBG5hbWUiDQoLY3JhdGVyIGxha2U="),
        Case(number: "061", verdict: .valid, base64: "GhgKBWhlbGxvEg8IARgCIgkJBAQSABAQAAc="),
        Case(
            number: "062", verdict: .valid,
            base64: "GuUBeAIKBmNpdGllcxIPCAESBAAAAQUYASIDCWRkEhEIAhIEAAEBBhgBIgUJ9AP0AxIRCAMSBAACAQcYASIFCegH6AcSEQgE"
                + "EgQAAwEIGAEiBQncC9wLEhEIBRIEAAQBCRgBIgUJ0A/QDxoKcG9wdWxhdGlvbhoEbmFtZSICIAoiAiAUIgIgHiILIP//////"
                + "/////wEiAyCPTiILCglOZWF0dmlsbGUiEgoQUmFkRXN0YWJsaXNobWVudCINCgtBd2Vzb21lQ2l0eSINCgtDb29sVmlsbGFn"
                + "ZSINCgtUdWJ1bGFyVG93bg=="),
        Case(
            number: "063", verdict: .valid,
            base64: "GjV4AgoDdG9wEg0IARICAAAYASIDCTIgEg0IAhICAAAYASIDCTMhGgpwb3B1bGF0aW9uIgIgFBqzAngCCgZib3R0b20SFwgL"
                + "EgwAAAEAAgEDAgQDBQQYASIDCTIiEhcIDxIMAAUEBgIHAwcBCAYJGAEiAwk2JhITCAwSCAAAAQACAQYJGAEiAwkzIxITCA0S"
                + "CAAAAwEEAwYJGAEiAwk0JBIPCA4SBAAABgkYASIDCTUlGgRuYW1lGgduYW1lX2VuGgduYW1lX2ZyGgxfbWJ4X25hbWVfZnIa"
                + "DF9tYnhfbmFtZV9kZRoKX21ieF9vdGhlchoKcG9wdWxhdGlvbiIJCgdHZXJtYW55IgsKCUFsbGVtYWduZSIOCgxMYSBBbGxl"
                + "bWFnbmUiDQoLRGV1dHNjaGxhbmQiCgoIQWxlbWFuaWEiCAoGRXNwYW5hIgkKB1NwYW5pZW4iCQoHRXNwYWduZSIHCgVTcGFp"
                + "biICIBQ="),
        Case(
            number: "064", verdict: .valid,
            base64: "GjV4AgoDdG9wEg0IARICAAAYASIDCTIgEg0IAhICAAAYASIDCTMhGgpwb3B1bGF0aW9uIgIgMhqZA3gCCgZib3R0b20SGQgK"
                + "Eg4AAAEAAgEDAgQDBQQHChgBIgMJMiISGQgPEg4ABQQGAgcDBwEIBgkHDRgBIgMJNiYSFQgUEgoAAAEAAgEGCQcKGAEiAwkz"
                + "IxIVCBkSCgAAAwEEAwYJBwwYASIDCTQkEhEIHhIGAAAGCQcLGAEiAwk1JRIRCCMSBgAFBgkHDhgBIgMJNiYSEQgoEgYABQYJ"
                + "BwkYASIDCTYmGgRuYW1lGgduYW1lX2VuGgduYW1lX2ZyGgxfbWJ4X25hbWVfZnIaDF9tYnhfbmFtZV9kZRoKX21ieF9vdGhl"
                + "choKcG9wdWxhdGlvbhoOX21ieF93b3JsZHZpZXciCQoHR2VybWFueSILCglBbGxlbWFnbmUiDgoMTGEgQWxsZW1hZ25lIg0K"
                + "C0RldXRzY2hsYW5kIgoKCEFsZW1hbmlhIgkKB0VzcGHDsWEiCQoHU3BhbmllbiIJCgdFc3BhZ25lIgcKBVNwYWluIgIgZCIF"
                + "CgNhbGwiBAoCQUQiBAoCQ04iBAoCSU4iCgoIQ04sQUQsSU4="),
        Case(
            number: "065", verdict: .valid,
            base64: "Glh4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoEbmFtZRoOX21ieF93b3JsZHZpZXciFwoVQWxsIGxlZ2FjeSB3b3JsZHZp"
                + "ZXdzIg0KC1VTLENOLEpQLElO"),
        Case(
            number: "066", verdict: .valid,
            base64: "Gmx4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoEbmFtZRoOX21ieF93b3JsZHZpZXciHwodQWxsIGxlZ2FjeSBhbmQgbmV3"
                + "IHdvcmxkdmlld3MiGQoXVVMsQ04sSlAsSU4sUlUsVFIsQVIsTUE="),
        Case(
            number: "067", verdict: .valid,
            base64: "GlR4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoEbmFtZRoOX21ieF93b3JsZHZpZXciGwoZUmVwcmVzZW50cyBhbGwgd29y"
                + "bGR2aWV3cyIFCgNhbGw="),
        Case(
            number: "068", verdict: .valid,
            base64: "GpYBeAIKBWFkbWluEg8IChIEAAABARgBIgMJNiYSDwgPEgQAAgEDGAEiAwk3JxIPCBQSBAAEAQUYASIDCTgoGgRuYW1lGg5f"
                + "bWJ4X3dvcmxkdmlldyINCgtVUyAmIFJ1c3NpYSIHCgVVUyxSVSIQCg5BbGwgd29ybGR2aWV3cyIFCgNhbGwiCwoJQXJnZW50"
                + "aW5hIgQKAkFS"),
        Case(
            number: "069", verdict: .valid,
            base64: "GkR4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoEbmFtZRoOX21ieF93b3JsZHZpZXciDgoMTm90IGEgc3RyaW5nIgIgZA=="),
        Case(
            number: "070", verdict: .valid,
            base64: "GmB4AgoFYWRtaW4SEQgKEgYAAAEBAgIYASIDCTYmGgRuYW1lGg5fbWJ4X3dvcmxkdmlldxoJd29ybGR2aWV3IhUKE0NvbmZs"
                + "aWN0aW5nIGZlYXR1cmUiBAoCVVMiBAoCUlU="),
        Case(
            number: "071", verdict: .valid,
            base64: "GtcBeAIKBWFkbWluEg8IChIEAAABABgBIgMJNiYSDwgLEgQAAQEBGAEiAwk3JxIPCAwSBAACAQIYASIDCTgoEg8IDRIEAAMB"
                + "AxgBIgMJOSkSDwgOEgQABAEEGAEiAwk6KhIPCA8SBAAFAQUYASIDCTsrEg8IEBIEAAYBBhgBIgMJPCwSDwgREgQABwEHGAEi"
                + "Awk9LRoEbmFtZRoOX21ieF93b3JsZHZpZXciBAoCVVMiBAoCQ04iBAoCSlAiBAoCSU4iBAoCUlUiBAoCVFIiBAoCQVIiBAoC"
                + "TUE="),
        Case(
            number: "072", verdict: .valid,
            base64: "GlR4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoEbmFtZRoOX21ieF93b3JsZHZpZXciDAoKU29tZSBwbGFjZSIUChJVU0FB"
                + "QUEsQ04sSlAsSU5kaWE="),
        Case(
            number: "073", verdict: .valid,
            base64: "GkR4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoOX21ieF93b3JsZHZpZXcaCl9tYnhfY2xhc3MiBQoDYWxsIgUKA3NlYQ=="),
        Case(
            number: "074", verdict: .valid,
            base64: "GkZ4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoOX21ieF93b3JsZHZpZXcaCl9tYnhfY2xhc3MiBwoFVVMsQ04iBQoDc2Vh"),
        Case(
            number: "075", verdict: .valid,
            base64: "GkN4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoOX21ieF93b3JsZHZpZXcaCl9tYnhfY2xhc3MiBAoCVVMiBQoDc2Vh"),
        Case(
            number: "076", verdict: .valid,
            base64: "GkN4AgoFYWRtaW4SDwgKEgQAAAEBGAEiAwk2JhoOX21ieF93b3JsZHZpZXcaCl9tYnhfY2xhc3MiBAoCVVMiBQoDNjEz"),
        Case(
            number: "077", verdict: .valid,
            base64: "Glt4AgoFYWRtaW4SEQgKEgYAAAEBAgIYASIDCTYmGgRuYW1lGgxfbWJ4X25hbWVfZGUaCl9tYnhfY2xhc3MiCAoGRnJhbmNl"
                + "IgwKCkZyYW5rcmVpY2giBQoDc2Vh"),
    ]
}
