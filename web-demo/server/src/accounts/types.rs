//! Values that can only exist valid.

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use crate::problem::FieldCode;

/// Characters of a name at most.
const NAME_LONGEST: usize = 100;
/// Bytes of an e-mail address at most (RFC 5321 §4.5.3.1.3, without the angle brackets).
const EMAIL_LONGEST: usize = 254;

macro_rules! personal {
    ($name:ident) => {
        impl $name {
            /// The text. Personal data: for the database, mails and the person's own page.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

/// Personal data: an e-mail address, trimmed, as typed otherwise.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);
personal!(EmailAddress);

impl EmailAddress {
    /// Reads an address: one that a mail can be sent to, with a dot in its domain (or `localhost`), in plain ASCII before
    /// the `@` and in compatibility-normalised letters after it: `ｅxample.com` in full-width letters compares like
    /// `example.com` and is not the same domain to every mail server.
    ///
    /// # Errors
    /// [`FieldCode::Required`], [`FieldCode::TooLong`], [`FieldCode::NotAnEmail`].
    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldCode::Required);
        }
        if text.len() > EMAIL_LONGEST {
            return Err(FieldCode::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(FieldCode::NotAnEmail)?;
        // The quoted form of RFC 5321 is left out on purpose: nobody has one, and quotes help attackers.
        let local_fits = local.len() <= 64
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+-/=?^_`{|}~".contains(&byte));
        let labels_fit = domain.split('.').all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c == '-' || c.is_alphanumeric())
        });
        let domain_fits =
            labels_fit && domain.nfkc().eq(domain.chars()) && (domain.contains('.') || domain == "localhost");
        if local.is_empty() || !local_fits || !domain_fits || text.parse::<lettre::Address>().is_err() {
            return Err(FieldCode::NotAnEmail);
        }
        Ok(Self(text.to_owned()))
    }

    /// How addresses are compared; see [`email_key`].
    #[must_use]
    pub fn key(&self) -> String {
        email_key(&self.0)
    }
}

/// How addresses are compared: compatibility-normalised, lower case. No mail provider tells `Anna@` from `anna@`.
#[must_use]
pub fn email_key(text: &str) -> String {
    text.trim().nfkc().collect::<String>().to_lowercase()
}

/// Personal data: a full name as printed on a document.
#[derive(Clone, PartialEq, Eq)]
pub struct FullName(String);
personal!(FullName);

impl FullName {
    /// Reads a name: letters of any script, spaces, hyphens, apostrophes, full stops and commas; NFC, with single spaces.
    ///
    /// # Errors
    /// [`FieldCode::Required`], [`FieldCode::TooLong`], [`FieldCode::UnexpectedCharacter`].
    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        line(text, |c| c.is_alphabetic() || is_combining_mark(c) || " -‐'’ʼ.,·".contains(c)).map(Self)
    }

    /// Up to two capital letters, for the logged-in icon.
    #[must_use]
    pub fn initials(&self) -> String {
        initials(&self.0)
    }
}

/// The first letters of the first and the last word of a name, capital.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut words = name.split(' ').filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Personal data: a workshop's name.
#[derive(Clone, PartialEq, Eq)]
pub struct WorkshopName(String);
personal!(WorkshopName);

impl WorkshopName {
    /// Reads a firm's name: letters and digits of any script, spaces and `- ' & . , : / ( ) + # ! @ °`.
    ///
    /// # Errors
    /// [`FieldCode::Required`], [`FieldCode::TooLong`], [`FieldCode::UnexpectedCharacter`].
    pub fn parse(text: &str) -> Result<Self, FieldCode> {
        line(text, |c| c.is_alphanumeric() || is_combining_mark(c) || " -‐–'’ʼ&.,:/()+#!@°·".contains(c)).map(Self)
    }
}

/// Letters and marks of Unicode that show nothing (Default_Ignorable_Code_Point): a name of them looks empty, and a name
/// with them looks like another.
fn is_blank_letter(c: char) -> bool {
    matches!(
        c,
        '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'
            ..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
    )
}

/// One line of text of the allowed characters with at least one letter or digit, NFC, with single spaces.
fn line(text: &str, allowed: impl Fn(char) -> bool) -> Result<String, FieldCode> {
    if text.len() > NAME_LONGEST * 8 {
        return Err(FieldCode::TooLong);
    }
    // Only the white space a keyboard makes; a line break or a tab in a name is something else.
    let text: String = text.nfc().map(|c| if c == '\u{a0}' { ' ' } else { c }).collect();
    let text = text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(FieldCode::Required);
    }
    if text.chars().count() > NAME_LONGEST {
        return Err(FieldCode::TooLong);
    }
    if !text.chars().all(|c| allowed(c) && !is_blank_letter(c)) || !text.chars().any(char::is_alphanumeric) {
        return Err(FieldCode::UnexpectedCharacter);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_people_have_are_taken_and_others_named() {
        for good in [
            "anna@verkstad.se",
            " Anna.Berg+tool@xn--vxj-qla.example ",
            "a@b.co",
            "o'brien@example.com",
            "a@localhost",
            "x@bücher.example",
        ] {
            assert!(EmailAddress::parse(good).is_ok(), "{good}");
        }
        for (bad, why) in [
            ("", FieldCode::Required),
            ("anna", FieldCode::NotAnEmail),
            ("anna@", FieldCode::NotAnEmail),
            ("@verkstad.se", FieldCode::NotAnEmail),
            ("anna@verkstad", FieldCode::NotAnEmail),
            ("anna@@verkstad.se", FieldCode::NotAnEmail),
            ("a b@verkstad.se", FieldCode::NotAnEmail),
            ("anna@verkstad.se\r\nBcc: x@y.se", FieldCode::NotAnEmail),
            ("<script>@verkstad.se", FieldCode::NotAnEmail),
            ("\"a b\"@verkstad.se", FieldCode::NotAnEmail),
            ("anna@-verkstad.se", FieldCode::NotAnEmail),
            ("anna@verkstad.ｅxample", FieldCode::NotAnEmail),
            ("anna@ver\u{212a}stad.se", FieldCode::NotAnEmail),
            ("anna@verk\u{200b}stad.se", FieldCode::NotAnEmail),
            ("anna\u{0}@verkstad.se", FieldCode::NotAnEmail),
            ("аnna@verkstad.se", FieldCode::NotAnEmail),
        ] {
            assert_eq!(EmailAddress::parse(bad).err(), Some(why), "{bad}");
        }
        assert_eq!(EmailAddress::parse(&format!("a@{}.se", "b".repeat(260))).err(), Some(FieldCode::TooLong));
    }

    #[test]
    fn one_mailbox_is_one_account() {
        let keys = ["Anna@Verkstad.SE", "anna@verkstad.se", " anna@verkstad.se"]
            .map(|text| EmailAddress::parse(text).unwrap().key());
        assert!(keys.iter().all(|key| key == "anna@verkstad.se"));
    }

    #[test]
    fn names_of_people_are_taken_and_code_is_not() {
        for good in [
            "Åsa Lindström",
            "Conan O'Brien",
            "Nguyễn Văn An",
            "Müller-Lüdenscheidt",
            "İpek",
            "王小明",
            "J. R. R. Tolkien",
        ] {
            assert!(FullName::parse(good).is_ok(), "{good}");
        }
        assert_eq!(FullName::parse("  Anna \u{a0} Berg ").unwrap().as_str(), "Anna Berg");
        for bad in [
            "<b>Anna</b>",
            "Robert'); DROP TABLE accounts;--",
            "Anna\nBerg",
            "Anna\u{202e}Berg",
            "Anna\u{2066}Berg\u{2069}",
            "Anna\u{200d}Berg",
            "\u{3164}\u{3164}",
            "Anna\u{34f} Berg",
            "Anna\u{85}Berg",
            "Anna\u{2028}Berg",
            "Anna\u{feff}Berg",
            "Anna\u{e0041}",
            "{{7*7}}",
            "-",
            "Anna\0",
        ] {
            assert_eq!(FullName::parse(bad).err(), Some(FieldCode::UnexpectedCharacter), "{bad:?}");
        }
        assert_eq!(FullName::parse(&"a".repeat(101)).err(), Some(FieldCode::TooLong));
        assert_eq!(FullName::parse("   ").err(), Some(FieldCode::Required));
    }

    #[test]
    fn workshops_keep_their_signs() {
        for good in ["Bob & Sons (Göteborg) AB", "A/S Bil-Service 24", "Werkstatt Nr. 7"] {
            assert!(WorkshopName::parse(good).is_ok(), "{good}");
        }
        for bad in ["<img src=x>", "a;b", "x = 1", "a\"b", "a\\b"] {
            assert_eq!(WorkshopName::parse(bad).err(), Some(FieldCode::UnexpectedCharacter), "{bad}");
        }
    }

    #[test]
    fn initials_fit_the_icon() {
        for (name, expected) in [("Anna Berg", "AB"), ("Anna", "A"), ("Anna Maria von Berg", "AB"), ("åsa ö", "ÅÖ")]
        {
            assert_eq!(FullName::parse(name).unwrap().initials(), expected);
        }
    }
}
