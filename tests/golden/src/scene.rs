//! Which frames there are: scenes that are drawn once and give several frames each, then films of heads.

use gatepass_synth::{
    canvas::Raster,
    capture::{Ladder, Profile, Shot, shoot},
    document::{Kind, Sheet, Side, render_at},
    fonts::Fonts,
    head::{Act, Turn, film},
    rng::Rng,
};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::frame::{About, Frame};

/// What everything is drawn from.
pub(crate) const SEED: u64 = 20_261;
/// Scenes of the whole set.
pub(crate) const SCENES: usize = 420;
/// Frames that a scene gives.
pub(crate) const VARIANTS: usize = 12;
/// Films of the whole set: each act twice.
pub(crate) const CLIPS: usize = 2 * Act::ALL.len();

const SIDES: [(Kind, Side); 5] = [
    (Kind::Passport, Side::Front),
    (Kind::Licence, Side::Front),
    (Kind::Licence, Side::Back),
    (Kind::Permit, Side::Front),
    (Kind::Permit, Side::Back),
];

/// Small enough that five thousand are affordable, and of every shape.
const SIZES: [(u32, u32); 8] =
    [(640, 480), (1280, 720), (480, 640), (800, 600), (960, 540), (720, 960), (1024, 768), (1280, 960)];

/// A part of the set, from its beginning.
pub(crate) struct Set {
    fonts: Fonts,
    pub(crate) scenes: usize,
    pub(crate) clips: usize,
}

impl Set {
    pub(crate) fn new(fonts: Fonts, scenes: Option<usize>, clips: Option<usize>) -> Self {
        Self { fonts, scenes: scenes.unwrap_or(SCENES).min(SCENES), clips: clips.unwrap_or(CLIPS).min(CLIPS) }
    }

    /// Of the typefaces that everything is drawn with: other releases of them draw other pictures.
    pub(crate) fn fonts(&self) -> u64 {
        self.fonts.print()
    }

    /// Scenes and films.
    pub(crate) fn groups(&self) -> usize {
        self.scenes + self.clips
    }

    /// The frames of a scene, or one film. Films come first: they take longest, so that none is left for the end.
    pub(crate) fn draw(&self, group: usize) -> Vec<Frame> {
        match group.checked_sub(self.clips) {
            Some(scene) => self.scene(scene),
            None => vec![clip(group)],
        }
    }

    fn scene(&self, scene: usize) -> Vec<Frame> {
        let purposes = Profile::ALL.len() + Ladder::ALL.len();
        let (round, purpose) = (scene / purposes, scene % purposes);
        let (kind, side) = SIDES[(scene + round) % SIDES.len()];
        let sheet = render_at(&self.fonts, SEED + round as u64, kind, side, 10.0);
        let mut rng = Rng::of(SEED + scene as u64, "golden");
        let shot = shot(&mut rng, scene, round, purpose, &sheet);
        let picture = shoot(&sheet, &shot).raster;
        let variants = variants(&mut rng, scene, code(kind), &picture, shot.jpeg);
        let name = |variant| format!("scene {scene:03} frame {variant:02}");
        let frames = variants.into_iter().enumerate();
        frames.map(|(variant, (about, bytes))| Frame { name: name(variant), about, bytes }).collect()
    }
}

fn code(kind: Kind) -> &'static str {
    match kind {
        Kind::Passport => "passport",
        Kind::Licence => "licence",
        Kind::Permit => "permit",
    }
}

/// A profile or a rung of a ladder, in a frame of its own size.
fn shot(rng: &mut Rng, scene: usize, round: usize, purpose: usize, sheet: &Sheet) -> Shot {
    let (width, height) = SIZES[(scene + scene / SIZES.len()) % SIZES.len()];
    let across = rng.within(0.45, 0.85) * width as f32;
    let seed = rng.bits();
    let mut shot = match Profile::ALL.get(purpose) {
        Some(&profile) => Shot { across, ..Shot::draw(seed, profile, sheet) },
        None => {
            let ladder = Ladder::ALL[purpose - Profile::ALL.len()];
            Shot::ladder(seed, ladder, (round % 6) as f32 / 5.0, across, sheet)
        }
    };
    (shot.width, shot.height) = (width, height);
    shot
}

/// The frames that one picture gives: as a camera's preview, and as files of every sort.
fn variants(rng: &mut Rng, scene: usize, kind: &'static str, picture: &Raster, quality: u8) -> Vec<(About, Vec<u8>)> {
    let (width, height) = (picture.width, picture.height);
    let other = if kind == "passport" { "licence" } else { "passport" };
    let part = picture.cut(rng);
    let half = picture.half();
    let guide = |rng: &mut Rng, picture: &Raster| Some(guide(rng, picture.width as f32, picture.height as f32));
    let still = |bytes: Vec<u8>| (About::Still { kind }, bytes);
    let grey = |kind, picture: &Raster, guide| {
        let about = About::Grey { kind, width: picture.width, height: picture.height, stride: picture.width, guide };
        (about, picture.luma())
    };

    let stride = part.width + 1 + rng.below(40);
    let padded = {
        let luma = part.luma();
        let row = |row: &[u8]| [row, &vec![170; stride - part.width]].concat();
        luma.chunks_exact(part.width).flat_map(row).collect()
    };
    let rgba: Vec<u8> = picture.rgb.as_chunks::<3>().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect();
    let cut_short = |bytes: Vec<u8>| if scene % 10 == 9 { bytes[..bytes.len() / 2].to_vec() } else { bytes };
    vec![
        grey(kind, picture, None),
        (About::Grey { kind, width: part.width, height: part.height, stride, guide: guide(rng, &part) }, padded),
        grey(kind, &half, None),
        (About::Colour { kind, width, height, guide: guide(rng, picture) }, rgba),
        grey(other, &half, guide(rng, &half)),
        still(jpeg(picture, quality, |encoder| encoder.set_sampling_factor(SamplingFactor::R_4_2_0))),
        still(jpeg(picture, 92, |encoder| {
            encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
            let orientation = u8::try_from(2 + scene % 7).unwrap_or(1);
            let _ = encoder.add_app_segment(1, exif(orientation));
        })),
        still(jpeg(picture, 75, |encoder| {
            encoder.set_sampling_factor(SamplingFactor::R_4_2_2);
            encoder.set_progressive(true);
            encoder.set_optimized_huffman_tables(true);
        })),
        still(jpeg_grey(&part, 85)),
        still(cut_short(jpeg(&part, 50, |encoder| {
            encoder.set_sampling_factor(if scene.is_multiple_of(2) {
                SamplingFactor::R_4_4_0
            } else {
                SamplingFactor::R_4_1_1
            });
            encoder.set_restart_interval(7);
        }))),
        still(png(width, height, png::ColorType::Rgb, png::BitDepth::Eight, &picture.rgb)),
        still(odd_png(scene, &part)),
    ]
}

/// Corners of a frame on the screen, not quite straight.
fn guide(rng: &mut Rng, width: f32, height: f32) -> [f32; 8] {
    let (across, down) = (0.06 * width, 0.06 * height);
    let corners = [(0.12, 0.15), (0.88, 0.15), (0.88, 0.85), (0.12, 0.85)];
    let mut guide = [0.0; 8];
    for (place, (x, y)) in guide.as_chunks_mut::<2>().0.iter_mut().zip(corners) {
        *place = [x * width + rng.within(-across, across), y * height + rng.within(-down, down)];
    }
    guide
}

fn jpeg(picture: &Raster, quality: u8, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    encoded(&picture.rgb, picture, ColorType::Rgb, quality, set)
}

fn jpeg_grey(picture: &Raster, quality: u8) -> Vec<u8> {
    encoded(&picture.luma(), picture, ColorType::Luma, quality, |_| {})
}

fn encoded(
    pixels: &[u8],
    picture: &Raster,
    colour: ColorType,
    quality: u8,
    set: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    set(&mut encoder);
    let side = |side: usize| u16::try_from(side).expect("frames are small");
    encoder.encode(pixels, side(picture.width), side(picture.height), colour).expect("memory can be written");
    bytes
}

/// A TIFF directory that holds the orientation alone.
fn exif(orientation: u8) -> Vec<u8> {
    let mut bytes = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    bytes.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

/// The PNGs that cameras do not write and other programs do.
fn odd_png(scene: usize, picture: &Raster) -> Vec<u8> {
    let (width, height) = (picture.width, picture.height);
    let pixels = picture.rgb.as_chunks::<3>().0.iter().enumerate();
    let alpha = |place: usize| if place.is_multiple_of(7) { 90 } else { 255 };
    match scene % 4 {
        0 => {
            let rgba: Vec<u8> = pixels.flat_map(|(place, &[r, g, b])| [r, g, b, alpha(place)]).collect();
            png(width, height, png::ColorType::Rgba, png::BitDepth::Eight, &rgba)
        }
        1 => {
            let grey: Vec<u8> = picture.luma().iter().enumerate().flat_map(|(at, &grey)| [grey, alpha(at)]).collect();
            png(width, height, png::ColorType::GrayscaleAlpha, png::BitDepth::Eight, &grey)
        }
        2 => {
            let sixteen: Vec<u8> = picture.rgb.iter().flat_map(|&level| [level, level.wrapping_mul(31)]).collect();
            png(width, height, png::ColorType::Rgb, png::BitDepth::Sixteen, &sixteen)
        }
        _ => png(width, height, png::ColorType::Grayscale, png::BitDepth::Eight, &picture.luma()),
    }
}

fn png(width: usize, height: usize, colour: png::ColorType, depth: png::BitDepth, data: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let side = |side: usize| u32::try_from(side).expect("frames are small");
    let mut encoder = png::Encoder::new(&mut bytes, side(width), side(height));
    encoder.set_color(colour);
    encoder.set_depth(depth);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header().expect("memory can be written");
    writer.write_image_data(data).expect("there are as many bytes as the size says");
    writer.finish().expect("memory can be written");
    bytes
}

/// A film as a browser gets it; every fourth half as large again, with a chequered frame in its middle that is 99 levels from the
/// one before: by so much the sum of the differences, in 256ths, is a little more than a browser's words of 32 bits hold.
fn clip(index: usize) -> Frame {
    let act = Act::ALL[index % Act::ALL.len()];
    let mut film = film(SEED + index as u64, act);
    if index % 4 == 3 {
        for frame in &mut film.frames {
            frame.luma = enlarged(&frame.luma, film.width);
        }
        (film.width, film.height) = (film.width / 2 * 3, film.height / 2 * 3);
        let middle = film.frames.len() / 2;
        let before = film.frames[middle - 1].luma.clone();
        let chequered = before.iter().enumerate().map(|(at, &level)| {
            let lighter = (at % film.width / 16 + at / film.width / 16).is_multiple_of(2);
            if (lighter && level < 156) || level < 99 { level + 99 } else { level - 99 }
        });
        film.frames[middle].luma = chequered.collect();
    }
    let direction = |turn| match turn {
        Turn::Left => "left",
        Turn::Right => "right",
    };
    Frame {
        name: format!("film {index:02}"),
        about: About::Clip {
            width: film.width,
            height: film.height,
            prompts: film.prompts.iter().map(|prompt| (direction(prompt.direction), prompt.at)).collect(),
            times: film.frames.iter().map(|frame| frame.at).collect(),
        },
        bytes: film.frames.into_iter().flat_map(|frame| frame.luma).collect(),
    }
}

/// Three pixels for two, across and down.
fn enlarged(luma: &[u8], width: usize) -> Vec<u8> {
    let third = |at: usize| at / 3 * 2 + at % 3 / 2;
    let rows: Vec<&[u8]> = luma.chunks_exact(width).collect();
    let row = |y: usize| (0..width / 2 * 3).map(move |x| (third(x), third(y)));
    (0..rows.len() / 2 * 3).flat_map(row).map(|(x, y)| rows[y][x]).collect()
}

/// What the set does with a picture before it is encoded.
trait Trim {
    /// A part with odd sides.
    fn cut(&self, rng: &mut Rng) -> Self;
    /// Means of four pixels.
    fn half(&self) -> Self;
}

impl Trim for Raster {
    fn cut(&self, rng: &mut Rng) -> Self {
        let (left, top) = (rng.below(self.width / 12), rng.below(self.height / 12));
        let width = (self.width - left - rng.below(self.width / 12)) | 1;
        let height = (self.height - top - rng.below(self.height / 12)) | 1;
        let (width, height) = (width.min(self.width - left), height.min(self.height - top));
        let row = |y: usize| &self.rgb[3 * (y * self.width + left)..][..3 * width];
        Self { width, height, rgb: (top..top + height).flat_map(row).copied().collect() }
    }

    fn half(&self) -> Self {
        let (width, height) = (self.width / 2, self.height / 2);
        let mut rgb = Vec::with_capacity(3 * width * height);
        for y in 0..height {
            for x in 0..width {
                let four =
                    [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(right, down)| self.pixel(2 * x + right, 2 * y + down));
                for part in 0..3 {
                    let sum: u16 = four.iter().map(|pixel| u16::from(pixel[part])).sum();
                    rgb.push(u8::try_from((sum + 2) / 4).unwrap_or(u8::MAX));
                }
            }
        }
        Self { width, height, rgb }
    }
}
