//! The typefaces: Debian's `fonts-ocr-b` for the machine-readable zone, `fonts-dejavu-core` for the rest.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use ab_glyph::FontVec;

/// Where Debian puts OCR-B.
pub const OCR_B: &str = "/usr/share/fonts/opentype/ocr-b/OCRB.otf";
/// Where Debian puts the Latin faces.
pub const DEJAVU: &str = "/usr/share/fonts/truetype/dejavu";

/// Why the typefaces cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum FontError {
    /// The file is not there or cannot be read.
    #[error("no typeface at {path}: apt-get install {package}")]
    Missing {
        /// The file.
        path: PathBuf,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// The file is no OpenType font.
    #[error("{path} is not a typeface that can be read")]
    Unreadable {
        /// The file.
        path: PathBuf,
    },
}

/// One of the typefaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Face {
    /// OCR-B, for the machine-readable zone.
    OcrB,
    /// DejaVu Sans.
    Sans,
    /// DejaVu Sans Bold.
    SansBold,
    /// DejaVu Serif.
    Serif,
    /// DejaVu Serif Bold.
    SerifBold,
    /// DejaVu Sans Mono.
    Mono,
}

/// All of them, read; cheap to clone.
#[derive(Debug, Clone)]
pub struct Fonts {
    faces: Arc<[FontVec; 6]>,
    print: u64,
}

impl Fonts {
    /// From Debian's places.
    ///
    /// # Errors
    /// [`FontError`] with the package to install.
    pub fn debian() -> Result<Self, FontError> {
        Self::read(Path::new(OCR_B), Path::new(DEJAVU))
    }

    /// From a file with OCR-B and a folder with the DejaVu faces.
    ///
    /// # Errors
    /// [`FontError`] with the package to install.
    pub fn read(ocr_b: &Path, dejavu: &Path) -> Result<Self, FontError> {
        let mut print = 0xcbf2_9ce4_8422_2325_u64;
        let mut read = |path: PathBuf, package: &'static str| {
            let Ok(bytes) = fs::read(&path) else { return Err(FontError::Missing { path, package }) };
            for byte in &bytes {
                print = (print ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
            FontVec::try_from_vec(bytes).map_err(|_| FontError::Unreadable { path })
        };
        let mut latin = |name: &str| read(dejavu.join(name), "fonts-dejavu-core");
        let [sans, sans_bold, serif, serif_bold, mono] = [
            latin("DejaVuSans.ttf")?,
            latin("DejaVuSans-Bold.ttf")?,
            latin("DejaVuSerif.ttf")?,
            latin("DejaVuSerif-Bold.ttf")?,
            latin("DejaVuSansMono.ttf")?,
        ];
        let ocr_b = read(ocr_b.to_path_buf(), "fonts-ocr-b")?;
        Ok(Self { faces: Arc::new([ocr_b, sans, sans_bold, serif, serif_bold, mono]), print })
    }

    /// FNV-1a over all files: two sets of pictures can only be equal where this is.
    #[must_use]
    pub fn print(&self) -> u64 {
        self.print
    }

    pub(crate) fn face(&self, face: Face) -> &FontVec {
        let [ocr_b, sans, sans_bold, serif, serif_bold, mono] = &*self.faces;
        match face {
            Face::OcrB => ocr_b,
            Face::Sans => sans,
            Face::SansBold => sans_bold,
            Face::Serif => serif,
            Face::SerifBold => serif_bold,
            Face::Mono => mono,
        }
    }
}
