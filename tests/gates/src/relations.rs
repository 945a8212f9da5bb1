//! Two pictures of one document: one sent twice, one side sent as the other.

use gatepass_core::image::{
    decode::{self, decode},
    measure::fingerprint::{Relation, SAME_SIDE},
    report::{CaptureReport, Mode, Request, Scratch, examine},
};
use gatepass_synth::{
    canvas::Raster,
    capture::{Frame, Ladder, Profile, Shot, Studio},
    document::{self, Kind, Sheet, Side},
    encode,
    fonts::Fonts,
};
use serde::Serialize;

use crate::{
    gate::{faultless, floor, framed},
    photographs::{Seen, Series, format},
    statistics::Rate,
    workers::{Tell, side_by_side},
};

/// JPEG quality of a picture that is saved anew.
const ANEW: u8 = 60;

/// What pairs of pictures of one seed gave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Relations {
    /// What they were drawn from.
    pub seed: u64,
    /// Distance of the two sides of one document (good) and of two photographs of one side (bad).
    pub distance: Series,
    /// One side photographed twice and taken for one picture.
    pub twice: Rate,
    /// Kinds of pictures that were saved anew: which, known as the same picture, taken for another document or side.
    pub anew: Vec<(&'static str, Rate, Rate)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pair {
    Sides,
    OneSide,
    Anew,
    AnewGrey,
}

/// Takes both sides of so many cards, the front three times and the back twice, and compares them as they are found.
pub fn run(fonts: &Fonts, seed: u64, documents: u64, tell: Tell<'_>) -> Relations {
    let jobs: Vec<u64> = (seed..seed + documents).collect();
    let pairs: Vec<(Pair, f32, Relation)> =
        side_by_side(&format!("pairs of seed {seed}, documents"), &jobs, tell, |&seed| one(fonts, seed)).concat();
    let of = |kind: Pair| pairs.iter().filter(move |(pair, ..)| *pair == kind);
    let seen = |kind: Pair| -> Vec<Seen> {
        of(kind)
            .map(|&(_, distance, relation)| {
                let passed = relation == Relation::Different;
                Seen { value: Some(distance), limit: Some(SAME_SIDE), passed, accepted: passed, failed: Vec::new() }
            })
            .collect()
    };
    let (sides, one_side) = (seen(Pair::Sides), seen(Pair::OneSide));
    let told = |kind: Pair, as_what: Relation| Rate::count(of(kind).map(|(.., relation)| *relation == as_what));
    let anew = [(Pair::Anew, "with JPEG quality 60"), (Pair::AnewGrey, "in greys, with JPEG quality 60")];
    Relations {
        seed,
        distance: Series::of_values(
            seed,
            false,
            &sides.iter().collect::<Vec<_>>(),
            &one_side.iter().collect::<Vec<_>>(),
        ),
        twice: told(Pair::OneSide, Relation::SamePicture),
        anew: anew
            .map(|(kind, what)| (what, told(kind, Relation::SamePicture), told(kind, Relation::Different)))
            .to_vec(),
    }
}

fn one(fonts: &Fonts, seed: u64) -> Vec<(Pair, f32, Relation)> {
    let kind = if seed.is_multiple_of(2) { Kind::Licence } else { Kind::Permit };
    let mut scratch = Scratch::new();
    let mut pairs = Vec::new();
    let sides = [(Side::Front, 3), (Side::Back, 2)].map(|(side, takes)| {
        let sheet = document::render(fonts, seed, kind, side);
        let mut studio = Studio::new(&sheet);
        let mut report = |file: &[u8]| {
            let picture = decode(file, &decode::Limits::DEFAULT).expect("a whole file of a few megapixels");
            let request = Request { format: format(&sheet), mode: Mode::Still, guide: None };
            (examine(picture.luma(), picture.chroma(), &request, &mut scratch), picture)
        };
        let mut reports = Vec::new();
        for (take, shot) in shots(seed, &sheet).into_iter().take(takes).enumerate() {
            let frame = studio.shoot(&shot);
            let (first, picture) = report(&frame.jpeg());
            if take == 0 {
                let grey: Vec<u8> = (0..picture.height()).flat_map(|row| picture.luma().row(row).to_vec()).collect();
                let rgb = grey.iter().flat_map(|&level| [level; 3]).collect();
                let grey = Raster { width: picture.width(), height: picture.height(), rgb };
                let again = report(&Frame { shot: Shot { jpeg: ANEW, ..shot }, ..frame }.jpeg()).0;
                let in_greys = report(&encode::jpeg(&grey, ANEW)).0;
                pairs.extend(compared(Pair::Anew, &first, &again));
                pairs.extend(compared(Pair::AnewGrey, &first, &in_greys));
            }
            for other in &reports {
                pairs.extend(compared(Pair::OneSide, other, &first));
            }
            reports.push(first);
        }
        reports
    });
    let [fronts, backs] = &sides;
    for front in fronts {
        pairs.extend(backs.iter().filter_map(|back| compared(Pair::Sides, front, back)));
    }
    pairs
}

/// Photographs with nothing wrong: one, one from another place, one as a careful person takes it.
fn shots(seed: u64, sheet: &Sheet) -> [Shot; 3] {
    let across = 1.15 * floor(sheet.kind);
    let again = Shot::ladder(seed + 500_000, Ladder::Defocus, 0.0, across, sheet);
    let careful = Shot { across, ..Shot::draw(seed + 700_000, Profile::Careful, sheet) };
    [faultless(seed, sheet), framed(again, sheet), framed(careful, sheet)]
}

/// Nothing where one of them shows no document: that one is refused for it.
fn compared(pair: Pair, one: &CaptureReport, other: &CaptureReport) -> Option<(Pair, f32, Relation)> {
    let distance = one.fingerprint?.distance(&other.fingerprint?);
    Some((pair, distance, one.relation(other)?))
}
