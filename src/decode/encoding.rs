//! The encodings a file can be in, and the labels by which people name them.

use super::iso2022::Set;

/// The order of the bytes of a wide code unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Endian {
    /// Least significant byte first.
    Little,
    /// Most significant byte first.
    Big,
}

/// A character encoding: those of the WHATWG standard, and the old Chinese ones that it lacks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Encoding {
    /// One that `encoding_rs` reads.
    Whatwg(&'static encoding_rs::Encoding),
    /// UTF-32 of either byte order.
    Utf32(Endian),
    /// HZ (RFC 1843): GB 2312 between `~{` and `~}`.
    Hz,
    /// ISO-2022-CN and -KR (RFC 1922, RFC 1557): escape sequences and shifts; the set where none is designated.
    Iso2022(Set),
    /// EUC-TW: CNS 11643 on Unix.
    EucTw,
}

/// Every encoding by the name under which it is reported. The first label of each is its name.
const NAMES: &[(&str, &[&str])] = &[
    ("utf-8", &["utf8"]),
    ("gb18030", &["gbk", "gb2312", "cp936", "ms936", "gb18030-2022", "euc-cn"]),
    ("big5", &["big5-hkscs", "cp950", "big5-eten", "big-5"]),
    ("utf-16", &["utf16", "ucs-2"]),
    ("utf-16le", &["utf16le"]),
    ("utf-16be", &["utf16be"]),
    ("utf-32", &["utf32", "ucs-4"]),
    ("utf-32le", &["utf32le"]),
    ("utf-32be", &["utf32be"]),
    ("hz", &["hz-gb-2312"]),
    ("iso-2022-cn", &["iso-2022-cn-ext"]),
    ("iso-2022-kr", &["csiso2022kr"]),
    ("euc-tw", &["euctw", "cns11643"]),
    ("shift_jis", &["sjis", "shift-jis", "cp932"]),
    ("euc-jp", &["eucjp"]),
    ("iso-2022-jp", &[]),
    ("euc-kr", &["euckr", "cp949", "uhc"]),
    ("windows-1251", &["cp1251"]),
    ("koi8-r", &["koi8"]),
    ("koi8-u", &[]),
    ("ibm866", &["cp866"]),
    ("windows-1252", &["cp1252", "latin1", "iso-8859-1", "ascii"]),
    ("windows-1250", &["cp1250"]),
    ("windows-1253", &["cp1253"]),
    ("windows-1254", &["cp1254"]),
    ("windows-1255", &["cp1255"]),
    ("windows-1256", &["cp1256"]),
    ("windows-1257", &["cp1257"]),
    ("windows-1258", &["cp1258"]),
    ("windows-874", &["tis-620"]),
    ("iso-8859-2", &["latin2"]),
    ("iso-8859-3", &["latin3"]),
    ("iso-8859-4", &["latin4"]),
    ("iso-8859-5", &[]),
    ("iso-8859-6", &[]),
    ("iso-8859-7", &[]),
    ("iso-8859-8", &[]),
    ("iso-8859-8-i", &[]),
    ("iso-8859-10", &["latin6"]),
    ("iso-8859-13", &[]),
    ("iso-8859-14", &[]),
    ("iso-8859-15", &[]),
    ("iso-8859-16", &[]),
    ("macintosh", &[]),
    ("x-mac-cyrillic", &[]),
];

/// The name of the encoding that `label` means, in any case, with `_` for `-` and blanks around it allowed; `None` when
/// there is none. All labels of the WHATWG standard, and `hz`, `iso-2022-cn`, `iso-2022-kr`, `euc-tw`, `utf-16`, `utf-32`.
pub fn label(label: &str) -> Option<&'static str> {
    let label = label.trim().to_ascii_lowercase();
    let dashed = label.replace('_', "-");
    let own = NAMES
        .iter()
        .find(|(name, aliases)| [&label, &dashed].iter().any(|l| l == name || aliases.contains(&l.as_str())));
    if let Some(&(name, _)) = own {
        return Some(name);
    }
    let whatwg = encoding_rs::Encoding::for_label(label.as_bytes())?;
    let whatwg = if whatwg == encoding_rs::GBK { encoding_rs::GB18030 } else { whatwg };
    NAMES.iter().map(|&(name, _)| name).find(|name| whatwg.name().eq_ignore_ascii_case(name))
}

/// Every label that is worth suggesting for a mistyped one: the names, then the common aliases.
pub fn labels() -> impl Iterator<Item = &'static str> {
    let names = NAMES.iter().map(|&(name, _)| name);
    names.chain(NAMES.iter().flat_map(|&(_, aliases)| aliases.iter().copied()))
}

impl Encoding {
    /// The encoding with exactly this name of [`NAMES`]; `None` for `utf-16` and `utf-32`, whose byte order the text decides.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "utf-16" | "utf-32" => return None,
            "utf-32le" => Encoding::Utf32(Endian::Little),
            "utf-32be" => Encoding::Utf32(Endian::Big),
            "hz" => Encoding::Hz,
            "iso-2022-cn" => Encoding::Iso2022(Set::Gb2312),
            "iso-2022-kr" => Encoding::Iso2022(Set::Korean),
            "euc-tw" => Encoding::EucTw,
            _ => Encoding::Whatwg(encoding_rs::Encoding::for_label(name.as_bytes())?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_means_itself_and_every_alias_means_its_name() {
        for &(name, aliases) in NAMES {
            assert_eq!(label(name), Some(name));
            for alias in aliases {
                assert_eq!(label(alias), Some(name), "{alias}");
            }
            let by_order = matches!(name, "utf-16" | "utf-32");
            assert_eq!(Encoding::named(name).is_none(), by_order, "{name}");
        }
    }

    #[test]
    fn labels_are_read_as_people_write_them() {
        assert_eq!(label(" GB2312\n"), Some("gb18030"));
        assert_eq!(label("Big5_HKSCS"), Some("big5"));
        assert_eq!(label("x-gbk"), Some("gb18030"));
        assert_eq!(label("csBig5"), Some("big5"));
        assert_eq!(label("UTF_16LE"), Some("utf-16le"));
        assert_eq!(label("HZ-GB-2312"), Some("hz"));
        assert_eq!(label("iso-2022-cn"), Some("iso-2022-cn"));
        assert_eq!(label("replacement"), None);
        assert_eq!(label("gbkk"), None);
        assert_eq!(label(""), None);
    }
}
