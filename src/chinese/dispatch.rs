//! How news begin.

use super::words::Word;

/// How far into a line it is looked for what is sent, in characters.
const REACH: usize = 40;

/// Whether `text` begins as a dispatch does: `本报北京12月31日讯 记者…`, `新华社北京12月31日电`.
pub fn begins(text: &str) -> bool {
    let end = text.char_indices().nth(REACH).map_or(text.len(), |(at, _)| at);
    Word::Agency.is_in(text) && Word::Dispatch.is_in(&text[..end])
}

#[cfg(test)]
mod tests {
    #[test]
    fn dispatches_begin_with_who_sends_them_and_that_they_are_sent() {
        for text in ["本报讯（记者某某）昨日", "新华社北京12月31日电", "本報北京訊 記者某某"]
        {
            assert!(super::begins(text), "{text}");
        }
        assert!(!super::begins("本报记者某某") && !super::begins("昨日本报讯"));
    }
}
