//! The bytes of an ask: one frame there, one frame back, each of a length that its protocol bounds.

use std::io;

use futures::{AsyncRead, AsyncWrite, AsyncWriteExt};
use libp2p::StreamProtocol;
use libp2p::request_response::Codec;
use linli_base::limits::JOIN_BYTES_MAX;

use crate::blob::{BLOB_ANSWER_MAX, BLOB_ASK_MAX};
use crate::frame::{self, FrameFault};

/// Asks on `/linli/join/1`: 64 KiB there, 64 KiB back.
pub(crate) type JoinCodec = AskCodec<JOIN_BYTES_MAX, JOIN_BYTES_MAX>;
/// Asks for pieces on `/linli/blob/1`.
pub(crate) type BlobCodec = AskCodec<BLOB_ASK_MAX, BLOB_ANSWER_MAX>;

/// Reads and writes asks. An answer that never comes is an end of the stream without a frame.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct AskCodec<const THERE: usize, const BACK: usize>;

impl<const THERE: usize, const BACK: usize> Codec for AskCodec<THERE, BACK> {
    type Protocol = StreamProtocol;
    type Request = Vec<u8>;
    type Response = Vec<u8>;

    async fn read_request<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read(io, THERE).await
    }

    async fn read_response<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read(io, BACK).await
    }

    async fn write_request<T>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
        ask: Vec<u8>,
    ) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        write(io, &ask, THERE).await
    }

    async fn write_response<T>(
        &mut self,
        _: &StreamProtocol,
        io: &mut T,
        answer: Vec<u8>,
    ) -> io::Result<()>
    where
        T: AsyncWrite + Unpin + Send,
    {
        write(io, &answer, BACK).await
    }
}

async fn read<T: AsyncRead + Unpin + Send>(io: &mut T, most: usize) -> io::Result<Vec<u8>> {
    frame::read(io, most).await.map_err(|fault| match fault {
        FrameFault::End => io::ErrorKind::UnexpectedEof.into(),
        FrameFault::Length(_) => io::ErrorKind::InvalidData.into(),
        FrameFault::Io(error) => error,
    })
}

async fn write<T: AsyncWrite + Unpin + Send>(
    io: &mut T,
    bytes: &[u8],
    most: usize,
) -> io::Result<()> {
    if bytes.is_empty() || bytes.len() > most {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    frame::write(io, bytes).await?;
    io.flush().await
}
