//! The canonical form of a report: lines of words, numbers as the bits of `f32`. `page/text.js` writes the same.

use std::fmt::Write as _;

use gatepass_core::image::{
    geometry::{Point, Quad},
    luma::Luma,
    report::CaptureReport,
    turn::Evidence,
};
use sha2::{Digest, Sha256};

/// A file that gave no picture.
pub(crate) fn error(code: &str) -> String {
    format!("error {code}\n")
}

/// The pixels that the decoder gave.
pub(crate) fn of_pixels(luma: Luma<'_>) -> String {
    let mut hash = Sha256::new();
    (0..luma.height()).for_each(|y| hash.update(luma.row(y)));
    format!("pixels {}\n", hex(&hash.finalize()))
}

/// A report about a picture of this size.
pub(crate) fn of_report(report: &CaptureReport, width: usize, height: usize) -> String {
    let mode = report.mode.code();
    let mut text = format!("report {mode} {width} {height} {}\n", report.accepted());
    line(&mut text, "instruction", report.instruction.map(|instruction| instruction.code().to_owned()));
    line(
        &mut text,
        "document",
        report.document.map(|located| {
            let (source, upright) = (located.source.code(), located.upright.code());
            format!("{source} {upright} {} {} {}", located.cut, bits(located.confidence), quad(&located.quad))
        }),
    );
    for measured in &report.measures {
        let name = format!("measure {}", measured.measure.code());
        let (value, limit) = (bits(measured.value), bits(measured.limit));
        let (upper, unit) = (measured.measure.is_upper(), measured.measure.unit());
        let warning = measured.measure.is_warning();
        line(&mut text, &name, Some(format!("{value} {unit} {limit} {upper} {} {warning}", measured.pass)));
        line(&mut text, "region", measured.region.map(|region| quad(&region)));
    }
    line(&mut text, "fingerprint", report.fingerprint.map(|print| print.0.map(|row| format!("{row:04x}")).join(" ")));
    text
}

/// What a film shows.
pub(crate) fn of_evidence(evidence: &Evidence) -> String {
    let mut text = format!("evidence {}\n", evidence.verdict.code());
    let findings: Vec<_> = evidence.findings.iter().map(|finding| finding.code()).collect();
    line(&mut text, "findings", Some(findings.join(" ")).filter(|findings| !findings.is_empty()));
    for prompt in &evidence.prompts {
        let seen = prompt.seen.map_or("-", |seen| seen.code());
        let [extent, solid, fastest] = [prompt.extent, prompt.solid, prompt.fastest].map(bits);
        let name = format!("prompt {}", prompt.asked.code());
        line(&mut text, &name, Some(format!("{seen} {extent} {solid} {fastest} {}", prompt.after)));
    }
    for measured in &evidence.measures {
        let name = format!("measure {}", measured.measure.code());
        let value = measured.value.map_or_else(|| "-".to_owned(), bits);
        let (unit, limit) = (measured.measure.unit(), bits(measured.measure.limit()));
        line(
            &mut text,
            &name,
            Some(format!("{value} {unit} {limit} {} {}", measured.measure.is_upper(), measured.pass)),
        );
    }
    line(&mut text, "yaw", Some(evidence.yaw.iter().map(|&yaw| bits(yaw)).collect::<Vec<_>>().join(" ")));
    line(&mut text, "head", evidence.head.map(|head| format!("{} {}", point(head.centre), bits(head.half_width))));
    text
}

/// The hash of a text: the first eight bytes of its SHA-256.
pub(crate) fn hash(text: &str) -> String {
    hex(&Sha256::digest(text)[..8])
}

fn line(text: &mut String, name: &str, value: Option<String>) {
    let _ = writeln!(text, "{name} {}", value.as_deref().unwrap_or("-"));
}

fn quad(Quad(corners): &Quad) -> String {
    corners.map(point).join(" ")
}

fn point(Point { x, y }: Point) -> String {
    format!("{} {}", bits(x), bits(y))
}

fn bits(value: f32) -> String {
    format!("{:08x}", value.to_bits())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
