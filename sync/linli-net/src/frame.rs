//! Frames: a length of four bytes, most significant first, then that many bytes.
//!
//! The reader never reserves what a stranger merely announces: the buffer grows with what has arrived.

use std::io;

use futures::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use thiserror::Error;

/// What the accepting side of a link says first: the frame of length zero, which is none.
pub(crate) const TAKEN: [u8; 4] = [0; 4];
/// How much the buffer grows by before more of a frame has to arrive.
const STEP: usize = 64 * 1024;

/// Why no frame came.
#[derive(Debug, Error)]
pub(crate) enum FrameFault {
    /// The other side has said its last, between two frames.
    #[error("the stream ended")]
    End,
    /// The announced length is zero or above the limit.
    #[error("a frame of {0} bytes")]
    Length(usize),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Waits for the first byte of a frame, however long that takes.
pub(crate) async fn first_byte<R: AsyncRead + Unpin>(io: &mut R) -> Result<u8, FrameFault> {
    let mut byte = [0];
    match io.read(&mut byte).await? {
        0 => Err(FrameFault::End),
        _ => Ok(byte[0]),
    }
}

/// The frame that began with `first`, of 1 to `max` bytes.
pub(crate) async fn rest<R: AsyncRead + Unpin>(
    io: &mut R,
    first: u8,
    max: usize,
) -> Result<Vec<u8>, FrameFault> {
    let mut head = [first, 0, 0, 0];
    io.read_exact(&mut head[1..]).await?;
    // A length that does not fit the platform's usize is above every limit we set.
    let length = usize::try_from(u32::from_be_bytes(head)).unwrap_or(usize::MAX);
    if length == 0 || length > max {
        return Err(FrameFault::Length(length));
    }
    let mut bytes = Vec::new();
    while bytes.len() < length {
        let have = bytes.len();
        bytes.resize(length.min(have + STEP), 0);
        io.read_exact(&mut bytes[have..]).await?;
    }
    Ok(bytes)
}

/// A whole frame of 1 to `max` bytes.
pub(crate) async fn read<R: AsyncRead + Unpin>(
    io: &mut R,
    max: usize,
) -> Result<Vec<u8>, FrameFault> {
    let first = first_byte(io).await?;
    rest(io, first, max).await
}

/// Writes one frame; does not flush. The caller has checked the length.
pub(crate) async fn write<W: AsyncWrite + Unpin>(io: &mut W, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(|_| io::ErrorKind::InvalidInput)?;
    io.write_all(&length.to_be_bytes()).await?;
    io.write_all(bytes).await
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "tests")]
mod tests {
    use futures::executor::block_on;
    use futures::io::Cursor;

    use super::*;

    fn read_from(bytes: &[u8], max: usize) -> Result<Vec<u8>, FrameFault> {
        block_on(read(&mut Cursor::new(bytes), max))
    }

    #[test]
    fn what_was_written_is_read() {
        let mut wire = Cursor::new(Vec::new());
        block_on(write(&mut wire, b"ab")).unwrap();
        assert_eq!(wire.get_ref(), b"\0\0\0\x02ab");
        assert_eq!(read_from(wire.get_ref(), 2).unwrap(), b"ab");
    }

    #[test]
    fn a_length_of_zero_or_above_the_limit_is_refused_before_anything_is_reserved() {
        for length in [0, 3, u32::MAX] {
            let head = length.to_be_bytes();
            let refused = read_from(&head, 2);
            assert!(matches!(refused, Err(FrameFault::Length(_))), "{length}");
        }
    }

    #[test]
    fn an_end_between_frames_is_told_from_one_within() {
        assert!(matches!(read_from(b"", 9), Err(FrameFault::End)));
        for cut in ["\0", "\0\0\0\x02", "\0\0\0\x02a"] {
            assert!(matches!(
                read_from(cut.as_bytes(), 9),
                Err(FrameFault::Io(_))
            ));
        }
    }

    proptest::proptest! {
        #[test]
        fn frames_come_out_as_they_went_in(frames in proptest::collection::vec(
            proptest::collection::vec(0_u8.., 1..300), 0..8))
        {
            let mut wire = Cursor::new(Vec::new());
            for frame in &frames {
                block_on(write(&mut wire, frame)).unwrap();
            }
            wire.set_position(0);
            for frame in &frames {
                assert_eq!(&block_on(read(&mut wire, 300)).unwrap(), frame);
            }
            assert!(matches!(block_on(read(&mut wire, 300)), Err(FrameFault::End)));
        }
    }
}
