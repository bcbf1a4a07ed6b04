//! Pages cut out of rows: which rows are shown, and whether there are more on either side.

/// From where rows were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Read {
    /// From the start.
    FromTheStart,
    /// After a row that was seen.
    AfterAnEdge,
    /// Before a row that was seen.
    BeforeAnEdge,
}

impl Read {
    /// From where a page with these edges is read.
    pub(crate) const fn of<E>(after: Option<&E>, before: Option<&E>) -> Self {
        match (after, before) {
            (_, Some(_)) => Self::BeforeAnEdge,
            (Some(_), None) => Self::AfterAnEdge,
            (None, None) => Self::FromTheStart,
        }
    }
}

/// The rows of a page in the list's order, with the cursors of its neighbours.
#[derive(Debug)]
pub(crate) struct Cut<T, C> {
    /// The rows.
    pub(crate) rows: Vec<T>,
    /// Where the next page begins, if there is one.
    pub(crate) next: Option<C>,
    /// Where the previous page ends, if there is one.
    pub(crate) previous: Option<C>,
}

impl<T, C: Clone> Cut<T, C> {
    /// The page of rows that were read from an edge on, one more than the limit where there are more. That one
    /// stands at the end that was read towards. An edge is a row that somebody saw, so there is something beyond it.
    pub(crate) fn new(mut rows: Vec<(T, C)>, limit: u64, read: Read) -> Self {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let backwards = read == Read::BeforeAnEdge;
        let more = rows.len() > limit;
        if more && backwards {
            rows.drain(..rows.len() - limit);
        } else {
            rows.truncate(limit);
        }
        let (has_previous, has_next) =
            if backwards { (more, true) } else { (read == Read::AfterAnEdge, more) };
        let previous = rows.first().filter(|_| has_previous).map(|(_, cursor)| cursor.clone());
        let next = rows.last().filter(|_| has_next).map(|(_, cursor)| cursor.clone());
        Self { rows: rows.into_iter().map(|(row, _)| row).collect(), next, previous }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(rows: &[u8], read: Read) -> (Vec<u8>, Option<u8>, Option<u8>) {
        let rows = rows.iter().map(|row| (*row, *row)).collect();
        let cut = Cut::new(rows, 2, read);
        (cut.rows, cut.previous, cut.next)
    }

    #[test]
    fn a_page_has_the_neighbours_that_there_are() {
        assert_eq!(cut(&[], Read::FromTheStart), (vec![], None, None));
        assert_eq!(cut(&[1, 2], Read::FromTheStart), (vec![1, 2], None, None));
        assert_eq!(cut(&[1, 2, 3], Read::FromTheStart), (vec![1, 2], None, Some(2)));
        assert_eq!(cut(&[3, 4, 5], Read::AfterAnEdge), (vec![3, 4], Some(3), Some(4)));
        assert_eq!(cut(&[3], Read::AfterAnEdge), (vec![3], Some(3), None));
        assert_eq!(cut(&[1, 2], Read::BeforeAnEdge), (vec![1, 2], None, Some(2)));
        assert_eq!(cut(&[1, 2, 3], Read::BeforeAnEdge), (vec![2, 3], Some(2), Some(3)));
    }
}
