//! Where the document stands before the camera: a pinhole with the field of view of a phone's main lens.

use crate::maths::{Homography, Point, Rect, area, clip, radians, sin_cos};

/// Focal length over the frame's longer side: some 60 degrees across.
const FOCAL: f32 = 0.85;

/// What a shot asks of the geometry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted {
    pub(super) frame: (u32, u32),
    pub(super) document: (f32, f32),
    pub(super) across: f32,
    pub(super) turn: f32,
    pub(super) tilt: f32,
    pub(super) axis: f32,
    pub(super) offset: Point,
    pub(super) cut: Option<(f32, f32)>,
}

/// Where it is then.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pose {
    /// Millimetres on the document to pixels of the frame.
    pub(super) map: Homography,
    /// The document's corners in the frame, clockwise from its left top as it reads.
    pub(super) quad: [Point; 4],
    /// Mean length of its upper and lower edge, pixels.
    pub(super) across: f32,
    /// How much of it is inside the frame.
    pub(super) visible: f32,
}

impl Wanted {
    /// Solves for the distance, and for a place in which the whole document is in view, or just so much of it as asked.
    pub(super) fn solve(mut self) -> Pose {
        if let Some((share, towards)) = self.cut {
            let (sin, cos) = sin_cos(radians(towards));
            let (mut near, mut far) = (0.0_f32, 2.0_f32);
            for _ in 0..24 {
                let middle = f32::midpoint(near, far);
                self.offset = Point::new(middle * cos, middle * sin);
                if self.place().visible > 1.0 - share { near = middle } else { far = middle }
            }
            self.offset = Point::new(far * cos, far * sin);
            return self.place();
        }
        for attempt in 0..40_u8 {
            let pose = self.place();
            let (width, height) = (self.frame.0 as f32, self.frame.1 as f32);
            let margin = width.min(height) * 0.012;
            let inside = |p: &Point| p.x >= margin && p.y >= margin && p.x <= width - margin && p.y <= height - margin;
            if pose.quad.iter().all(inside) {
                return pose;
            }
            self.offset = Point::new(self.offset.x * 0.6, self.offset.y * 0.6);
            if attempt >= 4 {
                self.across *= 0.94;
            }
        }
        self.place()
    }

    /// The pose at this very place; the distance is bisected until the document is as wide as asked.
    fn place(&self) -> Pose {
        let focal = FOCAL * self.frame.0.max(self.frame.1) as f32;
        let (mut near, mut far) = (self.document.0 * 0.7, focal * self.document.0 / self.across * 3.0);
        let mut map = self.at_distance(focal, near);
        for _ in 0..30 {
            let middle = f32::midpoint(near, far);
            map = self.at_distance(focal, middle);
            if across(&self.quad(&map)) > self.across { near = middle } else { far = middle }
        }
        let quad = self.quad(&map);
        let whole = area(&quad);
        let seen = area(&clip(&quad, self.frame.0 as f32, self.frame.1 as f32));
        Pose { map, quad, across: across(&quad), visible: (seen / whole).min(1.0) }
    }

    fn quad(&self, map: &Homography) -> [Point; 4] {
        Rect::new(0.0, 0.0, self.document.0, self.document.1).corners().map(|corner| map.map(corner))
    }

    fn at_distance(&self, focal: f32, distance: f32) -> Homography {
        let (width, height) = (f64::from(self.frame.0), f64::from(self.frame.1));
        let (sin_turn, cos_turn) = sin_cos(radians(self.turn));
        let (sin_axis, cos_axis) = sin_cos(radians(self.axis));
        let (sin_tilt, cos_tilt) = sin_cos(radians(self.tilt));
        let lens = f64::from(focal);
        // One millimetre along x and along y of the document, turned and tilted.
        let arm = |x: f32, y: f32| {
            let (x, y) = (x * cos_turn - y * sin_turn, x * sin_turn + y * cos_turn);
            let (along, aside) = (x * cos_axis + y * sin_axis, -x * sin_axis + y * cos_axis);
            [
                f64::from(along * cos_axis - aside * cos_tilt * sin_axis),
                f64::from(along * sin_axis + aside * cos_tilt * cos_axis),
                f64::from(aside * sin_tilt),
            ]
        };
        let (right, down) = (arm(1.0, 0.0), arm(0.0, 1.0));
        let (cx, cy) = (f64::from(self.document.0) / 2.0, f64::from(self.document.1) / 2.0);
        let shift = [
            f64::from(self.offset.x) * width * f64::from(distance) / lens,
            f64::from(self.offset.y) * height * f64::from(distance) / lens,
            f64::from(distance),
        ];
        let rows: [[f64; 3]; 3] = std::array::from_fn(|i| [right[i], down[i], shift[i] - right[i] * cx - down[i] * cy]);
        let seen = |row: usize, half: f64| std::array::from_fn(|c| lens * rows[row][c] + half * rows[2][c]);
        Homography([seen(0, width / 2.0), seen(1, height / 2.0), rows[2]])
    }
}

fn across(quad: &[Point; 4]) -> f32 {
    f32::midpoint(quad[0].distance(quad[1]), quad[3].distance(quad[2]))
}
