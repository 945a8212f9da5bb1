#![doc = include_str!("../README.md")]

pub mod accounts;
pub mod admin;
pub mod app;
pub mod audit;
pub mod clock;
pub mod config;
mod connections;
pub mod inspect;
pub mod keys;
pub mod mail;
pub mod maintenance;
pub mod observe;
pub mod page;
pub mod problem;
pub mod request;
pub mod second_factor;
pub mod serve;
pub mod storage;
pub mod throttle;
pub mod token;
pub mod tool;
pub mod wording;

pub use app::Portal;
