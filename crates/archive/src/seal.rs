//! The digest over the whole: a frame that readers of zstd skip, behind everything else.

use std::io::{self, Read, Write};

use aws_lc_rs::digest::{Context, Digest, SHA256};

/// What the frame begins with: the mark of frames that are skipped, how many bytes follow, and what they are.
const BEGINNING: [u8; 20] = *b"\x51\x2A\x4D\x18\x2C\0\0\0qadam-sha256";
/// The whole length of the frame.
const LENGTH: usize = BEGINNING.len() + 32;

/// Writes on, and knows the digest of what was written.
pub(crate) struct Digesting<W> {
    inner: W,
    context: Context,
}

impl<W: Write> Digesting<W> {
    pub(crate) fn new(inner: W) -> Self {
        Self { inner, context: Context::new(&SHA256) }
    }

    /// Where it was written, and the digest of that.
    pub(crate) fn finish(self) -> (W, Digest) {
        (self.inner, self.context.finish())
    }

    /// Writes the digest of everything that was written.
    pub(crate) fn seal(self) -> io::Result<W> {
        let (mut inner, digest) = self.finish();
        inner.write_all(&BEGINNING)?;
        inner.write_all(digest.as_ref())?;
        Ok(inner)
    }
}

impl<W: Write> Write for Digesting<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.context.update(bytes.get(..written).unwrap_or_default());
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Reads on, but for the last frame, which it holds back.
pub(crate) struct Sealed<R> {
    inner: R,
    context: Context,
    /// What was read and not given yet: at the end, the frame.
    held: Vec<u8>,
}

impl<R: Read> Sealed<R> {
    pub(crate) fn new(inner: R) -> Self {
        Self { inner, context: Context::new(&SHA256), held: Vec::new() }
    }

    /// Whether the frame is there and has the digest of all that was given: asked at the end.
    pub(crate) fn into_whole(self) -> bool {
        let digest = self.context.finish();
        self.held.split_at_checked(BEGINNING.len()) == Some((&BEGINNING, digest.as_ref()))
    }
}

impl<R: Read> Read for Sealed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let mut piece = [0; 16 * 1024];
        while self.held.len() <= LENGTH {
            match self.inner.read(&mut piece) {
                Ok(0) => return Ok(0),
                Ok(read) => self.held.extend_from_slice(piece.get(..read).unwrap_or_default()),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let given = (self.held.len() - LENGTH).min(buffer.len());
        for (to, from) in buffer.iter_mut().zip(self.held.drain(..given).as_slice()) {
            *to = *from;
        }
        self.context.update(buffer.get(..given).unwrap_or_default());
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(content: &[u8]) -> Vec<u8> {
        let mut sealing = Digesting::new(Vec::new());
        sealing.write_all(content).unwrap();
        sealing.seal().unwrap()
    }

    fn opened(bytes: &[u8]) -> Option<Vec<u8>> {
        let mut reader = Sealed::new(bytes);
        let mut content = Vec::new();
        reader.read_to_end(&mut content).unwrap();
        reader.into_whole().then_some(content)
    }

    #[test]
    fn what_was_sealed_is_read_without_its_digest() {
        for length in [0, 1, 51, 52, 53, 20_000, 70_000] {
            let content: Vec<u8> = (0_u8..=250).cycle().take(length).collect();
            assert_eq!(opened(&sealed(&content)).as_deref(), Some(content.as_slice()), "{length}");
        }
    }

    #[test]
    fn a_changed_missing_or_added_byte_is_found() {
        let whole = sealed(b"what was written");
        for place in 0..whole.len() {
            for bit in 0..8 {
                let mut changed = whole.clone();
                changed[place] ^= 1 << bit;
                assert_eq!(opened(&changed), None, "{place}");
            }
            assert_eq!(opened(&whole[..place]), None, "{place}");
        }
        assert_eq!(opened(&[whole.as_slice(), &[0]].concat()), None);
    }
}
