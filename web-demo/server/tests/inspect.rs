//! `gatepass inspect`: what a helpdesk sees, and never the secret.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

use std::{
    fs,
    io::Write as _,
    process::{Command, Output, Stdio},
};

use serde_json::{Value, json};

fn otpauth(args: &[&str], input: &[u8]) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gatepass"))
        .args(["inspect", "otpauth"])
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let Output { status, stdout, .. } = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(status.success());
    String::from_utf8(stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn one_object_per_line_whatever_the_line() {
    let input = b"otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=ACME\n\
        \n\
        otpauth://totp/x?secret=CQ1HUXJ2VWDI8WFF\r\n\
        \xff\xfe\n\
        otpauth://hotp/bob?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&counter=3&digits=8";
    let lines = otpauth(&["--at", "59"], input);
    assert_eq!(lines.len(), 5);
    assert_eq!(
        lines[0],
        json!({ "verdict": "accept", "warnings": [], "type": "totp", "issuer": "ACME", "account": "alice", "algorithm": "SHA1", "digits": 6, "period": 30, "code": "287082" })
    );
    assert_eq!(lines[1], json!({ "verdict": "reject", "reason": "empty" }));
    assert_eq!(lines[2]["verdict"], "reject");
    assert_eq!(lines[3], json!({ "verdict": "reject", "reason": "not_utf8" }));
    // RFC 4226 appendix D, counter 3: truncated 0x…, decimal 1726969429.
    assert_eq!((&lines[4]["counter"], &lines[4]["code"]), (&json!(3), &json!("26969429")));
    assert!(lines[4].get("period").is_none());
}

#[test]
fn the_secret_is_never_printed_and_a_code_only_when_asked_for() {
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let mut input = String::new();
    for uri in [
        format!("otpauth://totp/ACME:alice?secret={secret}&issuer=ACME"),
        format!("otpauth://totp/ACME:alice?secret={}&issuer=ACME&image=https://x", secret.to_lowercase()),
        format!("otpauth://totp/ACME:alice?secret={secret}&secret={secret}"),
        format!("otpauth://totp/ACME:alice?secret={secret}1"),
        format!("otpauth://nonsense/ACME:alice?secret={secret}"),
        secret.to_owned(),
    ] {
        input += &uri;
        input += "\n";
    }
    for line in otpauth(&[], input.as_bytes()) {
        assert!(!line.to_string().to_uppercase().contains(&secret[..8]), "{line}");
        assert!(line.get("code").is_none());
    }
}

#[test]
fn a_line_without_end_costs_no_memory_and_hides_no_other_line() {
    let mut input = vec![b'a'; 8 * 1024 * 1024];
    input.extend_from_slice(b"\notpauth://totp/x?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n");
    let lines = otpauth(&[], &input);
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["verdict"], "reject");
    assert_ne!(lines[1]["verdict"], "reject");
}

#[test]
fn a_picture_that_cannot_be_read_is_named_and_the_others_go_on() {
    use gatepass_core::qr::{self, EcLevel};
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good.png");
    let matrix = qr::encode("otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQ", EcLevel::Medium).unwrap();
    let side = u32::try_from(matrix.size() + 8).unwrap() * 4;
    image::GrayImage::from_fn(side, side, |x, y| {
        let module = |at: u32| usize::try_from(at / 4).unwrap().checked_sub(4).filter(|at| *at < matrix.size());
        let dark = module(x).zip(module(y)).is_some_and(|(x, y)| matrix.dark(x, y));
        image::Luma([if dark { 0 } else { 255 }])
    })
    .save(&good)
    .unwrap();
    let (text, cut, empty) =
        (folder.path().join("text.png"), folder.path().join("cut.png"), folder.path().join("empty.png"));
    fs::write(&text, "not a picture").unwrap();
    fs::write(&cut, &fs::read(&good).unwrap()[..60]).unwrap();
    image::GrayImage::from_pixel(100, 100, image::Luma([255])).save(&empty).unwrap();
    let missing = folder.path().join("missing.png");

    let run = |files: &[&std::path::Path]| {
        let Output { status, stdout, .. } =
            Command::new(env!("CARGO_BIN_EXE_gatepass")).args(["inspect", "qr"]).args(files).output().unwrap();
        let lines: Vec<Value> =
            String::from_utf8(stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (status.success(), lines)
    };
    let (success, lines) = run(&[&text, &cut, &empty, &good]);
    assert!(success);
    let errors: Vec<_> = lines.iter().map(|line| line["error"].as_str()).collect();
    assert_eq!(errors, [Some("picture_unsupported"), Some("picture_damaged"), None, None]);
    assert_eq!(lines[2]["texts"], json!([]));
    assert_eq!(lines[3]["texts"], json!(["otpauth://totp/ACME:alice?secret=GEZDGNBVGY3TQOJQ"]));
    let corner = lines[3]["found"][0]["corners"][0].as_array().unwrap();
    assert!(
        corner.iter().all(|at| (at.as_f64().unwrap() - 16.0).abs() < 4.0),
        "top left at the edge of the quiet zone: {corner:?}"
    );
    assert!(lines[3]["milliseconds"].as_f64().unwrap() > 0.0);

    let (success, lines) = run(&[&missing, &good]);
    assert!(!success, "a file that cannot be read fails the command");
    assert_eq!((lines[0]["error"].as_str(), lines.len()), (Some("file_unreadable"), 2));
}
