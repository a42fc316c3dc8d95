//! The bytes of an ask: one frame there, one frame back, 64 KiB at most each.

use std::io;

use futures::{AsyncRead, AsyncWrite, AsyncWriteExt};
use libp2p::StreamProtocol;
use libp2p::request_response::Codec;
use linli_base::limits::JOIN_BYTES_MAX;

use crate::frame::{self, FrameFault};

/// Reads and writes asks. An answer that never comes is an end of the stream without a frame.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct JoinCodec;

impl Codec for JoinCodec {
    type Protocol = StreamProtocol;
    type Request = Vec<u8>;
    type Response = Vec<u8>;

    async fn read_request<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read(io).await
    }

    async fn read_response<T>(&mut self, _: &StreamProtocol, io: &mut T) -> io::Result<Vec<u8>>
    where
        T: AsyncRead + Unpin + Send,
    {
        read(io).await
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
        write(io, &ask).await
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
        write(io, &answer).await
    }
}

async fn read<T: AsyncRead + Unpin + Send>(io: &mut T) -> io::Result<Vec<u8>> {
    frame::read(io, JOIN_BYTES_MAX)
        .await
        .map_err(|fault| match fault {
            FrameFault::End => io::ErrorKind::UnexpectedEof.into(),
            FrameFault::Length(_) => io::ErrorKind::InvalidData.into(),
            FrameFault::Io(error) => error,
        })
}

async fn write<T: AsyncWrite + Unpin + Send>(io: &mut T, bytes: &[u8]) -> io::Result<()> {
    if bytes.is_empty() || bytes.len() > JOIN_BYTES_MAX {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    frame::write(io, bytes).await?;
    io.flush().await
}
