//! Finder patterns: the three squares within squares in a code's corners.

use alloc::vec::Vec;

use super::layer::Bitmap;
use super::num::{Vector, pixel, real, sort_by};

/// Most finder patterns that are kept of one layer and polarity; the best-seen ones. A sheet of labels has some dozens.
const MOST: usize = 64;
/// Most candidates while a layer is searched, so that a picture made of nothing but finder patterns costs no more.
const MOST_CANDIDATES: usize = 256;

/// A square within a square.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    pub(super) centre: Vector,
    /// Roughly the side of a module in pixels, measured along rows and columns.
    pub(super) module: f32,
    /// On how many rows it was seen.
    seen: f32,
}

/// The finder patterns with dark squares, and those with light ones.
pub(super) fn find(bitmap: &Bitmap) -> [Vec<Finder>; 2] {
    let mut found = [Vec::new(), Vec::new()];
    // The inner square is three modules high: of a module of 1.5 pixels, every second row meets it twice.
    for y in (0..bitmap.height).step_by(2) {
        scan(bitmap, y, &mut found);
    }
    found.map(|mut finders| {
        keep_best(&mut finders, MOST);
        finders
    })
}

/// Those that were seen on the most rows.
fn keep_best(finders: &mut Vec<Finder>, most: usize) {
    sort_by(finders, |finder| -finder.seen);
    finders.truncate(most);
}

/// Looks along one row for runs of 1 : 1 : 3 : 1 : 1.
fn scan(bitmap: &Bitmap, y: usize, found: &mut [Vec<Finder>; 2]) {
    let row = bitmap.row(y);
    let mut runs = [0_usize; 5];
    let mut start = 0;
    while start < row.len() {
        let colour = row[start];
        let run = row[start..].iter().position(|&dark| dark != colour).unwrap_or(row.len() - start);
        runs.rotate_left(1);
        runs[4] = run;
        start += run;
        let Some(module) = inner_module(runs.map(real)) else { continue };
        // The last run has the colour of the squares.
        let found = &mut found[usize::from(!colour)];
        let middle = real(start - runs[4] - runs[3]) - real(runs[2]) / 2.0;
        let seed = Vector::new(middle, real(y) + 0.5);
        if let Some(finder) = confirm(bitmap, seed, module, colour) {
            add(found, finder);
        }
    }
}

/// The module of five runs when they are those of a finder pattern. The outer two may be longer than a module:
/// something dark may touch the pattern where the quiet zone is missing.
fn inner_module([before, first, middle, last, after]: [f32; 5]) -> Option<f32> {
    let module = (first + middle + last) / 5.0;
    let slack = module * 0.5 + 0.5;
    let good = (first - module).abs() <= slack
        && (last - module).abs() <= slack
        && (middle - 3.0 * module).abs() <= 1.5 * module
        && before >= module * 0.4
        && after >= module * 0.4
        && middle > first.max(last);
    good.then_some(module)
}

/// The same pattern along the column and along the row once more, and on one diagonal.
fn confirm(bitmap: &Bitmap, seed: Vector, module: f32, colour: bool) -> Option<Finder> {
    let (down, right) = (Vector::new(0.0, 1.0), Vector::new(1.0, 0.0));
    let (centre, vertical) = centred(bitmap, seed, down, module, colour)?;
    let (centre, horizontal) = centred(bitmap, centre, right, module, colour)?;
    let (centre, vertical) = centred(bitmap, centre, down, vertical, colour)?;
    if horizontal > 2.5 * vertical || vertical > 2.5 * horizontal {
        return None;
    }
    let module = (horizontal + vertical) / 2.0;
    // On one diagonal at least; what shows it on both counts twice.
    let seen = [Vector::new(0.707, 0.707), Vector::new(0.707, -0.707)]
        .into_iter()
        .filter(|&diagonal| centred(bitmap, centre, diagonal, module, colour).is_some())
        .count();
    (seen > 0).then_some(Finder { centre, module, seen: real(seen) })
}

/// Walks both ways from a place within the inner square; the middle of the square along the way, and the module.
fn centred(bitmap: &Bitmap, from: Vector, step: Vector, module: f32, colour: bool) -> Option<(Vector, f32)> {
    // From the middle of a pixel: from the line between two, an edge would be a whole pixel off one way and none the
    // other.
    let start = Vector::new(real(pixel(from.x)) + 0.5, real(pixel(from.y)) + 0.5);
    let forth = edges(bitmap, start, step, module, colour)?;
    let back = edges(bitmap, start, step * -1.0, module, colour)?;
    let (inner, ring_forth, ring_back) = (forth[0] + back[0], forth[1] - forth[0], back[1] - back[0]);
    let (outer_forth, outer_back) = (forth[2] - forth[1], back[2] - back[1]);
    let module = inner_module([outer_back, ring_back, inner, ring_forth, outer_forth])?;
    Some((from + step * ((start - from).dot(step) + (forth[0] - back[0]) / 2.0), module))
}

/// How far it is to the first three changes of colour; the third may lie outside the picture.
fn edges(bitmap: &Bitmap, from: Vector, step: Vector, module: f32, colour: bool) -> Option<[f32; 3]> {
    let mut edges = [0.0; 3];
    let mut next = 0;
    let most = pixel(8.0 * module) + 4;
    let mut expect = colour;
    for count in 0..most {
        let at = from + step * real(count);
        if !bitmap.holds(at) {
            if next < 2 {
                return None;
            }
            edges[2] = real(count);
            return Some(edges);
        }
        if bitmap.at(at) != expect {
            // The place itself must have the colour of the square.
            if count == 0 {
                return None;
            }
            edges[next] = real(count) - 0.5;
            next += 1;
            expect = !expect;
            if next == 3 {
                return Some(edges);
            }
        }
    }
    // A long last run: dark ground beyond the pattern.
    edges[2] = real(most);
    (next == 2).then_some(edges)
}

fn add(found: &mut Vec<Finder>, new: Finder) {
    for known in found.iter_mut() {
        let near = (known.centre - new.centre).length() < 2.0 * known.module.max(1.0);
        if near && new.module < 2.0 * known.module && known.module < 2.0 * new.module {
            let part = new.seen / (known.seen + new.seen);
            known.centre = known.centre + (new.centre - known.centre) * part;
            known.module += (new.module - known.module) * part;
            known.seen += new.seen;
            return;
        }
    }
    // Noise makes many that are seen once; those farther down must not find the list full of them.
    if found.len() == MOST_CANDIDATES {
        keep_best(found, MOST_CANDIDATES / 2);
    }
    found.push(new);
}

/// Three finder patterns that may be those of one code.
#[derive(Clone, Copy)]
pub(super) struct Triple {
    pub(super) top_left: Finder,
    pub(super) top_right: Finder,
    pub(super) bottom_left: Finder,
    /// Their places in the list they are from.
    pub(super) places: [usize; 3],
    /// How far they are from a square's corners; 0 is best.
    badness: f32,
}

/// All triples that could be a code, the most regular first.
pub(super) fn triples(finders: &[Finder]) -> Vec<Triple> {
    let mut triples = Vec::new();
    for c in 0..finders.len() {
        for b in 0..c {
            if !alike(&finders[b], &finders[c]) {
                continue;
            }
            for a in 0..b {
                if alike(&finders[a], &finders[b])
                    && alike(&finders[a], &finders[c])
                    && let Some(triple) = triple(finders, [a, b, c])
                {
                    triples.push(triple);
                }
            }
        }
    }
    sort_by(&mut triples, |triple| triple.badness);
    triples
}

fn alike(one: &Finder, other: &Finder) -> bool {
    one.module < 2.2 * other.module && other.module < 2.2 * one.module
}

fn triple(finders: &[Finder], [a, b, c]: [usize; 3]) -> Option<Triple> {
    let side = |one: usize, other: usize| (finders[one].centre - finders[other].centre).length();
    let (ab, bc, ca) = (side(a, b), side(b, c), side(c, a));
    // The corner is opposite the longest side.
    let (corner, one, other) = if bc >= ab && bc >= ca {
        (a, b, c)
    } else if ca >= ab && ca >= bc {
        (b, a, c)
    } else {
        (c, a, b)
    };
    let (one_leg, other_leg) =
        (finders[one].centre - finders[corner].centre, finders[other].centre - finders[corner].centre);
    let (one_length, other_length) = (one_leg.length(), other_leg.length());
    let (short, long) = (one_length.min(other_length), one_length.max(other_length));
    let cosine = one_leg.dot(other_leg) / (one_length * other_length);
    let module = (finders[a].module + finders[b].module + finders[c].module) / 3.0;
    // From 14 modules between the finder patterns of version 1 to 170 of version 40, measured roughly.
    let distance = long / module;
    if !(short > 0.0 && long < 2.2 * short && cosine.abs() < 0.6 && distance > 8.0 && distance < 220.0) {
        return None;
    }
    let (top_right, bottom_left) = if one_leg.cross(other_leg) > 0.0 { (one, other) } else { (other, one) };
    let modules = [finders[a].module, finders[b].module, finders[c].module];
    let spread = modules.iter().copied().fold(0.0, f32::max) / modules.iter().copied().fold(f32::INFINITY, f32::min);
    Some(Triple {
        top_left: finders[corner],
        top_right: finders[top_right],
        bottom_left: finders[bottom_left],
        places: [a, b, c],
        badness: (long / short - 1.0) + cosine.abs() + (spread - 1.0),
    })
}
