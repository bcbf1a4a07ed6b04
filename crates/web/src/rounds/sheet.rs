//! Rows as spreadsheets copy them: cells apart by tabulators, rows by line ends; a cell that holds either stands in
//! quotation marks, and those within it are doubled.

/// How many rows are taken at once.
pub(super) const ROWS_MAX: usize = 200;

/// A row as it was pasted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it stands, counted from one.
    pub(super) number: usize,
    /// What names the item.
    pub(super) reference: String,
    /// The status, in words.
    pub(super) status: String,
    /// What was done.
    pub(super) text: String,
    /// The document that shows it.
    pub(super) document: String,
}

/// The rows of a sheet, without empty ones and without its heading.
pub(super) fn lines(sheet: &str) -> Vec<Line> {
    let rows = cells(sheet).into_iter().enumerate();
    let mut lines: Vec<Line> = rows
        .map(|(index, row)| {
            let mut row = row.into_iter().map(|cell| cell.trim().to_owned());
            let mut next = || row.next().unwrap_or_default();
            Line { number: index + 1, reference: next(), status: next(), text: next(), document: next() }
        })
        .collect();
    // A heading names columns: no item has a number without a figure.
    if lines.first().is_some_and(|line| !line.reference.contains(|letter: char| letter.is_ascii_digit())) {
        let is_heading = lines.len() > 1 && lines.first().is_some_and(|line| !line.reference.is_empty());
        if is_heading {
            lines.remove(0);
        }
    }
    lines.retain(|line| {
        [&line.reference, &line.status, &line.text, &line.document].iter().any(|cell| !cell.is_empty())
    });
    lines
}

fn cells(sheet: &str) -> Vec<Vec<String>> {
    let mut rows = vec![vec![String::new()]];
    let mut quoted = false;
    let mut letters = sheet.chars().peekable();
    while let Some(letter) = letters.next() {
        let Some(row) = rows.last_mut() else { break };
        let Some(cell) = row.last_mut() else { break };
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.is_empty() => quoted = true,
            '\t' if !quoted => row.push(String::new()),
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' if !quoted => rows.push(vec![String::new()]),
            other => cell.push(other),
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(number: usize, cells: [&str; 4]) -> Line {
        let [reference, status, text, document] = cells.map(str::to_owned);
        Line { number, reference, status, text, document }
    }

    #[test]
    fn rows_are_read_as_spreadsheets_copy_them() {
        let pasted =
            "C-2026-0001\tИсполняется\tОбучены 40 следователей.\r\nC-2026-0002\t\tНачато.\tПриказ № 5\r\n";
        assert_eq!(
            lines(pasted),
            [
                line(1, ["C-2026-0001", "Исполняется", "Обучены 40 следователей.", ""]),
                line(2, ["C-2026-0002", "", "Начато.", "Приказ № 5"]),
            ]
        );
    }

    #[test]
    fn a_cell_of_several_lines_is_one_cell() {
        let pasted = "C-2026-0001\t\t\"Первое:\nобучены \"\"все\"\"\tсразу.\"\nC-2026-0002\t\tДа";
        let read = lines(pasted);
        assert_eq!(read[0].text, "Первое:\nобучены \"все\"\tсразу.");
        assert_eq!((read[1].number, read[1].text.as_str()), (2, "Да"));
        assert_eq!(read.len(), 2);
    }

    #[test]
    fn a_quotation_mark_within_a_word_stays_one() {
        assert_eq!(lines("C-2026-0001\t\tПриказ \"О мерах\"")[0].text, "Приказ \"О мерах\"");
    }

    #[test]
    fn a_heading_and_empty_rows_are_left_out() {
        let pasted = "Номер\tСтатус\tЧто сделано\n\nC-2026-0001\t\tДа\n\t\t\n";
        assert_eq!(lines(pasted), [line(3, ["C-2026-0001", "", "Да", ""])]);
        // What names no item and is alone is told to whoever pasted it.
        assert_eq!(lines("Приказ исполнен"), [line(1, ["Приказ исполнен", "", "", ""])]);
        assert_eq!(lines(" \n\t\n"), []);
    }
}
