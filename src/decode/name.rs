//! Names of files.

use super::decode;
use std::path::Path;

/// The text of a file name whose bytes are not UTF-8 (GBK, from old archives): read by its content, or as GB18030 where it is too
/// short to tell.
pub fn name_of_bytes(bytes: &[u8]) -> String {
    let path = Path::new("");
    let chinese = ["gb18030", "gbk", "big5", "euc-tw"];
    [None, Some("gb18030")]
        .into_iter()
        .filter_map(|label| decode(path, bytes, label).ok())
        .find(|name| name.malformed.is_empty() && chinese.contains(&name.encoding))
        .map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |name| name.text)
}
