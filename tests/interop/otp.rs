//! 100,000 random secrets, times and parameters: our code must be the code that programs of other people make.
//!
//! Each run draws new cases; a failure prints the seed, and `GATEPASS_SEED=…` draws the same ones again.

#![allow(clippy::unwrap_used, reason = "a test program: what is wrong here must stop it")]

use std::{
    hash::{BuildHasher, Hasher},
    io::Write,
    process::{Command, Stdio},
    sync::LazyLock,
    thread,
};

use gatepass_core::{
    otp::{Algorithm, Digits, Format, Period, TotpParams, generate},
    secret::Secret,
};
use gatepass_tests::vectors::repository;
use serde::{Deserialize, Serialize};

const CASES: usize = 100_000;
/// A process for each: fewer.
const CASES_FOR_OATHTOOL: usize = 2_000;
/// pyotp goes through Python's dates, which end with the year 9999.
const LAST_TIME: u64 = 253_402_300_799;

#[derive(Debug, Serialize)]
struct Case {
    secret: String,
    #[serde(skip)]
    bytes: Vec<u8>,
    algorithm: &'static str,
    digits: u8,
    period: u32,
    /// Seconds since 1970.
    time: u64,
    steam: bool,
    /// What the core says.
    code: String,
}

#[derive(Debug, Deserialize)]
struct Answer {
    checked: usize,
    differ: Vec<String>,
}

/// SplitMix64 (Steele, Lea, Flood 2014): enough for drawing cases, and the same on every machine.
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len().try_into().unwrap())).unwrap()]
    }
}

static SEED: LazyLock<u64> = LazyLock::new(|| match std::env::var("GATEPASS_SEED") {
    Ok(seed) => seed.parse().expect("GATEPASS_SEED is a number"),
    Err(_) => std::collections::hash_map::RandomState::new().build_hasher().finish(),
});

static ALL: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let mut draw = Draw(*SEED);
    (0..CASES).map(|_| case(&mut draw)).collect()
});

fn case(draw: &mut Draw) -> Case {
    // Lengths people meet, and every other one up to beyond the block of each hash (a longer key is hashed first).
    let length = if draw.below(2) == 0 { draw.one_of(&[10, 16, 20, 32, 64]) } else { 1 + draw.below(140) };
    let bytes: Vec<u8> = (0..length).map(|_| u8::try_from(draw.below(256)).unwrap()).collect();
    let steam = draw.below(40) == 0;
    let algorithm =
        if steam { Algorithm::Sha1 } else { draw.one_of(&[Algorithm::Sha1, Algorithm::Sha256, Algorithm::Sha512]) };
    let digits = if steam { 5 } else { draw.one_of(&[6, 6, 6, 8, 7, 5, 9, 10]) };
    let period = match draw.below(3) {
        0 => 30,
        1 => draw.one_of(&[15, 20, 45, 60, 90, 120, 300]),
        _ => u32::try_from(1 + draw.below(86_400)).unwrap(),
    };
    let time = match draw.below(4) {
        0 => draw.below(LAST_TIME),
        1 => draw.below(100_000),
        // The last and the first second of a step.
        2 => (u64::from(period) * (1 + draw.below(80_000_000))).min(LAST_TIME) - draw.below(2),
        _ => 1_700_000_000 + draw.below(400_000_000),
    };
    let format = if steam { Format::Steam } else { Format::Decimal(Digits::new(digits).unwrap()) };
    let params = TotpParams::new(algorithm, format, Period::new(period).unwrap());
    let secret = Secret::from_bytes(&bytes).unwrap();
    let code = generate(&secret, &params, time).as_str().to_owned();
    let secret = secret.to_base32().to_string();
    Case { secret, bytes, algorithm: algorithm.name(), digits, period, time, steam, code }
}

fn all_to(program: impl AsRef<std::ffi::OsStr>, script: &str) -> Answer {
    let mut peer = Command::new(program)
        .arg(repository().join("tests/interop").join(script))
        .env("TZ", "UTC")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the other program starts (`cargo xtask setup` installs it)");
    let mut input = std::io::BufWriter::new(peer.stdin.take().unwrap());
    let feeder = thread::spawn(move || {
        for case in ALL.iter() {
            serde_json::to_writer(&mut input, case).unwrap();
            input.write_all(b"\n").unwrap();
        }
        input.flush().unwrap();
    });
    let output = peer.wait_with_output().unwrap();
    assert!(output.status.success(), "{script} failed; its words stand above");
    feeder.join().unwrap();
    serde_json::from_slice(&output.stdout).expect("the other program answers")
}

#[test]
fn totp_rs_makes_the_same_codes() {
    let (mut checked, mut differ) = (0, Vec::new());
    for case in ALL.iter().filter(|case| case.digits < 10) {
        let algorithm = match (case.steam, case.algorithm) {
            (true, _) => totp_rs::Algorithm::Steam,
            (_, "SHA256") => totp_rs::Algorithm::SHA256,
            (_, "SHA512") => totp_rs::Algorithm::SHA512,
            _ => totp_rs::Algorithm::SHA1,
        };
        let totp = totp_rs::Builder::new()
            .with_algorithm(algorithm)
            .with_digits(case.digits)
            .with_step_duration(u64::from(case.period))
            .with_secret(totp_rs::Secret::new(case.bytes.clone().into_boxed_slice()))
            .build_noncompliant();
        checked += 1;
        if totp.generate(case.time).to_string() != case.code {
            differ.push(case);
        }
    }
    assert!(differ.is_empty(), "seed {}: {:?}", *SEED, &differ[..differ.len().min(5)]);
    assert!(checked > CASES / 2);
}

#[test]
fn pyotp_makes_the_same_codes() {
    let answer = all_to(repository().join("target/tools/venv/bin/python"), "otp_pyotp.py");
    assert_eq!(answer.differ, Vec::<String>::new(), "seed {}", *SEED);
    assert_eq!(answer.checked, CASES);
}

#[test]
fn npm_otpauth_makes_the_same_codes() {
    let answer = all_to("node", "otp_npm.mjs");
    assert_eq!(answer.differ, Vec::<String>::new(), "seed {}", *SEED);
    assert!(answer.checked > CASES / 2);
}

#[test]
fn oathtool_makes_the_same_codes() {
    // It knows 6, 7 and 8 digits.
    let cases: Vec<&Case> =
        ALL.iter().filter(|case| !case.steam && (6..=8).contains(&case.digits)).take(CASES_FOR_OATHTOOL).collect();
    assert_eq!(cases.len(), CASES_FOR_OATHTOOL);
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for share in cases.chunks(CASES_FOR_OATHTOOL.div_ceil(workers)) {
            scope.spawn(|| {
                share.iter().for_each(|case| assert_eq!(oathtool(case), case.code, "seed {}: {case:?}", *SEED))
            });
        }
    });
}

fn oathtool(case: &Case) -> String {
    let output = Command::new("oathtool")
        .arg(format!("--totp={}", case.algorithm))
        .args(["--base32", "--digits", &case.digits.to_string()])
        .arg(format!("--time-step-size={}s", case.period))
        .arg(format!("--now=@{}", case.time))
        .arg(&case.secret)
        .output()
        .expect("oathtool is installed (`cargo xtask setup`)");
    assert!(output.status.success(), "{case:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}
