//! The development mailbox: shows the mails of `mail.folder`. Exists only with `development = true`, and only for this machine:
//! whoever reads a link that sets a new password has the account.

use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::transport::StoredMail;
use crate::{
    app::Portal,
    clock::Millis,
    problem::{Code, Outcome, Problem},
    request::FromHere,
};

/// `/api/v1/mailbox`
pub fn routes() -> OpenApiRouter<Portal> {
    OpenApiRouter::new().routes(routes!(list, empty)).routes(routes!(read))
}

/// A line of the list.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MailLine {
    /// The mail's id.
    id: Uuid,
    /// To whom.
    to: String,
    /// The subject.
    subject: String,
    /// When, Unix milliseconds.
    sent_at: Millis,
}

/// One mail.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct MailView {
    /// The mail's id.
    id: Uuid,
    /// To whom.
    to: String,
    /// The subject.
    subject: String,
    /// When, Unix milliseconds.
    sent_at: Millis,
    /// The HTML.
    html: String,
    /// The twin in plain text.
    text: String,
    /// The link behind the button, if there is one.
    links: Vec<String>,
}

/// The mails that would have been sent, newest first.
#[utoipa::path(get, path = "/api/v1/mailbox", tag = "mailbox", responses((status = 200, body = Vec<MailLine>)))]
async fn list(_: FromHere, State(portal): State<Portal>) -> Outcome<Json<Vec<MailLine>>> {
    let mut mails = all(&portal).await?;
    mails.sort_by_key(|mail| std::cmp::Reverse((mail.sent_at, mail.id)));
    let line = |mail: StoredMail| MailLine { id: mail.id, to: mail.to, subject: mail.subject, sent_at: mail.sent_at };
    Ok(Json(mails.into_iter().map(line).collect()))
}

/// One mail.
#[utoipa::path(get, path = "/api/v1/mailbox/{id}", tag = "mailbox", params(("id" = String, Path, description = "UUID")), responses((status = 200, body = MailView)))]
async fn read(_: FromHere, State(portal): State<Portal>, Path(id): Path<String>) -> Outcome<Json<MailView>> {
    let id: Uuid = id.parse().map_err(|_| Problem::new(Code::PathInvalid))?;
    let file = portal.config.mail.folder.join(format!("{id}.json"));
    let bytes = match tokio::fs::read(&file).await {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Err(Code::NotFound.into()),
        Err(error) => return Err(Problem::internal(error)),
    };
    let mail: StoredMail = serde_json::from_slice(&bytes).map_err(Problem::internal)?;
    Ok(Json(MailView {
        id: mail.id,
        to: mail.to,
        subject: mail.subject,
        sent_at: mail.sent_at,
        html: mail.html,
        text: mail.text,
        links: mail.links,
    }))
}

/// Deletes all mails in the folder.
#[utoipa::path(delete, path = "/api/v1/mailbox", tag = "mailbox", responses((status = 204)))]
async fn empty(_: FromHere, State(portal): State<Portal>) -> Outcome<StatusCode> {
    for mail in all(&portal).await? {
        let file = portal.config.mail.folder.join(format!("{}.json", mail.id));
        match tokio::fs::remove_file(file).await {
            Ok(()) => {}
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return Err(Problem::internal(error)),
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn all(portal: &Portal) -> Outcome<Vec<StoredMail>> {
    let mut mails = Vec::new();
    let mut files = tokio::fs::read_dir(&portal.config.mail.folder).await.map_err(Problem::internal)?;
    while let Some(file) = files.next_entry().await.map_err(Problem::internal)? {
        if file.path().extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        // A file that left in between, or was put there by somebody else, is not a mail of ours.
        if let Ok(bytes) = tokio::fs::read(file.path()).await
            && let Ok(mail) = serde_json::from_slice(&bytes)
        {
            mails.push(mail);
        }
    }
    Ok(mails)
}
