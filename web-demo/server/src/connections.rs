//! How many connections there may be at the same time. Each holds a file of the process' and some memory, whoever opened it.

use std::{
    future::{Ready, ready},
    io,
    pin::Pin,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use axum_server::accept::Accept;
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    sync::{OwnedSemaphorePermit, Semaphore},
};

/// Between two log lines about refused connections.
const LOG_STEP: Duration = Duration::from_secs(60);

/// Takes connections up to a limit and closes those above it at once.
#[derive(Debug, Clone)]
pub(crate) struct Limit {
    most: usize,
    room: Arc<Semaphore>,
    refused: Arc<AtomicU64>,
    told: Arc<Mutex<Option<Instant>>>,
}

impl Limit {
    /// At most `most` connections.
    #[must_use]
    pub(crate) fn new(most: usize) -> Self {
        let room = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        Self { most, room, refused: Arc::default(), told: Arc::default() }
    }

    /// Says so in the log, not more often than once a minute.
    fn tell(&self) {
        self.refused.fetch_add(1, Ordering::Relaxed);
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.is_none_or(|at| at.elapsed() >= LOG_STEP) {
            *told = Some(Instant::now());
            let refused = self.refused.swap(0, Ordering::Relaxed);
            tracing::warn!(
                refused,
                limit = self.most,
                "too many connections: server.max_connections is reached and new ones are closed"
            );
        }
    }
}

impl<I, S> Accept<I, S> for Limit {
    type Stream = Counted<I>;
    type Service = S;
    type Future = Ready<io::Result<(Counted<I>, S)>>;

    fn accept(&self, stream: I, service: S) -> Self::Future {
        ready(match Arc::clone(&self.room).try_acquire_owned() {
            Ok(place) => Ok((Counted { stream, _place: place }, service)),
            Err(_) => {
                self.tell();
                Err(io::Error::other("too many connections"))
            }
        })
    }
}

/// A connection that has its place until it is dropped.
#[derive(Debug)]
pub(crate) struct Counted<I> {
    stream: I,
    _place: OwnedSemaphorePermit,
}

impl<I: AsyncRead + Unpin> AsyncRead for Counted<I> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl<I: AsyncWrite + Unpin> AsyncWrite for Counted<I> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bufs)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
