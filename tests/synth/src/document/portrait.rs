//! Drawn faces: shapes and shades, never a photograph of anyone.

use crate::{
    canvas::{Canvas, Colour, blend, ellipse},
    maths::{Point, Rect},
    rng::Rng,
};

/// Five skin tones, light to dark.
pub const SKIN: [Colour; 5] = [[244, 212, 190], [228, 184, 150], [200, 148, 108], [150, 100, 68], [92, 60, 44]];
/// Hair.
pub(crate) const HAIR: [Colour; 6] =
    [[36, 28, 26], [74, 48, 32], [120, 82, 48], [190, 152, 92], [150, 62, 34], [160, 158, 156]];

/// A face in its frame; `ink` below 1 lets the print below shine through.
pub(super) fn draw(canvas: &mut Canvas<'_>, place: Rect, rng: &mut Rng, ink: f32) {
    let skin = *rng.pick(&SKIN);
    let hair = *rng.pick(&HAIR);
    let wall = blend([208, 212, 216], *rng.pick(&[[190, 206, 222], [222, 214, 200], [200, 216, 204]]), rng.unit());
    let cloth = *rng.pick(&[[44, 52, 76], [90, 40, 48], [60, 84, 70], [30, 30, 34], [170, 170, 178], [120, 104, 80]]);
    let long = rng.chance(0.45);
    let (glasses, beard) = (rng.chance(0.3), rng.chance(0.25));
    let shade = |share: f32| blend(skin, [40, 20, 20], share);
    // A unit is a hundredth of the frame's height; everything is cut at the frame by drawing in it.
    let unit = place.height / 100.0;
    let middle = place.x + place.width / 2.0 + rng.within(-1.5, 1.5) * unit;
    let at = |x: f32, y: f32| Point::new(middle + x * unit, place.y + y * unit);
    let (wide, tall) = (rng.within(19.0, 23.0), rng.within(26.0, 30.0));
    let mut pen = Framed { canvas, place };

    pen.fill(&place.corners(), wall, ink);
    pen.ellipse(at(-24.0, 30.0), 30.0 * unit, 50.0 * unit, blend(wall, [255, 255, 255], 0.35), ink * 0.5);
    if long {
        pen.ellipse(at(0.0, 52.0), (wide + 8.0) * unit, 40.0 * unit, hair, ink);
    }
    // Shoulders and neck.
    pen.ellipse(at(0.0, 112.0), 46.0 * unit, 36.0 * unit, cloth, ink);
    pen.fill(&[at(-9.0, 58.0), at(9.0, 58.0), at(10.5, 82.0), at(0.0, 90.0), at(-10.5, 82.0)], shade(0.18), ink);
    pen.fill(&[at(-16.0, 80.0), at(0.0, 98.0), at(-4.0, 101.0), at(-22.0, 82.0)], blend(cloth, [255; 3], 0.25), ink);
    pen.fill(&[at(16.0, 80.0), at(0.0, 98.0), at(4.0, 101.0), at(22.0, 82.0)], blend(cloth, [0; 3], 0.25), ink);
    // Ears, face, the shaded side.
    for side in [-1.0, 1.0_f32] {
        pen.ellipse(at(side * wide, 46.0), 3.6 * unit, 6.6 * unit, shade(0.12), ink);
    }
    pen.ellipse(at(0.0, 44.0), wide * unit, tall * unit, skin, ink);
    for step in 0..6_u8 {
        let inset = f32::from(step) * 1.5;
        pen.ellipse(
            at(wide * 0.35 + inset * 0.9, 46.0),
            (wide * 0.62 - inset) * unit,
            (tall * 0.84 - inset) * unit,
            shade(0.22),
            ink * 0.10,
        );
    }
    if beard {
        pen.ellipse(at(0.0, 60.0), wide * 0.8 * unit, 13.0 * unit, hair, ink * 0.75);
        pen.ellipse(at(0.0, 52.0), wide * 0.7 * unit, 9.0 * unit, skin, ink * 0.9);
    }
    // Eyes with brows.
    let gap = wide * 0.44;
    for side in [-1.0, 1.0_f32] {
        pen.ellipse(at(side * gap, 41.0), 4.6 * unit, 3.4 * unit, shade(0.25), ink * 0.45);
        pen.ellipse(at(side * gap, 41.6), 3.9 * unit, 1.9 * unit, [244, 242, 238], ink);
        pen.ellipse(at(side * gap, 41.6), 1.75 * unit, 1.8 * unit, [70, 60, 44], ink);
        pen.ellipse(at(side * gap, 41.6), 0.85 * unit, 0.85 * unit, [12, 12, 14], ink);
        pen.ellipse(at(side * gap + 0.6, 41.0), 0.4 * unit, 0.4 * unit, [255; 3], ink * 0.9);
        pen.line(
            &[at(side * gap - 5.0, 36.6 + side * 0.5), at(side * gap, 35.0), at(side * gap + 5.0, 36.6 - side * 0.5)],
            1.5 * unit,
            blend(hair, [40, 26, 20], 0.35),
            ink * 0.9,
        );
    }
    // Nose, mouth, chin.
    pen.line(&[at(1.4, 41.0), at(2.6, 51.0), at(0.0, 53.2)], 1.0 * unit, shade(0.34), ink * 0.6);
    pen.ellipse(at(-2.2, 52.6), 1.3 * unit, 0.8 * unit, shade(0.5), ink * 0.7);
    pen.ellipse(at(2.4, 52.6), 1.3 * unit, 0.8 * unit, shade(0.5), ink * 0.7);
    let lips = blend(skin, [168, 50, 54], 0.45);
    pen.ellipse(at(0.0, 60.4), 6.6 * unit, 1.9 * unit, lips, ink);
    pen.line(&[at(-6.4, 60.2), at(0.0, 60.7), at(6.4, 60.2)], 0.5 * unit, blend(lips, [30, 0, 0], 0.6), ink);
    pen.ellipse(at(0.0, 67.0), 4.6 * unit, 1.2 * unit, shade(0.2), ink * 0.35);
    // Hair above the forehead.
    let mut top = ellipse(at(0.0, 40.0), (wide + 2.4) * unit, (tall + 1.4) * unit, 0.0);
    top.retain(|point| point.y < place.y + 33.0 * unit);
    let parting = rng.within(-8.0, 8.0);
    top.sort_by(|a, b| a.x.total_cmp(&b.x));
    top.extend([
        at(wide * 0.9, 33.0),
        at(wide * 0.5, 26.5),
        at(parting, 22.5),
        at(-wide * 0.6, 26.5),
        at(-wide * 0.9, 33.0),
    ]);
    pen.fill(&top, hair, ink);
    for strand in 0..7_u8 {
        let x = -14.0 + f32::from(strand) * 4.6;
        pen.line(&[at(x, 20.0), at(x * 0.8 + parting * 0.2, 15.5)], 0.6 * unit, blend(hair, [255; 3], 0.25), ink * 0.4);
    }
    if glasses {
        let rim = [40, 36, 40];
        for side in [-1.0, 1.0_f32] {
            let mut ring = ellipse(at(side * gap, 42.0), 6.8 * unit, 5.4 * unit, 0.0);
            ring.push(ring[0]);
            pen.line(&ring, 0.8 * unit, rim, ink * 0.9);
        }
        pen.line(&[at(-gap + 6.6, 41.0), at(gap - 6.6, 41.0)], 0.8 * unit, rim, ink * 0.9);
    }
}

/// Draws only inside the frame.
struct Framed<'c, 'f> {
    canvas: &'c mut Canvas<'f>,
    place: Rect,
}

impl Framed<'_, '_> {
    fn fill(&mut self, outline: &[Point], colour: Colour, ink: f32) {
        let Rect { x, y, width, height } = self.place;
        let moved: Vec<Point> = outline.iter().map(|point| point.plus(-x, -y)).collect();
        let kept: Vec<Point> = crate::maths::clip(&moved, width, height).iter().map(|point| point.plus(x, y)).collect();
        if kept.len() > 2 {
            self.canvas.fill(&kept, colour, ink);
        }
    }

    fn ellipse(&mut self, centre: Point, across: f32, down: f32, colour: Colour, ink: f32) {
        self.fill(&ellipse(centre, across, down, 0.0), colour, ink);
    }

    fn line(&mut self, points: &[Point], width: f32, colour: Colour, ink: f32) {
        self.canvas.line(points, width, colour, ink);
    }
}
