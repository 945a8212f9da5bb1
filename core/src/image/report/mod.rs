//! What is said about a picture of a document: each measure with its limit, and the one thing to do now.

mod limits;

use alloc::vec::Vec;

use super::chroma::Chroma;
use super::find::{self, Format, Guide, Located, find_in};
use super::geometry::{Quad, real};
use super::luma::Luma;
use super::measure::cells::Cells;
use super::measure::fingerprint::{Fingerprint, Relation, Seen};
use super::measure::glare::Spots;
use super::measure::sharpness::Windows;
use super::measure::{colour, exposure, fingers, framing, moire, overall};
use super::rectify::{Detail, Flat};
use limits::Limits;

/// How strictly a picture is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// A preview frame: coarse, to say what to do next.
    Live,
    /// The final photograph: strict.
    Still,
}

impl Mode {
    /// The stable code: `live` or `still`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Still => "still",
        }
    }
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Measure {
    /// The ninety-ninth percentile of the whole picture, levels: below the limit, the lens is covered.
    BlackFrame,
    /// Pixels across the largest document that the picture could hold; only where that is too few.
    FrameSize,
    /// Confidence that there is a document, 0 to 1.
    Document,
    /// Share of the document outside the picture.
    CutOff,
    /// Pixels across the document; not where the picture could not hold more than too few.
    Resolution,
    /// Longer over shorter of two opposite sides, less one.
    Tilt,
    /// Level of the paper; without a document the ninety-ninth percentile of the whole picture.
    Darkness,
    /// Share of the document that is clipped; without one, of the picture.
    Brightness,
    /// From the print to the paper, levels.
    Contrast,
    /// Square millimetres of the document under fingers.
    Fingers,
    /// Square millimetres of print and portrait in the light of reflections.
    Glare,
    /// How steep the print is for its contrast: the mean square of its slope over 0.2 mm in parts of that of its differences
    /// over 0.8 mm, along the direction in which it is least, or in the worst part of the document. Without a document: how
    /// much of what the picture rises within a hundredth of its longer side it rises within a quarter of that.
    Sharpness,
    /// The least steep direction over the steepest one, where the print is not sharp: low when the camera was moved.
    Motion,
    /// How much the colour varies among places of one grey, levels: a copy in greys or in one tone has none.
    GreyCopy,
    /// How much of what pixels differ goes away again at one period of a pattern further on: high for the dots of a display or a
    /// print. A warning only, see [`is_warning`](Self::is_warning).
    Moire,
}

impl Measure {
    /// All of them, in the order in which they are to be put right.
    pub const ALL: [Self; 15] = [
        Self::BlackFrame,
        Self::FrameSize,
        Self::Document,
        Self::CutOff,
        Self::Resolution,
        Self::Tilt,
        Self::Darkness,
        Self::Brightness,
        Self::Contrast,
        Self::Fingers,
        Self::Glare,
        Self::Motion,
        Self::Sharpness,
        Self::GreyCopy,
        Self::Moire,
    ];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::BlackFrame => "black_frame",
            Self::FrameSize => "frame_size",
            Self::Document => "document",
            Self::CutOff => "cut_off",
            Self::Resolution => "resolution",
            Self::Tilt => "tilt",
            Self::Darkness => "darkness",
            Self::Brightness => "brightness",
            Self::Contrast => "contrast",
            Self::Fingers => "fingers",
            Self::Glare => "glare",
            Self::Sharpness => "sharpness",
            Self::Motion => "motion",
            Self::GreyCopy => "grey_copy",
            Self::Moire => "moire",
        }
    }

    /// The unit of its value.
    #[must_use]
    pub fn unit(self) -> &'static str {
        match self {
            Self::BlackFrame | Self::Darkness | Self::Contrast | Self::GreyCopy => "level",
            Self::Document | Self::Tilt | Self::Sharpness | Self::Motion | Self::Moire => "ratio",
            Self::CutOff | Self::Brightness => "share",
            Self::FrameSize | Self::Resolution => "px",
            Self::Fingers | Self::Glare => "mm2",
        }
    }

    /// Whether its value must not be above the limit; the others must not be below.
    #[must_use]
    pub fn is_upper(self) -> bool {
        matches!(self, Self::CutOff | Self::Tilt | Self::Brightness | Self::Fingers | Self::Glare | Self::Moire)
    }

    /// Whether it only warns: a picture beyond its limit is accepted all the same, and a person should look at it. Fine print
    /// can make the pattern that a display makes, and the pattern of many a display is not seen.
    #[must_use]
    pub fn is_warning(self) -> bool {
        matches!(self, Self::Moire)
    }

    /// What a person can do about it.
    #[must_use]
    pub fn instruction(self) -> Instruction {
        match self {
            Self::BlackFrame => Instruction::UncoverLens,
            Self::FrameSize => Instruction::MorePixels,
            Self::Document => Instruction::ShowDocument,
            Self::CutOff => Instruction::ShowWhole,
            Self::Resolution => Instruction::MoveCloser,
            Self::Tilt => Instruction::HoldAbove,
            Self::Darkness => Instruction::MoreLight,
            Self::Brightness => Instruction::LessLight,
            Self::Contrast => Instruction::ClearHaze,
            Self::Fingers => Instruction::MoveFingers,
            Self::Glare => Instruction::MoveLamp,
            Self::Sharpness => Instruction::Focus,
            Self::Motion => Instruction::HoldStill,
            Self::GreyCopy | Self::Moire => Instruction::UseOriginal,
        }
    }
}

/// The one thing to do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Instruction {
    /// Take the finger or the cover off the lens.
    UncoverLens,
    /// Take another camera, or a higher resolution in its settings: with this one no distance is near enough.
    MorePixels,
    /// Put the document into the frame.
    ShowDocument,
    /// Show all four corners.
    ShowWhole,
    /// Go nearer.
    MoveCloser,
    /// Hold the camera straight above.
    HoldAbove,
    /// Make more light.
    MoreLight,
    /// Go out of the bright light.
    LessLight,
    /// Wipe the lens, take the document out of its sleeve, turn it away from the light: something lies over all of it.
    ClearHaze,
    /// Hold the document elsewhere, or lay it down.
    MoveFingers,
    /// Move the lamp: a reflection covers something.
    MoveLamp,
    /// Hold still.
    HoldStill,
    /// Let the camera focus, or clean the lens.
    Focus,
    /// Take the document itself and not a copy.
    UseOriginal,
}

impl Instruction {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::UncoverLens,
        Self::MorePixels,
        Self::ShowDocument,
        Self::ShowWhole,
        Self::MoveCloser,
        Self::HoldAbove,
        Self::MoreLight,
        Self::LessLight,
        Self::ClearHaze,
        Self::MoveFingers,
        Self::MoveLamp,
        Self::HoldStill,
        Self::Focus,
        Self::UseOriginal,
    ];

    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::UncoverLens => "uncover_lens",
            Self::MorePixels => "more_pixels",
            Self::ShowDocument => "show_document",
            Self::ShowWhole => "show_whole",
            Self::MoveCloser => "move_closer",
            Self::HoldAbove => "hold_above",
            Self::MoreLight => "more_light",
            Self::LessLight => "less_light",
            Self::ClearHaze => "clear_haze",
            Self::MoveFingers => "move_fingers",
            Self::MoveLamp => "move_lamp",
            Self::HoldStill => "hold_still",
            Self::Focus => "focus",
            Self::UseOriginal => "use_original",
        }
    }
}

/// One measure of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// What was measured.
    pub measure: Measure,
    /// How much, in [`Measure::unit`].
    pub value: f32,
    /// The limit: the most or the least, see [`Measure::is_upper`].
    pub limit: f32,
    /// Whether the limit is kept.
    pub pass: bool,
    /// Where, in pixels of the picture.
    pub region: Option<Quad>,
}

/// What is said about a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct CaptureReport {
    /// How strictly it was judged.
    pub mode: Mode,
    /// Where the document is.
    pub document: Option<Located>,
    /// What was measured, in the order of [`Measure::ALL`]; the colour of a frame only where it came with any and of no picture
    /// that is too dark to tell, and dots only in a still. Where no document is seen, only what holds for the picture as a whole:
    /// [`Measure::BlackFrame`], darkness, brightness and sharpness where one of them is why, [`Measure::Document`] where none is.
    pub measures: Vec<Measured>,
    /// What to do now; `None` when everything is right. A warning is nothing to do.
    pub instruction: Option<Instruction>,
    /// How the document looks from far, to recognise the same picture sent twice or one side sent as the other.
    pub fingerprint: Option<Fingerprint>,
}

impl CaptureReport {
    /// Whether every limit is kept but those that only warn.
    #[must_use]
    pub fn accepted(&self) -> bool {
        self.measures.iter().all(|measured| measured.pass || measured.measure.is_warning())
    }

    /// The measures beyond their limits that only warn.
    pub fn warnings(&self) -> impl Iterator<Item = &Measured> {
        self.measures.iter().filter(|measured| !measured.pass && measured.measure.is_warning())
    }

    /// How this picture and another belong together, by what they show and where; `None` when one of them shows no document.
    #[must_use]
    pub fn relation(&self, other: &Self) -> Option<Relation> {
        Some(self.seen()?.relation(&other.seen()?))
    }

    /// What the picture is compared with others by; `None` when it shows no document.
    #[must_use]
    pub fn seen(&self) -> Option<Seen> {
        Some(Seen { fingerprint: self.fingerprint?, place: self.document?.quad })
    }

    /// The result of one measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> Option<&Measured> {
        self.measures.iter().find(|measured| measured.measure == measure)
    }
}

/// What a picture should show.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// A card or a page.
    pub format: Format,
    /// How strictly it is judged.
    pub mode: Mode,
    /// The frame on the screen that the person aligned the document with.
    pub guide: Option<Guide>,
}

/// Buffers of an examination, kept by the caller so that a frame of a live camera allocates no more than its report.
#[derive(Default)]
pub struct Scratch {
    find: find::Scratch,
    flat: Flat,
    cells: Cells,
    windows: Windows,
    spots: Spots,
    patterns: moire::Patterns,
}

impl Scratch {
    /// Empty buffers, which grow with the first picture.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }
}

impl core::fmt::Debug for Scratch {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Scratch").finish_non_exhaustive()
    }
}

/// Examines a picture of a document.
///
/// `luma`: the picture; `chroma`: its colour where there is one, by which white paper on white is found and a copy in greys is
/// told. A still without is such a copy; of a frame nothing is said then.
#[must_use]
pub fn examine(luma: Luma<'_>, chroma: Option<Chroma<'_>>, request: &Request, scratch: &mut Scratch) -> CaptureReport {
    let located = find_in(luma, chroma, request.format, request.guide.as_ref(), &mut scratch.find);
    measured(luma, chroma, located, request, scratch)
}

/// Examines a picture of which it is known where the document lies, by a person who marked its corners or by the truth of a
/// drawn picture: what the measures say without what the finder does. See [`examine`].
///
/// `corners`: clockwise from the document's left top as it reads, in pixels of the picture; the request's guide is not looked at.
#[must_use]
pub fn examine_at(
    luma: Luma<'_>,
    chroma: Option<Chroma<'_>>,
    corners: &Quad,
    request: &Request,
    scratch: &mut Scratch,
) -> CaptureReport {
    let (upright, source) = (find::Upright::Content, find::Source::Guide);
    let located = Located { quad: *corners, upright, confidence: 1.0, source, cut: 0 };
    measured(luma, chroma, Some(located), request, scratch)
}

/// Every measure of a document that lies there.
fn measured(
    luma: Luma<'_>,
    chroma: Option<Chroma<'_>>,
    located: Option<Located>,
    request: &Request,
    scratch: &mut Scratch,
) -> CaptureReport {
    let limits = Limits::of(request.mode, request.format);
    // A guide along which nothing is seen shows no document.
    let least = limits.limit(Measure::Document);
    let shown = located.filter(|located| located.source == find::Source::Edges || located.confidence >= least);
    let limits = if shown.is_some() { limits } else { limits.without_document() };
    let mut sheet = Sheet { limits, format: request.format, measures: Vec::with_capacity(Measure::ALL.len()) };
    let brightest = brightest(luma);
    sheet.add(Measure::BlackFrame, brightest, None);
    let mut fingerprint = None;
    if let Some(located) = shown {
        sheet.add(Measure::Document, located.confidence, None);
        let detail = if request.mode == Mode::Live { Detail::Coarse } else { Detail::Fine };
        sheet.framing(luma, &located);
        if scratch.flat.fill(luma, &located.quad, request.format, detail) {
            scratch.cells.fill(&scratch.flat);
            sheet.surface(luma, chroma, &located.quad, scratch);
            fingerprint = Fingerprint::of(&scratch.cells);
        }
    } else {
        sheet.picture(luma, brightest, located.map_or(0.0, |located| located.confidence), &scratch.find);
    }
    let Sheet { measures, .. } = sheet;
    let instruction = measures
        .iter()
        .find(|measured| !measured.pass && !measured.measure.is_warning())
        .map(|measured| measured.measure.instruction());
    CaptureReport { mode: request.mode, document: located, measures, instruction, fingerprint }
}

/// The measures as they come in.
struct Sheet {
    limits: Limits,
    format: Format,
    measures: Vec<Measured>,
}

impl Sheet {
    /// Adds it in its place: sorting them afterwards is 3 KB more to download.
    fn add(&mut self, measure: Measure, value: f32, region: Option<Quad>) {
        let (limit, pass) = (self.limits.limit(measure), self.keeps(measure, value));
        let order = |measure: Measure| Measure::ALL.iter().position(|&one| one == measure);
        let place = self.measures.partition_point(|before| order(before.measure) < order(measure));
        self.measures.insert(place, Measured { measure, value, limit, pass, region });
    }

    fn keeps(&self, measure: Measure, value: f32) -> bool {
        let limit = self.limits.limit(measure);
        if measure.is_upper() { value <= limit } else { value >= limit }
    }

    /// Adds it only where it fails, and returns whether it does.
    fn fails(&mut self, measure: Measure, value: f32) -> bool {
        let fails = !self.keeps(measure, value);
        if fails {
            self.add(measure, value, None);
        }
        fails
    }

    /// Whether no document could be large enough in a picture of this size.
    fn too_small(&mut self, luma: Luma<'_>) -> bool {
        let room = framing::room(self.format.millimetres(), luma.width(), luma.height());
        self.fails(Measure::FrameSize, room)
    }

    /// Where no document is seen: what of the picture as a whole is why.
    fn picture(&mut self, luma: Luma<'_>, brightest: f32, confidence: f32, searched: &find::Scratch) {
        let black = self.measures.iter().any(|measured| !measured.pass);
        self.too_small(luma);
        let (grey, width) = searched.small();
        let dark = !black && self.fails(Measure::Darkness, brightest);
        let bright = self.fails(Measure::Brightness, overall::white(grey));
        let blurred =
            overall::steepness(grey, width).is_some_and(|steepness| self.fails(Measure::Sharpness, steepness));
        if !(dark || bright || blurred) {
            self.add(Measure::Document, confidence, None);
        }
    }

    fn framing(&mut self, luma: Luma<'_>, located: &Located) {
        let quad = &located.quad;
        self.add(Measure::CutOff, framing::outside(quad, luma.width(), luma.height(), located.cut), Some(*quad));
        let across = framing::across(quad);
        if across >= self.limits.limit(Measure::Resolution) || !self.too_small(luma) {
            self.add(Measure::Resolution, across, Some(*quad));
        }
        self.add(Measure::Tilt, framing::tilt(quad), Some(*quad));
    }

    fn surface(&mut self, luma: Luma<'_>, chroma: Option<Chroma<'_>>, quad: &Quad, scratch: &mut Scratch) {
        let Scratch { flat, cells, windows, spots, patterns, .. } = scratch;
        let size = real(flat.per_mm());
        let area = |[left, top, right, bottom]: [usize; 4]| {
            let [left, top, right, bottom] = [left, top, right, bottom].map(|place| real(place) * size);
            (right > left && bottom > top).then(|| flat.area_in_picture(left, top, right, bottom))
        };
        let light = exposure::exposure(cells);
        self.add(Measure::Darkness, light.paper, None);
        self.add(Measure::Brightness, light.white, None);
        self.add(Measure::Contrast, light.contrast, None);
        let over = fingers::fingers(flat, cells, luma);
        self.add(Measure::Fingers, over.area, area(over.place));
        let glare = spots.glare(cells);
        // Where most of the paper is clipped, nothing on it is a reflection: that is too much light.
        let covering = if light.white > self.limits.limit(Measure::Brightness) { 0.0 } else { glare.covering };
        self.add(Measure::Glare, covering, area(glare.worst));
        let sharp = windows.sharpness(cells).unwrap_or_default();
        let blurred = sharp.worst < self.limits.limit(Measure::Sharpness);
        // Without any print it is the whole document that cannot be read.
        let part = area(sharp.part).or(Some(*quad));
        self.add(Measure::Motion, if blurred && sharp.windows > 0 { sharp.evenness } else { 1.0 }, part);
        self.add(Measure::Sharpness, sharp.worst, part);
        let still = self.limits.mode() == Mode::Still;
        let spread = match chroma {
            // A camera's file has colours, and its frames may come without: their grey plane alone is asked for.
            None => still.then_some(0.0),
            Some(chroma) => colour::spread(flat, luma, chroma),
        };
        if let Some(spread) = spread {
            self.add(Measure::GreyCopy, spread, None);
        }
        // A preview has been made smaller, with patterns of its own, and a warning asks for nothing to be done now.
        if still && let Some(back) = patterns.moire(luma, quad) {
            self.add(Measure::Moire, back, None);
        }
    }
}

/// The level that one in a hundred pixels of the whole picture exceeds, on a grid of at most 128 × 128.
fn brightest(luma: Luma<'_>) -> f32 {
    let (rows, columns) = (luma.height().min(128), luma.width().min(128));
    let mut counts = [0_usize; 256];
    for row in 0..rows {
        let line = luma.row(row * luma.height() / rows);
        for column in 0..columns {
            counts[usize::from(line[column * luma.width() / columns])] += 1;
        }
    }
    let least = rows * columns / 100;
    let mut above = 0;
    let level = counts.iter().rposition(|&count| {
        above += count;
        above > least
    });
    real(level.unwrap_or(0))
}
