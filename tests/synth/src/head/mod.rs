//! Clips of a head that turns as it is told, and of what is no such head. Drawn from a seed; no face was photographed.
//!
//! A frame is grey, about 320 pixels wide, as the page sends it beside the video; ten frames a second. The picture is not
//! mirrored: who turns to the left moves the nose to the right of the picture.

mod model;
mod raster;
mod scene;

use std::sync::Arc;

use serde::Serialize;

use self::{
    model::Person,
    raster::{Buffer, Camera, Light, Pose, Surface, Texture, Vertex},
    scene::{Lamp, Room, Sensor, Wander, ease},
};
use crate::{
    maths::{mix, radians},
    rng::Rng,
};
pub use model::SKIN_TONES;

/// Where to turn, as the person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Turn {
    /// To the person's left.
    Left,
    /// To the person's right.
    Right,
}

impl Turn {
    fn sign(self) -> f32 {
        if self == Self::Left { 1.0 } else { -1.0 }
    }

    fn other(self) -> Self {
        if self == Self::Left { Self::Right } else { Self::Left }
    }
}

/// What the page asked for, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Prompt {
    /// Where to.
    pub turn: Turn,
    /// Milliseconds from the first frame.
    pub at: u32,
}

/// What the clip shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Case {
    /// A person who does as told.
    Genuine,
    /// A person who turns the other way at one prompt or more.
    WrongOrder,
    /// A person who does not move at one prompt.
    Missed,
    /// A person who jerks the head.
    TooFast,
    /// A flat photo, moved and turned in front of the camera.
    Flat,
    /// A photo bent like a tube, moved and turned.
    Bent,
    /// One frame again and again.
    Frozen,
    /// A second of a genuine clip again and again.
    Loop,
    /// Two clips of different people, cut together.
    Cut,
    /// Two people who both turn.
    TwoHeads,
    /// A room.
    NoHead,
    /// A genuine clip in too little light.
    Dark,
    /// A genuine clip out of focus.
    Blurred,
}

impl Case {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Genuine,
        Self::WrongOrder,
        Self::Missed,
        Self::TooFast,
        Self::Flat,
        Self::Bent,
        Self::Frozen,
        Self::Loop,
        Self::Cut,
        Self::TwoHeads,
        Self::NoHead,
        Self::Dark,
        Self::Blurred,
    ];

    /// The word for it in file names and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::WrongOrder => "wrong-order",
            Self::Missed => "missed",
            Self::TooFast => "too-fast",
            Self::Flat => "flat",
            Self::Bent => "bent",
            Self::Frozen => "frozen",
            Self::Loop => "loop",
            Self::Cut => "cut",
            Self::TwoHeads => "two-heads",
            Self::NoHead => "no-head",
            Self::Dark => "dark",
            Self::Blurred => "blurred",
        }
    }
}

/// What the head really did.
#[derive(Debug, Clone, Serialize)]
pub struct Truth {
    /// The case.
    pub case: Case,
    /// Yaw of the head in each frame, degrees, positive to the person's left; 0 where no head turns.
    pub yaw: Vec<f32>,
    /// Which way it was turned at each prompt; `None` where it was not.
    pub turns: Vec<Option<Turn>>,
    /// The middle of the head in the first frame, pixels.
    pub centre: [f32; 2],
    /// Half its width, pixels.
    pub half_width: f32,
    /// Index of the skin tone.
    pub tone: usize,
    /// Whether the person wears glasses.
    pub glasses: bool,
}

/// A clip with its prompts and the truth about it.
#[derive(Debug, Clone)]
pub struct Clip {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Grey frames, `width × height` bytes each.
    pub frames: Vec<Vec<u8>>,
    /// When each frame was taken, milliseconds from the first.
    pub times: Vec<u32>,
    /// What was asked for.
    pub prompts: Vec<Prompt>,
    /// What it is.
    pub truth: Truth,
}

/// Draws a clip; the same seed and case give the same bytes.
#[must_use]
pub fn clip(seed: u64, case: Case) -> Clip {
    let mut rng = Rng::of(seed, case.name());
    let (width, height) = if rng.chance(0.5) { (320, 240) } else { (320, 426) };
    let prompts = prompts(&mut rng);
    let mut clip = match case {
        Case::Flat | Case::Bent => photo(&mut rng, width, height, &prompts, case == Case::Bent),
        Case::Frozen => frozen(&mut rng, width, height, &prompts),
        Case::Cut => {
            let first = Take::draw(&mut rng, width, height, Acting::told(&prompts)).film(&mut rng, &prompts);
            let second = Take::draw(&mut rng, width, height, Acting::told(&prompts)).film(&mut rng, &prompts);
            spliced(&mut rng, first, second)
        }
        Case::Loop => {
            let whole = Take::draw(&mut rng, width, height, Acting::told(&prompts)).film(&mut rng, &prompts);
            looped(&mut rng, whole)
        }
        _ => {
            let acting = match case {
                Case::WrongOrder => Acting::wrong(&mut rng, &prompts),
                Case::Missed => Acting::missing(&mut rng, &prompts),
                _ => Acting::told(&prompts),
            };
            let mut take = Take::draw(&mut rng, width, height, acting);
            match case {
                Case::TooFast => take.hurry = true,
                Case::NoHead => take.heads.clear(),
                Case::TwoHeads => take.join(&mut rng),
                Case::Dark => take.sensor = Sensor::draw(&mut rng).with(0.035, 0.0),
                Case::Blurred => take.sensor = Sensor::draw(&mut rng).with(1.0, rng.within(3.5, 6.0)),
                _ => {}
            }
            take.film(&mut rng, &prompts)
        }
    };
    clip.truth.case = case;
    clip
}

/// Three or four turns in random order, some 2.6 seconds apart.
fn prompts(rng: &mut Rng) -> Vec<Prompt> {
    let count = 3 + rng.below(2);
    let mut turns: Vec<Turn> = (0..count).map(|_| if rng.chance(0.5) { Turn::Left } else { Turn::Right }).collect();
    if turns.iter().all(|turn| *turn == turns[0]) {
        turns[1] = turns[0].other();
    }
    let mut at = 1_000.0;
    turns
        .into_iter()
        .map(|turn| {
            let prompt = Prompt { turn, at: at as u32 };
            at += rng.within(2_500.0, 3_000.0);
            prompt
        })
        .collect()
}

/// What a person does at each prompt.
#[derive(Debug, Clone)]
struct Acting(Vec<Option<Turn>>);

impl Acting {
    fn told(prompts: &[Prompt]) -> Self {
        Self(prompts.iter().map(|prompt| Some(prompt.turn)).collect())
    }

    fn wrong(rng: &mut Rng, prompts: &[Prompt]) -> Self {
        let sure = rng.below(prompts.len());
        Self(
            prompts
                .iter()
                .enumerate()
                .map(|(at, prompt)| Some(if at == sure || rng.chance(0.3) { prompt.turn.other() } else { prompt.turn }))
                .collect(),
        )
    }

    fn missing(rng: &mut Rng, prompts: &[Prompt]) -> Self {
        let mut acting = Self::told(prompts);
        acting.0[rng.below(prompts.len())] = None;
        acting
    }
}

/// One turn: out, hold, back; seconds and degrees.
#[derive(Debug, Clone, Copy)]
struct Swing {
    begin: f32,
    out: f32,
    hold: f32,
    back: f32,
    degrees: f32,
}

impl Swing {
    fn at(&self, time: f32) -> f32 {
        let held = self.begin + self.out;
        let over = held + self.hold;
        self.degrees * (ease(self.begin, held, time) - ease(over, over + self.back, time))
    }
}

/// A head in front of the camera.
#[derive(Debug)]
struct Head {
    person: Person,
    /// Beside the middle, units.
    beside: f32,
    high: f32,
    acting: Acting,
    sway: [Wander; 5],
}

/// Everything that a clip is filmed with.
#[derive(Debug)]
struct Take {
    width: usize,
    height: usize,
    heads: Vec<Head>,
    camera: Camera,
    room: Room,
    lamp: Lamp,
    sensor: Sensor,
    shake: [Wander; 3],
    hurry: bool,
}

impl Take {
    fn draw(rng: &mut Rng, width: usize, height: usize, acting: Acting) -> Self {
        let head = Head::draw(rng, acting);
        let shaking = if rng.chance(0.3) { 0.0 } else { rng.within(0.5, 5.0) };
        Self {
            width,
            height,
            heads: vec![head],
            camera: Camera {
                distance: rng.within(5.0, 9.0),
                scale: width as f32 * rng.within(0.13, 0.20),
                centre: [width as f32 / 2.0, height as f32 / 2.0],
            },
            room: Room::draw(rng, width, height, true),
            lamp: Lamp::draw(rng),
            sensor: Sensor::draw(rng),
            shake: [Wander::new(rng, shaking, 1.2), Wander::new(rng, shaking, 1.2), Wander::new(rng, shaking * 0.003, 0.8)],
            hurry: false,
        }
    }

    /// A second person beside the first.
    fn join(&mut self, rng: &mut Rng) {
        let acting = self.heads[0].acting.clone();
        let mut second = Head::draw(rng, acting);
        self.camera.scale = self.width as f32 * rng.within(0.11, 0.15);
        self.heads[0].beside -= 1.35;
        second.beside += 1.35;
        self.heads.push(second);
    }

    /// The light of one moment.
    fn light(&self, time: f32, swings: &[Vec<Swing>]) -> (Vec<f32>, f32) {
        let shift = [self.shake[0].at(time), self.shake[1].at(time)];
        let roll = self.shake[2].at(time);
        let mut picture = self.room.look(self.width, self.height, shift, roll, time);
        let light = self.lamp.at(time);
        let mut yaw = 0.0;
        let mut camera = self.camera;
        camera.centre = [camera.centre[0] + shift[0], camera.centre[1] + shift[1]];
        let mut buffer = Buffer::new(self.width, self.height);
        for (head, swings) in self.heads.iter().zip(swings) {
            let turned = swings.iter().map(|swing| swing.at(time)).sum::<f32>() + head.sway[0].at(time);
            if yaw == 0.0 {
                yaw = turned;
            }
            head.draw_into(&mut buffer, turned, roll, time, &camera, &light);
        }
        buffer.over(&mut picture);
        (picture, yaw)
    }

    fn film(&self, rng: &mut Rng, prompts: &[Prompt]) -> Clip {
        let swings: Vec<Vec<Swing>> = self
            .heads
            .iter()
            .map(|head| {
                let turns = prompts.iter().zip(&head.acting.0);
                turns.filter_map(|(prompt, turn)| turn.map(|turn| self.swing(rng, *prompt, turn))).collect()
            })
            .collect();
        let end = prompts.last().map_or(0, |prompt| prompt.at) + 3_000;
        let times: Vec<u32> = (0..end / 100).map(|frame| frame * 100).collect();
        let (mut frames, mut yaws) = (Vec::new(), Vec::new());
        for &at in &times {
            let time = at as f32 / 1_000.0;
            let (mut picture, yaw) = self.light(time, &swings);
            // A thirtieth of a second of exposure.
            let (late, yaw_late) = self.light(time + 0.02, &swings);
            if (yaw_late - yaw).abs() > 0.4 || self.shake[0].at(time) != 0.0 {
                picture.iter_mut().zip(late).for_each(|(now, late)| *now = mix(*now, late, 0.5));
            }
            frames.push(self.sensor.expose(&picture, self.width, self.height, time, rng));
            yaws.push(yaw);
        }
        let first = self.heads.first();
        let beside = first.map_or([0.0; 2], |head| [head.beside, head.high]);
        Clip {
            width: self.width,
            height: self.height,
            frames,
            times,
            prompts: prompts.to_vec(),
            truth: Truth {
                case: Case::Genuine,
                yaw: yaws,
                turns: first.map_or_else(|| vec![None; prompts.len()], |head| head.acting.0.clone()),
                centre: [
                    self.camera.centre[0] + self.camera.scale * beside[0],
                    self.camera.centre[1] - self.camera.scale * beside[1],
                ],
                half_width: if first.is_some() { self.camera.scale } else { 0.0 },
                tone: first.map_or(0, |head| head.person.tone),
                glasses: first.is_some_and(|head| head.person.glasses),
            },
        }
    }

    fn swing(&self, rng: &mut Rng, prompt: Prompt, turn: Turn) -> Swing {
        let begin = prompt.at as f32 / 1_000.0 + rng.within(0.25, 0.7);
        let degrees = turn.sign() * rng.within(22.0, 42.0);
        if self.hurry {
            let out = rng.within(0.10, 0.18);
            return Swing { begin, out, hold: rng.within(0.0, 0.1), back: out, degrees };
        }
        Swing { begin, out: rng.within(0.6, 1.0), hold: rng.within(0.1, 0.4), back: rng.within(0.5, 0.8), degrees }
    }
}

impl Head {
    fn draw(rng: &mut Rng, acting: Acting) -> Self {
        Self {
            person: Person::draw(rng),
            beside: rng.within(-0.35, 0.35),
            high: rng.within(-0.1, 0.5),
            acting,
            sway: [
                Wander::new(rng, 1.5, 0.4),
                Wander::new(rng, 3.0, 0.4),
                Wander::new(rng, 2.0, 0.4),
                Wander::new(rng, 0.08, 0.5),
                Wander::new(rng, 0.05, 0.5),
            ],
        }
    }

    fn draw_into(&self, buffer: &mut Buffer, yaw: f32, roll: f32, time: f32, camera: &Camera, light: &Light) {
        let way = [self.beside + self.sway[3].at(time), self.high + self.sway[4].at(time), 0.0];
        let pitch = radians(self.sway[1].at(time));
        let lean = radians(self.sway[2].at(time)) + roll;
        // The neck stands behind the middle of the head.
        let pose = Pose::new(radians(yaw), pitch, lean, [0.0, -0.9, -0.35], way);
        let body = Pose::new(radians(yaw * 0.12), 0.0, lean * 0.3, [0.0, -2.0, -0.3], way);
        for surface in &self.person.body {
            buffer.draw(surface, &body, camera, light);
        }
        for surface in &self.person.head {
            buffer.draw(surface, &pose, camera, light);
        }
    }
}

/// A photo of a person with the room behind, held in front of a camera in another room.
fn photo(rng: &mut Rng, width: usize, height: usize, prompts: &[Prompt], bent: bool) -> Clip {
    // As sharp as a print of that size.
    let (fine_width, fine_height) = (640, 640 * height / width);
    let mut model = Take::draw(rng, fine_width, fine_height, Acting(vec![None; prompts.len()]));
    model.camera.scale = fine_width as f32 * rng.within(0.14, 0.24);
    let facing = rng.within(-8.0, 8.0);
    let still = [vec![Swing { begin: -1.0, out: 0.5, hold: 1e3, back: 1.0, degrees: facing }]];
    let (light, _) = model.light(0.0, &still);
    let print: Vec<f32> = light.iter().map(|level| level * 255.0).collect();
    let texture = Arc::new(Texture::of_grey(fine_width, fine_height, &print));

    let mut take = Take::draw(rng, width, height, Acting(vec![None; prompts.len()]));
    take.heads.clear();
    // From a small print with the room around it to one that fills the picture and more.
    let half = rng.within(0.30, 0.75) * width as f32 / take.camera.scale;
    let high = half * height as f32 / width as f32;
    let bend = if bent { rng.within(0.25, 0.9) * if rng.chance(0.5) { 1.0 } else { -1.0 } } else { 0.0 };
    let border = if rng.chance(0.4) { 0.06 } else { 0.0 };
    let paper = Arc::new(Texture::drawn(8, 8, |_, _| 0.85));
    let sheets = [(sheet(half * (1.0 + border), high * (1.0 + border), bend, -0.01, paper)), sheet(half, high, bend, 0.0, texture)];

    // Turned as told, shifted as told, or both; some only wander.
    let (turning, shifting) = match rng.below(4) {
        0 => (rng.within(15.0, 38.0), 0.0),
        1 => (0.0, rng.within(0.2, 0.9)),
        2 => (rng.within(15.0, 38.0), rng.within(-0.7, 0.7)),
        _ => (rng.within(0.0, 10.0), rng.within(0.0, 0.3)),
    };
    let swings: Vec<Swing> = prompts.iter().map(|prompt| take.swing(rng, *prompt, prompt.turn)).collect();
    let sway = [
        Wander::new(rng, 6.0, 0.5),
        Wander::new(rng, 8.0, 0.5),
        Wander::new(rng, 5.0, 0.5),
        Wander::new(rng, 0.2, 0.6),
        Wander::new(rng, 0.2, 0.6),
        Wander::new(rng, 0.4, 0.4),
    ];
    let end = prompts.last().map_or(0, |prompt| prompt.at) + 3_000;
    let times: Vec<u32> = (0..end / 100).map(|frame| frame * 100).collect();
    let light = |time: f32| {
        let shift = [take.shake[0].at(time), take.shake[1].at(time)];
        let roll = take.shake[2].at(time);
        let mut picture = take.room.look(width, height, shift, roll, time);
        let part = swings.iter().map(|swing| swing.at(time) / swing.degrees.abs()).sum::<f32>();
        let pose = Pose::new(
            radians(turning * part + sway[0].at(time)),
            radians(sway[1].at(time)),
            radians(sway[2].at(time)) + roll,
            [0.0; 3],
            [shifting * part + sway[3].at(time), sway[4].at(time), sway[5].at(time)],
        );
        let mut camera = take.camera;
        camera.centre = [camera.centre[0] + shift[0], camera.centre[1] + shift[1]];
        let mut buffer = Buffer::new(width, height);
        let light = Light { from: take.lamp.at(time).from, ambient: 0.75, direct: 0.25 };
        for sheet in &sheets {
            buffer.draw(sheet, &pose, &camera, &light);
        }
        buffer.over(&mut picture);
        picture
    };
    let frames = times
        .iter()
        .map(|&at| {
            let time = at as f32 / 1_000.0;
            let mut picture = light(time);
            picture.iter_mut().zip(light(time + 0.02)).for_each(|(now, late)| *now = mix(*now, late, 0.5));
            take.sensor.expose(&picture, width, height, time, rng)
        })
        .collect();
    let person = &model.heads[0].person;
    Clip {
        width,
        height,
        frames,
        prompts: prompts.to_vec(),
        truth: Truth {
            case: Case::Flat,
            yaw: vec![0.0; times.len()],
            turns: vec![None; prompts.len()],
            centre: take.camera.centre,
            half_width: model.camera.scale * half * take.camera.scale * 2.0 / fine_width as f32,
            tone: person.tone,
            glasses: person.glasses,
        },
        times,
    }
}

/// A sheet of paper, flat or part of an upright tube; `bend`: how far its edges come forward, in half widths.
fn sheet(half: f32, high: f32, bend: f32, back: f32, texture: Arc<Texture>) -> Surface {
    let (columns, rows) = (25, 9);
    let mut corners = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        for column in 0..columns {
            let uv = [column as f32 / (columns - 1) as f32, row as f32 / (rows - 1) as f32];
            let (x, y) = (uv[0] * 2.0 - 1.0, 1.0 - uv[1] * 2.0);
            corners.push(Vertex { at: [x * half * (1.0 - 0.2 * bend.abs()), y * high, back - bend * half * 0.5 * x * x], uv });
        }
    }
    Surface { corners, columns, texture, shaded: 0.5 }
}

/// One still; its noise is that of a sensor, or there is none at all.
fn frozen(rng: &mut Rng, width: usize, height: usize, prompts: &[Prompt]) -> Clip {
    let mut clip = Take::draw(rng, width, height, Acting::told(prompts)).film(rng, prompts);
    let from = if rng.chance(0.5) { 0 } else { rng.below(clip.frames.len() * 2 / 3) };
    let still = clip.frames[from].clone();
    let noisy = rng.chance(0.5);
    for frame in clip.frames.iter_mut().skip(from + 1) {
        frame.clone_from(&still);
        if noisy {
            frame.iter_mut().for_each(|grey| *grey = (f32::from(*grey) + 0.7 * rng.normal()).clamp(0.0, 255.0).round() as u8);
        }
    }
    let yaw = clip.truth.yaw[from];
    clip.truth.yaw.iter_mut().skip(from + 1).for_each(|later| *later = yaw);
    let stop = clip.times[from];
    for (turn, prompt) in clip.truth.turns.iter_mut().zip(&clip.prompts) {
        if prompt.at + 1_500 > stop {
            *turn = None;
        }
    }
    clip
}

/// A stretch with one turn in it again and again.
fn looped(rng: &mut Rng, mut clip: Clip) -> Clip {
    let first = clip.prompts[0].at as usize / 100;
    let length = 18 + rng.below(10);
    let from = first + 1;
    let frames = clip.frames.clone();
    for (at, frame) in clip.frames.iter_mut().enumerate().skip(from) {
        frame.clone_from(&frames[from + (at - from) % length]);
        if rng.chance(0.5) {
            continue;
        }
    }
    let yaw = clip.truth.yaw.clone();
    for (at, now) in clip.truth.yaw.iter_mut().enumerate().skip(from) {
        *now = yaw[from + (at - from) % length];
    }
    clip
}

/// The second from somewhere in the middle on.
fn spliced(rng: &mut Rng, mut first: Clip, second: Clip) -> Clip {
    let at = first.frames.len() / 4 + rng.below(first.frames.len() / 2);
    for place in at..first.frames.len().min(second.frames.len()) {
        first.frames[place].clone_from(&second.frames[place]);
        first.truth.yaw[place] = second.truth.yaw[place];
    }
    first
}
