//! Cards of the size ID-1: a driving licence and a residence permit, both sides.

use super::{Desk, paper};
use crate::{
    canvas::{Type, blend},
    fonts::Face,
    maths::{Point, Rect},
    mrz,
    rng::Rng,
};

pub(super) fn licence_front(desk: &mut Desk<'_>, rng: &mut Rng) {
    paper::security_print(desk, rng);
    paper::title(desk, "DRIVING LICENCE · UTOPIA", 6.0, 2.3);
    let mirrored = desk.look.mirrored;
    let photo = Rect::new(if mirrored { desk.width - 27.0 } else { 4.0 }, 14.0, 23.0, 29.5);
    let left = if mirrored { 5.0 } else { 31.0 };
    let holder = desk.holder.clone();
    let upper = |text: &str| text.to_uppercase();
    let born = format!("{} {}", holder.born.printed(), upper(&holder.place));
    desk.field("surname", "1.", &upper(&holder.surname), Point::new(left, 13.2), 50.0, 2.0);
    desk.field("given", "2.", &upper(&holder.given), Point::new(left, 18.6), 50.0, 2.0);
    desk.field("born", "3.", &born, Point::new(left, 23.8), 50.0, 1.8);
    desk.field("issued", "4a.", &holder.issued.printed(), Point::new(left, 29.0), 22.0, 1.8);
    desk.field("authority", "4c.", "UTOPIA ROADS", Point::new(left + 25.0, 29.0), 25.0, 1.8);
    desk.field("expires", "4b.", &holder.expires.printed(), Point::new(left, 34.2), 22.0, 1.8);
    desk.field("number", "5.", &holder.number, Point::new(left, 39.6), 30.0, 2.0);
    let groups = ["AM B", "AM A1 B", "B BE", "AM B C C1", "A B CE"];
    desk.field("categories", "9.", rng.pick::<&str>(&groups), Point::new(left, 48.2), 30.0, 2.0);
    paper::signature(desk, rng, Rect::new(if mirrored { desk.width - 27.0 } else { 4.5 }, 45.5, 22.0, 5.0));

    let mut face = Rng::of(rng.bits(), "face");
    let mut ghost = face.clone();
    desk.portrait(photo, &mut face);
    let small = Rect::new(left + 37.0, 35.0, 11.0, 13.5);
    desk.ghost(small, &mut ghost, 0.25);
    paper::specimen(desk, rng, Rect::new(if mirrored { 4.0 } else { 28.0 }, 9.0, 54.0, 38.0));
}

pub(super) fn licence_back(desk: &mut Desk<'_>, rng: &mut Rng) {
    paper::security_print(desk, rng);
    let holder = desk.holder.clone();
    let line = blend(desk.look.tint, [50, 56, 90], 0.7);
    let (left, top, row, right) = (16.0, 5.5, 3.7, desk.width - 5.0);
    let columns = [left, left + 9.0, left + 23.0, left + 41.0, left + 57.0, right];
    let rows = ["AM", "A1", "A", "B", "C1", "C", "D", "BE", "CE"];
    let small = Type::new(Face::Sans, 1.15, desk.look.label);
    for (column, title) in columns.iter().zip(["9.", "", "10.", "11.", "12."]) {
        desk.label(Point::new(column + 1.0, top - 0.8), title, small);
    }
    let bottom = top + row * rows.len() as f32;
    for index in 0..=rows.len() {
        let y = top + row * index as f32;
        desk.canvas.line(&[Point::new(left, y), Point::new(right, y)], 0.14, line, 0.9);
    }
    for x in columns {
        desk.canvas.line(&[Point::new(x, top), Point::new(x, bottom)], 0.14, line, 0.9);
    }
    desk.other("classes", Rect::new(left, top, columns[2] - left, bottom - top));
    let dates = Type::new(Face::Mono, 1.45, desk.look.ink);
    for (index, group) in rows.iter().enumerate() {
        let y = top + row * (index as f32 + 1.0) - 1.0;
        desk.canvas.text(Point::new(left + 1.2, y), group, Type::new(Face::SansBold, 1.5, desk.look.ink));
        // A vehicle of boxes and wheels.
        let body = Rect::new(left + 11.5, y - 1.7, 5.0 + index as f32 * 0.6, 1.2);
        desk.canvas.rect(body, desk.look.ink, 0.8);
        desk.canvas.rect(Rect::new(body.x + 1.2, y - 2.2, body.width * 0.5, 0.6), desk.look.ink, 0.8);
        for share in [0.2, 0.8_f32] {
            desk.canvas.ellipse(Point::new(body.x + body.width * share, y - 0.4), 0.55, 0.55, 0.0, desk.look.ink, 0.9);
        }
        if rng.chance(0.5) {
            desk.canvas.text(Point::new(columns[2] + 1.2, y), &holder.issued.printed(), dates);
            desk.canvas.text(Point::new(columns[3] + 0.6, y), &holder.expires.printed(), dates);
            desk.areas.push(super::Area {
                kind: super::AreaKind::Text,
                name: "category-dates",
                text: format!("{group} {} {}", holder.issued.printed(), holder.expires.printed()),
                place: Rect::new(columns[2] + 1.2, y - 1.9, columns[4] - columns[2] - 2.4, 2.3),
                capital: 1.45,
            });
        }
    }
    desk.field("number", "5.", &holder.number, Point::new(left + 1.0, 46.6), 30.0, 2.0);
    desk.field(
        "restrictions",
        "12.",
        rng.pick::<&str>(&["01.06", "78", "—", "01.02, 70"]),
        Point::new(left + 36.0, 46.6),
        26.0,
        1.8,
    );
    bars(desk, rng, Rect::new(3.5, 6.0, 7.5, 42.0));
    paper::specimen(desk, rng, Rect::new(16.0, 8.0, 64.0, 36.0));
}

pub(super) fn permit_front(desk: &mut Desk<'_>, rng: &mut Rng) {
    paper::security_print(desk, rng);
    paper::emblem(desk, Point::new(desk.width * 0.6, 27.0), 12.0, 0.14);
    paper::title(desk, "RESIDENCE PERMIT · TITRE DE SÉJOUR · UTO", 5.8, 2.0);
    let mirrored = desk.look.mirrored;
    let photo = Rect::new(if mirrored { desk.width - 32.0 } else { 4.5 }, 9.5, 27.5, 35.0);
    let left = if mirrored { 5.0 } else { 35.0 };
    let holder = desk.holder.clone();
    let upper = |text: &str| text.to_uppercase();
    desk.field("number", "Document No", &holder.number, Point::new(left, 13.0), 30.0, 2.2);
    desk.field("surname", "Surname", &upper(&holder.surname), Point::new(left, 19.4), 46.0, 2.1);
    desk.field("given", "Given names", &upper(&holder.given), Point::new(left, 25.4), 46.0, 2.1);
    desk.field("sex", "Sex", &holder.sex.to_string(), Point::new(left, 31.2), 6.0, 1.9);
    desk.field("nationality", "Nationality", "XXA", Point::new(left + 10.0, 31.2), 12.0, 1.9);
    desk.field("born", "Date of birth", &holder.born.printed(), Point::new(left + 25.0, 31.2), 22.0, 1.9);
    desk.field(
        "category",
        "Type of permit",
        rng.pick::<&str>(&["WORK", "STUDIES", "LONG-TERM", "FAMILY"]),
        Point::new(left, 37.2),
        22.0,
        1.9,
    );
    desk.field("expires", "Card expiry", &holder.expires.printed(), Point::new(left + 25.0, 37.2), 22.0, 1.9);
    paper::signature(desk, rng, Rect::new(left + 2.0, 41.0, 26.0, 5.5));
    if rng.chance(0.5) {
        let x = if mirrored { 34.0 } else { desk.width - 16.0 };
        paper::chip(desk, Point::new(x, 40.5));
    }
    let mut face = Rng::of(rng.bits(), "face");
    desk.portrait(photo, &mut face);
    paper::specimen(desk, rng, Rect::new(if mirrored { 4.0 } else { 33.0 }, 9.0, 49.0, 36.0));
}

pub(super) fn permit_back(desk: &mut Desk<'_>, rng: &mut Rng) {
    paper::security_print(desk, rng);
    let holder = desk.holder.clone();
    desk.field("place", "Place of birth", &holder.place.to_uppercase(), Point::new(5.0, 8.6), 40.0, 1.9);
    desk.field("issued", "Date of issue", &holder.issued.printed(), Point::new(5.0, 14.6), 24.0, 1.9);
    desk.field("authority", "Authority", "UTOPIA MIGRATION", Point::new(32.0, 14.6), 32.0, 1.9);
    desk.field(
        "remarks",
        "Remarks",
        rng.pick::<&str>(&["WORK PERMITTED", "STUDENT", "ART. 50", "NO REMARKS"]),
        Point::new(5.0, 20.6),
        40.0,
        1.9,
    );
    bars(desk, rng, Rect::new(desk.width - 16.0, 4.0, 12.0, 17.0));
    desk.canvas.rect(Rect::new(0.0, desk.height - 23.2, desk.width, 23.2), [246, 245, 240], 0.78);
    desk.zone(mrz::td1(&holder), desk.height - 5.6);
    paper::specimen(desk, rng, Rect::new(4.0, 4.0, 64.0, 25.0));
}

/// A strip of bars that encode nothing.
fn bars(desk: &mut Desk<'_>, rng: &mut Rng, place: Rect) {
    desk.canvas.rect(place, [248, 248, 246], 0.9);
    desk.other("bars", place);
    let mut y = place.y + 0.8;
    while y < place.y + place.height - 1.2 {
        let high = rng.within(0.2, 0.9);
        let (from, to) = (rng.within(0.06, 0.3), rng.within(0.6, 0.94));
        desk.canvas.rect(
            Rect::new(place.x + place.width * from, y, place.width * (to - from), high),
            [30, 30, 34],
            0.95,
        );
        y += high + rng.within(0.2, 0.7);
    }
}
