//! `gatepass inspect`: reads otpauth URIs and pictures of QR codes without a database, for helpdesks and for our own checks.
//!
//! Both commands print one JSON object per input, in the order of the input, so that line *n* of the output is about input
//! *n*. A secret is never printed.

use std::{
    fs::File,
    io::{self, BufRead, Read as _, Write},
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
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use serde::Serialize;
use zeroize::Zeroizing;

/// `gatepass inspect …`
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read one otpauth URI per line from standard input, print one JSON object per line. The secret is never printed.
    Otpauth(OtpauthArgs),
    /// Read the QR codes in pictures (PNG, JPEG, WebP, GIF, BMP), print one JSON object per file.
    ///
    /// What is wrong with a picture is its "error": `file_unreadable`, `picture_unsupported`, `picture_damaged` or
    /// `picture_too_large` (sides above 8192 pixels, files above 256 MiB). The others are read all the same. Ends with 1
    /// when a file could not be read at all, else with 0, also when no code was found.
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
    // Sends each line when it ends, so that who writes a line and waits for the answer gets it.
    let mut out = io::stdout().lock();
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

/// One line of JSON: what some readers take for the end of a line, or a terminal for a command, is escaped.
fn json_line(out: &mut impl Write, report: &impl Serialize) -> io::Result<()> {
    let json = serde_json::to_string(report)?;
    for part in json.split_inclusive(unprintable) {
        match part.chars().next_back().filter(|last| unprintable(*last)) {
            Some(last) => write!(out, "{}\\u{:04x}", &part[..part.len() - last.len_utf8()], u32::from(last))?,
            None => out.write_all(part.as_bytes())?,
        }
    }
    out.write_all(b"\n")
}

/// Control characters, the separators of lines and paragraphs, and what turns the direction of writing around. All lie
/// within sixteen bits.
fn unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
    /// Not PNG, JPEG, WebP, GIF or BMP.
    Unsupported,
    /// Begins like a picture and is none, or ends early.
    Damaged,
    /// More pixels or bytes than are looked at.
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
    match Picture::read(file) {
        Err(error) => report.error = Some(error.code()),
        Ok(picture) => {
            (report.width, report.height) = (Some(picture.pixels.width()), Some(picture.pixels.height()));
            match picture.codes(effort, &mut report.milliseconds) {
                Err(error) => report.error = Some(error.code()),
                Ok(found) if found.is_empty() && picture.cut => report.error = Some(PictureError::Damaged.code()),
                Ok(found) => report.found = found,
            }
            report.texts = report.found.iter().map(|one| one.text.clone()).collect();
        }
    }
    report
}

/// A decoded picture, the way up that it is shown.
struct Picture {
    pixels: DynamicImage,
    /// A JPEG that ends before its picture does; what is missing is grey.
    cut: bool,
}

impl Picture {
    fn read(file: &Path) -> Result<Self, PictureError> {
        let mut bytes = Vec::new();
        let file = File::open(file).map_err(|_| PictureError::Unreadable)?;
        file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(|_| PictureError::Unreadable)?;
        if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST_FILE) {
            return Err(PictureError::TooLarge);
        }
        let mut reader =
            ImageReader::new(io::Cursor::new(&bytes)).with_guessed_format().map_err(|_| PictureError::Unreadable)?;
        let format = reader.format().ok_or(PictureError::Unsupported)?;
        let side = u32::try_from(qr::MAX_SIDE).unwrap_or(u32::MAX);
        let mut limits = Limits::default();
        limits.max_image_width = Some(side);
        limits.max_image_height = Some(side);
        limits.max_alloc = Some(LARGEST_PICTURE);
        reader.limits(limits.clone());
        let mut decoder = reader.into_decoder()?;
        limits.reserve(decoder.total_bytes())?;
        decoder.set_limits(limits)?;
        let orientation = decoder.orientation()?;
        let mut pixels = DynamicImage::from_decoder(decoder)?;
        pixels.apply_orientation(orientation);
        Ok(Self { pixels, cut: format == ImageFormat::Jpeg && !jpeg_ends(&bytes) })
    }

    /// The codes on white paper; where there are none and the picture is transparent somewhere, those on black: white
    /// modules on nothing. `milliseconds`: how long that took.
    fn codes(&self, effort: Effort, milliseconds: &mut f64) -> Result<Vec<FoundReport>, PictureError> {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        let sides = usize::try_from(width).ok().zip(usize::try_from(height).ok());
        let (width, height) = sides.ok_or(PictureError::TooLarge)?;
        let mut decode = |grey: &[u8]| -> Result<Vec<FoundReport>, PictureError> {
            let luma = Luma::new(grey, width, height, width).map_err(|_| PictureError::TooLarge)?;
            let start = Instant::now();
            let found = qr::decode(luma, &DecodeOptions { effort });
            *milliseconds += (start.elapsed().as_secs_f64() * 1_000_000.0).round() / 1_000.0;
            Ok(found
                .iter()
                .map(|one| FoundReport {
                    text: one.text.to_string(),
                    corners: one.corners.map(|corner| [corner.x, corner.y]),
                })
                .collect())
        };
        if let DynamicImage::ImageLuma8(grey) = &self.pixels {
            return decode(grey);
        }
        // The browser sees the same colours through the same arithmetic.
        let mut rgba = self.pixels.to_rgba8();
        let mut grey = vec![0; rgba.len() / 4];
        qr::rgba_to_luma(&rgba, &mut grey).map_err(|_| PictureError::Damaged)?;
        let found = decode(&grey)?;
        if !found.is_empty() || rgba.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
            return Ok(found);
        }
        // Turned over, white paper is black.
        rgba.pixels_mut().for_each(|image::Rgba([red, green, blue, _])| {
            for part in [red, green, blue] {
                *part = u8::MAX - *part;
            }
        });
        qr::rgba_to_luma(&rgba, &mut grey).map_err(|_| PictureError::Damaged)?;
        decode(&grey)
    }
}

/// The longest file that is read, in bytes.
const LARGEST_FILE: u64 = 256 * 1024 * 1024;
/// The most that a decoded picture may take, in bytes: [`qr::MAX_SIDE`] squared in colour with some room.
const LARGEST_PICTURE: u64 = 320 * 1024 * 1024;

/// Whether a JPEG's last scan has an end.
fn jpeg_ends(bytes: &[u8]) -> bool {
    let last_scan = bytes.windows(2).rposition(|marker| marker == [0xff, 0xda]).unwrap_or(0);
    bytes[last_scan..].windows(2).any(|marker| marker == [0xff, 0xd9])
}

impl std::convert::From<image::ImageError> for PictureError {
    fn from(error: image::ImageError) -> Self {
        match error {
            image::ImageError::Limits(_) => Self::TooLarge,
            image::ImageError::Unsupported(_) => Self::Unsupported,
            _ => Self::Damaged,
        }
    }
}

impl PictureReport {
    fn print(&self, out: &mut impl Write) -> io::Result<()> {
        match self.error {
            Some(error) => writeln!(out, "{}: {error}", self.file),
            None if self.found.is_empty() => writeln!(out, "{}: nothing found, {:.1} ms", self.file, self.milliseconds),
            None => {
                for one in &self.found {
                    let corners = one.corners.map(|[x, y]| format!("({x:.0}, {y:.0})")).join(" ");
                    let text: String = one.text.chars().map(|c| if unprintable(c) { '\u{fffd}' } else { c }).collect();
                    writeln!(out, "{}: {text}\n    corners {corners}, {:.1} ms", self.file, self.milliseconds)?;
                }
                Ok(())
            }
        }
    }
}
