//! What documents lie on: twenty-one grounds, drawn in the document's plane in real sizes.

use serde::Serialize;

use crate::{
    canvas::{Canvas, Colour, Raster, Type, blend},
    capture::{Copy, Setting, Shot},
    document::{SKIN, Sheet},
    fonts::Face,
    maths::{Point, Rect, radians, sin_cos, smoothstep},
    noise::Noise,
    people::{GIVEN, PLACES, SURNAMES},
    rng::Rng,
};

/// A ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Backdrop {
    /// A white or light grey desk.
    LightDesk,
    /// A dark desk.
    DarkDesk,
    /// Light wood with its grain.
    Wood,
    /// Dark wood.
    DarkWood,
    /// Boards with gaps between them.
    Planks,
    /// Woven cloth.
    Cloth,
    /// Blue twill with a seam.
    Denim,
    /// A chequered tablecloth.
    Checked,
    /// A computer's keyboard.
    Keyboard,
    /// Printed paper.
    Printed,
    /// Papers, cards and books.
    Clutter,
    /// Spanners and screwdrivers on a bench.
    Tools,
    /// A hand that holds the document.
    Hand,
    /// Tiles with joints.
    Tiles,
    /// Veined stone.
    Marble,
    /// Brushed metal.
    Metal,
    /// Leather with seams.
    Leather,
    /// Squared paper.
    Squared,
    /// A cutting mat with its scale.
    CuttingMat,
    /// Carpet.
    Carpet,
    /// Nearly the document's own colour.
    Near,
}

impl Backdrop {
    /// All of them, those without a pattern first.
    pub const ALL: [Self; 21] = [
        Self::LightDesk,
        Self::DarkDesk,
        Self::Wood,
        Self::DarkWood,
        Self::Planks,
        Self::Cloth,
        Self::Denim,
        Self::Checked,
        Self::Keyboard,
        Self::Printed,
        Self::Clutter,
        Self::Tools,
        Self::Hand,
        Self::Tiles,
        Self::Marble,
        Self::Metal,
        Self::Leather,
        Self::Squared,
        Self::CuttingMat,
        Self::Carpet,
        Self::Near,
    ];

    /// Those without a pattern.
    pub const PLAIN: &'static [Self] = Self::ALL.split_at(2).0;

    /// Those with lines, edges or a colour that make finding a document hard.
    pub const BUSY: &'static [Self] = Self::ALL.split_at(2).1;

    /// How strongly it mirrors a lamp, 0 to 1.
    #[must_use]
    pub fn gloss(self) -> f32 {
        match self {
            Self::Tiles | Self::Marble => 0.7,
            Self::Metal => 0.6,
            Self::DarkDesk | Self::DarkWood | Self::Leather => 0.25,
            Self::LightDesk | Self::Wood | Self::Planks | Self::Keyboard => 0.12,
            _ => 0.03,
        }
    }
}

/// How far a display goes on around the document it shows, millimetres.
pub(crate) const DISPLAY_MARGIN: f32 = 9.0;

/// The painted ground.
pub(crate) struct Ground {
    pub(crate) raster: Raster,
    /// Pixels per millimetre.
    pub(crate) scale: f32,
}

/// This far within the document's edge nothing of the ground can be seen, millimetres: more than the corners' radius and a
/// coarse ground's pixel.
const HIDDEN: f32 = 5.0;

/// Paints what of the ground is in view (millimetres of the document's plane), about as fine as the frame will show it.
pub(crate) fn paint(sheet: &Sheet, shot: &Shot, view: Rect, per_mm: f32, frame: usize) -> Ground {
    let scale = per_mm.min((1.8 * frame as f32 / (view.width * view.height)).sqrt());
    let mut rng = Rng::of(shot.seed, "ground");
    let angle = if rng.chance(0.3) { rng.within(-2.0, 2.0) } else { rng.within(0.0, 360.0) };
    let (sin, cos) = sin_cos(radians(angle));
    let mut canvas = Canvas::new(&sheet.fonts, view.width, view.height, scale, [200; 3]);
    // The document hides what is under it; where the view ends before the frame does, the ground is mirrored and may show.
    let (width, height) = sheet.size();
    let whole = view.x > -8.0 * width
        && view.y > -8.0 * width
        && view.x + view.width < 8.0 * width
        && view.y + view.height < 8.0 * width;
    if shot.setting != Setting::Absent && whole {
        canvas.hide(Rect::new(HIDDEN - view.x, HIDDEN - view.y, width - 2.0 * HIDDEN, height - 2.0 * HIDDEN));
    }
    let reach = (view.width * view.width + view.height * view.height).sqrt() / 2.0;
    let mut floor = Floor { canvas, view, sin, cos, angle: radians(angle), reach, noise: Noise(rng.bits()) };
    if shot.setting == Setting::Scanner {
        floor.plain([250, 250, 249], 0.4, 0.8, &mut rng);
    } else {
        floor.draw(shot.backdrop, sheet, &mut rng);
        if matches!(shot.copy, Copy::Screen { .. }) {
            floor.display(sheet, &mut rng);
        }
        match shot.setting {
            Setting::Booklet => floor.booklet(sheet, &mut rng),
            Setting::Paper => floor.paper(sheet, &mut rng),
            Setting::Lying | Setting::Scanner | Setting::Absent => {}
        }
    }
    Ground { raster: floor.canvas.raster, scale }
}

/// The ground while it is painted. Its own axes are turned against the document's about the middle of the view.
struct Floor<'f> {
    canvas: Canvas<'f>,
    view: Rect,
    sin: f32,
    cos: f32,
    angle: f32,
    /// From the middle to the furthest corner, millimetres.
    reach: f32,
    noise: Noise,
}

impl Floor<'_> {
    /// From the ground's axes to the canvas.
    fn place(&self, x: f32, y: f32) -> Point {
        Point::new(
            self.view.width / 2.0 + x * self.cos - y * self.sin,
            self.view.height / 2.0 + x * self.sin + y * self.cos,
        )
    }

    /// From the document's axes to the canvas.
    fn beside(&self, x: f32, y: f32) -> Point {
        Point::new(x - self.view.x, y - self.view.y)
    }

    fn block(&mut self, rect: Rect, colour: Colour, ink: f32) {
        let outline = rect.corners().map(|p| self.place(p.x, p.y));
        self.canvas.fill(&outline, colour, ink);
    }

    fn soft_block(&mut self, rect: Rect, radius: f32, colour: Colour, ink: f32) {
        let outline: Vec<Point> = crate::canvas::rounded(rect, radius).iter().map(|p| self.place(p.x, p.y)).collect();
        self.canvas.fill(&outline, colour, ink);
    }

    fn stroke(&mut self, points: &[(f32, f32)], width: f32, colour: Colour, ink: f32) {
        let points: Vec<Point> = points.iter().map(|&(x, y)| self.place(x, y)).collect();
        self.canvas.line(&points, width, colour, ink);
    }

    fn write(&mut self, x: f32, y: f32, text: &str, set: Type) -> f32 {
        let at = self.place(x, y);
        self.canvas.text(at, text, set.angle(self.angle))
    }

    /// Every pixel by its place on the ground's axes.
    fn shade(&mut self, mut colour: impl FnMut(f32, f32, &Noise) -> Colour) {
        let (sin, cos, noise) = (self.sin, self.cos, self.noise);
        let (mx, my) = (self.view.width / 2.0, self.view.height / 2.0);
        self.canvas.shade(|x, y, _| {
            let (dx, dy) = (x - mx, y - my);
            colour(dx * cos + dy * sin, dy * cos - dx * sin, &noise)
        });
    }

    fn plain(&mut self, colour: Colour, clouds: f32, grain: f32, rng: &mut Rng) {
        self.shade(|x, y, noise| lighter(colour, clouds * noise.at(x / 60.0, y / 60.0)));
        self.canvas.grain(rng, grain);
    }

    fn draw(&mut self, kind: Backdrop, sheet: &Sheet, rng: &mut Rng) {
        match kind {
            Backdrop::LightDesk => {
                let colour = *rng.pick(&[[206, 204, 200], [186, 188, 190], [218, 208, 192], [170, 176, 180]]);
                self.plain(colour, 4.0, 2.0, rng);
            }
            Backdrop::DarkDesk => {
                let colour = *rng.pick(&[[44, 44, 48], [62, 50, 44], [36, 48, 62], [70, 72, 70]]);
                self.plain(colour, 4.0, 2.5, rng);
            }
            Backdrop::Wood => self.wood([196, 158, 112], [150, 108, 66], 0.0, rng),
            Backdrop::DarkWood => self.wood([104, 68, 44], [58, 36, 24], 0.0, rng),
            Backdrop::Planks => self.wood([172, 142, 108], [118, 90, 62], rng.within(45.0, 95.0), rng),
            Backdrop::Cloth => self.cloth(rng),
            Backdrop::Denim => self.denim(rng),
            Backdrop::Checked => self.checked(rng),
            Backdrop::Keyboard => self.keyboard(rng),
            Backdrop::Printed => self.printed(rng),
            Backdrop::Clutter => self.clutter(rng),
            Backdrop::Tools => self.tools(rng),
            Backdrop::Hand => self.hand(sheet, rng),
            Backdrop::Tiles => self.tiles(rng),
            Backdrop::Marble => self.marble(rng),
            Backdrop::Metal => self.metal(rng),
            Backdrop::Leather => self.leather(rng),
            Backdrop::Squared => self.squared(rng),
            Backdrop::CuttingMat => self.cutting_mat(rng),
            Backdrop::Carpet => self.carpet(rng),
            Backdrop::Near => {
                let colour = mean(&sheet.raster);
                let shift = rng.within(-16.0, 16.0);
                self.plain(lighter(colour, shift), 3.0, 2.0, rng);
            }
        }
    }

    fn wood(&mut self, light: Colour, dark: Colour, board: f32, rng: &mut Rng) {
        let (fine, swing) = (rng.within(1.6, 3.2), rng.within(4.0, 14.0));
        let tone = rng.within(-14.0, 14.0);
        self.shade(|x, y, noise| {
            let (row, y, gap) = if board > 0.0 {
                let row = (y / board).floor();
                let inside = y - row * board;
                (row, inside + row * 531.0, inside.min(board - inside))
            } else {
                (0.0, y, 9.0)
            };
            let x = x + row * 277.0;
            let bend = swing * noise.at(x / 190.0, y / 70.0);
            let ring = noise.at(x / 320.0, (y + bend) / fine / 3.0);
            let fibre = noise.at(x / 26.0, (y + bend) / 0.55);
            let share = 0.5 + 0.38 * ring + 0.2 * fibre + 0.12 * noise.at(x / 90.0, y / 60.0);
            let colour = lighter(blend(light, dark, share.clamp(0.0, 1.0)), tone + 8.0 * noise.at(row * 7.7, 0.5));
            let joint = smoothstep(0.35, 1.1, gap);
            blend([22, 16, 12], colour, joint)
        });
        self.canvas.grain(rng, 2.0);
    }

    fn cloth(&mut self, rng: &mut Rng) {
        let colour =
            *rng.pick(&[[180, 176, 164], [96, 40, 44], [52, 74, 92], [120, 128, 96], [212, 206, 198], [58, 58, 60]]);
        let pitch = rng.within(0.9, 2.2);
        self.shade(|x, y, noise| {
            let (x, y) = (x + 0.5 * noise.at(x / 8.0, y / 8.0), y + 0.5 * noise.at(x / 8.0 + 40.0, y / 8.0));
            let (u, v) = (x / pitch, y / pitch);
            let over = (u.floor() + v.floor()).rem_euclid(2.0) < 1.0;
            let across = if over { v } else { u };
            let bump = 1.0 - 4.0 * (across - across.floor() - 0.5) * (across - across.floor() - 0.5);
            let fold = 12.0 * noise.at(x / 70.0, y / 40.0);
            lighter(colour, -20.0 + 30.0 * bump + fold + 7.0 * noise.at(u * 2.3, v * 2.3))
        });
    }

    fn denim(&mut self, rng: &mut Rng) {
        let colour = *rng.pick(&[[58, 78, 118], [88, 106, 140], [40, 46, 62]]);
        self.shade(|x, y, noise| {
            let twill = (x + y) / 1.1 + 0.3 * noise.at(x / 3.0, y / 3.0);
            let line = (twill - twill.floor() - 0.5).abs() * 2.0;
            lighter(
                colour,
                -16.0 + 36.0 * line + 14.0 * noise.at(x / 0.9, y / 0.9) + 14.0 * noise.at(x / 50.0, y / 60.0),
            )
        });
        let y = rng.within(-0.6, 0.6) * self.reach;
        for row in [0.0, 6.0_f32] {
            let mut x = -self.reach;
            while x < self.reach {
                self.stroke(&[(x, y + row), (x + 2.6, y + row)], 0.7, [196, 140, 70], 0.9);
                x += 3.8;
            }
        }
        self.stroke(&[(-self.reach, y + 9.0), (self.reach, y + 9.0)], 1.4, lighter(colour, -30.0), 0.8);
    }

    fn checked(&mut self, rng: &mut Rng) {
        let (a, b): (Colour, Colour) = *rng.pick(&[
            ([236, 232, 226], [186, 50, 52]),
            ([230, 232, 236], [60, 92, 160]),
            ([226, 222, 206], [70, 110, 76]),
        ]);
        let size = rng.within(8.0, 26.0);
        self.shade(|x, y, noise| {
            let (x, y) = (x + 2.0 * noise.at(x / 60.0, y / 60.0), y + 2.0 * noise.at(x / 60.0 + 9.0, y / 60.0));
            let dark = |v: f32| {
                let v = v / size - (v / size).floor();
                smoothstep(0.0, 0.02, v) * (1.0 - smoothstep(0.5, 0.52, v))
            };
            let share = 0.5 * (dark(x) + dark(y));
            lighter(blend(a, b, share), 9.0 * noise.at(x / 40.0, y / 40.0) + 5.0 * noise.at(x * 1.4, y * 1.4))
        });
    }

    fn keyboard(&mut self, rng: &mut Rng) {
        let dark = rng.chance(0.6);
        let (case, key, ink): (Colour, Colour, Colour) = if dark {
            ([30, 30, 32], [52, 52, 56], [214, 214, 214])
        } else {
            ([176, 178, 182], [228, 228, 228], [60, 60, 64])
        };
        self.plain(case, 2.0, 2.0, rng);
        let (pitch, size) = (19.05, rng.within(15.2, 17.4));
        let count = (self.reach / pitch).ceil() as i32;
        for row in -count..=count {
            let shift = f32::from((row.rem_euclid(4)) as i16) * 4.8;
            for column in -count..=count {
                let (x, y) = (column as f32 * pitch + shift, row as f32 * pitch);
                self.soft_block(Rect::new(x + 0.5, y + 0.9, size, size), 2.2, lighter(case, -14.0), 0.9);
                self.soft_block(Rect::new(x, y, size, size), 2.2, key, 1.0);
                self.soft_block(Rect::new(x + 1.6, y + 1.0, size - 3.2, size - 3.4), 1.8, lighter(key, 9.0), 1.0);
                let letter = char::from(b'A' + rng.below(26) as u8).to_string();
                self.write(x + 3.4, y + 7.2, &letter, Type::new(Face::Sans, 3.2, ink).ink(0.9));
            }
        }
    }

    fn printed(&mut self, rng: &mut Rng) {
        self.plain([232, 231, 226], 4.0, 1.5, rng);
        let capital = rng.within(1.6, 2.8);
        let (line, margin) = (capital * 2.2, 62.0 + rng.within(0.0, 30.0));
        let set = Type::new(*rng.pick(&[Face::Serif, Face::Sans]), capital, [40, 40, 44]).ink(0.9);
        let limit = (self.reach / line) as i32;
        // Letters are costly; what is finer than the frame can show becomes grey bars, as it would look anyway.
        let legible = capital * self.canvas.scale > 4.0;
        for row in -limit..limit {
            let y = row as f32 * line;
            if row.rem_euclid(9) == 0 {
                continue;
            }
            for column in [-1.0, 0.0_f32] {
                let (mut x, end) = (column * (margin + 8.0) * 1.25, (column + 1.0) * (margin + 8.0) * 1.25 - 10.0);
                while x < end {
                    let names = if rng.chance(0.5) { SURNAMES } else { GIVEN };
                    let word = rng.pick(names).to_lowercase();
                    let width = self.canvas.measure(&word, set);
                    if legible {
                        self.write(x, y, &word, set);
                    } else {
                        self.block(Rect::new(x, y - capital * 0.8, width, capital * 0.8), [40, 40, 44], 0.5);
                    }
                    x += width + capital * 0.8;
                }
            }
        }
        if rng.chance(0.6) {
            let (x, y) = (rng.within(-0.7, 0.2) * self.reach, rng.within(-0.7, 0.2) * self.reach);
            let colour = [*rng.pick(&[90, 150, 180]), *rng.pick(&[80, 120, 160]), *rng.pick(&[70, 130, 190])];
            self.block(Rect::new(x, y, 70.0, 48.0), colour, 1.0);
        }
    }

    fn clutter(&mut self, rng: &mut Rng) {
        self.plain(*rng.pick(&[[150, 120, 92], [96, 96, 98], [186, 180, 170]]), 6.0, 2.0, rng);
        for _ in 0..26 {
            let (x, y) = (rng.within(-1.0, 0.8) * self.reach, rng.within(-1.0, 0.8) * self.reach);
            // Many are as large as a card or a page on purpose.
            let (width, height) =
                *rng.pick(&[(85.6, 54.0), (148.0, 105.0), (74.0, 52.0), (120.0, 80.0), (60.0, 60.0), (30.0, 120.0)]);
            let colour: Colour = std::array::from_fn(|_| 50 + rng.below(200) as u8);
            let colour = blend(colour, [215, 213, 208], rng.within(0.0, 0.9));
            let turn = radians(rng.within(0.0, 180.0));
            let corners = Rect::new(-width / 2.0, -height / 2.0, width, height).corners();
            let outline = |shift: f32| {
                corners.map(|p| {
                    let p = p.turned(turn);
                    self.place(x + p.x + shift, y + p.y + shift)
                })
            };
            let (below, above) = (outline(1.4), outline(0.0));
            self.canvas.fill(&below, [20, 18, 16], 0.35);
            self.canvas.fill(&above, colour, 1.0);
            let rows = rng.below(7);
            for row in 0..rows {
                let at = |share: f32| {
                    let p = Point::new(width * (share - 0.5), height * (0.12 + 0.11 * row as f32 - 0.5)).turned(turn);
                    self.place(x + p.x, y + p.y)
                };
                let points = [at(0.1), at(rng.within(0.4, 0.9))];
                self.canvas.line(&points, rng.within(0.6, 2.2), blend(colour, [24, 24, 30], 0.7), 0.9);
            }
        }
    }

    fn tools(&mut self, rng: &mut Rng) {
        let bench: Colour = *rng.pick(&[[92, 94, 92], [60, 70, 84], [140, 112, 80], [52, 50, 50]]);
        self.shade(|x, y, noise| {
            lighter(bench, 16.0 * noise.at(x / 30.0, y / 30.0) + 9.0 * noise.at(x / 4.0, y / 4.0))
        });
        // Stains and scratches of a workshop.
        for _ in 0..12 {
            let at = self.place(rng.within(-1.0, 1.0) * self.reach, rng.within(-1.0, 1.0) * self.reach);
            self.canvas.ellipse(at, rng.within(4.0, 22.0), rng.within(4.0, 18.0), rng.unit() * 3.0, [26, 24, 22], 0.25);
        }
        for _ in 0..14 {
            let (x, y) = (rng.within(-1.0, 1.0) * self.reach, rng.within(-1.0, 1.0) * self.reach);
            let (kind, turn, long) = (rng.below(4), radians(rng.within(0.0, 360.0)), rng.within(90.0, 200.0));
            let at = |u: f32, v: f32| {
                let p = Point::new(u, v).turned(turn);
                self.place(x + p.x, y + p.y)
            };
            let steel: Colour = *rng.pick(&[[176, 178, 182], [134, 138, 144], [200, 200, 202]]);
            let grip: Colour = *rng.pick(&[[190, 40, 34], [224, 170, 30], [30, 70, 150], [30, 32, 34]]);
            match kind {
                0 => {
                    // An open-ended spanner.
                    let bar = [at(0.0, -4.0), at(long, -4.0), at(long, 4.0), at(0.0, 4.0)];
                    let (shine, low) = ([at(0.0, -2.0), at(long, -2.0)], [at(0.0, 5.0), at(long, 5.0)]);
                    let heads = [at(0.0, 0.0), at(long, 0.0)];
                    let jaws = [at(-6.0, 0.0), at(long + 6.0, 0.0)];
                    self.canvas.line(&low, 2.4, [14, 14, 14], 0.5);
                    self.canvas.fill(&bar, steel, 1.0);
                    for (head, jaw) in heads.iter().zip(jaws) {
                        self.canvas.ellipse(*head, 12.0, 10.0, turn, steel, 1.0);
                        self.canvas.ellipse(jaw, 6.0, 5.0, turn, bench, 1.0);
                    }
                    self.canvas.line(&shine, 1.0, [236, 238, 240], 0.8);
                }
                1 => {
                    // A screwdriver.
                    let blade = [at(0.0, -2.4), at(long, -2.4), at(long, 2.4), at(0.0, 2.4)];
                    let handle =
                        [at(-70.0, -9.0), at(-4.0, -11.0), at(0.0, -4.0), at(0.0, 4.0), at(-4.0, 11.0), at(-70.0, 9.0)];
                    let shadow = [at(-70.0, 11.0), at(long, 5.0)];
                    let ribs: Vec<[Point; 2]> = (0..4_u8)
                        .map(|rib| [at(-64.0, -6.0 + 4.0 * f32::from(rib)), at(-12.0, -6.0 + 4.0 * f32::from(rib))])
                        .collect();
                    self.canvas.line(&shadow, 4.0, [10, 10, 10], 0.4);
                    self.canvas.fill(&blade, steel, 1.0);
                    self.canvas.fill(&handle, grip, 1.0);
                    for rib in &ribs {
                        self.canvas.line(rib, 0.9, lighter(grip, 40.0), 0.8);
                    }
                }
                2 => {
                    // A nut and a washer.
                    let middle = at(0.0, 0.0);
                    let hexagon: Vec<Point> = (0..6_u8)
                        .map(|corner| {
                            let (sin, cos) = sin_cos(radians(f32::from(corner) * 60.0) + turn);
                            middle.plus(9.0 * cos, 9.0 * sin)
                        })
                        .collect();
                    self.canvas.ellipse(middle.plus(1.2, 1.5), 10.5, 10.5, 0.0, [10, 10, 10], 0.45);
                    self.canvas.fill(&hexagon, steel, 1.0);
                    self.canvas.ellipse(middle, 4.6, 4.6, 0.0, lighter(bench, -40.0), 1.0);
                }
                _ => {
                    // A cable.
                    let points: Vec<Point> = (0..40_u8)
                        .map(|step| {
                            let t = f32::from(step) * long / 20.0;
                            at(t, 14.0 * sin_cos(t / 26.0).0)
                        })
                        .collect();
                    let shadow: Vec<Point> = points.iter().map(|p| p.plus(1.5, 2.0)).collect();
                    self.canvas.line(&shadow, 5.0, [8, 8, 8], 0.35);
                    self.canvas.line(&points, 4.4, grip, 1.0);
                    self.canvas.line(&points, 1.0, lighter(grip, 60.0), 0.6);
                }
            }
        }
        self.canvas.grain(rng, 3.0);
    }

    fn hand(&mut self, sheet: &Sheet, rng: &mut Rng) {
        let room: Colour = *rng.pick(&[[74, 80, 88], [150, 146, 138], [52, 60, 54], [176, 164, 150]]);
        // Far away and out of focus: large soft patches.
        self.shade(|x, y, noise| {
            lighter(room, 46.0 * noise.at(x / 90.0, y / 90.0) + 14.0 * noise.at(x / 30.0, y / 30.0))
        });
        let skin = *rng.pick(&SKIN);
        let (width, height) = sheet.size();
        let middle = self.beside(width * 0.5, height * 0.62);
        let across = width * 0.46;
        let arm = middle.plus(rng.within(-25.0, 25.0), 190.0);
        self.canvas.line(&[middle, arm], 66.0, lighter(skin, -14.0), 1.0);
        for step in 0..5_u8 {
            let inset = f32::from(step) * 2.2;
            self.canvas.ellipse(
                middle.plus(0.0, 6.0),
                across - inset,
                46.0 - inset,
                0.0,
                lighter(skin, -16.0 + 4.0 * f32::from(step)),
                1.0,
            );
        }
        for finger in 0..4_u8 {
            let share = f32::from(finger) / 3.0 - 0.5;
            let from = middle.plus(share * across * 1.5, -20.0);
            let to = from.plus(share * 26.0, -height * 0.62 - 16.0 + (share * share) * 40.0);
            self.limb(from, to, 9.5, skin);
        }
        let thumb = middle.plus(-across * 0.85, 4.0);
        self.limb(thumb, thumb.plus(-26.0, -34.0), 11.0, skin);
        self.canvas.grain(rng, 2.0);
    }

    fn limb(&mut self, from: Point, to: Point, half: f32, skin: Colour) {
        for step in 0..6_u8 {
            let thin = half * (1.0 - f32::from(step) * 0.15);
            let tone = lighter(skin, -34.0 + 8.0 * f32::from(step));
            self.canvas.line(&[from, to], thin * 2.0, tone, 0.75);
            self.canvas.ellipse(to, thin, thin, 0.0, tone, 0.75);
        }
        for share in [0.45, 0.74_f32] {
            let at = Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
            self.canvas.line(&[at.plus(-half * 0.7, 0.0), at.plus(half * 0.7, 0.4)], 0.7, lighter(skin, -50.0), 0.5);
        }
    }

    fn tiles(&mut self, rng: &mut Rng) {
        let colour: Colour = *rng.pick(&[[214, 214, 208], [150, 168, 176], [196, 178, 156], [72, 84, 92]]);
        let joint: Colour = *rng.pick(&[[120, 118, 112], [236, 236, 232], [60, 58, 56]]);
        let (size, gap) = (*rng.pick(&[24.0, 48.0, 98.0, 148.0]), rng.within(1.4, 4.0));
        self.shade(|x, y, noise| {
            let (u, v) = (x / size, y / size);
            let (column, row) = (u.floor(), v.floor());
            let edge = |t: f32| {
                let inside = (t - t.floor()) * size;
                inside.min(size - inside)
            };
            let near = edge(u).min(edge(v));
            let tone = 12.0 * noise.at(column * 3.7 + 0.5, row * 5.1 + 0.5) + 4.0 * noise.at(x / 14.0, y / 14.0);
            let bevel = 18.0 * (1.0 - smoothstep(gap, gap + 2.0, near));
            let face = lighter(colour, tone - bevel);
            blend(lighter(joint, 8.0 * noise.at(x * 1.2, y * 1.2)), face, smoothstep(gap * 0.5, gap * 0.5 + 0.5, near))
        });
        self.canvas.grain(rng, 1.5);
    }

    fn marble(&mut self, rng: &mut Rng) {
        let (stone, vein): (Colour, Colour) = *rng.pick(&[
            ([226, 224, 220], [120, 122, 130]),
            ([52, 56, 58], [176, 180, 176]),
            ([198, 180, 160], [110, 80, 64]),
        ]);
        self.shade(|x, y, noise| {
            let warp = 1.3 * noise.at(x / 90.0, y / 90.0) + 0.6 * noise.at(x / 34.0, y / 34.0);
            let ridge = (noise.at(x / 110.0 + warp, y / 70.0 - warp)).abs();
            let thin = (noise.at(x / 45.0 - warp + 30.0, y / 60.0 + warp)).abs();
            let share = 0.8 * (1.0 - smoothstep(0.0, 0.07, ridge)) + 0.45 * (1.0 - smoothstep(0.0, 0.05, thin));
            lighter(blend(stone, vein, share.min(1.0)), 7.0 * noise.at(x / 24.0, y / 24.0))
        });
        self.canvas.grain(rng, 1.5);
    }

    fn metal(&mut self, rng: &mut Rng) {
        let colour: Colour = *rng.pick(&[[170, 172, 176], [128, 132, 138], [186, 182, 174]]);
        self.shade(|x, y, noise| {
            let brush = 14.0 * noise.at(x / 90.0, y / 0.35) + 10.0 * noise.at(x / 40.0, y / 1.3);
            lighter(colour, brush + 20.0 * noise.at(x / 240.0, y / 90.0))
        });
        for _ in 0..9 {
            let (x, y) = (rng.within(-1.0, 1.0) * self.reach, rng.within(-1.0, 1.0) * self.reach);
            let to = (x + rng.within(-70.0, 70.0), y + rng.within(-30.0, 30.0));
            self.stroke(&[(x, y), to], 0.3, [226, 228, 230], 0.7);
        }
    }

    fn leather(&mut self, rng: &mut Rng) {
        let colour: Colour = *rng.pick(&[[54, 42, 36], [30, 30, 32], [128, 92, 62], [180, 164, 140]]);
        self.shade(|x, y, noise| {
            let cell = noise.at(x / 1.7, y / 1.7).abs() + 0.6 * noise.at(x / 0.9 + 7.0, y / 0.9).abs();
            lighter(colour, 26.0 * smoothstep(0.0, 0.5, cell) - 14.0 + 10.0 * noise.at(x / 60.0, y / 60.0))
        });
        for seam in [-0.5, 0.35_f32] {
            let y = seam * self.reach;
            self.stroke(&[(-self.reach, y), (self.reach, y)], 2.2, lighter(colour, -26.0), 0.9);
            let mut x = -self.reach;
            while x < self.reach {
                self.stroke(&[(x, y + 4.0), (x + 3.4, y + 4.0)], 0.8, [208, 198, 180], 0.9);
                x += 5.0;
            }
        }
    }

    fn squared(&mut self, rng: &mut Rng) {
        let paper: Colour = [238, 237, 230];
        let line: Colour = *rng.pick(&[[130, 160, 200], [190, 140, 140], [150, 150, 150]]);
        let (size, wide) = (*rng.pick(&[5.0, 7.0, 10.0]), rng.within(0.2, 0.5));
        self.plain(paper, 3.0, 1.5, rng);
        let count = (self.reach / size) as i32 + 1;
        for index in -count..=count {
            let at = index as f32 * size;
            self.stroke(&[(-self.reach, at), (self.reach, at)], wide, line, 0.9);
            self.stroke(&[(at, -self.reach), (at, self.reach)], wide, line, 0.9);
        }
        for _ in 0..7 {
            let (x, y) = (rng.within(-0.8, 0.4) * self.reach, rng.within(-0.8, 0.8) * self.reach);
            let text = *rng.pick(PLACES);
            self.write(x, y, text, Type::new(Face::Serif, 4.0, [40, 50, 120]).ink(0.85));
        }
    }

    fn cutting_mat(&mut self, rng: &mut Rng) {
        let colour: Colour = *rng.pick(&[[34, 92, 72], [40, 60, 96], [44, 44, 46]]);
        self.plain(colour, 5.0, 3.0, rng);
        let line = blend(colour, [232, 232, 200], 0.62);
        let count = (self.reach / 10.0) as i32 + 1;
        for index in -count..=count {
            let at = index as f32 * 10.0;
            let (wide, ink) = if index.rem_euclid(5) == 0 { (0.6, 0.95) } else { (0.25, 0.7) };
            self.stroke(&[(-self.reach, at), (self.reach, at)], wide, line, ink);
            self.stroke(&[(at, -self.reach), (at, self.reach)], wide, line, ink);
        }
        for slope in [1.0, 1.732_f32] {
            let far = self.reach;
            self.stroke(&[(-far, -far * slope), (far, far * slope)], 0.4, line, 0.8);
        }
    }

    fn carpet(&mut self, rng: &mut Rng) {
        let (a, b): (Colour, Colour) = *rng.pick(&[
            ([120, 112, 100], [70, 64, 58]),
            ([96, 60, 60], [150, 120, 90]),
            ([90, 100, 118], [50, 56, 70]),
        ]);
        self.shade(|x, y, noise| {
            let tuft = noise.at(x / 1.1, y / 1.1);
            let spread = noise.at(x / 0.5, y / 0.5);
            let patch = noise.at(x / 45.0, y / 45.0);
            lighter(blend(a, b, (0.5 + 0.6 * patch).clamp(0.0, 1.0)), 34.0 * tuft + 20.0 * spread)
        });
    }

    /// The page that faces the data page, above its fold, and the cover around both.
    fn booklet(&mut self, sheet: &Sheet, rng: &mut Rng) {
        let (width, height) = sheet.size();
        let cover: Colour = *rng.pick(&[[96, 24, 34], [26, 36, 74], [30, 66, 54], [40, 40, 42]]);
        let rim = rng.within(0.8, 2.2);
        let at = self.beside(-rim, -height - rim);
        self.canvas.rounded(
            Rect::new(at.x + 1.5, at.y + 1.5, width + 2.0 * rim, 2.0 * height + 2.0 * rim),
            3.5,
            [10, 10, 10],
            0.35,
        );
        self.canvas.rounded(Rect::new(at.x, at.y, width + 2.0 * rim, 2.0 * height + 2.0 * rim), 3.5, cover, 1.0);
        let page = mean(&sheet.raster);
        let page = blend(page, [244, 242, 236], 0.5);
        let at = self.beside(0.0, -height);
        self.canvas.rounded(Rect::new(at.x, at.y, width, height + 4.0), 3.0, page, 1.0);
        for wave in 0..26_u8 {
            let y = at.y + f32::from(wave) / 26.0 * height;
            let phase = f32::from(wave) * 0.4;
            self.canvas.wave(at.x + 2.0, at.x + width - 2.0, 0.14, blend(page, [90, 110, 150], 0.5), 0.6, |x| {
                y + 3.0 * sin_cos((x - at.x) / 15.0 + phase).0
            });
        }
        // A stamp or a signature line on the facing page, and the fold's shade.
        let stamp = self.beside(width * rng.within(0.25, 0.75), -height * rng.within(0.3, 0.7));
        self.canvas.text(
            stamp,
            "SPECIMEN",
            Type::new(Face::SansBold, 4.0, [150, 60, 60]).ink(0.5).angle(rng.within(-0.5, 0.5)),
        );
        for step in 0..7_u8 {
            let deep = 5.0 - f32::from(step) * 0.7;
            let at = self.beside(0.0, -deep);
            self.canvas.rect(Rect::new(at.x, at.y, width, deep), [30, 26, 22], 0.07);
        }
    }

    /// A display with the document in a window.
    fn display(&mut self, sheet: &Sheet, rng: &mut Rng) {
        let (width, height) = sheet.size();
        let bezel = DISPLAY_MARGIN + rng.within(3.0, 12.0);
        let (outer, inner) = (self.beside(-bezel, -bezel), self.beside(-DISPLAY_MARGIN, -DISPLAY_MARGIN));
        let around = Rect::new(outer.x, outer.y, width + 2.0 * bezel, height + 2.0 * bezel);
        let window = Rect::new(inner.x, inner.y, width + 2.0 * DISPLAY_MARGIN, height + 2.0 * DISPLAY_MARGIN);
        self.canvas.rounded(around, 4.0, [18, 18, 20], 1.0);
        self.canvas.rect(window, *rng.pick(&[[28, 28, 30], [226, 228, 232], [90, 94, 100]]), 1.0);
    }

    /// A sheet of white paper on which the document is printed.
    fn paper(&mut self, sheet: &Sheet, rng: &mut Rng) {
        let (width, height) = sheet.size();
        let (left, top) = (rng.within(15.0, 50.0), rng.within(15.0, 60.0));
        let at = self.beside(-left, -top);
        let size = (left + width + rng.within(15.0, 50.0), top + height + rng.within(40.0, 140.0));
        self.canvas.rect(Rect::new(at.x + 0.8, at.y + 0.8, size.0, size.1), [16, 16, 16], 0.3);
        self.canvas.rect(Rect::new(at.x, at.y, size.0, size.1), [236, 236, 234], 1.0);
    }
}

fn lighter(colour: Colour, levels: f32) -> Colour {
    colour.map(|level| (f32::from(level) + levels + 0.5).clamp(0.0, 255.0) as u8)
}

/// The mean colour of a raster, of every 97th pixel.
fn mean(raster: &Raster) -> Colour {
    let mut sums = [0_u64; 3];
    let mut count = 0;
    for pixel in raster.rgb.chunks_exact(3).step_by(97) {
        count += 1;
        for (sum, level) in sums.iter_mut().zip(pixel) {
            *sum += u64::from(*level);
        }
    }
    sums.map(|sum| (sum / count.max(1)) as u8)
}
