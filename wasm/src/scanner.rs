//! QR codes off a moving picture: the browser scales and hands out pixels, the core reads them.

use alloc::vec::Vec;

use gatepass_core::qr::{self, DecodeOptions, Effort, Luma};
use js_sys::Uint8ClampedArray;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ImageBitmap, ImageData, OffscreenCanvas, OffscreenCanvasRenderingContext2d};

use crate::error::{CallError, Thrown};
use crate::qr::{FoundDto, scaled};

/// The long sides, in pixels, at which a frame is looked at, one after the other until a code is found. Small codes
/// in a large frame need the second; the first is three to four times as quick and reads most.
const LONG_SIDES: [u32; 2] = [960, 1920];

/// A scanner and its buffers.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Scanner {
    canvas: OffscreenCanvas,
    context: OffscreenCanvasRenderingContext2d,
    rgba: Vec<u8>,
    luma: Vec<u8>,
}

#[wasm_bindgen]
impl Scanner {
    /// A scanner without a frame yet.
    ///
    /// # Errors
    /// `canvas_unavailable`.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Result<Self, Thrown> {
        let canvas = OffscreenCanvas::new(1, 1).map_err(unavailable)?;
        let settings = ContextSettings::new();
        settings.set_will_read_frequently(true);
        let context = canvas
            .get_context_with_context_options("2d", &settings)
            .map_err(unavailable)?
            .ok_or(CallError::CanvasUnavailable)?
            .unchecked_into();
        Ok(Self { canvas, context, rgba: Vec::new(), luma: Vec::new() })
    }

    /// The codes in one frame; none while it has no picture yet.
    ///
    /// # Errors
    /// `invalid_frame`, `frame_unreadable`.
    pub fn scan(&mut self, frame: &Frame) -> Result<Vec<FoundDto>, Thrown> {
        let (width, height) = frame.size().ok_or(CallError::InvalidFrame)?;
        for (small_width, small_height) in sizes(width, height) {
            let found = self.look(frame, small_width, small_height)?;
            if !found.is_empty() {
                let across = ratio(width, small_width);
                let down = ratio(height, small_height);
                return Ok(found.iter().map(|found| scaled(found, across, down)).collect());
            }
        }
        Ok(Vec::new())
    }

    fn look(&mut self, frame: &Frame, width: u32, height: u32) -> Result<Vec<qr::Found>, Thrown> {
        // Setting a size clears the canvas and gives it new memory, also when it is the same.
        if (self.canvas.width(), self.canvas.height()) != (width, height) {
            self.canvas.set_width(width);
            self.canvas.set_height(height);
        }
        let (across, down) = (f64::from(width), f64::from(height));
        // White paper under what is transparent, and nothing of the frame before.
        self.context.set_fill_style_str("#fff");
        self.context.fill_rect(0.0, 0.0, across, down);
        self.context
            // The browser takes every kind of frame here; web-sys has one name for each.
            .draw_image_with_image_bitmap_and_dw_and_dh(frame.unchecked_ref(), 0.0, 0.0, across, down)
            .map_err(unreadable)?;
        let pixels: Pixels = self.context.get_image_data(0.0, 0.0, across, down).map_err(unreadable)?.unchecked_into();
        let data = pixels.data();
        let bytes = usize::try_from(data.length()).unwrap_or_default();
        self.rgba.resize(bytes, 0);
        self.luma.resize(bytes / 4, 0);
        data.copy_to(&mut self.rgba);
        qr::rgba_to_luma(&self.rgba, &mut self.luma)?;
        let (width, height) = (usize::try_from(width).unwrap_or_default(), usize::try_from(height).unwrap_or_default());
        let luma = Luma::new(&self.luma, width, height, width)?;
        Ok(qr::decode(luma, &DecodeOptions { effort: Effort::Frame }))
    }
}

#[wasm_bindgen]
extern "C" {
    /// The facade's `ScanSource`. Each kind has its full size under another name.
    #[wasm_bindgen(extends = ImageBitmap, js_name = Object, typescript_type = "object")]
    #[derive(Debug)]
    pub type Frame;
    #[wasm_bindgen(method, getter, structural, js_name = videoWidth)]
    fn video_width(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = videoHeight)]
    fn video_height(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = displayWidth)]
    fn display_width(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = displayHeight)]
    fn display_height(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = naturalWidth)]
    fn natural_width(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = naturalHeight)]
    fn natural_height(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = width)]
    fn own_width(this: &Frame) -> Option<u32>;
    #[wasm_bindgen(method, getter, structural, js_name = height)]
    fn own_height(this: &Frame) -> Option<u32>;

    /// `ImageData`, whose pixels web-sys would copy into new memory each time.
    #[wasm_bindgen(extends = ImageData, js_name = ImageData)]
    type Pixels;
    #[wasm_bindgen(method, getter, structural)]
    fn data(this: &Pixels) -> Uint8ClampedArray;

    #[wasm_bindgen(js_name = Object)]
    type ContextSettings;
    #[wasm_bindgen(constructor, js_class = "Object")]
    fn new() -> ContextSettings;
    #[wasm_bindgen(method, setter, structural, js_name = willReadFrequently)]
    fn set_will_read_frequently(this: &ContextSettings, will: bool);
}

impl Frame {
    fn size(&self) -> Option<(u32, u32)> {
        let width = self.video_width().or_else(|| self.display_width()).or_else(|| self.natural_width());
        let height = self.video_height().or_else(|| self.display_height()).or_else(|| self.natural_height());
        width.or_else(|| self.own_width()).zip(height.or_else(|| self.own_height()))
    }
}

/// The sizes at which to look at a frame: never larger than it is, none twice, none for an empty frame.
fn sizes(width: u32, height: u32) -> impl Iterator<Item = (u32, u32)> {
    let long = width.max(height);
    let mut sides: Vec<u32> = LONG_SIDES.iter().map(|&side| side.min(long)).collect();
    sides.dedup();
    sides
        .into_iter()
        .filter(move |_| width.min(height) > 0)
        .map(move |side| (shrunk(width, side, long), shrunk(height, side, long)))
}

/// `length × side ÷ long`, rounded, at least one pixel.
fn shrunk(length: u32, side: u32, long: u32) -> u32 {
    let product = u64::from(length) * u64::from(side) + u64::from(long) / 2;
    u32::try_from(product / u64::from(long)).unwrap_or(length).max(1)
}

#[expect(clippy::cast_possible_truncation, reason = "a ratio of two sides of pictures")]
fn ratio(full: u32, small: u32) -> f32 {
    (f64::from(full) / f64::from(small)) as f32
}

fn unavailable(_: JsValue) -> Thrown {
    CallError::CanvasUnavailable.into()
}

fn unreadable(_: JsValue) -> Thrown {
    CallError::FrameUnreadable.into()
}
