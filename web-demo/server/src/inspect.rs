//! `gatepass inspect`: reads otpauth URIs and pictures of QR codes without a database, for helpdesks and for our own checks.
//!
//! Both commands print one JSON object per input, in the order of the input, so that line *n* of the output is about input
//! *n*. A secret is never printed.

use std::{
    fs,
    io::{self, BufRead, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    time::Instant,
};

use clap::{Args, Subcommand, ValueEnum};
use gatepass_core::{
    otp::Format,
    otpauth::{self, Kind, Limit, Otpauth, ParseOptions, Verdict},
    qr::{self, DecodeOptions, Effort, Luma},
};
use image::{ImageReader, Limits};
use serde::Serialize;
use zeroize::Zeroizing;

/// `gatepass inspect …`
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read one otpauth URI per line from standard input, print one JSON object per line. The secret is never printed.
    Otpauth(OtpauthArgs),
    /// Read the QR codes in pictures (PNG, JPEG, WebP), print one JSON object per file.
    Qr(QrArgs),
}

/// Where the URIs come from, which decides how long they may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum From {
    /// As from a camera: at most 2048 characters.
    Scanner,
    /// As from a file or the clipboard: at most 8192 bytes.
    Import,
}

/// `gatepass inspect otpauth`
#[derive(Debug, Args)]
pub struct OtpauthArgs {
    /// Also print the code at this time, seconds since 1970 (for a counter-based account: the code of its counter).
    #[arg(long, value_name = "UNIX_SECONDS")]
    at: Option<u64>,
    /// Refuse what the drafts tell a reader to refuse, instead of warning.
    #[arg(long)]
    strict: bool,
    /// Judge the length as this source would.
    #[arg(long, value_enum, default_value = "import")]
    limit: From,
}

/// `gatepass inspect qr`
#[derive(Debug, Args)]
pub struct QrArgs {
    /// Pictures.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print lines for people instead of JSON.
    #[arg(long)]
    text: bool,
    /// Stop at the first pass that reads something, as for a frame of a live camera.
    #[arg(long)]
    quick: bool,
}

/// Runs the command on standard input and output.
///
/// # Errors
/// When standard input cannot be read or standard output cannot be written.
pub fn run(command: Command) -> anyhow::Result<ExitCode> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let code = match command {
        Command::Otpauth(args) => {
            let options = ParseOptions {
                limit: match args.limit {
                    From::Scanner => Limit::Scanner,
                    From::Import => Limit::Import,
                },
                strict: args.strict,
            };
            otpauth_lines(io::stdin().lock(), &mut out, &options, args.at)?;
            ExitCode::SUCCESS
        }
        Command::Qr(args) => {
            let effort = if args.quick { Effort::Frame } else { Effort::Still };
            let mut code = ExitCode::SUCCESS;
            for file in &args.files {
                let report = qr_file(file, effort);
                if report.error == Some(PictureError::Unreadable.code()) {
                    code = ExitCode::FAILURE;
                }
                if args.text { report.print(&mut out)? } else { json_line(&mut out, &report)? }
            }
            code
        }
    };
    out.flush()?;
    Ok(code)
}

/// The longest line that is kept; what comes after is skipped. More than [`Limit::Import`] allows, so that the verdict is
/// the one for too long a text.
const LONGEST_LINE: usize = 16 * 1024;

/// Judges one URI per line of `input`; writes one JSON object per line to `out`.
///
/// # Errors
/// When `input` cannot be read or `out` cannot be written.
pub fn otpauth_lines(
    mut input: impl BufRead,
    out: &mut impl Write,
    options: &ParseOptions,
    at: Option<u64>,
) -> io::Result<()> {
    let mut line = Zeroizing::new(Vec::new());
    while next_line(&mut input, &mut line)? {
        let report = match std::str::from_utf8(&line) {
            Ok(text) => match otpauth::parse(text, options) {
                Verdict::Reject(reason) => UriReport::rejected(reason),
                verdict => UriReport::accepted(&verdict, at),
            },
            Err(_) => UriReport::rejected(otpauth::Reason::NotUtf8),
        };
        json_line(out, &report)?;
    }
    Ok(())
}

/// Reads up to the next newline; says whether there was a line. Bounded memory, whatever comes in.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let mut any = false;
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(any);
        }
        any = true;
        let newline = buffer.iter().position(|byte| *byte == b'\n');
        let part = &buffer[..newline.unwrap_or(buffer.len())];
        let room = LONGEST_LINE.saturating_sub(line.len());
        line.extend_from_slice(&part[..part.len().min(room)]);
        let used = newline.map_or(buffer.len(), |at| at + 1);
        input.consume(used);
        if newline.is_some() {
            return Ok(true);
        }
    }
}

fn json_line(out: &mut impl Write, report: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, report)?;
    out.write_all(b"\n")
}

/// What is printed about one URI. No field holds the secret.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct UriReport {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    /// With the reason `other_kind`: of which kind it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    other_kind: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    advice: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Vec<&'static str>>,
    #[serde(flatten)]
    account: Option<AccountReport>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AccountReport {
    #[serde(rename = "type")]
    kind: &'static str,
    issuer: Option<String>,
    account: String,
    algorithm: &'static str,
    digits: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    counter: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
}

impl UriReport {
    fn accepted(verdict: &Verdict, at: Option<u64>) -> Self {
        let warnings: Vec<_> = verdict.warnings().iter().map(otpauth::Warning::code).collect();
        Self {
            verdict: if warnings.is_empty() { "accept" } else { "acceptWithWarnings" },
            reason: None,
            other_kind: None,
            advice: None,
            warnings: Some(warnings),
            account: verdict.account().map(|account| AccountReport::of(account, at)),
        }
    }

    fn rejected(reason: otpauth::Reason) -> Self {
        Self {
            verdict: "reject",
            reason: Some(reason.code()),
            other_kind: reason.other_kind().map(otpauth::OtherKind::code),
            advice: reason.advice().map(otpauth::Advice::code),
            warnings: None,
            account: None,
        }
    }
}

impl AccountReport {
    fn of(account: &Otpauth, at: Option<u64>) -> Self {
        let (period, counter) = match account.kind() {
            Kind::Totp { period, .. } | Kind::Steam { period } => (Some(period.seconds()), None),
            Kind::Hotp { counter, .. } => (None, Some(counter.get())),
        };
        Self {
            kind: account.kind().name(),
            issuer: account.issuer().map(str::to_owned),
            account: account.account().to_owned(),
            algorithm: account.kind().algorithm().name(),
            digits: Format::length(account.kind().format()),
            period,
            counter,
            code: at.map(|now| account.code_at(now).as_str().to_owned()),
        }
    }
}

/// What [`Command::Qr`] can say is wrong with a file.
pub const PICTURE_CODES: &[&str] = &["file_unreadable", "picture_unsupported", "picture_damaged", "picture_too_large"];

/// Why a picture gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PictureError {
    /// Not there, or may not be read.
    Unreadable,
    /// Not PNG, JPEG or WebP.
    Unsupported,
    /// Begins like a picture and is none, or ends early.
    Damaged,
    /// More pixels than are looked at.
    TooLarge,
}

impl PictureError {
    fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "file_unreadable",
            Self::Unsupported => "picture_unsupported",
            Self::Damaged => "picture_damaged",
            Self::TooLarge => "picture_too_large",
        }
    }
}

/// What is printed about one picture.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PictureReport {
    file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    /// The texts alone, for those who want nothing else.
    texts: Vec<String>,
    found: Vec<FoundReport>,
    /// For finding and reading the codes, without reading the file.
    milliseconds: f64,
}

#[derive(Debug, Serialize)]
struct FoundReport {
    text: String,
    /// `[x, y]` in pixels: top left, top right, bottom right, bottom left of the code.
    corners: [[f32; 2]; 4],
}

/// Decodes one file. Whatever is wrong with it becomes a code in the report.
fn qr_file(file: &Path, effort: Effort) -> PictureReport {
    let mut report = PictureReport {
        file: file.display().to_string(),
        error: None,
        width: None,
        height: None,
        texts: Vec::new(),
        found: Vec::new(),
        milliseconds: 0.0,
    };
    match read_grey(file) {
        Err(error) => report.error = Some(error.code()),
        Ok((width, height, grey)) => {
            (report.width, report.height) = (Some(width), Some(height));
            let sides = usize::try_from(width).ok().zip(usize::try_from(height).ok());
            match sides.map(|(width, height)| Luma::new(&grey, width, height, width)) {
                Some(Ok(luma)) => {
                    let start = Instant::now();
                    let found = qr::decode(luma, &DecodeOptions { effort });
                    report.milliseconds = (start.elapsed().as_secs_f64() * 1_000_000.0).round() / 1_000.0;
                    report.found = found
                        .iter()
                        .map(|one| FoundReport {
                            text: one.text.to_string(),
                            corners: one.corners.map(|corner| [corner.x, corner.y]),
                        })
                        .collect();
                    report.texts = report.found.iter().map(|one| one.text.clone()).collect();
                }
                _ => report.error = Some(PictureError::TooLarge.code()),
            }
        }
    }
    report
}

fn read_grey(file: &Path) -> Result<(u32, u32, Vec<u8>), PictureError> {
    let bytes = fs::read(file).map_err(|_| PictureError::Unreadable)?;
    let mut reader =
        ImageReader::new(io::Cursor::new(bytes)).with_guessed_format().map_err(|_| PictureError::Unreadable)?;
    if reader.format().is_none() {
        return Err(PictureError::Unsupported);
    }
    let side = u32::try_from(qr::MAX_SIDE).unwrap_or(u32::MAX);
    let mut limits = Limits::default();
    limits.max_image_width = Some(side);
    limits.max_image_height = Some(side);
    limits.max_alloc = Some(512 * 1024 * 1024);
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| match error {
        image::ImageError::Limits(_) => PictureError::TooLarge,
        image::ImageError::Unsupported(_) => PictureError::Unsupported,
        _ => PictureError::Damaged,
    })?;
    let (width, height) = (picture.width(), picture.height());
    if let image::DynamicImage::ImageLuma8(grey) = picture {
        return Ok((width, height, grey.into_raw()));
    }
    // The browser sees the same colours through the same arithmetic.
    let rgba = picture.into_rgba8().into_raw();
    let mut grey = vec![0; rgba.len() / 4];
    qr::rgba_to_luma(&rgba, &mut grey).map_err(|_| PictureError::Damaged)?;
    Ok((width, height, grey))
}

impl PictureReport {
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        match self.error {
            Some(error) => writeln!(out, "{}: {error}", self.file),
            None if self.found.is_empty() => writeln!(out, "{}: nothing found, {:.1} ms", self.file, self.milliseconds),
            None => {
                for one in &self.found {
                    let corners = one.corners.map(|[x, y]| format!("({x:.0}, {y:.0})")).join(" ");
                    writeln!(out, "{}: {}\n    corners {corners}, {:.1} ms", self.file, one.text, self.milliseconds)?;
                }
                Ok(())
            }
        }
    }
}
