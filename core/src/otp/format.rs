use super::code::Text;
use super::{Code, Digits};

/// How the truncated value becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Decimal digits with leading zeros, RFC 4226 §5.3.
    Decimal(Digits),
    /// Five characters of Steam Guard's alphabet, which leaves out what is easily confused.
    Steam,
}

impl Format {
    /// How many characters a code has.
    #[must_use]
    pub fn length(self) -> usize {
        usize::from(self.length_byte())
    }

    /// The code of a truncated value (31 bits).
    pub(super) fn code(self, value: u32) -> Code {
        Code::new(self.write(value), self.length_byte())
    }

    /// Writes the low places of a truncated value (31 bits). Ten decimal places hold every 31-bit value whole, so
    /// that no power of ten beyond 32 bits is ever needed.
    pub(super) fn write(self, mut value: u32) -> Text {
        let mut text = Text::EMPTY;
        match self {
            // The last digit first, moved up by every digit before it.
            Self::Decimal(digits) => {
                for _ in 0..digits.get() {
                    text.0 = text.0 << 8 | u128::from(b'0' + (value % 10).to_le_bytes()[0]);
                    value /= 10;
                }
            }
            // Steam writes the lowest place first.
            Self::Steam => {
                for place in 0..u32::from(STEAM_LENGTH) {
                    let letter = STEAM_ALPHABET[usize::from((value % 26).to_le_bytes()[0])];
                    text.0 |= u128::from(letter) << (8 * place);
                    value /= 26;
                }
            }
        }
        text
    }

    /// What a person typed, as a code of this format: the right length and only characters that can occur.
    /// Steam's letters may be typed small.
    pub(super) fn read(self, typed: &str) -> Option<Text> {
        if typed.len() != self.length() {
            return None;
        }
        let mut text = Text::EMPTY;
        for typed in typed.bytes().rev() {
            let character = match self {
                Self::Decimal(_) => typed,
                Self::Steam => typed.to_ascii_uppercase(),
            };
            let known = match self {
                Self::Decimal(_) => typed.is_ascii_digit(),
                Self::Steam => STEAM_ALPHABET.contains(&character),
            };
            if !known {
                return None;
            }
            text.0 = text.0 << 8 | u128::from(character);
        }
        Some(text)
    }

    fn length_byte(self) -> u8 {
        match self {
            Self::Decimal(digits) => digits.get(),
            Self::Steam => STEAM_LENGTH,
        }
    }
}

impl Default for Format {
    fn default() -> Self {
        Self::Decimal(Digits::SIX)
    }
}

const STEAM_LENGTH: u8 = 5;
const STEAM_ALPHABET: &[u8; 26] = b"23456789BCDFGHJKMNPQRTVWXY";
