//! Tables as programs exchange them: fields with commas or tabs between them (RFC 4180).

/// The rows of `text`, with the number of the line that each begins in. Where the first line has a tab, tabs part the fields, else commas.
///
/// # Errors
/// The line of a quotation mark that is never closed: all that follows would be one field.
pub fn read(text: &str) -> Result<Vec<(usize, Vec<String>)>, usize> {
    let text = text.trim_start_matches('\u{feff}');
    let part = if text.lines().next().is_some_and(|line| line.contains('\t')) { '\t' } else { ',' };
    let (mut rows, mut row, mut field) = (vec![], vec![], String::new());
    // Where the field under way is quoted, the line in which that began.
    let (mut quoted, mut line, mut first) = (None, 1, 1);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        line += usize::from(c == '\n');
        match c {
            '"' if quoted.is_some() && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if quoted.is_some() => quoted = None,
            '"' if field.is_empty() => quoted = Some(line),
            _ if quoted.is_some() => field.push(c),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut field));
                rows.push((first, std::mem::take(&mut row)));
                first = line;
            }
            _ if c == part => row.push(std::mem::take(&mut field)),
            _ => field.push(c),
        }
    }
    if let Some(line) = quoted {
        return Err(line);
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push((first, row));
    }
    rows.retain(|(_, row)| row.iter().any(|field| !field.trim().is_empty()));
    Ok(rows)
}

/// The rows as such a text, with a mark of the byte order, by which programs for tables know its encoding. What they could take for a formula is told as text.
pub fn write(rows: &[Vec<String>]) -> String {
    let mut out = String::from('\u{feff}');
    for row in rows {
        let fields: Vec<String> = row.iter().map(|field| quoted(field)).collect();
        out.push_str(&fields.join(","));
        out.push_str("\r\n");
    }
    out
}

/// A field as RFC 4180 has it. One that a program for tables could take for a formula is told as text.
pub fn quoted(field: &str) -> String {
    let formula = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{field}") } else { field.to_owned() };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let rows = [["文件", "题名"], ["a.txt", "他说\"好\"，走,吧"], ["b.txt", "两\n行"]];
        let rows: Vec<Vec<String>> = rows.iter().map(|row| row.map(String::from).to_vec()).collect();
        let read: Vec<(usize, Vec<String>)> = read(&write(&rows)).unwrap();
        assert_eq!(read.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(read.into_iter().map(|(_, row)| row).collect::<Vec<_>>(), rows);
    }

    #[test]
    fn tabs_part_fields_where_the_head_has_them() {
        assert_eq!(
            super::read("文件\t题名\na.txt\t甲,乙\n\n"),
            Ok(vec![(1, vec!["文件".to_owned(), "题名".into()]), (2, vec!["a.txt".into(), "甲,乙".into()])])
        );
    }
}
