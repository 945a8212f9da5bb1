//! The facts in `tests/vectors` that every surface must agree on. If one of these fails, an authenticator shows a
//! code that the service refuses, or an account is read as something it is not.

use gatepass_core::otp::{self, Algorithm, Digits, Format, Key, Period, Totp, TotpParams, Window};
use gatepass_core::otpauth::{self, Kind, Limit, Otpauth, ParseOptions, Verdict};
use gatepass_core::secret::Secret;
use serde_json::Value;

macro_rules! vectors {
    ($file:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../tests/vectors/", $file))).expect("vectors are JSON")
    };
}

fn cases(file: &Value) -> &[Value] {
    file["cases"].as_array().expect("cases are a list")
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("{key} is not text in {case}"))
}

fn number(case: &Value, key: &str) -> u64 {
    case[key].as_u64().unwrap_or_else(|| panic!("{key} is not a number in {case}"))
}

fn texts<'a>(case: &'a Value, key: &str) -> Vec<&'a str> {
    case[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn secret(base32: &str) -> Secret {
    Secret::from_base32(base32).expect("the secret of a vector is Base32").0
}

fn algorithm(case: &Value) -> Algorithm {
    Algorithm::from_name(text(case, "algorithm")).expect("the algorithm of a vector is known")
}

#[test]
fn rfc6238_appendix_b() {
    let file = vectors!("rfc6238.json");
    assert_eq!(cases(&file).len(), 18);
    for case in cases(&file) {
        let digits = Digits::new(u8::try_from(number(&file, "digits")).unwrap()).unwrap();
        let params = TotpParams::new(algorithm(case), Format::Decimal(digits), Period::default());
        let (secret, time, code) = (secret(text(case, "secret")), number(case, "time"), text(case, "code"));
        assert_eq!(hex(secret.expose()), text(case, "secretHex"));
        assert_eq!(otp::time_step(&params, time), number(case, "step"));
        assert_eq!(otp::generate(&secret, &params, time).as_str(), code, "{case}");
        let totp = Totp::new(&secret, &params);
        assert_eq!(totp.generate(time).as_str(), code, "{case}");
        let found = totp.verify(code, time, Window::NONE, None).unwrap();
        assert_eq!((found.step, found.drift), (number(case, "step"), 0));
    }
}

#[test]
fn rfc4226_appendix_d() {
    let file = vectors!("rfc4226.json");
    let secret = secret(text(&file, "secret"));
    let key = Key::new(&secret, Algorithm::Sha1);
    assert_eq!(cases(&file).len(), 10);
    for case in cases(&file) {
        let code = key.hotp(number(case, "counter"), Format::default());
        assert_eq!(code.as_str(), text(case, "code"), "{case}");
    }
}

#[test]
fn otpauth() {
    let file = vectors!("otpauth.json");
    assert!(cases(&file).len() >= 200);
    for row in 1..=40 {
        assert!(cases(&file).iter().any(|case| case["row"] == row), "no case for row {row} of the survey");
    }
    let mut failures = Vec::new();
    for case in cases(&file) {
        if let Err(difference) = std::panic::catch_unwind(|| check_otpauth(case)) {
            let said = difference.downcast_ref::<String>().cloned().unwrap_or_default();
            failures.push(format!("{}: {said}", text(case, "name")));
        }
    }
    assert!(failures.is_empty(), "{} of {}:\n{}", failures.len(), cases(&file).len(), failures.join("\n"));
}

fn check_otpauth(case: &Value) {
    let limit = if case["limit"] == "import" { Limit::Import } else { Limit::Scanner };
    let strict = case["strict"] == true;
    let verdict = otpauth::parse(text(case, "uri"), &ParseOptions { limit, strict });
    let (account, warnings) = match verdict {
        Verdict::Accept(account) => {
            assert_eq!("accept", text(case, "verdict"));
            (account, Vec::new())
        }
        Verdict::AcceptWithWarnings(account, warnings) => {
            assert_eq!("acceptWithWarnings", text(case, "verdict"), "{warnings:?}");
            (account, warnings)
        }
        Verdict::Reject(reason) => {
            assert_eq!("reject", text(case, "verdict"), "{reason:?}");
            assert_eq!(reason.code(), text(case, "reason"));
            assert_eq!(reason.other_kind().map(|kind| kind.code()), case["otherKind"].as_str());
            assert_eq!(reason.advice().map(|advice| advice.code()), case["advice"].as_str());
            return;
        }
    };
    let codes: Vec<_> = warnings.iter().map(|warning| warning.code()).collect();
    assert_eq!(codes, texts(case, "warnings"));
    check_account(&account, case);
    assert_eq!(account.emit().as_str(), text(case, "normalForm"));
    let again = otpauth::parse(&account.emit(), &ParseOptions::IMPORT);
    assert_eq!(again.account(), Some(&account), "the normal form reads differently");
}

fn check_account(account: &Otpauth, case: &Value) {
    assert_eq!(account.kind().name(), text(case, "type"));
    assert_eq!(account.issuer().unwrap_or_default(), text(case, "issuer"));
    assert_eq!(account.issuer_param().unwrap_or_default(), text(case, "issuerParam"));
    assert_eq!(account.account(), text(case, "account"));
    assert_eq!(account.kind().algorithm(), algorithm(case));
    assert_eq!(u64::try_from(account.kind().format().length()), Ok(number(case, "digits")));
    match account.kind() {
        Kind::Totp { period, .. } | Kind::Steam { period } => {
            assert_eq!(u64::from(period.seconds()), number(case, "period"));
        }
        Kind::Hotp { counter, .. } => assert_eq!(counter.get(), number(case, "counter")),
    }
    assert_eq!(account.secret().to_base32().as_str(), text(case, "secret"));
    assert_eq!(account.code_at(number(case, "at")).as_str(), text(case, "code"));
}

#[test]
fn migration() {
    let file = vectors!("migration.json");
    for case in cases(&file) {
        let name = text(case, "name");
        let batch = match otpauth::migration::parse(text(case, "uri")) {
            Ok(batch) => batch,
            Err(error) => {
                assert_eq!(Some(error.code()), case["error"].as_str(), "{name}");
                continue;
            }
        };
        assert!(case["error"].is_null(), "{name} was read");
        assert_eq!(i64::from(batch.id()), case["batchId"].as_i64().unwrap(), "{name}");
        assert_eq!(u64::from(batch.size()), number(case, "size"), "{name}");
        assert_eq!(u64::from(batch.index()), number(case, "index"), "{name}");
        assert_eq!(i64::from(batch.version()), case["version"].as_i64().unwrap(), "{name}");
        let expected = case["entries"].as_array().unwrap();
        assert_eq!(batch.entries().len(), expected.len(), "{name}");
        for (entry, expected) in batch.entries().iter().zip(expected) {
            match entry {
                Ok((account, warnings)) => {
                    assert!(expected["error"].is_null(), "{name}: {expected} was read");
                    let codes: Vec<_> = warnings.iter().map(|warning| warning.code()).collect();
                    assert_eq!(codes, texts(expected, "warnings"), "{name}");
                    check_account(account, expected);
                }
                Err(error) => {
                    assert_eq!(Some(error.code()), expected["error"].as_str(), "{name}");
                    assert_eq!(error.label(), text(expected, "label"), "{name}");
                }
            }
        }
    }
}

/// Bindings and pages switch on these codes: a code that is renamed or missing here shows a person no text at all.
#[test]
fn error_codes() {
    use gatepass_core::{otpauth::migration, secret};

    let file: Value = vectors!("error-codes.json");
    let check = |list: &str, ours: Vec<&str>| assert_eq!(texts(&file, list), ours, "{list}");
    check("secret", secret::SecretError::ALL.iter().map(|e| e.code()).collect());
    check("otp", otp::OtpError::ALL.iter().map(|e| e.code()).collect());
    check("rejection", otp::Rejection::ALL.iter().map(|e| e.code()).collect());
    check("otpauth_reason", otpauth::Reason::ALL.iter().map(|e| e.code()).collect());
    check("otpauth_warning", otpauth::Warning::ALL.iter().map(|e| e.code()).collect());
    check("otpauth_other_kind", otpauth::OtherKind::ALL.iter().map(|e| e.code()).collect());
    check("otpauth_advice", otpauth::Advice::ALL.iter().map(|e| e.code()).collect());
    check("otpauth_parameter", otpauth::Parameter::ALL.iter().map(|e| e.name()).collect());
    check("migration", migration::MigrationError::ALL.iter().map(|e| e.code()).collect());
    check("migration_entry", migration::EntryProblem::ALL.iter().map(|e| e.code()).collect());
    check("migration_left_out", migration::LeftOut::ALL.iter().map(|e| e.code()).collect());
    check("migration_added", migration::Added::ALL.iter().map(|e| e.code()).collect());
    // A secret's own warnings are the otpauth ones of the same name.
    for warning in secret::SecretWarning::ALL {
        assert!(texts(&file, "otpauth_warning").contains(&warning.code()), "{warning:?}");
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
