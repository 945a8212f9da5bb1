//! Text to modules to SVG.

use alloc::{string::String, vec::Vec};

use thiserror::Error;

/// Widest quiet zone that [`SvgOptions`] accepts, in modules.
pub const MAX_QUIET_ZONE: u8 = 32;

/// How much of a code may be damaged and still be read (ISO/IEC 18004 §7.5.1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum EcLevel {
    /// About 7 % of the codewords.
    Low,
    /// About 15 %.
    #[default]
    Medium,
    /// About 25 %.
    Quartile,
    /// About 30 %.
    High,
}

impl EcLevel {
    const DESCENDING: [Self; 4] = [Self::High, Self::Quartile, Self::Medium, Self::Low];

    fn to_qrcode(self) -> qrcode::EcLevel {
        match self {
            Self::Low => qrcode::EcLevel::L,
            Self::Medium => qrcode::EcLevel::M,
            Self::Quartile => qrcode::EcLevel::Q,
            Self::High => qrcode::EcLevel::H,
        }
    }
}

/// Encodes `text` (UTF-8 bytes; upper case, digits and the rest go into the mode that is shortest for them)
/// as the smallest QR Model 2 code that corrects at least `level`.
///
/// Where that size has room to spare, the code corrects more than was asked for.
///
/// # Errors
/// [`QrEncodeError::Empty`] for an empty text, [`QrEncodeError::TooLong`] when no version holds it.
pub fn encode(text: &str, level: EcLevel) -> Result<Matrix, QrEncodeError> {
    if text.is_empty() {
        return Err(QrEncodeError::Empty);
    }
    let smallest =
        qrcode::QrCode::with_error_correction_level(text, level.to_qrcode()).map_err(|_| QrEncodeError::TooLong)?;
    let version = smallest.version();
    let strongest = EcLevel::DESCENDING.into_iter().take_while(|&better| better > level).find_map(|better| {
        let code = qrcode::QrCode::with_version(text, version, better.to_qrcode()).ok()?;
        Some((code, better))
    });
    let (code, level) = strongest.unwrap_or((smallest, level));
    Ok(Matrix {
        size: code.width(),
        level,
        modules: code.into_colors().into_iter().map(|colour| colour == qrcode::Color::Dark).collect(),
    })
}

/// The modules of a code, without a quiet zone.
///
/// Personal data: the text can be read from it, and with it a secret. `Debug` prints the size only.
#[derive(Clone, PartialEq, Eq)]
pub struct Matrix {
    size: usize,
    level: EcLevel,
    modules: Vec<bool>,
}

impl Matrix {
    /// Modules per side: 21, 25, … 177.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }

    /// The level the code was made with: at least the one asked for.
    #[must_use]
    pub fn level(&self) -> EcLevel {
        self.level
    }

    /// Whether the module in column `x` and row `y` is dark; outside the code everything is light.
    #[must_use]
    pub fn dark(&self, x: usize, y: usize) -> bool {
        x < self.size && y < self.size && self.modules[y * self.size + x]
    }

    /// The modules row by row, `true` = dark; `size × size` of them.
    #[must_use]
    pub fn modules(&self) -> &[bool] {
        &self.modules
    }

    /// An SVG document of its own: one black path on a white ground, one unit per module, scaled by whoever
    /// shows it. Always black on white, also on a dark page: readers that do not try inverted codes are common.
    ///
    /// No script, no style, no identifier; the role and the text alternative belong to the page around it.
    #[must_use]
    pub fn to_svg(&self, options: &SvgOptions) -> String {
        let quiet = usize::from(options.quiet_zone.min(MAX_QUIET_ZONE));
        let side = self.size + 2 * quiet;
        let mut path = String::new();
        for y in 0..self.size {
            let mut x = 0;
            while x < self.size {
                let start = x;
                while self.dark(x, y) {
                    x += 1;
                }
                if x > start {
                    // One rectangle per run of dark modules.
                    let (left, top, width) = (start + quiet, y + quiet, x - start);
                    push(&mut path, &[("M", left), (" ", top), ("h", width), ("v1h-", width)]);
                    path.push('z');
                }
                x += 1;
            }
        }
        let mut svg = String::with_capacity(path.len() + 256);
        push(&mut svg, &[("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ", side), (" ", side)]);
        push(&mut svg, &[("\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h", side), ("v", side)]);
        svg.push_str("H0z\"/><path fill=\"#000\" d=\"");
        svg.push_str(&path);
        svg.push_str("\"/></svg>");
        svg
    }
}

/// Appends texts, each with a number below 1000 behind it. `core::fmt` for this alone would be a tenth of what a browser
/// downloads.
fn push(out: &mut String, parts: &[(&str, usize)]) {
    for &(text, number) in parts {
        out.push_str(text);
        let digits = [number / 100, number / 10 % 10, number % 10];
        let zeros = usize::from(number < 100) + usize::from(number < 10);
        out.extend(digits[zeros..].iter().filter_map(|&digit| char::from_digit(u32::try_from(digit).ok()?, 10)));
    }
}

impl core::fmt::Debug for Matrix {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Matrix").field("size", &self.size).field("level", &self.level).finish_non_exhaustive()
    }
}

/// How [`Matrix::to_svg`] draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SvgOptions {
    /// Light modules on each side, at most [`MAX_QUIET_ZONE`]; ISO/IEC 18004 §9.1 asks for 4.
    pub quiet_zone: u8,
}

impl Default for SvgOptions {
    fn default() -> Self {
        Self { quiet_zone: 4 }
    }
}

/// Why a text cannot become a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum QrEncodeError {
    /// There is nothing to encode.
    #[error("there is no text to encode")]
    Empty,
    /// No QR code holds this text at the level asked for.
    #[error("the text is too long for a QR code")]
    TooLong,
}

impl QrEncodeError {
    /// Every variant, in the order of the list of codes.
    pub const ALL: [Self; 2] = [Self::Empty, Self::TooLong];

    /// The stable code that crosses every border.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "qr_text_empty",
            Self::TooLong => "qr_text_too_long",
        }
    }
}
