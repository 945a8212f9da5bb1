//! Speed of one-time passwords and otpauth beside totp-rs, and whether the time of `verify` tells anything.
//!
//! `cargo bench -p gatepass-core --bench otp [-- FILTER]`. Every line that starts with `bench` is for programs:
//!
//! ```text
//! bench <tab> NAME <tab> OURS_NS <tab> PEER_NS <tab> RATIO <tab> TARGET
//! ```
//!
//! Ours and the peer run in turns of some microseconds, because machines are shared and change their pace: the ratio
//! of the two medians holds still where the times do not. Timing checks give `-` for the times and Welch's t as
//! ratio; the target is that t stays below 5.

#![expect(clippy::print_stdout, reason = "a bench prints")]
#![expect(clippy::cast_precision_loss, reason = "times and counts of a bench are far below 2^52")]

use std::hint::black_box;
use std::time::Instant;

use gatepass_core::otp::{self, Algorithm, Digits, Format, Period, Totp, TotpParams, Window};
use gatepass_core::otpauth::{self, ParseOptions};
use gatepass_core::secret::Secret;

const SECRET: &[u8; 20] = b"12345678901234567890";
const URI: &str = "otpauth://totp/Gatepass:karin.ek%40verkstad.se?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Gatepass&algorithm=SHA1&digits=6&period=30";
const NOW: u64 = 1_700_000_000;

/// How many turns each side has, and how long one turn lasts about.
const TURNS: usize = 400;
const TURN_NS: u128 = 40_000;

/// Calls per timing check.
const SAMPLES: usize = 1_000_000;

fn main() {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with("--")).unwrap_or_default();
    for (name, run) in BENCHES {
        if name.contains(&filter) {
            run(name);
        }
    }
}

type Run = fn(&str);

const BENCHES: &[(&str, Run)] = &[
    ("totp sha1 generate, cached key, beside totp-rs 6", |name| generate(name, Algorithm::Sha1, true, 0.55)),
    ("totp sha1 generate, raw key, beside totp-rs 6", |name| generate(name, Algorithm::Sha1, false, 0.95)),
    ("totp sha256 generate, cached key, beside totp-rs 6", |name| generate(name, Algorithm::Sha256, true, 0.55)),
    ("totp sha512 generate, cached key, beside totp-rs 6", |name| generate(name, Algorithm::Sha512, true, 0.55)),
    ("totp sha1 generate, cached key, beside totp-rs 5", |name| generate_5(name, true, 0.55)),
    ("totp sha1 generate, raw key, beside totp-rs 5", |name| generate_5(name, false, 0.95)),
    ("verify, window 1, raw key, beside totp-rs 6", |name| verify(name, false, 0.65)),
    ("verify, window 1, cached key, beside totp-rs 6", |name| verify(name, true, 0.65)),
    ("verify, window 1, raw key, beside totp-rs 5", |name| verify_5(name, 0.65)),
    ("otpauth parse, beside totp-rs 6", parse),
    ("otpauth parse, beside totp-rs 5", parse_5),
    ("verify timing: right or wrong code", |name| {
        timing(name, &[codes_at(0)], &[wrong_code()]);
    }),
    ("verify timing: first or last digit wrong", |name| {
        timing(name, &[with_digit_changed(0)], &[with_digit_changed(5)]);
    }),
    ("verify timing: code of the step before or after", |name| {
        timing(name, &[codes_at(-30)], &[codes_at(30)]);
    }),
    ("verify timing: one wrong code or many", |name| {
        let many: Vec<_> = (0..64).map(|i| with_digit_changed(i % 6)).collect();
        timing(name, &[wrong_code()], &many);
    }),
];

fn params(algorithm: Algorithm) -> TotpParams {
    TotpParams::new(algorithm, Format::Decimal(Digits::SIX), Period::default())
}

fn secret() -> Secret {
    Secret::from_bytes(SECRET).expect("20 bytes are a secret")
}

fn peer(algorithm: totp_rs::Algorithm) -> totp_rs::Totp {
    totp_rs::Builder::new().with_algorithm(algorithm).with_secret(&SECRET[..]).with_skew(1).build_noncompliant()
}

fn peer_5() -> totp_rs_5::TOTP {
    totp_rs_5::TOTP::new(totp_rs_5::Algorithm::SHA1, 6, 1, 30, SECRET.to_vec(), None, String::from("a"))
        .expect("the parameters are in order")
}

fn generate(name: &str, algorithm: Algorithm, cached: bool, target: f64) {
    let (secret, params) = (secret(), params(algorithm));
    let peer = peer(match algorithm {
        Algorithm::Sha1 => totp_rs::Algorithm::SHA1,
        Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
        Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
    });
    let totp = Totp::new(&secret, &params);
    assert_eq!(totp.generate(NOW).as_str(), peer.generate(NOW).to_string());
    // totp-rs 6 formats when it is asked to; a code is of use as text only.
    let mut text = String::with_capacity(16);
    let peer = |now| {
        use std::fmt::Write;
        text.clear();
        write!(text, "{}", peer.generate(now)).expect("writing to a string does not fail");
        black_box(text.len())
    };
    if cached {
        compare(name, target, |now| black_box(totp.generate(now).as_str().len()), peer);
    } else {
        compare(name, target, |now| black_box(otp::generate(&secret, &params, now).as_str().len()), peer);
    }
}

fn generate_5(name: &str, cached: bool, target: f64) {
    let (secret, params, peer) = (secret(), params(Algorithm::Sha1), peer_5());
    let totp = Totp::new(&secret, &params);
    assert_eq!(totp.generate(NOW).as_str(), peer.generate(NOW));
    let peer = |now| black_box(peer.generate(now).len());
    if cached {
        compare(name, target, |now| black_box(totp.generate(now).as_str().len()), peer);
    } else {
        compare(name, target, |now| black_box(otp::generate(&secret, &params, now).as_str().len()), peer);
    }
}

fn verify(name: &str, cached: bool, target: f64) {
    let (secret, params, peer) = (secret(), params(Algorithm::Sha1), peer(totp_rs::Algorithm::SHA1));
    let code = wrong_code();
    assert!(peer.check(&code, NOW).is_none());
    let totp = Totp::new(&secret, &params);
    let peer = |now| usize::from(peer.check(black_box(&code), now).is_some());
    if cached {
        let ours = |now| usize::from(totp.verify(black_box(&code), now, Window::ONE, None).is_ok());
        compare(name, target, ours, peer);
    } else {
        let ours = |now| usize::from(otp::verify(&secret, &params, black_box(&code), now, Window::ONE, None).is_ok());
        compare(name, target, ours, peer);
    }
}

fn verify_5(name: &str, target: f64) {
    let (secret, params, peer, code) = (secret(), params(Algorithm::Sha1), peer_5(), wrong_code());
    assert!(!peer.check(&code, NOW));
    compare(
        name,
        target,
        |now| usize::from(otp::verify(&secret, &params, black_box(&code), now, Window::ONE, None).is_ok()),
        |now| usize::from(peer.check(black_box(&code), now)),
    );
}

fn parse(name: &str) {
    let peer = |_| black_box(totp_rs::Totp::from_url(black_box(URI)).expect("the peer reads it").account_name().len());
    compare(name, 0.4, parse_ours, peer);
}

fn parse_5(name: &str) {
    let peer = |_| black_box(totp_rs_5::TOTP::from_url(black_box(URI)).expect("the peer reads it").account_name.len());
    compare(name, 0.4, parse_ours, peer);
}

fn parse_ours(_: u64) -> usize {
    let verdict = otpauth::parse(black_box(URI), &ParseOptions::SCANNER);
    black_box(verdict.account().expect("we read it").account().len())
}

/// Runs both in turns and prints the ratio of the medians.
fn compare(name: &str, target: f64, mut ours: impl FnMut(u64) -> usize, mut peer: impl FnMut(u64) -> usize) {
    let (our_calls, peer_calls) = (calls_per_turn(&mut ours), calls_per_turn(&mut peer));
    let (mut our_turns, mut peer_turns) = (Vec::with_capacity(TURNS), Vec::with_capacity(TURNS));
    for _ in 0..TURNS {
        our_turns.push(turn(&mut ours, our_calls));
        peer_turns.push(turn(&mut peer, peer_calls));
    }
    let (ours, peer) = (median(&mut our_turns), median(&mut peer_turns));
    println!("bench\t{name}\t{ours:.1}\t{peer:.1}\t{:.3}\t{target}", ours / peer);
}

/// Nanoseconds per call.
fn turn(work: &mut impl FnMut(u64) -> usize, calls: u64) -> f64 {
    let start = Instant::now();
    for i in 0..calls {
        black_box(work(black_box(NOW + 30 * i)));
    }
    start.elapsed().as_nanos() as f64 / calls as f64
}

fn calls_per_turn(work: &mut impl FnMut(u64) -> usize) -> u64 {
    let mut calls = 1;
    loop {
        let start = Instant::now();
        let _ = turn(work, calls);
        if start.elapsed().as_nanos() >= TURN_NS {
            return calls;
        }
        calls *= 2;
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The right code at `NOW + offset`.
fn codes_at(offset: i64) -> String {
    let code = otp::generate(&secret(), &params(Algorithm::Sha1), NOW.saturating_add_signed(offset));
    code.as_str().to_owned()
}

/// No digit agrees with any code of the window.
fn wrong_code() -> String {
    let window = [codes_at(-30), codes_at(0), codes_at(30)];
    (0..6)
        .map(|place| {
            ('0'..='9')
                .find(|digit| window.iter().all(|code| code.as_bytes()[place] != u8::try_from(*digit).unwrap_or(0)))
                .expect("three codes leave seven digits")
        })
        .collect()
}

/// The right code but for one digit.
fn with_digit_changed(place: usize) -> String {
    let mut code = codes_at(0).into_bytes();
    code[place] = wrong_code().as_bytes()[place];
    String::from_utf8(code).expect("digits are ASCII")
}

/// Reparaz, Balasch, Verbauwhede: "Dude, is my code constant time?" (2017). Two classes of input in random order,
/// Welch's t over their times; once over all times and once for each of several limits above which times are cut off,
/// because interrupts have a long tail. Prints the largest |t|.
fn timing(name: &str, left: &[String], right: &[String]) {
    let totp = Totp::new(&secret(), &params(Algorithm::Sha1));
    let classes = [left, right];
    let mut random = Xorshift(0x9e37_79b9_7f4a_7c15);
    let mut samples = Vec::with_capacity(SAMPLES);
    // Both classes are read from the same place, so that no cache can tell them apart.
    let mut typed = String::with_capacity(6);
    for _ in 0..SAMPLES + SAMPLES / 100 {
        let draw = random.next();
        let class = usize::from(draw & 1 == 1);
        let codes = classes[class];
        typed.clear();
        typed.push_str(&codes[usize::try_from(draw >> 33).unwrap_or(0) % codes.len()]);
        let start = Instant::now();
        let verdict = totp.verify(black_box(&typed), black_box(NOW), Window::ONE, None);
        let time = start.elapsed();
        black_box(verdict.is_ok());
        samples.push((class, time.as_nanos() as f64));
    }
    let samples = samples.split_off(SAMPLES / 100);
    let mut times: Vec<f64> = samples.iter().map(|(_, time)| *time).collect();
    times.sort_by(f64::total_cmp);
    let limits = [0.5, 0.75, 0.9, 0.95, 0.99, 1.0].map(|share: f64| {
        let index = (share * (times.len() - 1) as f64).floor();
        times.iter().copied().zip(0_u32..).find(|(_, i)| f64::from(*i) >= index).map_or(f64::MAX, |(time, _)| time)
    });
    let t = limits.iter().map(|limit| welch_t(&samples, *limit).abs()).fold(0.0, f64::max);
    println!("bench\t{name}, Welch's t of {} samples\t-\t-\t{t:.2}\t5", samples.len());
}

fn welch_t(samples: &[(usize, f64)], limit: f64) -> f64 {
    let [left, right] = [0, 1].map(|class| {
        let times = || samples.iter().filter(|(c, time)| *c == class && *time <= limit).map(|(_, time)| *time);
        let count = times().count() as f64;
        let mean = times().sum::<f64>() / count;
        let variance = times().map(|time| (time - mean).powi(2)).sum::<f64>() / (count - 1.0);
        (mean, variance / count)
    });
    (left.0 - right.0) / (left.1 + right.1).sqrt()
}

/// Marsaglia's xorshift64: enough to shuffle classes, and the same on every machine.
struct Xorshift(u64);

impl Xorshift {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}
