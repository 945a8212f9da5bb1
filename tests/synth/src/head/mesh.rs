//! Solids of coloured points, and how a camera sees them.

use super::person::Lit;

/// A point or direction in millimetres: x to the right of the picture, y down, z away from the camera.
pub(super) type Vector = [f32; 3];

pub(super) fn dot(a: Vector, b: Vector) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

pub(super) fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

pub(super) fn plus(a: Vector, b: Vector) -> Vector {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

pub(super) fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

pub(super) fn unit(a: Vector) -> Vector {
    let length = dot(a, a).sqrt().max(1e-9);
    a.map(|value| value / length)
}

/// One point of a surface.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vertex {
    pub(super) place: Vector,
    pub(super) normal: Vector,
    /// Share of light that it reflects, 0 to 1.
    pub(super) albedo: f32,
    /// The same while the eyes are closed.
    pub(super) closed: f32,
    /// How much it mirrors.
    pub(super) shine: f32,
}

/// A surface of triangles.
#[derive(Debug, Clone, Default)]
pub(super) struct Mesh {
    pub(super) vertices: Vec<Vertex>,
    pub(super) triangles: Vec<[u32; 3]>,
    /// The first so many points belong to closed surfaces, whose inside nobody sees.
    pub(super) closed: usize,
}

impl Mesh {
    /// A grid of points, `columns` in each row; `wrapped`: the last column meets the first.
    pub(super) fn grid(columns: usize, rows: usize, wrapped: bool, point: impl Fn(usize, usize) -> Vertex) -> Self {
        let vertices: Vec<Vertex> =
            (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))).map(|(c, r)| point(c, r)).collect();
        let mut triangles = Vec::with_capacity(columns * rows * 2);
        let last = if wrapped { columns } else { columns - 1 };
        for row in 0..rows - 1 {
            for column in 0..last {
                let next = (column + 1) % columns;
                let at = |c: usize, r: usize| (r * columns + c) as u32;
                triangles.push([at(column, row), at(next, row), at(column, row + 1)]);
                triangles.push([at(next, row), at(next, row + 1), at(column, row + 1)]);
            }
        }
        let mut mesh = Self { vertices, triangles, closed: 0 };
        mesh.find_normals();
        mesh
    }

    /// Means of the triangles around each point, turned away from the mesh's middle.
    fn find_normals(&mut self) {
        let mut sums = vec![[0.0_f32; 3]; self.vertices.len()];
        for &[a, b, c] in &self.triangles {
            let [pa, pb, pc] = [a, b, c].map(|index| self.vertices[index as usize].place);
            let normal = cross(minus(pb, pa), minus(pc, pa));
            for index in [a, b, c] {
                sums[index as usize] = plus(sums[index as usize], normal);
            }
        }
        for (vertex, sum) in self.vertices.iter_mut().zip(sums) {
            vertex.normal = unit(sum);
        }
    }

    pub(super) fn flipped(mut self) -> Self {
        for vertex in &mut self.vertices {
            vertex.normal = vertex.normal.map(|value| -value);
        }
        self
    }

    /// Closed all round so far, with normals outwards.
    pub(super) fn closed(mut self) -> Self {
        self.closed = self.vertices.len();
        self
    }

    pub(super) fn append(&mut self, other: Self) {
        let shift = self.vertices.len() as u32;
        self.vertices.extend(other.vertices);
        self.triangles.extend(other.triangles.iter().map(|triangle| triangle.map(|index| index + shift)));
    }
}

/// A closed surface is not drawn where its normal points away from the camera by more than this (a sine): an edge that is
/// smoothed over a few triangles must not open.
const AWAY: f32 = 0.25;

/// Turned about the three axes and moved.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placement {
    pub(super) axes: [Vector; 3],
    pub(super) shift: Vector,
    pub(super) pivot: Vector,
}

impl Placement {
    /// Yaw: to the person's left, which is to the right of the picture; pitch: up; roll: clockwise in the picture; radians.
    pub(super) fn new(yaw: f32, pitch: f32, roll: f32, pivot: Vector, shift: Vector) -> Self {
        let ((sy, cy), (sp, cp), (sr, cr)) =
            (crate::maths::sin_cos(yaw), crate::maths::sin_cos(pitch), crate::maths::sin_cos(roll));
        // Columns: where the head's own right (of the picture), down and away go.
        let turned = |v: Vector| {
            // Pitch about x: the front (−z) goes up (−y) for positive pitch.
            let v = [v[0], v[1] * cp + v[2] * sp, -v[1] * sp + v[2] * cp];
            // Yaw about y: the front (−z) goes to +x for positive yaw.
            let v = [v[0] * cy - v[2] * sy, v[1], v[0] * sy + v[2] * cy];
            [v[0] * cr - v[1] * sr, v[0] * sr + v[1] * cr, v[2]]
        };
        Self { axes: [turned([1.0, 0.0, 0.0]), turned([0.0, 1.0, 0.0]), turned([0.0, 0.0, 1.0])], shift, pivot }
    }

    #[inline]
    pub(super) fn turn(&self, v: Vector) -> Vector {
        let [a, b, c] = &self.axes;
        [
            v[0] * a[0] + v[1] * b[0] + v[2] * c[0],
            v[0] * a[1] + v[1] * b[1] + v[2] * c[1],
            v[0] * a[2] + v[1] * b[2] + v[2] * c[2],
        ]
    }

    #[inline]
    pub(super) fn place(&self, v: Vector) -> Vector {
        plus(plus(self.turn(minus(v, self.pivot)), self.pivot), self.shift)
    }
}

/// A picture in linear light with the depth of each pixel.
#[derive(Debug, Clone)]
pub(super) struct View {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Pixels per millimetre at a distance of one millimetre.
    pub(super) focal: f32,
    /// Where the optical axis meets the picture.
    pub(super) middle: [f32; 2],
    pub(super) light: Vec<f32>,
    pub(super) depth: Vec<f32>,
}

impl View {
    /// Where a point is in the picture.
    #[inline]
    pub(super) fn project(&self, v: Vector) -> [f32; 3] {
        let one = self.focal / v[2].max(1.0);
        [self.middle[0] + v[0] * one, self.middle[1] + v[1] * one, v[2]]
    }

    /// Draws a mesh.
    pub(super) fn draw(&mut self, mesh: &Mesh, placement: &Placement, lamp: &Lit, eyes_closed: bool) {
        // Light and a place in the picture for each point; none where the surface clearly looks away.
        let points: Vec<Option<([f32; 3], f32)>> = mesh
            .vertices
            .iter()
            .enumerate()
            .map(|(index, vertex)| {
                let place = placement.place(vertex.place);
                let normal = placement.turn(vertex.normal);
                if index < mesh.closed && dot(normal, place) > AWAY * place[2] {
                    return None;
                }
                let albedo = if eyes_closed { vertex.closed } else { vertex.albedo };
                Some((self.project(place), lamp.on(normal, place, albedo, vertex.shine)))
            })
            .collect();
        for triangle in &mesh.triangles {
            if let [Some(a), Some(b), Some(c)] = triangle.map(|index| points[index as usize].as_ref()) {
                self.fill(a, b, c);
            }
        }
    }

    #[inline]
    fn fill(&mut self, a: &([f32; 3], f32), b: &([f32; 3], f32), c: &([f32; 3], f32)) {
        let ([ax, ay, az], [bx, by, bz], [cx, cy, cz]) = (a.0, b.0, c.0);
        let area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        if area.abs() < 1e-7 {
            return;
        }
        let low = |p: f32, q: f32, r: f32| p.min(q).min(r);
        let high = |p: f32, q: f32, r: f32| p.max(q).max(r);
        let (east, south) = (high(ax, bx, cx) - 0.5, high(ay, by, cy) - 0.5);
        if east < 0.0 || south < 0.0 {
            return;
        }
        // The first pixel whose middle is inside the box, the last one; conversions stop at 0 by themselves.
        let first = |edge: f32| (edge + 0.5) as usize;
        let (left, top) = (first(low(ax, bx, cx)), first(low(ay, by, cy)));
        let (right, bottom) = ((east as usize).min(self.width - 1), (south as usize).min(self.height - 1));
        if right < left || bottom < top {
            return;
        }
        let one = 1.0 / area;
        for y in top..=bottom {
            let py = y as f32 + 0.5;
            for x in left..=right {
                let px = x as f32 + 0.5;
                let wb = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) * one;
                let wc = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) * one;
                let wa = 1.0 - wb - wc;
                if wa < -1e-4 || wb < -1e-4 || wc < -1e-4 {
                    continue;
                }
                let z = wa * az + wb * bz + wc * cz;
                let at = y * self.width + x;
                if z < self.depth[at] {
                    self.depth[at] = z;
                    self.light[at] = wa * a.1 + wb * b.1 + wc * c.1;
                }
            }
        }
    }
}
