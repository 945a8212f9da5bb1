//! Films: who stands where, under which lamp, before which camera, and what is played instead.

use std::{cell::LazyCell, sync::LazyLock};

use super::{
    Act, Clip, Grey, HeadTruth, Person,
    mesh::{Mesh, Placement, Vector, Vertex, View, unit},
    motion::{self, Path, Pose},
    person::{Body, Lit},
    room::Room,
};
use crate::{
    maths::{Point, from_light, radians, sin_cos, smoothstep},
    noise::Noise,
    rng::{NORMAL, Rng},
};

/// Frames are drawn so many times larger and then averaged.
const FINE: usize = 2;

/// Middle of the neck's joint: heads turn about it.
const JOINT: Vector = [0.0, 70.0, 25.0];

/// Everything that stays the same through a film.
struct Stage {
    width: usize,
    height: usize,
    focal: f32,
    distance: f32,
    seat: [f32; 2],
    room: Room,
    lamp: Lit,
    wander: Noise,
    shake: f32,
    flicker: f32,
    exposure: f32,
    noise: f32,
    soft: u8,
}

/// A photo of a head, printed.
struct Print {
    mesh: Mesh,
    /// Half of the head's size on it, millimetres.
    head: (f32, f32),
    bend: f32,
}

/// Makes a film: about ten frames a second, 320 pixels wide, until two seconds after the last prompt.
#[must_use]
pub fn film(seed: u64, act: Act) -> Clip {
    film_some(seed, act, |_| true)
}

/// The same film with the truth of every frame, but only the frames that are asked for, by their number, are drawn: drawing is
/// what takes time.
#[must_use]
pub fn film_some(seed: u64, act: Act, asked: impl Fn(usize) -> bool) -> Clip {
    let rng = &mut Rng::of(seed, "film");
    let person = Person::draw(rng);
    let prompts = motion::prompts(rng);
    let stage = Stage::draw(rng, act);
    let path = Path::draw(rng, &prompts, act);
    let done = match act {
        Act::NoHead => vec![0.0; prompts.len()],
        _ => path.extents(),
    };
    // Only drawing needs them.
    let body = LazyCell::new(|| person.body());
    let second = (act == Act::TwoHeads).then(|| {
        let other = Person::draw(rng);
        let path = Path::draw(rng, &prompts, Act::Genuine);
        (LazyCell::new(move || other.body()), path)
    });
    let print = matches!(act, Act::PhotoMoved | Act::PhotoTurned | Act::PhotoBent).then(|| {
        let bend = if act == Act::PhotoBent { rng.within(90.0, 180.0) } else { 0.0 };
        let elsewhere = Room::draw(rng, stage.width * FINE, stage.height * FINE);
        stage.print(&body, &person, &elsewhere, bend)
    });
    let cast = || Cast {
        body: &body,
        path: &path,
        second: second.as_ref().map(|(body, path)| (&**body, path)),
        print: print.as_ref(),
        act,
    };

    let last = prompts.last().map_or(0, |prompt| prompt.at) + 2_600;
    let (stops, period, stretch) =
        (rng.within(0.25, 0.6) * last as f32, 6 + rng.below(8), rng.within(0.0, 0.4) * last as f32);
    let mut frames: Vec<Grey> = Vec::new();
    let mut at = 0_u32;
    // What the camera sees and when, and whose noise is on it: of a copy, that of the frame it is a copy of.
    let mut stands = (0.0, 0);
    let mut drawn: Vec<(f32, Vec<f32>)> = Vec::new();
    while at <= last {
        let index = frames.len();
        let (time, original) = match act {
            Act::Frozen | Act::FrozenNoisy if at as f32 > stops => stands,
            Act::Loop | Act::LoopNoisy => (stretch + (index % period) as f32 * 100.0, index % period),
            _ => (at as f32, index),
        };
        stands = (time, original);
        let fresh = matches!(act, Act::FrozenNoisy | Act::LoopNoisy);
        let luma = if asked(index) {
            let place = drawn.iter().position(|(then, _)| *then == time).unwrap_or_else(|| {
                // Only a loop comes back to what was long ago.
                if !matches!(act, Act::Loop | Act::LoopNoisy) {
                    drawn.clear();
                }
                drawn.push((time, stage.light(&cast(), time)));
                drawn.len() - 1
            });
            let mut sensor = Rng::of(seed ^ (if fresh { index } else { original } as u64) << 40, "sensor");
            stage.expose(&drawn[place].1, stage.gain(cast().tone()), &mut sensor)
        } else {
            Vec::new()
        };
        let truth = stage.truth(&path, &person, print.as_ref(), act, time);
        frames.push(Grey { at, luma, truth });
        // Cameras keep their time only roughly.
        at += 92 + rng.below(17) as u32;
    }
    Clip { seed, act, width: stage.width, height: stage.height, prompts, done, frames, person }
}

/// Who is before the camera.
struct Cast<'a> {
    body: &'a Body,
    path: &'a Path,
    second: Option<(&'a Body, &'a Path)>,
    print: Option<&'a Print>,
    act: Act,
}

impl Stage {
    fn draw(rng: &mut Rng, act: Act) -> Self {
        let (width, height) = if rng.chance(0.5) { (320, 426) } else { (320, 240) };
        let focal = if height > width { 0.78 * height as f32 } else { 0.98 * width as f32 };
        let side = radians(rng.within(-75.0, 75.0));
        let (sin, cos) = sin_cos(side);
        let contrast = rng.within(0.2, 0.75);
        let two = act == Act::TwoHeads;
        let distance = if two { rng.within(560.0, 700.0) } else { rng.within(400.0, 560.0) };
        Self {
            width,
            height,
            focal,
            distance,
            seat: [rng.within(-18.0, 18.0), rng.within(-12.0, 18.0)],
            room: Room::draw(rng, width * FINE, height * FINE),
            lamp: Lit {
                towards: unit([sin, rng.within(-0.8, -0.1), -cos]),
                key: contrast,
                ambient: 1.0 - contrast * 0.7,
            },
            wander: Noise(rng.bits()),
            shake: rng.within(0.3, 3.2),
            flicker: rng.within(0.0, 0.16),
            exposure: if act == Act::Dark { rng.within(0.012, 0.035) } else { rng.within(0.7, 1.35) },
            noise: if act == Act::Dark { rng.within(3.0, 5.0) } else { rng.within(0.8, 3.2) },
            soft: if act == Act::Blurred { 26 + rng.below(30) as u8 } else { 0 },
        }
    }

    /// Exposure so that this skin comes out as a phone would expose a face.
    fn gain(&self, person_tone: f32) -> f32 {
        // Phones meter the face but not all the way.
        self.exposure * 0.34 / (0.45 * person_tone + 0.55 * 0.3)
    }

    fn view(&self, fine: usize, shake: [f32; 2]) -> View {
        let (width, height) = (self.width * fine, self.height * fine);
        let scale = fine as f32;
        View {
            width,
            height,
            focal: self.focal * scale,
            middle: self.view_middle(fine, shake),
            light: vec![0.0; width * height],
            depth: vec![f32::MAX; width * height],
        }
    }

    fn view_middle(&self, fine: usize, shake: [f32; 2]) -> [f32; 2] {
        let (width, height) = (self.width * fine, self.height * fine);
        let scale = fine as f32;
        [
            width as f32 / 2.0 + (shake[0] + self.seat[0]) * scale,
            height as f32 / 2.0 + (shake[1] + self.seat[1]) * scale,
        ]
    }

    /// Pixels that the hand's shaking moves the picture.
    fn shaken(&self, time: f32) -> [f32; 2] {
        let slow = |row: f32| self.wander.at(time / 420.0, row) + 0.35 * self.wander.at(time / 130.0, row + 40.0);
        [self.shake * slow(2.5), self.shake * slow(8.5)]
    }

    fn lamp_at(&self, time: f32) -> Lit {
        let drift = 0.25 * self.wander.at(time / 2_500.0, 21.5);
        let glow = 1.0 + self.flicker * (self.wander.at(time / 700.0, 27.5) + 0.4 * self.wander.at(time / 150.0, 29.5));
        let towards = unit([self.lamp.towards[0] + drift, self.lamp.towards[1], self.lamp.towards[2]]);
        Lit { towards, key: self.lamp.key * glow, ambient: self.lamp.ambient * (0.5 + 0.5 * glow) }
    }

    fn placed(&self, pose: &Pose, side: f32, part: f32) -> Placement {
        let shift = [side + pose.shift[0] * part, pose.shift[1] * part, self.distance + pose.shift[2] * part];
        Placement::new(radians(pose.yaw) * part, radians(pose.pitch) * part, radians(pose.roll) * part, JOINT, shift)
    }

    fn person(&self, view: &mut View, body: &Body, pose: &Pose, side: f32, lamp: &Lit) {
        view.draw(&body.trunk, &self.placed(pose, side, 0.05), lamp, false);
        view.draw(&body.neck, &self.placed(pose, side, 0.4), lamp, false);
        view.draw(&body.head, &self.placed(pose, side, 1.0), lamp, pose.blink);
    }

    /// The light on the sensor.
    fn light(&self, cast: &Cast<'_>, time: f32) -> Vec<f32> {
        // The shutter is open for a thirtieth of a second: what moves fast is drawn several times.
        let speed = (cast.path.at(time + 16.0).yaw - cast.path.at(time - 16.0).yaw).abs();
        let parts = if cast.act == Act::NoHead { 1 } else { (speed / 1.1).ceil().clamp(1.0, 4.0) as usize };
        let mut sum = vec![0.0_f32; self.width * self.height];
        let shake = self.shaken(time);
        let mut view = self.view(FINE, shake);
        // The room is far away: a hand that moves shifts it less than one that turns, here it does half of either.
        let scale = FINE as f32 * 0.8;
        self.room.fill(&mut view, [shake[0] * scale, shake[1] * scale], time / 1_000.0, self.lamp_at(time).ambient);
        let room = if parts > 1 { view.light.clone() } else { Vec::new() };
        for part in 0..parts {
            let now = time + 33.0 * ((part as f32 + 0.5) / parts as f32 - 0.5);
            let lamp = self.lamp_at(now);
            if part > 0 {
                view.light.copy_from_slice(&room);
                view.depth.fill(f32::MAX);
            }
            view.middle = self.view_middle(FINE, self.shaken(now));
            let pose = cast.path.at(now);
            match (cast.print, cast.act) {
                (Some(print), _) => view.draw(&print.mesh, &self.held(print, cast.act, &pose), &lamp, false),
                (None, Act::NoHead) => {}
                (None, _) => {
                    let side = if cast.second.is_some() { -105.0 } else { 0.0 };
                    self.person(&mut view, cast.body, &pose, side, &lamp);
                    if let Some((body, path)) = cast.second {
                        self.person(&mut view, body, &path.at(now), 105.0, &lamp);
                    }
                }
            }
            let width = view.width;
            let pairs = view.light.chunks_exact(FINE * width);
            for (rows, line) in pairs.zip(sum.chunks_exact_mut(self.width)) {
                let (above, below) = rows.split_at(width);
                for (total, (a, b)) in line.iter_mut().zip(above.chunks_exact(FINE).zip(below.chunks_exact(FINE))) {
                    *total += a[0] + a[1] + b[0] + b[1];
                }
            }
        }
        let whole = 1.0 / (parts * FINE * FINE) as f32;
        let mut light: Vec<f32> = sum.iter().map(|total| total * whole).collect();
        for _ in 0..self.soft {
            softened(&mut light, self.width, self.height);
        }
        softened_little(&mut light, self.width, self.height);
        light
    }

    fn expose(&self, light: &[f32], gain: f32, sensor: &mut Rng) -> Vec<u8> {
        let normal = &*NORMAL;
        let mut bits = 0;
        let mut before = 0.0;
        light
            .iter()
            .enumerate()
            .map(|(index, light)| {
                if index % 5 == 0 {
                    bits = sensor.bits();
                }
                let white = normal[(bits & 0xfff) as usize];
                bits >>= 12;
                before = 0.9 * white + 0.3 * before;
                let place = (light * gain).clamp(0.0, RANGE) * (STEPS as f32 / RANGE);
                let step = (place as usize).min(STEPS - 1);
                let level = TONE[step] + (TONE[step + 1] - TONE[step]) * (place - step as f32);
                (level + before * self.noise + 0.5).clamp(0.0, 255.0) as u8
            })
            .collect()
    }

    /// A photo of the person, looking straight ahead, as a mesh of its dots.
    fn print(&self, body: &Body, person: &Person, room: &Room, bend: f32) -> Print {
        let still = Pose { yaw: 0.0, pitch: 0.0, roll: 0.0, shift: [0.0; 3], blink: false };
        let mut view = self.view(FINE, [-self.seat[0], -self.seat[1]]);
        room.fill(&mut view, [0.0; 2], 0.0, 1.0);
        self.person(&mut view, body, &still, 0.0, &self.lamp);
        // As much of it as a portrait shows, 1 : 1 in size.
        let per_mm = view.focal / self.distance;
        let (half_width, half_height) = ((130.0 * per_mm) as usize, (170.0 * per_mm) as usize);
        let (cx, cy) = (view.width / 2, view.height / 2);
        let (left, top) = (cx.saturating_sub(half_width), cy.saturating_sub(half_height));
        let (columns, rows) = ((2 * half_width).min(view.width - left), (2 * half_height).min(view.height - top));
        // As dark or bright as a phone's picture of the person would be printed.
        let exposed = 0.34 / (0.45 * person.tone() + 0.55 * 0.3);
        let mesh = Mesh::grid(columns, rows, false, |column, row| {
            let light = view.light[(top + row) * view.width + left + column];
            let place = [
                (left + column) as f32 / per_mm - cx as f32 / per_mm,
                (top + row) as f32 / per_mm - cy as f32 / per_mm,
                0.0,
            ];
            let albedo = (light * exposed).clamp(0.015, 0.85);
            let place = if bend > 0.0 {
                let (sin, cos) = sin_cos(place[0] / bend);
                [bend * sin, place[1], -bend * cos + bend]
            } else {
                place
            };
            Vertex { place, normal: [0.0, 0.0, -1.0], albedo, closed: albedo, shine: 0.0 }
        })
        .facing();
        Print { mesh, head: (person.wide, person.tall), bend }
    }

    /// How a hand holds the photo.
    fn held(&self, print: &Print, act: Act, pose: &Pose) -> Placement {
        let sway = [pose.shift[0], pose.shift[1], self.distance + pose.shift[2]];
        let (yaw, shift) = match act {
            Act::PhotoMoved => (pose.yaw * 0.08, [sway[0] + pose.yaw * 1.5, sway[1], sway[2]]),
            Act::PhotoBent => (pose.yaw * 0.9, [sway[0] + pose.yaw * 0.4, sway[1], sway[2] - print.bend * 0.2]),
            _ => (pose.yaw, sway),
        };
        Placement::new(radians(yaw), radians(pose.pitch), radians(pose.roll), [0.0; 3], shift)
    }

    fn truth(&self, path: &Path, person: &Person, print: Option<&Print>, act: Act, time: f32) -> HeadTruth {
        let pose = path.at(time);
        let view = self.view(1, self.shaken(time));
        let placement = match print {
            Some(print) => self.held(print, act, &pose),
            None => self.placed(&pose, if act == Act::TwoHeads { -105.0 } else { 0.0 }, 1.0),
        };
        let [x, y, z] = view.project(placement.place([0.0; 3]));
        let (wide, tall) = print.map_or((person.wide, person.tall), |print| print.head);
        let yaw = match act {
            Act::PhotoMoved => pose.yaw * 0.08,
            Act::PhotoBent => pose.yaw * 0.9,
            _ => pose.yaw,
        };
        let there = act != Act::NoHead;
        HeadTruth {
            yaw: if there { yaw } else { 0.0 },
            pitch: if there { pose.pitch } else { 0.0 },
            centre: there.then(|| Point::new(x, y)),
            half_width: if there { wide * view.focal / z } else { 0.0 },
            half_height: if there { tall * view.focal / z } else { 0.0 },
        }
    }
}

impl Cast<'_> {
    /// What the camera meters.
    fn tone(&self) -> f32 {
        if self.act == Act::NoHead || self.print.is_some() { 0.3 } else { self.body.neck.vertices[0].albedo }
    }
}

impl Mesh {
    /// With normals towards the camera.
    fn facing(self) -> Self {
        if self.vertices.iter().map(|vertex| vertex.normal[2]).sum::<f32>() > 0.0 { self.flipped() } else { self }
    }
}

const STEPS: usize = 4_096;
const RANGE: f32 = 1.6;

/// Levels (0 to 255, not rounded) of light from 0 to `RANGE`.
static TONE: LazyLock<Vec<f32>> =
    LazyLock::new(|| (0..=STEPS).map(|step| 255.0 * tone(step as f32 / STEPS as f32 * RANGE)).collect());

/// sRGB with a short shoulder.
fn tone(light: f32) -> f32 {
    let light = if light < 0.8 { light } else { 0.8 + 0.2 * smoothstep(0.0, 1.0, (light - 0.8) / 0.8) };
    from_light(light.clamp(0.0, 1.0))
}

/// The mean with the nearest neighbours.
fn softened(light: &mut [f32], width: usize, height: usize) {
    weighed(light, width, height, 0.25);
}

/// What a small lens does.
fn softened_little(light: &mut [f32], width: usize, height: usize) {
    weighed(light, width, height, 0.1);
}

fn weighed(light: &mut [f32], width: usize, height: usize, side: f32) {
    let middle = 1.0 - 2.0 * side;
    for line in light.chunks_exact_mut(width) {
        let mut before = line[0];
        for x in 1..width - 1 {
            let here = line[x];
            line[x] = side * (before + line[x + 1]) + middle * here;
            before = here;
        }
    }
    let mut above: Vec<f32> = light[..width].to_vec();
    for y in 1..height - 1 {
        for (x, above) in above.iter_mut().enumerate() {
            let here = light[y * width + x];
            light[y * width + x] = side * (*above + light[(y + 1) * width + x]) + middle * here;
            *above = here;
        }
    }
}
