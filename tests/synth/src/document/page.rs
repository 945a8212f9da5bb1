//! A passport's data page.

use super::{Desk, paper};
use crate::{
    maths::{Point, Rect},
    mrz,
    rng::Rng,
};

pub(super) fn passport(desk: &mut Desk<'_>, rng: &mut Rng) {
    paper::security_print(desk, rng);
    paper::emblem(desk, Point::new(desk.width * 0.62, 36.0), 15.0, 0.12);
    paper::title(desk, "UTOPIA · PASSPORT · PASSEPORT", 6.4, 2.4);

    let mirrored = desk.look.mirrored;
    let photo = Rect::new(if mirrored { desk.width - 40.5 } else { 5.5 }, 16.5, 35.0, 44.0);
    let left = if mirrored { 6.0 } else { 45.0 };
    let holder = desk.holder.clone();
    let upper = |text: &str| text.to_uppercase();
    desk.field("document-code", "Type/Type", "P", Point::new(left, 13.6), 8.0, 2.0);
    desk.field("state", "Code/Code", mrz::STATE, Point::new(left + 17.0, 13.6), 12.0, 2.0);
    desk.field("number", "Passport No/No du passeport", &holder.number, Point::new(left + 42.0, 13.6), 30.0, 2.2);
    desk.field("surname", "1. Surname/Nom", &upper(&holder.surname), Point::new(left, 21.4), 72.0, 2.2);
    desk.field("given", "2. Given names/Prénoms", &upper(&holder.given), Point::new(left, 28.6), 72.0, 2.2);
    desk.field("nationality", "3. Nationality/Nationalité", "UTOPIAN", Point::new(left, 35.6), 40.0, 2.0);
    desk.field("born", "4. Date of birth/Date de naissance", &holder.born.printed(), Point::new(left, 42.4), 34.0, 2.0);
    desk.field("sex", "5. Sex/Sexe", &holder.sex.to_string(), Point::new(left, 49.2), 8.0, 2.0);
    desk.field(
        "place",
        "6. Place of birth/Lieu de naissance",
        &upper(&holder.place),
        Point::new(left + 24.0, 49.2),
        48.0,
        2.0,
    );
    desk.field(
        "issued",
        "7. Date of issue/Date de délivrance",
        &holder.issued.printed(),
        Point::new(left, 56.0),
        34.0,
        2.0,
    );
    desk.field(
        "expires",
        "8. Date of expiry/Date d’expiration",
        &holder.expires.printed(),
        Point::new(left + 38.0, 56.0),
        34.0,
        2.0,
    );
    paper::signature(desk, rng, Rect::new(left + 38.0, 37.5, 28.0, 5.5));

    let mut face = Rng::of(rng.bits(), "face");
    let mut ghost = face.clone();
    desk.portrait(photo, &mut face);
    let small = Rect::new(if mirrored { 61.0 } else { desk.width - 21.0 }, 29.0, 13.0, 16.0);
    desk.ghost(small, &mut ghost, 0.22);

    // Security print never lies under a zone: it must stay readable by machines.
    desk.canvas.rect(Rect::new(0.0, desk.height - 23.2, desk.width, 23.2), [246, 245, 240], 0.78);
    desk.zone(mrz::td3(&holder), desk.height - 7.6);
    paper::specimen(desk, rng, Rect::new(40.0, 14.0, desk.width - 44.0, 48.0));
}
