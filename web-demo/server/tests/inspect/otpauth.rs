//! The helpdesk reads a URI, and never the secret.

use std::{
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

/// Python's `splitlines` ends a line at each of these, and a terminal obeys some.
#[test]
fn a_line_is_a_line_for_every_reader() {
    let uri = "otpauth://totp/ACME:a%E2%80%A8b%E2%80%AEc?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\n";
    let mut child = Command::new(env!("CARGO_BIN_EXE_gatepass"))
        .args(["inspect", "otpauth"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(uri.as_bytes()).unwrap();
    let text = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
    assert!(text.contains(r"a\u2028b\u202ec") && !text.contains(['\u{2028}', '\u{202e}']), "{text}");
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["account"], "a\u{2028}b\u{202e}c");
}

/// Someone who writes a line and waits for the answer, without ending the input.
#[test]
fn each_line_is_answered_when_it_is_written() {
    use std::io::{BufRead as _, BufReader};
    let mut child = Command::new(env!("CARGO_BIN_EXE_gatepass"))
        .args(["inspect", "otpauth"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let (sender, answers) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        let _ = stdout.read_line(&mut line);
        let _ = sender.send(line);
    });
    stdin.write_all(b"nonsense\n").unwrap();
    let answer = answers.recv_timeout(std::time::Duration::from_secs(20));
    drop(stdin);
    child.wait().unwrap();
    assert_eq!(answer.unwrap(), "{\"verdict\":\"reject\",\"reason\":\"not_otpauth\"}\n");
}
