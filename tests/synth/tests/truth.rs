//! The truth beside every picture must be true: it judges the gates.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "places in pictures change between integers and floats"
)]

use std::sync::LazyLock;

use gatepass_synth::{
    backdrop::Backdrop,
    canvas::Raster,
    capture::{Copy, Cut, Ladder, Noise, Profile, Setting, Shot, Studio, foresee, shoot},
    corpus,
    document::{Area, AreaKind, Kind, Sheet, Side, render, render_at},
    fonts::Fonts,
    maths::Point,
};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::debian().expect("the typefaces are installed"));

fn sides() -> impl Iterator<Item = (Kind, Side)> {
    Kind::ALL.into_iter().flat_map(|kind| kind.sides().iter().map(move |&side| (kind, side)))
}

/// Luma between pixels.
fn luma(raster: &Raster, place: Point) -> Option<f32> {
    let (x, y) = (place.x - 0.5, place.y - 0.5);
    if x < 0.0 || y < 0.0 || x + 1.0 >= raster.width as f32 || y + 1.0 >= raster.height as f32 {
        return None;
    }
    let (left, top) = (x as usize, y as usize);
    let at = |dx: usize, dy: usize| {
        let [r, g, b] = raster.pixel(left + dx, top + dy).map(f32::from);
        0.299 * r + 0.587 * g + 0.114 * b
    };
    let (sx, sy) = (x - left as f32, y - top as f32);
    let upper = at(0, 0) * (1.0 - sx) + at(1, 0) * sx;
    let lower = at(0, 1) * (1.0 - sx) + at(1, 1) * sx;
    Some(upper * (1.0 - sy) + lower * sy)
}

/// Without noise, shadow or blur on a ground much darker than any document.
fn plain(mut shot: Shot) -> Shot {
    shot.backdrop = Backdrop::DarkDesk;
    shot.setting = Setting::Lying;
    shot.light.hard = 0.0;
    shot.light.exposure = 0.0;
    shot.light.gradient = 0.1;
    shot.noise = Noise { shot: 0.0, read: 0.0 };
    shot.sharpen = 0.0;
    shot
}

#[test]
fn the_document_s_edges_lie_where_the_corners_say() {
    let mut judged = 0;
    for (number, (kind, side)) in sides().enumerate() {
        let sheet = render_at(&FONTS, number as u64, kind, side, 12.0);
        for seed in 0..6 {
            let shot = plain(Shot::draw(seed * 31 + number as u64, Profile::Busy, &sheet));
            let frame = shoot(&sheet, &shot);
            let quad = frame.truth.quad;
            for edge in 0..4 {
                let (a, b) = (quad[edge], quad[(edge + 1) % 4]);
                let length = a.distance(b);
                let (ux, uy) = ((b.x - a.x) / length, (b.y - a.y) / length);
                for share in [0.2, 0.5, 0.8_f32] {
                    let on = Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
                    // Clockwise corners: the inside is to the right of the edge's direction.
                    let inwards = |step: f32| Point::new(on.x - uy * step, on.y + ux * step);
                    let (Some(outside), Some(inside)) =
                        (luma(&frame.raster, inwards(-5.0)), luma(&frame.raster, inwards(4.0)))
                    else {
                        continue;
                    };
                    assert!(
                        inside > outside + 30.0,
                        "{kind:?} {side:?} {seed}, edge {edge}: {outside} outside, {inside} inside"
                    );
                    let half = f32::midpoint(inside, outside);
                    let crossing = (-40..40)
                        .map(|step| step as f32 * 0.1)
                        .find(|&step| luma(&frame.raster, inwards(step)).is_some_and(|level| level > half))
                        .expect("there is an edge");
                    assert!(crossing.abs() < 0.8, "{kind:?} {side:?} {seed}, edge {edge}: {crossing} pixels off");
                    judged += 1;
                }
            }
        }
    }
    assert!(judged > 250, "only {judged} places could be judged");
}

#[test]
fn corners_are_named_as_the_document_reads() {
    // The portrait's own corners come from the same map; the picture must show the portrait there: paint it and look.
    for turn in [0.0, 90.0, 180.0, 250.0] {
        let mut sheet = render_at(&FONTS, 3, Kind::Permit, Side::Front, 10.0);
        let (across, down) = (sheet.raster.width, sheet.raster.height);
        sheet.raster.rgb.fill(230);
        for y in 0..down / 3 {
            for x in 0..across / 3 {
                sheet.raster.rgb[(y * across + x) * 3..(y * across + x) * 3 + 3].fill(40);
            }
        }
        let mut shot = plain(Shot::draw(5, Profile::Clean, &sheet));
        shot.turn = turn;
        let frame = shoot(&sheet, &shot);
        let quad = frame.truth.quad;
        let towards_middle = |corner: Point| {
            let middle = Point::new((quad[0].x + quad[2].x) / 2.0, (quad[0].y + quad[2].y) / 2.0);
            Point::new(corner.x + (middle.x - corner.x) * 0.3, corner.y + (middle.y - corner.y) * 0.3)
        };
        let levels = quad.map(|corner| luma(&frame.raster, towards_middle(corner)).expect("it is in view"));
        assert!(levels[1..].iter().all(|level| *level > levels[0] + 60.0), "turned by {turn}: {levels:?}");
    }
}

#[test]
fn zones_are_read_and_found_consistent_by_a_reader_of_someone_else() {
    for seed in 0..400 {
        let passport = render_at(&FONTS, seed, Kind::Passport, Side::Front, 1.0);
        let permit = render_at(&FONTS, seed, Kind::Permit, Side::Back, 1.0);
        let read = [
            mrz_crate::parse_td3(&passport.mrz[0], &passport.mrz[1]).expect("a zone"),
            mrz_crate::parse_td1(&permit.mrz[0], &permit.mrz[1], &permit.mrz[2]).expect("a zone"),
        ];
        for data in read {
            assert!(data.valid(), "{:?}", passport.mrz);
            assert_eq!(data.document_number, passport.holder.number);
            assert_eq!(data.date_of_expiry.to_string(), String::from(passport.holder.expires));
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for (kind, side) in sides() {
        let take = |seed| {
            let sheet = render_at(&FONTS, seed, kind, side, 8.0);
            let mut shot = Shot::draw(seed, Profile::Wild, &sheet);
            (shot.width, shot.height) = (shot.width / 2, shot.height / 2);
            let frame = shoot(&sheet, &shot);
            (sheet.raster, frame.jpeg(), frame.truth)
        };
        assert!(take(11) == take(11), "{kind:?} {side:?} changes from run to run");
        assert!(take(11).1 != take(12).1, "{kind:?} {side:?} does not depend on its seed");
    }
}

#[test]
fn a_studio_takes_the_photographs_that_are_taken_without_one() {
    let sheet = render_at(&FONTS, 6, Kind::Passport, Side::Front, 8.0);
    let mut studio = Studio::new(&sheet);
    let small = |shot: Shot| Shot { width: 320, height: 240, across: 200.0, ..shot };
    for seed in 0..2 {
        for ladder in Ladder::ALL {
            for position in [0.1, 0.7] {
                let shot = small(Shot::ladder(seed, ladder, position, 200.0, &sheet));
                assert!(studio.shoot(&shot) == shoot(&sheet, &shot), "{ladder:?} {position}, seed {seed}");
            }
        }
        for profile in Profile::ALL {
            let shot = small(Shot::draw(seed, profile, &sheet));
            assert!(studio.shoot(&shot) == shoot(&sheet, &shot), "{profile:?}, seed {seed}");
        }
    }
}

/// Whether each is at least (at most, for a falling row) as large as the one before, and the last clearly beyond the first.
fn rises(values: &[f32]) -> bool {
    values.windows(2).all(|pair| pair[1] >= pair[0] - 1e-4) && values[values.len() - 1] > values[0] + 1e-3
}

fn falls(values: &[f32]) -> bool {
    rises(&values.iter().map(|value| -value).collect::<Vec<_>>())
}

#[test]
fn on_a_ladder_one_thing_changes_and_only_one_way() {
    for (kind, side) in [(Kind::Licence, Side::Front), (Kind::Passport, Side::Front), (Kind::Permit, Side::Back)] {
        let sheet = render(&FONTS, 8, kind, side);
        for ladder in Ladder::ALL {
            for seed in 0..3 {
                let shots: Vec<Shot> =
                    (0..=5_u8).map(|rung| Shot::ladder(seed, ladder, f32::from(rung) / 5.0, 600.0, &sheet)).collect();
                let truths: Vec<_> = shots.iter().map(|shot| foresee(&sheet, shot)).collect();
                let row = |of: &dyn Fn(usize) -> f32| (0..shots.len()).map(of).collect::<Vec<f32>>();
                let truth_ok = match ladder {
                    Ladder::Defocus => {
                        rises(&row(&|i| truths[i].sigma_mm)) && falls(&row(&|i| truths[i].stroke_contrast))
                    }
                    Ladder::Motion => {
                        rises(&row(&|i| truths[i].motion_mm)) && falls(&row(&|i| truths[i].stroke_contrast))
                    }
                    Ladder::Dark => falls(&row(&|i| truths[i].exposure)),
                    Ladder::Bright => rises(&row(&|i| truths[i].exposure)),
                    Ladder::Glare => rises(&row(&|i| truths[i].glare_over)),
                    Ladder::GlareBeside => truths.iter().all(|truth| truth.glare_over == 0.0),
                    Ladder::Size => falls(&row(&|i| truths[i].across)),
                    Ladder::Tilt => rises(&row(&|i| truths[i].tilt)),
                    Ladder::Cut => {
                        let visible = row(&|i| truths[i].visible);
                        visible.iter().enumerate().all(|(i, seen)| (seen - (1.0 - 0.06 * i as f32)).abs() < 0.004)
                    }
                    Ladder::Fingers => rises(&row(&|i| truths[i].fingers)),
                    Ladder::Noise => rises(&row(&|i| truths[i].noise)),
                    Ladder::Jpeg => falls(&row(&|i| f32::from(shots[i].jpeg))),
                };
                assert!(truth_ok, "{ladder:?}, seed {seed}, {kind:?} {side:?}");
            }
        }
    }
}

/// Mean square difference between neighbours over an area: falls with blur, rises with noise.
fn roughness(raster: &Raster, quad: [Point; 4]) -> f32 {
    let mut sum = 0.0;
    for i in 0..60_u8 {
        for j in 0..20_u8 {
            let (s, t) = (f32::from(i) / 60.0, f32::from(j) / 20.0);
            let along = |a: Point, b: Point| Point::new(a.x + (b.x - a.x) * s, a.y + (b.y - a.y) * s);
            let (top, bottom) = (along(quad[0], quad[1]), along(quad[3], quad[2]));
            let at = Point::new(top.x + (bottom.x - top.x) * t, top.y + (bottom.y - top.y) * t);
            let level = |x: f32, y: f32| luma(raster, at.plus(x, y)).unwrap_or(0.0);
            sum += (level(1.0, 0.0) - level(-1.0, 0.0)).powi(2) + (level(0.0, 1.0) - level(0.0, -1.0)).powi(2);
        }
    }
    sum
}

#[test]
fn pictures_follow_their_ladders() {
    let sheet = render(&FONTS, 21, Kind::Permit, Side::Front);
    let mut studio = Studio::new(&sheet);
    let mut take = |ladder, seed| -> Vec<(Raster, gatepass_synth::capture::Truth, usize)> {
        [0.0, 0.25, 0.5, 1.0]
            .iter()
            .map(|&position| {
                let frame = studio.shoot(&Shot::ladder(seed, ladder, position, 480.0, &sheet));
                let bytes = frame.jpeg().len();
                (frame.raster, frame.truth, bytes)
            })
            .collect()
    };
    for seed in 0..2 {
        for ladder in [Ladder::Defocus, Ladder::Motion] {
            let rough: Vec<f32> =
                take(ladder, seed).iter().map(|(raster, truth, _)| roughness(raster, truth.quad)).collect();
            assert!(falls(&rough), "{ladder:?}: {rough:?}");
        }
        let rough: Vec<f32> =
            take(Ladder::Noise, seed).iter().map(|(raster, truth, _)| roughness(raster, truth.quad)).collect();
        assert!(rises(&rough), "noise: {rough:?}");
        let level: Vec<f32> = take(Ladder::Dark, seed).iter().map(|(_, truth, _)| truth.level).collect();
        assert!(falls(&level), "dark: {level:?}");
        let white: Vec<f32> = take(Ladder::Bright, seed).iter().map(|(_, truth, _)| truth.white).collect();
        assert!(rises(&white) && white[3] > 0.9, "bright: {white:?}");
        let bytes: Vec<f32> = take(Ladder::Jpeg, seed).iter().map(|(_, _, bytes)| *bytes as f32).collect();
        assert!(falls(&bytes), "JPEG: {bytes:?}");
    }
}

/// A sheet of one level all over.
fn uniform(level: u8) -> Sheet {
    let mut sheet = render_at(&FONTS, 4, Kind::Licence, Side::Front, 6.0);
    sheet.raster.rgb.fill(level);
    sheet
}

#[test]
fn where_glare_is_said_to_cover_contrast_is_gone_from_the_picture() {
    // Ink and paper photographed apart, with the reflection and without, tell the contrast everywhere.
    let (ink, paper) = (uniform(39), uniform(231));
    let mut covered_areas = 0;
    for seed in 0..8 {
        let mut shot = plain(Shot::draw(seed, Profile::GlareOver, &paper));
        (shot.light.gradient, shot.light.vignette, shot.light.flare, shot.lens) = (0.0, 0.0, 0.0, 0.0);
        shot.light.cast = [1.0; 3];
        shot.glare[0].tint = [1.0; 3];
        shot.tilt = 0.0;
        let mut dull = shot.clone();
        dull.glare.clear();
        let (lit_ink, lit_paper) = (shoot(&ink, &shot), shoot(&paper, &shot));
        let (dull_ink, dull_paper) = (shoot(&ink, &dull), shoot(&paper, &dull));
        for area in &lit_paper.truth.areas {
            let quad = area.quad;
            let (mut half, mut count) = (0, 0);
            for i in 0..80_u8 {
                for j in 0..12_u8 {
                    let (s, t) = ((f32::from(i) + 0.5) / 80.0, (f32::from(j) + 0.5) / 12.0);
                    let at = Point::new(
                        quad[0].x + (quad[1].x - quad[0].x) * s + (quad[3].x - quad[0].x) * t,
                        quad[0].y + (quad[1].y - quad[0].y) * s + (quad[3].y - quad[0].y) * t,
                    );
                    let level = |raster: &Raster| luma(raster, at).expect("it is in view");
                    let with = level(&lit_paper.raster) - level(&lit_ink.raster);
                    let without = level(&dull_paper.raster) - level(&dull_ink.raster);
                    half += usize::from(with < 0.5 * without);
                    count += 1;
                }
            }
            let measured = half as f32 / count as f32;
            assert!((measured - area.glare).abs() < 0.05, "{}: {measured} measured, {} said", area.name, area.glare);
            covered_areas += usize::from(area.glare > 0.1);
        }
    }
    assert!(covered_areas >= 8, "reflections over text covered only {covered_areas} areas");
}

#[test]
fn a_lamp_beside_everything_covers_nothing_and_mostly_lies_on_the_document() {
    let (mut drawn, mut on) = (0, 0);
    for (number, (kind, side)) in sides().enumerate() {
        let sheet = render_at(&FONTS, number as u64, kind, side, 2.0);
        for seed in 0..40 {
            let shot = Shot::draw(seed, Profile::GlareBeside, &sheet);
            let truth = foresee(&sheet, &shot);
            assert!(truth.glare_over == 0.0, "{kind:?} {side:?} {seed}");
            drawn += shot.glare.len();
            on += usize::from(truth.glare > 0.0);
        }
    }
    assert!(drawn > 180 && on > 100, "{drawn} lamps, {on} on the document");
}

/// Ink that no area holds would be "nothing" to a lamp above it.
#[test]
fn no_ink_lies_outside_the_areas() {
    for (kind, side) in sides() {
        for seed in 0..6 {
            let sheet = render_at(&FONTS, seed, kind, side, 8.0);
            for y in 0..sheet.raster.height {
                for x in 0..sheet.raster.width {
                    let [r, g, b] = sheet.raster.pixel(x, y).map(u32::from);
                    // Ruled lines, fine lines and the word across the side are all lighter.
                    if 299 * r + 587 * g + 114 * b > 64_000 {
                        continue;
                    }
                    let at = Point::new((x as f32 + 0.5) / sheet.scale, (y as f32 + 0.5) / sheet.scale);
                    let near = |area: &Area| {
                        let place = area.place;
                        let within = |at: f32, from: f32, size: f32| at > from - 0.6 && at < from + size + 0.6;
                        within(at.x, place.x, place.width) && within(at.y, place.y, place.height)
                    };
                    assert!(sheet.areas.iter().any(near), "{kind:?} {side:?} {seed}: ink at {at:?}");
                }
            }
        }
    }
}

#[test]
fn a_lamp_over_what_nobody_has_to_read_is_over_something_else() {
    for (kind, side) in sides() {
        let sheet = render_at(&FONTS, 5, kind, side, 2.0);
        assert!(sheet.required().count() < sheet.areas.len(), "{kind:?} {side:?} has no other print");
        for other in sheet.areas.iter().filter(|area| !area.kind.is_required()) {
            let mut shot = Shot::draw(1, Profile::GlareOver, &sheet);
            let lamp = &mut shot.glare[0];
            // A point of light.
            (lamp.centre, lamp.across, lamp.along, lamp.peak) = (other.place.centre(), 0.25, 0.25, 8.0);
            let truth = foresee(&sheet, &shot);
            assert!(truth.glare_other > 0.0, "{kind:?} {side:?}: {}", other.name);
            let covered = |name| truth.areas.iter().any(|area| area.name == name && area.glare > 0.0);
            assert!(covered(other.name), "{kind:?} {side:?}: {}", other.name);
            let required = truth.areas.iter().filter(|area| area.kind.is_required());
            let worst = required.map(|area| area.glare).fold(0.0, f32::max);
            assert!(truth.glare_over == worst, "{kind:?} {side:?}: {}", other.name);
        }
    }
}

#[test]
fn a_careful_photograph_is_readable_and_whole() {
    for (number, (kind, side)) in sides().enumerate() {
        let sheet = render_at(&FONTS, number as u64, kind, side, 2.0);
        for seed in 0..60 {
            let truth = foresee(&sheet, &Shot::draw(seed, Profile::Careful, &sheet));
            assert!(truth.present && truth.visible > 0.9999 && truth.glare == 0.0 && truth.fingers == 0.0);
            let mut shot = Shot::draw(seed, Profile::Cut, &sheet);
            shot.cut = Some(Cut { share: 0.2, ..shot.cut.expect("it is cut") });
            assert!((foresee(&sheet, &shot).visible - 0.8).abs() < 0.004);
        }
    }
}

#[test]
fn nothing_but_the_ground_is_in_an_empty_frame() {
    let sheet = uniform(255);
    let mut shot = plain(Shot::draw(2, Profile::Empty, &sheet));
    shot.setting = Setting::Absent;
    let frame = shoot(&sheet, &shot);
    assert!(!frame.truth.present);
    assert!(frame.raster.rgb.iter().all(|level| *level < 150), "something bright lies on the dark desk");
}

#[test]
fn a_covered_lens_shows_nothing() {
    let sheet = render_at(&FONTS, 2, Kind::Licence, Side::Front, 4.0);
    for seed in 0..20 {
        let mut shot = Shot::draw(seed, Profile::Black, &sheet);
        (shot.width, shot.height, shot.across) = (320, 200, 200.0);
        let mut levels = shoot(&sheet, &shot).raster.luma();
        levels.sort_unstable();
        let (most, count) = (levels[levels.len() * 99 / 100], levels.len());
        assert!(most < 60 && levels[count / 2] < 12, "seed {seed}: {most}");
    }
}

#[test]
fn a_grey_copy_has_no_colour_of_its_own() {
    let sheet = render_at(&FONTS, 9, Kind::Licence, Side::Front, 8.0);
    let mut shot = plain(Shot::draw(3, Profile::GreyCopy, &sheet));
    shot.copy = Copy::Grey;
    shot.light.cast = [1.0; 3];
    let frame = shoot(&sheet, &shot);
    let quad = frame.truth.quad;
    let middle = Point::new((quad[0].x + quad[2].x) / 2.0, (quad[0].y + quad[2].y) / 2.0);
    for step in 0..200_u8 {
        let share = f32::from(step) / 200.0;
        let at = Point::new(quad[0].x + (middle.x - quad[0].x) * share, quad[0].y + (middle.y - quad[0].y) * share);
        let [r, g, b] = frame.raster.pixel(at.x as usize, at.y as usize);
        assert!(r.abs_diff(g) < 14 && g.abs_diff(b) < 14, "{r} {g} {b}");
    }
}

#[test]
fn a_set_has_every_profile_and_every_rung() {
    let sheet = render_at(&FONTS, 1, Kind::Passport, Side::Front, 1.0);
    let all: Vec<_> = corpus::plan(1, &sheet).collect();
    let expected = Profile::ALL.len() * usize::from(corpus::DRAWS) + Ladder::ALL.len() * usize::from(corpus::RUNGS);
    assert_eq!(all.len(), expected);
    let texts: Vec<&Area> = sheet.areas.iter().filter(|area| area.kind == AreaKind::Text).collect();
    assert!(texts.len() >= 8, "a data page has rows of text");
}
