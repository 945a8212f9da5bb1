//! Photographs on the edge: of each document the last that is good and the first that is bad by the truth, and worse ones.
//!
//! A ladder's rungs lie far apart and say little about a limit; here nearly all photographs lie where a limit can be wrong.
//! Measures of the document's surface are taken at its true corners, so that a limit is not set by what the finder does; where the
//! document lies in the frame is measured where the finder finds it.

mod shots;

use gatepass_core::image::{
    decode::{self, decode},
    geometry::{Point, Quad},
    report::{CaptureReport, Measure, Mode, Request, Scratch, examine, examine_at},
};
use gatepass_synth::{capture::Studio, fonts::Fonts};

pub(crate) use shots::Taken;

use crate::{
    gate::ACCEPTED,
    photographs::{Seen, Series, format, sheet},
    results::{Judged, REFUSED, WARNED, Words, Wrong},
    workers::{Tell, side_by_side},
};

/// One limit and the photographs on both sides of it.
#[derive(Debug)]
struct Edge {
    /// Stable name for programs.
    id: &'static str,
    /// Title for people.
    title: &'static str,
    measure: Measure,
    /// Where the finder finds the document, and not at its true corners.
    found: bool,
    /// Good and bad in words.
    good: &'static str,
    bad: &'static str,
    /// Good and bad photographs.
    goods: &'static [Taken],
    bads: &'static [Taken],
    wrong: Wrong,
    /// Most of the good that may be refused, 0 to 1, and most of the bad that may be accepted; `None`: a figure.
    most: Option<(f64, f64)>,
}

use Taken::{
    Absent, Again, BrightBad, BrightGood, Careful, Clean, Cut, DarkBad, DarkGood, DefocusBad, DefocusGood,
    DefocusWorse, Display, FingersBad, FingersWorse, GlareBad, GlareWorse, GreyCopy, JpegGood, LampNothing, LampOther,
    MotionBad, MotionGood, MotionWorse, NearBorder, SizeBad, SizeGood, TiltBad, TiltGood,
};

/// Photographs that a reader can read, the worst of each kind among them.
const READABLE: &[Taken] = &[DefocusGood, MotionGood, DarkGood, BrightGood, Clean, Again, Careful, JpegGood];
const READABLE_WORDS: &str = "readable, each as bad as just has to be accepted: out of focus and shaken to half of the contrast of the finest strokes, 1.2 stops too dark, 0.7 too bright, JPEG quality 40, and three with nothing wrong";
const USUAL: Option<(f64, f64)> = Some((0.02, ACCEPTED));
const DEFOCUS: &str = "sigma of 0.16 of the smallest capital's height, and one to twice that: an OCR reader reads less than half of the letters";
const MOTION: &str = "a streak of 0.52 of the smallest capital's height, and one to twice that: an OCR reader reads less than half of the letters";
const LAMP: &str = "a lamp over nothing but the background, half of them as strong as they can be there";
const PRINT: &str = "a fifth of an area that must be read has just lost nine tenths of its contrast; one in three more";
const FINGERS: &str = "a finger that reaches just over a seventh of something that must be read; one in three further";
const OUT: &str = "4, 12 and 30 % of its area outside the frame";
const NEAR: &str = "whole, and near the frame's edge; and three with nothing wrong";
const LEANS: &str = "leans by 45°: the far side has half of the pixels";
const UPRIGHT: &str = "leans by 30°; and three with nothing wrong";
const GROUND: &str = "the ground without a document, restless ones only";

// What photographs and previews are asked alike.
const FINGERS_EDGE: Edge =
    edge("fingers", "Fingers", Measure::Fingers, (READABLE_WORDS, FINGERS), (READABLE, &[FingersBad, FingersWorse]));
const DARKNESS: Edge = edge(
    "darkness",
    "Too dark",
    Measure::Darkness,
    (READABLE_WORDS, "exposed by 2.6 stops too little"),
    (READABLE, &[DarkBad]),
);
const BRIGHTNESS: Edge = edge(
    "brightness",
    "Too bright",
    Measure::Brightness,
    (READABLE_WORDS, "exposed by 2 stops too much"),
    (READABLE, &[BrightBad]),
);
const DOCUMENT: Edge =
    found("document", "No document", Measure::Document, (READABLE_WORDS, GROUND), (READABLE, &[Absent]));
const CUT: Edge =
    found("cut-off", "Cut off", Measure::CutOff, (NEAR, OUT), (&[NearBorder, Clean, Again, Careful], &[Cut]));
const TILT: Edge =
    found("tilt", "Tilt", Measure::Tilt, (UPRIGHT, LEANS), (&[TiltGood, Clean, Again, Careful], &[TiltBad]));

const STILL: [Edge; 16] = [
    edge(
        "defocus",
        "Out of focus",
        Measure::Sharpness,
        (READABLE_WORDS, DEFOCUS),
        (READABLE, &[DefocusBad, DefocusWorse]),
    ),
    edge("motion", "Shaken", Measure::Sharpness, (READABLE_WORDS, MOTION), (READABLE, &[MotionBad, MotionWorse])),
    Edge {
        most: None,
        wrong: ["out of focus, called shaken", "shaken, called out of focus"],
        ..edge(
            "cause",
            "What makes it unsharp",
            Measure::Motion,
            ("out of focus: must not be called shaken", "shaken: must be called so"),
            (&[DefocusBad, DefocusWorse], &[MotionBad, MotionWorse]),
        )
    },
    Edge {
        most: Some((0.03, ACCEPTED)),
        ..edge("glare", "Glare", Measure::Glare, (LAMP, PRINT), (&[LampNothing], &[GlareBad, GlareWorse]))
    },
    edge("no-glare", "Glare where there is none", Measure::Glare, (READABLE_WORDS, "no photographs"), (READABLE, &[])),
    Edge {
        most: None,
        wrong: ["refused", "accepted"],
        ..edge(
            "glare-other",
            "Glare over other print",
            Measure::Glare,
            (
                "a lamp over print that nobody has to read, and over nothing else: either answer is right",
                "no photographs",
            ),
            (&[LampOther], &[]),
        )
    },
    FINGERS_EDGE,
    DARKNESS,
    BRIGHTNESS,
    edge("contrast", "Contrast", Measure::Contrast, (READABLE_WORDS, "no photographs"), (READABLE, &[])),
    edge(
        "grey-copy",
        "Copy in greys",
        Measure::GreyCopy,
        (READABLE_WORDS, "its copy in black, grey and white on white paper"),
        (READABLE, &[GreyCopy]),
    ),
    Edge {
        most: None,
        wrong: WARNED,
        ..edge(
            "moire",
            "Display (a warning)",
            Measure::Moire,
            (
                "readable photographs of the document and of its copy in greys: not to be warned of",
                "a display of 0.85 to 1.3 pixels of the picture a dot",
            ),
            (&[DefocusGood, MotionGood, DarkGood, BrightGood, Clean, Again, Careful, JpegGood, GreyCopy], &[Display]),
        )
    },
    DOCUMENT,
    CUT,
    found(
        "resolution",
        "Too few pixels",
        Measure::Resolution,
        (
            "the shorter one of the long sides has 2 % more pixels than asked for",
            "the smallest capitals are 8 pixels high",
        ),
        (&[SizeGood], &[SizeBad]),
    ),
    TILT,
];

const LIVE: [Edge; 11] = [
    edge(
        "defocus",
        "Out of focus",
        Measure::Sharpness,
        (READABLE_WORDS, DEFOCUS),
        (READABLE, &[DefocusBad, DefocusWorse]),
    ),
    edge("motion", "Shaken", Measure::Sharpness, (READABLE_WORDS, MOTION), (READABLE, &[MotionBad, MotionWorse])),
    Edge {
        most: Some((0.03, ACCEPTED)),
        ..edge("glare", "Glare", Measure::Glare, (LAMP, PRINT), (&[LampNothing], &[GlareBad, GlareWorse]))
    },
    edge("no-glare", "Glare where there is none", Measure::Glare, (READABLE_WORDS, "no frames"), (READABLE, &[])),
    FINGERS_EDGE,
    DARKNESS,
    BRIGHTNESS,
    DOCUMENT,
    CUT,
    found(
        "resolution",
        "Too few pixels",
        Measure::Resolution,
        ("the shorter one of the long sides has 2 % more pixels than asked for", "a fifth fewer than asked for"),
        (&[SizeGood], &[SizeBad]),
    ),
    TILT,
];

type Sides = (&'static [Taken], &'static [Taken]);

/// Measured at the true corners.
const fn edge(
    id: &'static str,
    title: &'static str,
    measure: Measure,
    (good, bad): (&'static str, &'static str),
    (goods, bads): Sides,
) -> Edge {
    Edge { id, title, measure, found: false, good, bad, goods, bads, wrong: REFUSED, most: USUAL }
}

/// Measured where the document is found.
const fn found(
    id: &'static str,
    title: &'static str,
    measure: Measure,
    words: (&'static str, &'static str),
    sides: Sides,
) -> Edge {
    Edge { found: true, ..edge(id, title, measure, words, sides) }
}

fn edges(mode: Mode) -> &'static [Edge] {
    if mode == Mode::Live { &LIVE } else { &STILL }
}

/// What both ways of measuring said of one photograph; only where an edge asks for it.
struct One {
    taken: Taken,
    known: Option<CaptureReport>,
    found: Option<CaptureReport>,
}

/// What the photographs of one seed gave, one series for each edge.
#[derive(Debug)]
pub struct Measured {
    series: Vec<Series>,
    /// How many photographs there were.
    pub count: usize,
}

/// Draws `documents` documents and takes the photographs of every edge of each, as the one that is sent or as preview frames of
/// 1280 × 720.
pub fn run(fonts: &Fonts, seed: u64, documents: u64, mode: Mode, tell: Tell<'_>) -> Measured {
    let jobs: Vec<u64> = (seed..seed + documents).collect();
    let what = if mode == Mode::Live { "previews" } else { "photographs" };
    let done: Vec<One> = side_by_side(&format!("{what} on the edge of seed {seed}, documents"), &jobs, tell, |&seed| {
        one(fonts, seed, mode)
    })
    .into_iter()
    .flatten()
    .collect();
    let series = edges(mode).iter().map(|edge| {
        let of = |kinds: &[Taken]| -> Vec<Seen> {
            let own = done.iter().filter(|one| kinds.contains(&one.taken));
            own.filter_map(|one| if edge.found { one.found.as_ref() } else { one.known.as_ref() })
                .map(|report| Seen::of(edge.measure, report))
                .collect()
        };
        let (goods, bads) = (of(edge.goods), of(edge.bads));
        Series::of(edge.measure, seed, &goods.iter().collect::<Vec<_>>(), &bads.iter().collect::<Vec<_>>())
    });
    Measured { series: series.collect(), count: done.len() }
}

fn one(fonts: &Fonts, seed: u64, mode: Mode) -> Vec<One> {
    let sheet = sheet(fonts, seed);
    let (mut studio, mut scratch) = (Studio::new(&sheet), Scratch::new());
    let request = Request { format: format(&sheet), mode, guide: None };
    let asked = |taken: Taken, found: bool| {
        edges(mode).iter().any(|edge| edge.found == found && [edge.goods, edge.bads].concat().contains(&taken))
    };
    let shots = shots::of(&sheet, seed, mode).into_iter();
    let one = |(taken, shot)| {
        let frame = studio.shoot(&shot);
        let picture = decode(&frame.jpeg(), &decode::Limits::DEFAULT).expect("a whole file of a few megapixels");
        let corners = Quad(frame.truth.quad.map(|corner| Point::new(corner.x, corner.y)));
        let (luma, chroma) = (picture.luma(), picture.chroma());
        let known = asked(taken, false).then(|| examine_at(luma, chroma, &corners, &request, &mut scratch));
        let found = asked(taken, true).then(|| examine(luma, chroma, &request, &mut scratch));
        One { taken, known, found }
    };
    shots.filter(|(taken, _)| asked(*taken, false) || asked(*taken, true)).map(one).collect()
}

/// Both seeds side by side.
#[must_use]
pub fn judged(mode: Mode, tuning: &Measured, reporting: &Measured) -> Vec<Judged> {
    let both = tuning.series.iter().zip(&reporting.series);
    edges(mode)
        .iter()
        .zip(both)
        .map(|(edge, (tuning, reporting))| {
            let kind = if mode == Mode::Live { "live" } else { "edge" };
            let at = if edge.found { "where the finder finds it" } else { "at the true corners" };
            Judged::of(
                edge.measure,
                Words {
                    id: format!("{kind}-{}", edge.id),
                    title: edge.title.to_owned(),
                    at: Some(at),
                    good: edge.good,
                    bad: edge.bad,
                    wrong: edge.wrong,
                    alone: !edge.found,
                },
                edge.most,
                tuning,
                reporting,
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// A limit whose measure is never taken on the edge would be one that nobody can check.
    #[test]
    fn every_limit_has_an_edge() {
        let measured: BTreeSet<&str> = STILL.iter().map(|edge| edge.measure.code()).collect();
        // A covered lens is nowhere near an edge: it is among the gates. How many pixels a frame has is counted.
        let all: BTreeSet<&str> = Measure::ALL.iter().map(|measure| measure.code()).collect();
        assert_eq!(all.difference(&measured).copied().collect::<Vec<_>>(), ["black_frame", "frame_size"]);
        let ids: BTreeSet<&str> = STILL.iter().map(|edge| edge.id).collect();
        assert_eq!(ids.len(), STILL.len());
    }
}
