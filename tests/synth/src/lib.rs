#![doc = include_str!("../README.md")]
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "pixels, levels and random bits change between integers and floats on every line; values are bounded by construction"
)]

pub mod backdrop;
pub mod canvas;
pub mod capture;
pub mod corpus;
pub mod document;
pub mod encode;
pub mod fonts;
pub mod head;
pub mod maths;
pub mod mrz;
mod noise;
pub mod people;
pub mod rng;
mod texture;
