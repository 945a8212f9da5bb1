//! What holds for every input, not only for those that someone thought of.

use gatepass_core::otp::{
    self, Algorithm, Counter, Digits, Format, Match, Period, Rejection, Totp, TotpParams, Window,
};
use gatepass_core::otpauth::migration::{self, Added, Collector, LeftOut};
use gatepass_core::otpauth::{self, Kind, Limit, Otpauth, ParseOptions, Verdict};
use gatepass_core::secret::{Secret, SecretError};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

fn secrets() -> impl Strategy<Value = Secret> {
    vec(any::<u8>(), 1..80).prop_map(|bytes| Secret::from_bytes(&bytes).expect("1 to 79 bytes"))
}

fn algorithms() -> impl Strategy<Value = Algorithm> {
    select(&Algorithm::ALL[..])
}

fn digits() -> impl Strategy<Value = Digits> {
    (5_u8..=10).prop_map(|digits| Digits::new(digits).expect("5 to 10"))
}

fn periods() -> impl Strategy<Value = Period> {
    prop_oneof![Just(30_u32), 1..=Period::MAX_SECONDS, 1..=Period::MAX_LONG_SECONDS]
        .prop_map(|seconds| Period::long(seconds).expect("within the limits"))
}

fn counters() -> impl Strategy<Value = Counter> {
    prop_oneof![0..10_u64, 0..=Counter::MAX.get()].prop_map(|value| Counter::new(value).expect("within the limits"))
}

fn kinds() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (algorithms(), digits(), periods()).prop_map(|(algorithm, digits, period)| Kind::Totp {
            algorithm,
            digits,
            period
        }),
        (algorithms(), digits(), counters()).prop_map(|(algorithm, digits, counter)| Kind::Hotp {
            algorithm,
            digits,
            counter
        }),
        periods().prop_map(|period| Kind::Steam { period }),
    ]
}

/// Names as people have them, and names made of what the syntax is made of.
fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Za-z .@-]{0,20}",
        "[ :%+#&=?/a;]{0,12}",
        "\\PC{0,20}",
        Just(String::from("Steam")),
        Just(String::from("A:B")),
    ]
}

fn accounts() -> impl Strategy<Value = Otpauth> {
    (kinds(), names(), names(), secrets()).prop_filter_map("not an account", |(kind, issuer, account, secret)| {
        Otpauth::new(kind, &issuer, &account, secret).ok()
    })
}

/// Pieces of URIs in any order: most are nonsense, but nonsense that gets past the first check.
fn uri_like() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "otpauth://totp/",
        "otpauth://hotp/",
        "otpauth://steam/",
        "?secret=GEZDGNBVGY3TQOJQ",
        "?",
        "&",
        "&amp;",
        "=",
        ":",
        "%3A",
        "%3a",
        "%20",
        " ",
        "+",
        "#",
        "%",
        "%C3%A5",
        "å",
        "&issuer=",
        "&issuer=A:B",
        "A:B",
        "A",
        "Steam",
        "&digits=8",
        "&digits=",
        "&period=60",
        "&period=0",
        "&counter=1",
        "&algorithm=SHA256",
        "&algorithm=",
        "&steam",
        "steam ",
        "&x=1",
        "&x",
        "digits=6",
        "period=15",
        "secret",
        "issuer",
        "\u{a0}",
        "\u{2028}",
        "/",
        "\n",
        "=x ",
    ];
    (select(&PIECES[..3]), vec(select(PIECES), 0..8), vec(select(PIECES), 0..10)).prop_map(|(scheme, label, rest)| {
        format!("{scheme}{}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&{}", label.concat(), rest.concat())
    })
}

/// Whatever was read is written in a form that reads the same.
fn check_round_trip(text: &str) -> Result<(), TestCaseError> {
    for options in [ParseOptions::SCANNER, ParseOptions::IMPORT, ParseOptions { strict: true, limit: Limit::Import }] {
        if let Some(account) = otpauth::parse(text, &options).account() {
            let uri = account.emit();
            let again = otpauth::parse(&uri, &ParseOptions::IMPORT);
            prop_assert_eq!(again.account(), Some(account), "{:?} became {:?}", text, &*uri);
            prop_assert_eq!(&*again.account().expect("compared just now").emit(), &*uri);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A scanner meets every text there is.
    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}") {
        check_round_trip(&text)?;
        let _ = migration::parse(&text);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        check_round_trip(&text)?;
        check_round_trip(&format!("otpauth://totp/{text}"))?;
        check_round_trip(&format!("otpauth://totp/a?secret=GEZDGNBVGY3TQOJQ&{text}"))?;
        check_round_trip(&format!("steam://{text}"))?;
        let _ = migration::parse(&format!("otpauth-migration://offline?data={text}"));
        let _ = Secret::from_base32(&text);
    }

    #[test]
    fn an_account_that_was_read_is_read_again(text in uri_like()) {
        check_round_trip(&text)?;
    }

    /// Otherwise a portal shows a QR code that its own app reads as something else.
    #[test]
    fn an_account_that_was_written_is_read_again(account in accounts()) {
        let uri = account.emit();
        let verdict = otpauth::parse(&uri, &ParseOptions::IMPORT);
        prop_assert_eq!(verdict.account(), Some(&account), "{}", &*uri);
        prop_assert!(uri.is_ascii());
        prop_assert!(!uri.contains('+'));
    }

    #[test]
    fn renaming_changes_the_name_only(account in accounts(), issuer in names(), name in names()) {
        if let Ok(renamed) = account.renamed(&issuer, &name) {
            prop_assert_eq!(renamed.kind(), account.kind());
            prop_assert_eq!(renamed.secret(), account.secret());
            prop_assert_eq!(renamed.account(), name.trim());
            prop_assert_eq!(renamed.issuer().unwrap_or_default(), issuer.trim());
            check_round_trip(&renamed.emit())?;
        }
    }

    #[test]
    fn base32_agrees_with_the_base32_crate(bytes in vec(any::<u8>(), 1..200)) {
        let secret = Secret::from_bytes(&bytes).expect("1 to 199 bytes");
        let theirs = base32::encode(base32::Alphabet::Rfc4648 { padding: false }, &bytes);
        prop_assert_eq!(&*secret.to_base32(), &theirs);
        let padded = base32::encode(base32::Alphabet::Rfc4648 { padding: true }, &bytes);
        for text in [&theirs, &theirs.to_lowercase(), &padded] {
            let (read, warnings) = Secret::from_base32(text).expect("Base32 of another program");
            prop_assert_eq!(&read, &secret);
            prop_assert!(warnings.iter().all(|warning| warning.code() == "weak_secret"));
        }
    }

    /// As people copy secrets out of web pages.
    #[test]
    fn base32_may_be_grouped(secret in secrets(), size in 1_usize..9, separator in select(vec![" ", "-", "\t", "\u{a0}"])) {
        let text = secret.to_base32();
        let groups: Vec<&str> = (0..text.len()).step_by(size).map(|at| &text[at..text.len().min(at + size)]).collect();
        prop_assert_eq!(Secret::from_base32(&groups.join(separator)).expect("grouped Base32").0, secret);
    }

    /// A character dropped without a word makes every code wrong.
    #[test]
    fn base32_refuses_what_it_does_not_know(secret in secrets(), at in any::<prop::sample::Index>(), odd in "[0189!.,_*/\\\\äß]") {
        let mut text = secret.to_base32().to_string();
        text.insert_str(at.index(text.len()), &odd);
        prop_assert_eq!(Secret::from_base32(&text).err(), Some(SecretError::InvalidCharacter));
    }

    #[test]
    fn a_code_is_accepted_exactly_inside_the_window(
        secret in secrets(), algorithm in algorithms(), digits in digits(), period in periods(),
        now in prop_oneof![any::<u64>(), 0..100_u64, u64::MAX - 100..=u64::MAX],
        window in 0_u8..=10, drift in -12_i64..=12,
    ) {
        let params = TotpParams::new(algorithm, Format::Decimal(digits), period);
        let current = otp::time_step(&params, now);
        let Some(step) = current.checked_add_signed(drift) else { return Ok(()) };
        let code = otp::hotp(&secret, algorithm, params.format(), step);
        let window = Window::new(window).expect("at most 10");
        let inside = drift.unsigned_abs() <= u64::from(window.steps());
        let verdict = otp::verify(&secret, &params, code.as_str(), now, window, None);
        match verdict {
            Ok(found) => {
                prop_assert_eq!(otp::hotp(&secret, algorithm, params.format(), found.step), code);
                prop_assert_eq!(current.checked_add_signed(found.drift), Some(found.step));
                prop_assert!(found.drift.unsigned_abs() <= u64::from(window.steps()));
                // Two steps have the same code once in a hundred thousand.
                prop_assert!(!inside || found.drift.unsigned_abs() <= drift.unsigned_abs());
            }
            Err(rejection) => {
                prop_assert!(!inside);
                prop_assert_eq!(rejection, Rejection::Wrong);
            }
        }
    }

    /// RFC 6238 §5.2: a code works once.
    #[test]
    fn a_code_works_once(secret in secrets(), algorithm in algorithms(), now in 600_u64..1 << 40, drift in -1_i64..=1) {
        let params = TotpParams::new(algorithm, Format::Decimal(Digits::new(10).expect("10")), Period::default());
        let totp = Totp::new(&secret, &params);
        let code = totp.generate(now.saturating_add_signed(30 * drift));
        let found = totp.verify(code.as_str(), now, Window::ONE, None).expect("the code is right");
        prop_assert_eq!(found.drift, drift);
        for later in [0, 1, 30, 60] {
            let again = totp.verify(code.as_str(), now + later, Window::MAX, Some(found.step));
            prop_assert_eq!(again, Err(Rejection::Reused));
        }
        let before = Some(found.step - 1);
        prop_assert_eq!(totp.verify(code.as_str(), now, Window::ONE, before), Ok(found));
    }

    #[test]
    fn codes_agree_with_totp_rs(secret in secrets(), algorithm in algorithms(), digits in 6_u8..=9, period in 1_u64..100_000, now in 0_u64..1 << 50) {
        let peer = totp_rs::Builder::new()
            .with_algorithm(match algorithm {
                Algorithm::Sha1 => totp_rs::Algorithm::SHA1,
                Algorithm::Sha256 => totp_rs::Algorithm::SHA256,
                Algorithm::Sha512 => totp_rs::Algorithm::SHA512,
            })
            .with_digits(digits)
            .with_step_duration(period)
            .with_secret(secret.expose())
            .build_noncompliant();
        let format = Format::Decimal(Digits::new(digits).expect("6 to 9"));
        let period = Period::long(u32::try_from(period).expect("below 100000")).expect("above 0");
        let code = otp::generate(&secret, &TotpParams::new(algorithm, format, period), now);
        prop_assert_eq!(code.as_str(), peer.generate(now).to_string());
    }

    /// Every account comes over, or the person is told that it does not.
    #[test]
    fn an_export_is_read_again(accounts in vec(accounts(), 0..40), turn in any::<prop::sample::Index>()) {
        let export = migration::export(&accounts);
        let left_out: Vec<usize> = export.left_out.iter().map(|(place, _)| *place).collect();
        for (place, account) in accounts.iter().enumerate() {
            let why = export.left_out.iter().find(|(left, _)| *left == place).map(|(_, why)| *why);
            prop_assert_eq!(why, reason_to_leave_out(account));
        }

        let mut collector = Collector::new();
        let mut uris: Vec<&str> = export.uris.iter().map(|uri| uri.as_str()).collect();
        let codes = uris.len();
        if codes > 0 {
            uris.rotate_left(turn.index(codes));
        }
        for (scanned, uri) in uris.iter().chain(&uris).enumerate() {
            prop_assert!(uri.len() <= 2331, "no QR code holds {} bytes", uri.len());
            let added = collector.add(migration::parse(uri).expect("our own export"));
            prop_assert_eq!(added, if scanned + 1 < codes { Added::Collecting } else { Added::Complete });
        }
        prop_assert_eq!((collector.scanned(), collector.total()), (codes, codes));

        let read: Vec<Otpauth> = collector.into_entries().into_iter().map(|entry| entry.expect("importable").0).collect();
        let mut kept: Vec<Otpauth> = Vec::new();
        for (place, account) in accounts.into_iter().enumerate() {
            if !left_out.contains(&place) && !kept.contains(&account) {
                kept.push(account);
            }
        }
        prop_assert_eq!(read, kept);
    }

    #[test]
    fn any_protobuf_is_read_without_a_panic(bytes in vec(any::<u8>(), 0..200), inner in vec(any::<u8>(), 0..100)) {
        let mut message = vec![0x0a, u8::try_from(inner.len()).expect("below 100")];
        message.extend_from_slice(&inner);
        message.extend_from_slice(&bytes);
        for message in [bytes, message] {
            let _ = migration::parse(&format!("otpauth-migration://offline?data={}", base64(&message)));
        }
    }
}

fn reason_to_leave_out(account: &Otpauth) -> Option<LeftOut> {
    match account.kind() {
        Kind::Steam { .. } => Some(LeftOut::Steam),
        Kind::Totp { period, .. } if period.seconds() != 30 => Some(LeftOut::Period),
        Kind::Totp { digits, .. } | Kind::Hotp { digits, .. } if !matches!(digits.get(), 6 | 8) => {
            Some(LeftOut::Digits)
        }
        _ => None,
    }
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let bits: Vec<bool> = bytes.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1)).collect();
    bits.chunks(6)
        .map(|six| {
            let value = (0..6).fold(0_u8, |value, at| value << 1 | u8::from(six.get(at) == Some(&true)));
            char::from(ALPHABET[usize::from(value)])
        })
        .collect()
}

/// Time runs to the end of its numbers without wrapping: totp-rs 5 accepted a code at second 0 that it should not
/// have, and Kanidm's `counter - 1` has the same shape.
#[test]
fn the_ends_of_time() {
    let secret = Secret::from_bytes(b"12345678901234567890").expect("20 bytes");
    let params = TotpParams::default();
    let at = |now| otp::generate(&secret, &params, now);

    let first = otp::codes(&secret, &params, 0);
    assert_eq!((first.previous, first.seconds_left), (None, 30));
    assert_eq!((first.current.as_str(), first.next.as_str()), ("755224", "287082"));
    let never = otp::hotp(&secret, Algorithm::Sha1, Format::default(), u64::MAX);
    assert_eq!(otp::verify(&secret, &params, never.as_str(), 0, Window::MAX, None), Err(Rejection::Wrong));
    assert_eq!(otp::verify(&secret, &params, "755224", 0, Window::ONE, None), Ok(Match { step: 0, drift: 0 }));
    assert_eq!(otp::verify(&secret, &params, "755224", 0, Window::ONE, Some(0)), Err(Rejection::Reused));

    let fast = TotpParams::new(Algorithm::Sha1, Format::default(), Period::new(1).expect("1 second"));
    let last = otp::codes(&secret, &fast, u64::MAX);
    assert_eq!((last.current.as_str(), last.seconds_left), (never.as_str(), 1));
    assert_eq!(last.next, last.current);
    assert!(last.previous.is_some());
    assert_eq!(otp::verify(&secret, &fast, "755224", u64::MAX, Window::MAX, None), Err(Rejection::Wrong));
    let found = otp::verify(&secret, &fast, never.as_str(), u64::MAX, Window::MAX, Some(u64::MAX - 1));
    assert_eq!(found, Ok(Match { step: u64::MAX, drift: 0 }));
    assert_eq!(otp::seconds_left(&params, u64::MAX), 15);
    assert_eq!(at(59).as_str(), "287082");
}

/// An answer for every form that a person can type; the three mean different things to the audit log.
#[test]
fn a_malformed_code_is_called_malformed() {
    let secret = Secret::from_bytes(b"12345678901234567890").expect("20 bytes");
    let check = |format, code: &str| {
        let params = TotpParams::new(Algorithm::Sha1, format, Period::default());
        otp::verify(&secret, &params, code, 59, Window::ONE, None).err()
    };
    for code in ["", "28708", "2870822", "28708a", " 28708", "+28708", "-28708", "２８７０８２", "287082\0", "²87082"]
    {
        assert_eq!(check(Format::default(), code), Some(Rejection::Malformed), "{code:?}");
    }
    assert_eq!(check(Format::default(), "287082"), None);
    assert_eq!(check(Format::default(), "000000"), Some(Rejection::Wrong));
    assert_eq!(check(Format::Steam, "AAAAA"), Some(Rejection::Malformed), "A is not in Steam's alphabet");
    let steam = otp::hotp(&secret, Algorithm::Sha1, Format::Steam, 1);
    assert_eq!(check(Format::Steam, steam.as_str()), None);
    assert_eq!(check(Format::Steam, &steam.as_str().to_lowercase()), None, "small letters are what a phone types");
}

/// What a log or a panic message would show.
#[test]
fn debug_shows_no_secret_and_no_name() {
    let uri = "otpauth://totp/Verkstad:alice@x.net?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Other&extra=thing";
    let verdict = otpauth::parse(uri, &ParseOptions::SCANNER);
    let account = verdict.account().expect("an account").clone();
    let totp = account.totp().expect("time-based");
    let export = migration::export(std::slice::from_ref(&account));
    let batch = migration::parse(&export.uris[0]).expect("our own export");
    let broken =
        migration::parse("otpauth-migration://offline?data=CgwSBWFsaWNlGgNCb2I").expect("an entry without secret");
    let shown = format!(
        "{verdict:?} {account:?} {:?} {totp:?} {:?} {:?} {export:?} {batch:?} {broken:?} {:#?}",
        account.secret(),
        totp.generate(59),
        totp.codes(59),
        account
    );
    for hidden in ["Verkstad", "Other", "alice", "Bob", "thing", "GEZD", "1234567", "287082", "49, 50", "0x31"] {
        assert!(!shown.contains(hidden), "{hidden} in {shown}");
    }
}

/// The longest texts take their time in proportion: an import of hostile codes must not hang a phone.
#[test]
fn eight_kibibytes_are_read_at_once() {
    let fill = |unit: &str, head: &str| format!("{head}{}", unit.repeat((8192 - head.len()) / unit.len()));
    let head = "otpauth://totp/a?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=";
    for text in [
        fill("&amp;", head),
        fill("amp;", head),
        fill("=", head),
        fill("period=", head),
        fill("&x", head),
        fill("%41", head),
        fill(":", "otpauth://totp/"),
        fill("%3A", "otpauth://totp/"),
        fill("A", "otpauth://totp/a?secret="),
        fill("+", head),
        fill("å", head),
        fill("A:", head),
    ] {
        let start = std::time::Instant::now();
        let verdict = otpauth::parse(&text, &ParseOptions::IMPORT);
        // Unoptimised and on a busy machine; optimised it is some microseconds.
        assert!(start.elapsed().as_millis() < 100, "{}", &text[..40]);
        assert!(
            !matches!(verdict, Verdict::Reject(otpauth::Reason::TooLong))
                || text.contains('å')
                || text.contains(':')
                || text.contains('+')
        );
    }
}

#[test]
fn look_alikes_are_suggested_and_never_taken() {
    use gatepass_core::secret::suggest_base32;
    assert_eq!(suggest_base32("0189").as_deref().map(String::as_str), None, "9 looks like nothing");
    assert_eq!(suggest_base32("GEZ0 GN1V 8Y3T").as_deref().map(String::as_str), Some("GEZO GNIV BY3T"));
    assert_eq!(suggest_base32("GEZD").as_deref().map(String::as_str), None, "nothing to replace");
}

/// Parts of two exports must not be mixed: the person would believe that everything came over.
#[test]
fn a_code_of_another_export_is_not_taken() {
    let account = |name: &str| {
        let secret = Secret::from_bytes(name.as_bytes()).expect("a name");
        Otpauth::new(Kind::default(), "ACME", name, secret).expect("an account")
    };
    let many = |start: char| -> Vec<Otpauth> { (0..25).map(|i| account(&format!("{start}{i}"))).collect() };
    let (ours, other) = (migration::export(&many('a')), migration::export(&many('b')));
    assert_eq!((ours.uris.len(), ours.left_out.len()), (3, 0));
    let read = |uri: &str| migration::parse(uri).expect("our own export");

    let mut collector = Collector::new();
    assert_eq!(collector.add(read(&ours.uris[2])), Added::Collecting);
    assert_eq!(collector.add(read(&other.uris[0])), Added::OtherExport);
    assert_eq!(collector.add(read(&ours.uris[2])), Added::Collecting, "scanned again");
    assert_eq!(collector.add(read(&ours.uris[0])), Added::Collecting);
    assert_eq!((collector.scanned(), collector.total()), (2, 3));
    assert_eq!(collector.missing().collect::<Vec<_>>(), [1]);
    assert_eq!(collector.clone().into_entries().len(), 15, "import what I have");
    assert_eq!(collector.add(read(&ours.uris[1])), Added::Complete);
    let names: Vec<String> =
        collector.into_entries().into_iter().map(|entry| entry.expect("importable").0.account().to_owned()).collect();
    let expected: Vec<String> = (0..25).map(|i| format!("a{i}")).collect();
    assert_eq!(names, expected, "in the order of the export");
}
