//! The vectors of `tests/vectors` and the parts that need a browser, run by `wasm-pack test --headless` in Chromium,
//! Firefox and WebKit. What the npm package makes of these bindings is tested in `npm/test`.
#![cfg(target_arch = "wasm32")]

use gatepass_wasm::{
    Algorithm, EcLevel, Examiner, Limit, MigrationCollector, MigrationExporter, Otp, OtpAccount, Scanner, TurnWatch,
    Vault, compare_names, decode_luma, encode_qr, parse_migration, parse_otpauth, read_mrz,
};
use js_sys::{Array, Object, Reflect, Uint8Array};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{OffscreenCanvas, OffscreenCanvasRenderingContext2d};

wasm_bindgen_test_configure!(run_in_browser);

const RFC_6238: &str = include_str!("../../tests/vectors/rfc6238.json");
const RFC_4226: &str = include_str!("../../tests/vectors/rfc4226.json");
const OTPAUTH: &str = include_str!("../../tests/vectors/otpauth.json");
const MIGRATION: &str = include_str!("../../tests/vectors/migration.json");
const VAULT: &str = include_str!("../../tests/vectors/vault.json");
const NAMES: &str = include_str!("../../tests/vectors/names.json");
const MRZ: &str = include_str!("../../tests/vectors/mrz.json");

const SECRET: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

/// A wrong hash in one browser locks its users out.
#[wasm_bindgen_test]
fn makes_the_codes_of_rfc_6238() {
    let vectors = json(RFC_6238);
    for case in cases(&vectors) {
        let otp = otp(text(case, "secret"), algorithm(text(case, "algorithm")), number(&vectors, "digits"), 30.0);
        let now_ms = number(case, "time") * 1000.0;
        let code = text(case, "code");
        assert_eq!(Some(code.parse().expect("a code is a number")), otp.generate(now_ms, 0).expect("a time"), "{code}");
        let verified = otp.verify(code, now_ms, 1.0, None).expect("a window").into();
        assert_eq!(field(&verified, "step"), JsValue::from_f64(number(case, "step")));
        let again = otp.verify(code, now_ms, 1.0, Some(number(case, "step"))).expect("a window").into();
        assert_eq!(string(&again, "reason"), "reused");
    }
}

#[wasm_bindgen_test]
fn makes_the_codes_of_rfc_4226() {
    let vectors = json(RFC_4226);
    let otp = otp(text(&vectors, "secret"), Algorithm::Sha1, number(&vectors, "digits"), 30.0);
    for case in cases(&vectors) {
        let wanted: f64 = text(case, "code").parse().expect("a code is a number");
        assert_eq!(otp.hotp(number(case, "counter")).expect("a counter").to_bits(), wanted.to_bits());
    }
}

/// A URI read differently here than by the portal shows wrong codes, or none.
#[wasm_bindgen_test]
fn reads_every_uri_of_the_corpus() {
    for case in cases(&json(OTPAUTH)) {
        let name = text(case, "name");
        let limit = match case["limit"].as_str() {
            Some("import") => Limit::Import,
            _ => Limit::Scanner,
        };
        let strict = case["strict"].as_bool().unwrap_or_default();
        let verdict = parse_otpauth(text(case, "uri").into(), limit, strict).expect("a limit").into();
        assert_eq!(string(&verdict, "verdict"), text(case, "verdict"), "{name}");
        if text(case, "verdict") == "reject" {
            assert_eq!(string(&verdict, "reason"), text(case, "reason"), "{name}");
            continue;
        }
        assert_eq!(sorted(&field(&verdict, "warnings")), wanted_warnings(case), "{name}");
        let account = field(&verdict, "account");
        if let Some(normal_form) = case["normalForm"].as_str() {
            assert_eq!(call(&account, "toUri", &[]).as_string().as_deref(), Some(normal_form), "{name}");
        }
        // The edge of the corpus lies beyond the milliseconds that JavaScript counts.
        let at = case["at"].as_f64().filter(|at| at * 1000.0 <= js_sys::Number::MAX_SAFE_INTEGER);
        if let (Some(at), Some(code), false) = (at, case["code"].as_str(), case["type"] == "hotp") {
            let codes = call(&account, "codes", &[JsValue::from_f64(at * 1000.0)]);
            assert_eq!(string(&codes, "current"), code, "{name}");
        }
    }
}

#[wasm_bindgen_test]
fn reads_every_export_of_the_corpus() {
    for case in cases(&json(MIGRATION)) {
        let name = text(case, "name");
        let entries = match (parse_migration(text(case, "uri").into()), case["error"].as_str()) {
            (Err(thrown), wanted) => {
                assert_eq!(JsValue::from(thrown).as_string().as_deref(), wanted, "{name}");
                continue;
            }
            (Ok(entries), _) => entries,
        };
        let wanted = case["entries"].as_array().expect("entries");
        assert_eq!(entries.len(), wanted.len(), "{name}");
        for (entry, wanted) in entries.into_iter().map(JsValue::from).zip(wanted) {
            match wanted["error"].as_str() {
                Some(code) => assert_eq!(string(&entry, "error"), code, "{name}"),
                None => assert_eq!(sorted(&field(&entry, "warnings")), wanted_warnings(wanted), "{name}"),
            }
        }
    }
}

#[wasm_bindgen_test]
fn takes_its_own_export_back_in_any_order() {
    let mut exporter = MigrationExporter::new();
    for index in 0..12 {
        exporter.add(&account(&format!("user{index}")));
    }
    let uris = Array::from(&field(&exporter.export().into(), "uris"));
    let mut collector = MigrationCollector::new();
    let states: Vec<String> = uris
        .iter()
        .rev()
        .map(|uri| string(&collector.add(uri.as_string().expect("a text")).expect("an export").into(), "state"))
        .collect();
    assert_eq!(states, ["collecting", "complete"]);
    assert_eq!(collector.entries().len(), 12);
}

/// The camera's way: a canvas scaled by the browser, and corners in pixels of the frame.
#[wasm_bindgen_test]
fn scans_a_large_frame_and_finds_the_corners() {
    let uri = format!("otpauth://totp/ACME:a?secret={SECRET}");
    let (canvas, [left, top], side) = frame(&uri, 1920, 1080, 9);
    let mut scanner = Scanner::new().expect("a canvas");
    for _ in 0..2 {
        let found = scanner.scan(canvas.unchecked_ref()).expect("a frame");
        let code: JsValue = found.into_iter().next().expect("a code").into();
        assert_eq!(string(&code, "text"), uri);
        let corners = Array::from(&field(&code, "corners"));
        let wanted = [[left, top], [left + side, top], [left + side, top + side], [left, top + side]];
        for (corner, [x, y]) in corners.iter().zip(wanted) {
            let [found_x, found_y] = ["x", "y"].map(|axis| field(&corner, axis).as_f64().expect("a number"));
            assert!((found_x - x).abs() < 9.0 && (found_y - y).abs() < 9.0, "({found_x}, {found_y}) for ({x}, {y})");
        }
    }
}

#[wasm_bindgen_test]
fn finds_nothing_in_an_empty_frame_and_says_what_is_no_frame() {
    let mut scanner = Scanner::new().expect("a canvas");
    let empty = OffscreenCanvas::new(0, 0).expect("a canvas");
    assert!(scanner.scan(empty.unchecked_ref()).expect("a frame").is_empty());
    let blank = OffscreenCanvas::new(64, 64).expect("a canvas");
    blank.get_context("2d").expect("a context");
    assert!(scanner.scan(blank.unchecked_ref()).expect("a frame").is_empty());
    let nothing: JsValue = js_sys::Object::new().into();
    let thrown = scanner.scan(nothing.unchecked_ref()).expect_err("no frame");
    assert_eq!(JsValue::from(thrown), "invalid_frame");
}

#[wasm_bindgen_test]
fn reads_the_code_that_it_draws() {
    let (luma, side) = drawn("HELLO", 4);
    let found = decode_luma(&luma, side, side, side).expect("a picture");
    assert_eq!(string(&found.into_iter().next().expect("a code").into(), "text"), "HELLO");
    assert_eq!(
        JsValue::from(decode_luma(&luma, side, side + 1, side).expect_err("too short")),
        "picture_buffer_too_short"
    );
    assert_eq!(JsValue::from(encode_qr(String::new(), EcLevel::Low).expect_err("empty")), "qr_text_empty");
}

/// Argon2id, the ciphers and the browser's random numbers, and a file that another program wrote.
#[wasm_bindgen_test]
fn keeps_accounts_in_a_vault() {
    let mut vault = Vault::create("correct horse".into(), 19.0 * 1024.0, 2.0, 1.0).expect("a vault");
    let id = vault.add(&account("alice@example.com")).expect("room");
    let bytes = vault.save();
    assert_ne!(bytes, vault.save(), "random numbers repeat");
    let thrown = Vault::unlock(&bytes, "wrong horse".into()).expect_err("another password");
    assert_eq!(JsValue::from(thrown), "vault_wrong_password");
    let vault = Vault::unlock(&bytes, "correct horse".into()).expect("the password");
    let entry: JsValue = vault.entries().into_iter().next().expect("an entry").into();
    assert_eq!(string(&entry, "id"), id);
    assert_eq!(string(&entry, "account"), "alice@example.com");

    let vectors = json(VAULT);
    let foreign = vectors["valid"].as_array().expect("vaults");
    let written = foreign.iter().find(|vault| vault["password"].is_string()).expect("a vault with a password");
    Vault::unlock(&bytes_of(text(written, "file")), text(written, "password").into()).expect("the vault opens");
}

/// A name that the page accepts and the portal refuses costs its owner a day.
#[wasm_bindgen_test]
fn compares_every_pair_of_names_of_the_corpus() {
    let policy: JsValue = Object::new().into();
    for case in cases(&json(NAMES)) {
        let document = object(&[("text", text(case, "document"))]);
        let typed = match case["typed"].as_str() {
            Some(typed) => object(&[("text", typed)]),
            None => object(&[("given", text(&case["typed"], "given")), ("surname", text(&case["typed"], "surname"))]),
        };
        let found: JsValue = compare_names(typed.unchecked_ref(), document.unchecked_ref(), policy.unchecked_ref())
            .expect("names")
            .into();
        assert_eq!(string(&found, "level"), text(case, "level"), "{case}");
        assert_eq!(field(&found, "accepted").as_bool(), case["accepted"].as_bool(), "{case}");
    }
}

#[wasm_bindgen_test]
fn reads_every_zone_of_the_corpus() {
    let vectors = json(MRZ);
    let lines = |case: &Value| -> String {
        let lines = case["lines"].as_array().expect("lines").iter().filter_map(Value::as_str);
        lines.collect::<Vec<_>>().join("\n")
    };
    // 23 November 2026, the day of the vectors.
    let now = 1_795_392_000_000.0;
    for case in vectors["zones"].as_array().expect("zones") {
        let zone: JsValue = read_mrz(&lines(case), now).expect("a zone").into();
        assert_eq!(string(&zone, "format"), text(case, "format"), "{}", text(case, "name"));
        for check in Array::from(&field(&zone, "checks")).iter() {
            let (name, outcome) = (string(&check, "check"), string(&check, "outcome"));
            assert_eq!(Some(outcome.as_str()), case["checks"][&name].as_str(), "{}: {name}", text(case, "name"));
        }
    }
    for case in vectors["rejected"].as_array().expect("rejected") {
        let thrown = JsValue::from(read_mrz(&lines(case), now).expect_err("no zone"));
        assert_eq!(Some(string(&thrown, "code").as_str()), case["error"].as_str(), "{}", text(case, "name"));
    }
}

/// The camera's way: pixels off a canvas, again and again. What a browser says of five hundred frames, tests/golden compares.
#[wasm_bindgen_test]
fn examines_the_pixels_of_a_canvas() {
    let canvas = OffscreenCanvas::new(640, 480).expect("a canvas");
    let context: OffscreenCanvasRenderingContext2d =
        canvas.get_context("2d").expect("a context").expect("a context").unchecked_into();
    context.set_fill_style_str("#334");
    context.fill_rect(0.0, 0.0, 640.0, 480.0);
    context.set_fill_style_str("#eec");
    context.fill_rect(60.0, 70.0, 514.0, 324.0);
    let frame = context.get_image_data(0.0, 0.0, 640.0, 480.0).expect("pixels");
    let pixels: Uint8Array = field(&frame, "data").unchecked_into();
    let mut examiner = Examiner::new("licence").expect("a kind");
    for (now, steady) in [(0.0, false), (300.0, false), (600.0, true)] {
        let report: JsValue = examiner.live_colour(&pixels, 640, 480, None, now).expect("a frame").into();
        assert_eq!(field(&report, "steady").as_bool(), Some(steady));
        let corners = Array::from(&field(&field(&report, "document"), "corners"));
        for (corner, [x, y]) in corners.iter().zip([[60.0, 70.0], [574.0, 70.0], [574.0, 394.0], [60.0, 394.0]]) {
            let [found_x, found_y] = ["x", "y"].map(|axis| field(&corner, axis).as_f64().expect("a number"));
            assert!((found_x - x).abs() < 3.0 && (found_y - y).abs() < 3.0, "({found_x}, {found_y}) for ({x}, {y})");
        }
    }
}

#[wasm_bindgen_test]
fn watches_a_clip() {
    let mut watch = TurnWatch::new(vec!["left".into()], vec![500.0]).expect("a script");
    let frame = Uint8Array::new_with_length(320 * 240);
    for at in 0..20 {
        watch.push_grey(&frame, 320, 240, 320, f64::from(at) * 100.0).expect("a frame");
    }
    let evidence: JsValue = watch.evidence().into();
    assert_eq!(string(&evidence, "verdict"), "not-shown");
    assert!(
        sorted(&field(&evidence, "findings")).contains(&"turn_dark".to_owned()),
        "{:?}",
        field(&evidence, "findings")
    );
}

fn otp(secret: &str, algorithm: Algorithm, digits: f64, period: f64) -> Otp {
    Otp::new(&mut secret.as_bytes().to_vec(), algorithm, digits, period).expect("an account")
}

fn account(name: &str) -> OtpAccount {
    OtpAccount::totp(&mut SECRET.as_bytes().to_vec(), "ACME", name, Algorithm::Sha1, 6.0, 30.0).expect("an account")
}

fn algorithm(name: &str) -> Algorithm {
    match name {
        "SHA1" => Algorithm::Sha1,
        "SHA256" => Algorithm::Sha256,
        "SHA512" => Algorithm::Sha512,
        other => panic!("no algorithm: {other}"),
    }
}

/// A code in the middle of a frame: the canvas, the code's top left corner and its side in pixels.
fn frame(uri: &str, width: u32, height: u32, scale: u32) -> (OffscreenCanvas, [f64; 2], f64) {
    let (size, modules) = matrix(uri);
    let canvas = OffscreenCanvas::new(width, height).expect("a canvas");
    let context: OffscreenCanvasRenderingContext2d =
        canvas.get_context("2d").expect("a context").expect("a context").unchecked_into();
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, width.into(), height.into());
    context.set_fill_style_str("#000");
    let side = size * scale;
    let (left, top) = ((width - side) / 2, (height - side) / 2);
    for (place, _) in (0_u32..).zip(&modules).filter(|&(_, &dark)| dark == 1) {
        let (x, y) = (left + place % size * scale, top + place / size * scale);
        context.fill_rect(x.into(), y.into(), scale.into(), scale.into());
    }
    (canvas, [left.into(), top.into()], side.into())
}

/// A code with its quiet zone as a square grey picture, and the picture's side.
fn drawn(content: &str, scale: usize) -> (Vec<u8>, usize) {
    let (size, modules) = matrix(content);
    let size = usize::try_from(size).expect("a size");
    let side = (size + 8) * scale;
    let mut luma = vec![255; side * side];
    for (place, _) in modules.iter().enumerate().filter(|&(_, &dark)| dark == 1) {
        for row in 0..scale {
            let start = ((place / size + 4) * scale + row) * side + (place % size + 4) * scale;
            luma[start..start + scale].fill(0);
        }
    }
    (luma, side)
}

fn matrix(content: &str) -> (u32, Vec<u8>) {
    let matrix: JsValue = encode_qr(content.into(), EcLevel::Medium).expect("a code").into();
    let modules: Uint8Array = field(&matrix, "modules").unchecked_into();
    let modules = modules.to_vec();
    let size = (0_u32..).find(|size| usize::try_from(size * size) == Ok(modules.len())).expect("a square");
    (size, modules)
}

fn json(file: &str) -> Value {
    serde_json::from_str(file).expect("a vector file")
}

fn cases(vectors: &Value) -> &[Value] {
    let cases = vectors["cases"].as_array().expect("cases");
    assert!(!cases.is_empty());
    cases
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no text {name} in {value}"))
}

fn number(value: &Value, name: &str) -> f64 {
    value[name].as_f64().unwrap_or_else(|| panic!("no number {name} in {value}"))
}

fn wanted_warnings(case: &Value) -> Vec<String> {
    let mut codes: Vec<String> =
        case["warnings"].as_array().into_iter().flatten().filter_map(Value::as_str).map(Into::into).collect();
    codes.sort();
    codes
}

fn sorted(codes: &JsValue) -> Vec<String> {
    let mut codes: Vec<String> = if codes.is_undefined() {
        Vec::new()
    } else {
        Array::from(codes).iter().filter_map(|code| code.as_string()).collect()
    };
    codes.sort();
    codes
}

/// A plain object of texts.
fn object(properties: &[(&str, &str)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &(*name).into(), &(*value).into()).expect("an object");
    }
    object.into()
}

fn field(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &name.into()).expect("an object")
}

fn string(object: &JsValue, name: &str) -> String {
    field(object, name).as_string().unwrap_or_else(|| panic!("no text in {name}"))
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> JsValue {
    let method: js_sys::Function = field(object, method).unchecked_into();
    Reflect::apply(&method, object, &arguments.iter().collect::<Array>()).expect("the call does not throw")
}

fn bytes_of(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}
