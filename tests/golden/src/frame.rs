//! One frame of the set, as a browser gets it.

use gatepass_core::{
    identity::document::DocumentKind,
    image::{
        chroma::Chroma,
        decode::{self, Limits},
        find::{Format, Guide},
        geometry::{Point, Quad},
        luma::Luma,
        report::{Mode, Request, Scratch, examine},
        rgba::Planes,
        turn::{Direction, Prompt, Script, Watch},
    },
};
use serde::Serialize;

use crate::text;

/// A frame with its name and its bytes.
#[derive(Debug)]
pub(crate) struct Frame {
    /// Scene and variant, or film.
    pub(crate) name: String,
    pub(crate) about: About,
    pub(crate) bytes: Vec<u8>,
}

/// What the bytes are, and what is asked about them.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(crate) enum About {
    /// A grey preview frame.
    Grey { kind: &'static str, width: usize, height: usize, stride: usize, guide: Option<[f32; 8]> },
    /// A preview frame in RGBA.
    Colour { kind: &'static str, width: usize, height: usize, guide: Option<[f32; 8]> },
    /// The bytes of a JPEG or PNG.
    Still { kind: &'static str },
    /// Grey frames one after the other, and when each was taken.
    Clip { width: usize, height: usize, prompts: Vec<(&'static str, u32)>, times: Vec<u32> },
}

impl Frame {
    /// What the native build says of it: the text that the page writes too.
    pub(crate) fn text(&self) -> String {
        match &self.about {
            About::Grey { kind, width, height, stride, guide } => {
                let luma = Luma::new(&self.bytes, *width, *height, *stride).expect("the set has sound sizes");
                live(luma, None, kind, guide.as_ref())
            }
            About::Colour { kind, width, height, guide } => {
                let mut planes = Planes::new();
                let split = planes.split(&self.bytes, *width, *height, 4 * width);
                let (luma, chroma) = split.expect("the set has sound sizes");
                live(luma, Some(chroma), kind, guide.as_ref())
            }
            About::Still { kind } => match decode::decode(&self.bytes, &Limits::DEFAULT) {
                Err(error) => text::error(error.code()),
                Ok(picture) => {
                    let request = Request { format: format(kind), mode: Mode::Still, guide: None };
                    let report = examine(picture.luma(), picture.chroma(), &request, &mut Scratch::new());
                    text::of_pixels(picture.luma()) + &text::of_report(&report, picture.width(), picture.height())
                }
            },
            About::Clip { width, height, prompts, times } => {
                let prompts = prompts
                    .iter()
                    .map(|&(code, at)| Prompt { direction: Direction::from_code(code).expect("left or right"), at });
                let script = Script::new(prompts.collect()).expect("prompts are a second apart");
                let mut watch = Watch::new(script);
                for (frame, &at) in self.bytes.chunks_exact(width * height).zip(times) {
                    let luma = Luma::new(frame, *width, *height, *width).expect("the set has sound sizes");
                    watch.push(luma, at).expect("frames come in order");
                }
                text::of_evidence(&watch.evidence())
            }
        }
    }
}

fn live(luma: Luma<'_>, chroma: Option<Chroma<'_>>, kind: &str, guide: Option<&[f32; 8]>) -> String {
    let guide = guide.map(|&[a, b, c, d, e, f, g, h]| {
        let corners = Quad([Point::new(a, b), Point::new(c, d), Point::new(e, f), Point::new(g, h)]);
        Guide::new(corners, luma).expect("the set has sound guides")
    });
    let request = Request { format: format(kind), mode: Mode::Live, guide };
    // New buffers here, the same ones again and again in the page: what was there before must not matter.
    text::of_report(&examine(luma, chroma, &request, &mut Scratch::new()), luma.width(), luma.height())
}

fn format(kind: &str) -> Format {
    DocumentKind::from_code(kind).expect("a kind of document").into()
}
