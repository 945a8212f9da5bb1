//! How a mail leaves: an SMTP server, or files in a folder.

use std::path::{Path, PathBuf};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, header::ContentType},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letters::Rendered;
use crate::{
    clock::Millis,
    config::{self, MailTransport},
};

/// Why a mail did not leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendError {
    /// The server is not there, or says "later": try again.
    Later(&'static str),
    /// The server said "never", or the address cannot be put into a header.
    Never(&'static str),
}

/// The way out.
#[derive(Clone)]
pub enum Transport {
    /// One JSON file per mail, named by its id: sending the same mail twice leaves one file.
    Files(PathBuf),
    /// An SMTP server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Files(_) => "Files",
            Self::Smtp(_) => "Smtp",
        })
    }
}

/// A mail as it lies in the folder. Personal data: recipient and content.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StoredMail {
    pub(crate) id: Uuid,
    pub(crate) to: String,
    pub(crate) from: String,
    pub(crate) subject: String,
    pub(crate) sent_at: Millis,
    pub(crate) text: String,
    pub(crate) html: String,
    pub(crate) links: Vec<String>,
}

impl Transport {
    /// Opens the way the configuration names. An SMTP server need not answer yet: mails wait.
    ///
    /// # Errors
    /// When the folder cannot be made or written, or the URL is not one.
    pub fn open(config: &config::Mail) -> anyhow::Result<Self> {
        use std::os::unix::fs::DirBuilderExt as _;

        use anyhow::Context;
        match config.transport {
            MailTransport::Files => {
                let folder = &config.folder;
                // A name of its own: processes that start together must not remove each other's.
                let probe = folder.join(format!(".probe-{}", uuid::Uuid::new_v4()));
                // Mails hold links that open accounts: nobody but the portal's user reads them.
                std::fs::DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(folder)
                    .and_then(|()| std::fs::write(&probe, b""))
                    .and_then(|()| std::fs::remove_file(&probe))
                    .with_context(|| format!("mail.folder: {} cannot be written", folder.display()))?;
                Ok(Self::Files(folder.clone()))
            }
            MailTransport::Smtp => {
                let url = config.smtp_url.as_ref().context("mail.smtp_url is missing")?;
                // The library's error may quote the URL with its password.
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose())
                    .map_err(|_| anyhow::anyhow!("mail.smtp_url: not an SMTP URL"))?;
                Ok(Self::Smtp(builder.timeout(Some(std::time::Duration::from_secs(20))).build()))
            }
        }
    }

    /// Sends one mail. `id` makes the Message-ID, the same at every try, so that receivers can recognise a repeat.
    ///
    /// # Errors
    /// Whether to try again, and a class of reason without the server's own words.
    pub async fn send(
        &self,
        id: Uuid,
        from: &Mailbox,
        to: &str,
        mail: Rendered,
        link: Option<&str>,
        now: Millis,
    ) -> Result<(), SendError> {
        match self {
            Self::Files(folder) => {
                let stored = StoredMail {
                    id,
                    to: to.to_owned(),
                    from: from.to_string(),
                    subject: mail.subject.to_owned(),
                    sent_at: now,
                    text: mail.text,
                    html: mail.html,
                    links: link.map(str::to_owned).into_iter().collect(),
                };
                store(folder, &stored).await.map_err(|_| SendError::Later("folder_not_writable"))
            }
            Self::Smtp(smtp) => {
                let to: Mailbox = to.parse().map_err(|_| SendError::Never("address_invalid"))?;
                let message = Message::builder()
                    .from(from.clone())
                    .to(to)
                    .subject(mail.subject)
                    .message_id(Some(format!("<{id}@{}>", from.email.domain())))
                    .header(AutoSubmitted)
                    .multipart(
                        MultiPart::alternative()
                            .singlepart(
                                lettre::message::SinglePart::builder().header(ContentType::TEXT_PLAIN).body(mail.text),
                            )
                            .singlepart(
                                lettre::message::SinglePart::builder().header(ContentType::TEXT_HTML).body(mail.html),
                            ),
                    )
                    .map_err(|_| SendError::Never("message_invalid"))?;
                smtp.send(message).await.map(|_| ()).map_err(|error| {
                    if error.is_permanent() {
                        SendError::Never("smtp_refused")
                    } else if error.is_transient() {
                        SendError::Later("smtp_later")
                    } else {
                        SendError::Later("smtp_unreachable")
                    }
                })
            }
        }
    }
}

/// RFC 3834: keeps holiday notices and other robots from answering.
#[derive(Clone)]
struct AutoSubmitted;

impl lettre::message::header::Header for AutoSubmitted {
    fn name() -> lettre::message::header::HeaderName {
        lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> lettre::message::header::HeaderValue {
        lettre::message::header::HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Written beside and renamed: a reader never sees half a mail.
async fn store(folder: &Path, mail: &StoredMail) -> std::io::Result<()> {
    let bytes = serde_json::to_vec_pretty(mail)?;
    let (new, old) = (folder.join(format!("{}.json.new", mail.id)), folder.join(format!("{}.json", mail.id)));
    let mut file = tokio::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&new).await?;
    tokio::io::AsyncWriteExt::write_all(&mut file, &bytes).await?;
    tokio::io::AsyncWriteExt::flush(&mut file).await?;
    drop(file);
    tokio::fs::rename(&new, &old).await
}
