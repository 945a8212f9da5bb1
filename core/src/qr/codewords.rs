//! From the modules of a code to its bytes (ISO/IEC 18004 §7 backwards): format, mask, codewords, error correction,
//! segments.
//!
//! Our own instead of `rqrr`'s, because that one multiplies by a table of 64 KB, which is most of what a browser
//! would download. The tests hold one against the other.

use alloc::vec::Vec;

use zeroize::Zeroizing;

/// What a code says.
pub(super) struct Content {
    /// UTF-8 where the code names its character set, else the bytes as they are.
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// The code names its character set, or has kanji: what is not UTF-8 is not Latin-1 either.
    pub(super) named: bool,
    /// Something is in a character set that is not decoded here: not all of the text is in `bytes`.
    pub(super) foreign: bool,
    /// All bytes of the segments, each exclusive or the next: what [`Part::parity`] is over all parts.
    pub(super) parity: u8,
    /// Which part of a text over several codes this is.
    pub(super) part: Option<Part>,
}

/// One code of several that hold a text together: a structured append, §8.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    /// Of the whole text: all of its bytes, each exclusive or the next.
    pub(super) parity: u8,
    /// Codes of the text, 1 to 16.
    pub(super) total: u8,
    /// The place of this one, from 1; more than `total` in a code that contradicts itself.
    pub(super) number: u8,
}

/// What a code says: `size × size` modules row by row, `true` = dark, as printed or mirrored. `None` when they are no
/// code, or too damaged.
pub(super) fn read(modules: &[bool], size: usize) -> Option<Content> {
    let version = size.checked_sub(17)? / 4;
    if !(1..=40).contains(&version) || size != 17 + 4 * version || modules.len() != size * size {
        return None;
    }
    [false, true].into_iter().find_map(|mirrored| Symbol { modules, size, version, mirrored }.content())
}

struct Symbol<'a> {
    modules: &'a [bool],
    size: usize,
    version: usize,
    mirrored: bool,
}

impl Symbol<'_> {
    fn content(&self) -> Option<Content> {
        let (level, mask) = self.format()?;
        let data = self.corrected(&self.codewords(mask), level)?;
        segments(&data, self.version)
    }

    fn dark(&self, x: usize, y: usize) -> bool {
        let (x, y) = if self.mirrored { (y, x) } else { (x, y) };
        self.modules[y * self.size + x]
    }

    /// Level (as an index into the tables) and mask, from whichever copy is less damaged; §7.9.
    fn format(&self) -> Option<(usize, usize)> {
        let last = self.size - 1;
        let first_copy = |bit: usize| match bit {
            0..=5 => (8, bit),
            6 | 7 => (8, bit + 1),
            8 => (7, 8),
            _ => (14 - bit, 8),
        };
        let second_copy = |bit: usize| if bit < 8 { (last - bit, 8) } else { (8, self.size - 15 + bit) };
        let read = |place: &dyn Fn(usize) -> (usize, usize)| {
            (0..15).fold(0_u32, |bits, bit| {
                let (x, y) = place(bit);
                bits | u32::from(self.dark(x, y)) << bit
            })
        };
        let copies = [read(&first_copy), read(&second_copy)];
        let distance = |word: u32| {
            let [first, second] = copies.map(|copy| (copy ^ word).count_ones());
            first.min(second)
        };
        let (format, word) = (0..32).zip((0..32).map(format_word)).min_by_key(|&(_, word)| distance(word))?;
        (distance(word) <= 3).then_some((LEVELS[format / 8], format % 8))
    }

    /// The codewords in the order of the symbol, unmasked; §7.7.3 and §7.8.
    fn codewords(&self, mask: usize) -> Zeroizing<Vec<u8>> {
        let mut words = Zeroizing::new(Vec::with_capacity(codeword_count(self.version)));
        let (mut word, mut bits) = (0_u8, 0);
        let alignment = Alignment::of(self.version);
        let columns = (1..self.size).rev().step_by(2).map(|right| if right <= 6 { right - 1 } else { right });
        for (pair, right) in columns.enumerate() {
            for step in 0..self.size {
                let y = if pair % 2 == 0 { self.size - 1 - step } else { step };
                for x in [right, right - 1] {
                    if self.is_function(x, y, &alignment) {
                        continue;
                    }
                    word = word << 1 | u8::from(self.dark(x, y) != masked(mask, x, y));
                    bits += 1;
                    if bits == 8 {
                        words.push(word);
                        (word, bits) = (0, 0);
                    }
                }
            }
        }
        words
    }

    /// Whether a module belongs to a pattern, the format or the version.
    fn is_function(&self, x: usize, y: usize, alignment: &Alignment) -> bool {
        let (near, far) = (9, self.size - 8);
        let finders = (y < near && (x < near || x >= far)) || (x < near && y >= far);
        let version = self.version >= 7 && ((x >= far - 3 && y < 6) || (x < 6 && y >= far - 3));
        finders || version || x == 6 || y == 6 || alignment.holds(x, y)
    }

    /// The data codewords of all blocks in their order, errors put right; §7.5 and §7.6.
    fn corrected(&self, words: &[u8], level: usize) -> Option<Zeroizing<Vec<u8>>> {
        let check = usize::from(CHECK_WORDS[level][self.version - 1]);
        let blocks = usize::from(BLOCKS[level][self.version - 1]);
        let short = words.len() / blocks - check;
        let short_blocks = blocks - words.len() % blocks;
        let field = Field::new();
        let mut data = Zeroizing::new(Vec::with_capacity(words.len()));
        for block in 0..blocks {
            let own = short + usize::from(block >= short_blocks);
            let mut received = Zeroizing::new(Vec::with_capacity(own + check));
            received.extend((0..short).map(|place| words[place * blocks + block]));
            received.extend((short..own).map(|_| words[short * blocks + block - short_blocks]));
            let check_words = &words[words.len() - check * blocks..];
            received.extend((0..check).map(|place| check_words[place * blocks + block]));
            field.correct(&mut received, check)?;
            data.extend_from_slice(&received[..own]);
        }
        Some(data)
    }
}

/// The centres of the alignment patterns along one side; annex E.
pub(super) struct Alignment {
    places: [usize; 7],
    count: usize,
}

impl Alignment {
    pub(super) fn of(version: usize) -> Self {
        let mut places = [0; 7];
        if version == 1 {
            return Self { places, count: 0 };
        }
        let count = version / 7 + 2;
        let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2;
        places[0] = 6;
        for (back, place) in places[1..count].iter_mut().rev().enumerate() {
            *place = 10 + 4 * version - back * step;
        }
        Self { places, count }
    }

    /// None in version 1.
    pub(super) fn centres(&self) -> &[usize] {
        &self.places[..self.count]
    }

    fn holds(&self, x: usize, y: usize) -> bool {
        let near = |at: usize| self.centres().iter().position(|&centre| at.abs_diff(centre) <= 2);
        let last = self.count.wrapping_sub(1);
        // Three of the corners belong to the finders.
        matches!((near(x), near(y)), (Some(across), Some(down))
            if (across, down) != (0, 0) && (across, down) != (0, last) && (across, down) != (last, 0))
    }
}

/// Whether the mask turns a module over; §7.8.2.
fn masked(mask: usize, x: usize, y: usize) -> bool {
    match mask {
        0 => (x + y).is_multiple_of(2),
        1 => y.is_multiple_of(2),
        2 => x.is_multiple_of(3),
        3 => (x + y).is_multiple_of(3),
        4 => (x / 3 + y / 2).is_multiple_of(2),
        5 => x * y % 2 + x * y % 3 == 0,
        6 => (x * y % 2 + x * y % 3).is_multiple_of(2),
        _ => ((x + y) % 2 + x * y % 3).is_multiple_of(2),
    }
}

/// The fifteen bits of a format, annex C: BCH (15, 5) with the generator 0x537, turned over by 0x5412.
fn format_word(format: u32) -> u32 {
    let remainder = (0..10).fold(format, |rest, _| (rest << 1) ^ ((rest >> 9) * 0x537));
    (format << 10 | remainder) ^ 0x5412
}

/// The rows of the tables for the two bits of the format: M, L, H, Q.
const LEVELS: [usize; 4] = [1, 0, 3, 2];

/// Codewords of a symbol.
fn codeword_count(version: usize) -> usize {
    let mut modules = (16 * version + 128) * version + 64;
    if version >= 2 {
        let alignments = version / 7 + 2;
        modules -= (25 * alignments - 10) * alignments - 55;
    }
    if version >= 7 {
        modules -= 36;
    }
    modules / 8
}

/// GF(2⁸) modulo x⁸ + x⁴ + x³ + x² + 1, by the powers of its generator 2.
struct Field {
    power: [u8; 510],
    log: [usize; 256],
}

impl Field {
    fn new() -> Self {
        let (mut power, mut log) = ([0; 510], [0; 256]);
        let mut value = 1_u8;
        for exponent in 0..255 {
            power[exponent] = value;
            power[exponent + 255] = value;
            log[usize::from(value)] = exponent;
            value = (value << 1) ^ ((value >> 7) * 0x1d);
        }
        Self { power, log }
    }

    fn times(&self, a: u8, b: u8) -> u8 {
        if a == 0 || b == 0 { 0 } else { self.power[self.log[usize::from(a)] + self.log[usize::from(b)]] }
    }

    /// `b` is not zero.
    fn over(&self, a: u8, b: u8) -> u8 {
        self.times(a, self.power[255 - self.log[usize::from(b)]])
    }

    /// A polynomial, lowest power first, at 2 to the power `exponent`.
    fn at(&self, polynomial: &[u8], exponent: usize) -> u8 {
        polynomial.iter().rev().fold(0, |sum, &factor| self.times(sum, self.power[exponent]) ^ factor)
    }

    /// The word, highest power first, at the roots of the generator: all zero when nothing is wrong.
    fn syndromes(&self, word: &[u8], check: usize) -> Vec<u8> {
        (0..check)
            .map(|exponent| word.iter().fold(0, |sum, &factor| self.times(sum, self.power[exponent]) ^ factor))
            .collect()
    }

    /// Puts up to `check / 2` wrong bytes of a Reed-Solomon word right; `None` when there are more.
    fn correct(&self, word: &mut [u8], check: usize) -> Option<()> {
        let syndromes = self.syndromes(word, check);
        if syndromes.iter().all(|&syndrome| syndrome == 0) {
            return Some(());
        }
        let locator = self.locator(&syndromes)?;
        let errors = locator.len() - 1;
        // Ω = S · σ modulo x^check, and the derivative of σ, for Forney's formula.
        let evaluator: Vec<u8> = (0..errors)
            .map(|power| (0..=power).fold(0, |sum, at| sum ^ self.times(syndromes[power - at], locator[at])))
            .collect();
        let derivative: Vec<u8> =
            (1..locator.len()).map(|power| if power % 2 == 1 { locator[power] } else { 0 }).collect();
        let mut put_right = 0;
        for power in 0..word.len() {
            let inverse = (255 - power) % 255;
            if self.at(&locator, inverse) != 0 {
                continue;
            }
            let slope = self.at(&derivative, inverse);
            if slope == 0 {
                return None;
            }
            let size = self.times(self.power[power], self.over(self.at(&evaluator, inverse), slope));
            let place = word.len() - 1 - power;
            word[place] ^= size;
            put_right += 1;
        }
        let right = put_right == errors && self.syndromes(word, check).iter().all(|&syndrome| syndrome == 0);
        right.then_some(())
    }

    /// The polynomial whose roots tell the places of the errors (Berlekamp and Massey), lowest power first.
    fn locator(&self, syndromes: &[u8]) -> Option<Vec<u8>> {
        let (mut locator, mut before) = (alloc::vec![1_u8], alloc::vec![1_u8]);
        let (mut errors, mut shift, mut last) = (0, 1, 1_u8);
        for step in 0..syndromes.len() {
            let discrepancy = (0..=errors.min(locator.len() - 1))
                .fold(0, |sum, at| sum ^ self.times(locator[at], syndromes[step - at]));
            if discrepancy == 0 {
                shift += 1;
                continue;
            }
            let old = locator.clone();
            let factor = self.over(discrepancy, last);
            locator.resize(locator.len().max(before.len() + shift), 0);
            for (at, &value) in before.iter().enumerate() {
                locator[at + shift] ^= self.times(factor, value);
            }
            if 2 * errors <= step {
                errors = step + 1 - errors;
                (before, last, shift) = (old, discrepancy, 1);
            } else {
                shift += 1;
            }
        }
        while locator.last() == Some(&0) {
            locator.pop();
        }
        (locator.len() == errors + 1 && 2 * errors <= syndromes.len()).then_some(locator)
    }
}

/// Bits, highest first.
struct Bits<'a> {
    bytes: &'a [u8],
    next: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        8 * self.bytes.len() - self.next
    }

    fn take(&mut self, count: usize) -> Option<usize> {
        if count > self.left() {
            return None;
        }
        let value = (self.next..self.next + count)
            .fold(0, |value, at| value << 1 | usize::from(self.bytes[at / 8] >> (7 - at % 8) & 1));
        self.next += count;
        Some(value)
    }
}

/// The character sets that a segment of bytes can be in, §7.4.2 and the AIM's list of extended channel interpretations.
#[derive(Clone, Copy)]
enum Charset {
    /// The code names none: the bytes go out as they are.
    Unnamed,
    /// ISO/IEC 8859-1.
    Latin1,
    /// UTF-8.
    Utf8,
    /// One whose first half is ASCII; the rest is not decoded here.
    AsciiFirst,
    /// One that is not decoded here.
    Foreign,
}

impl Charset {
    fn named(assignment: usize) -> Self {
        match assignment {
            3 => Self::Latin1,
            26 => Self::Utf8,
            // UTF-16, UTF-32 and what is not in the list.
            25 | 33..=169 | 171.. => Self::Foreign,
            _ => Self::AsciiFirst,
        }
    }
}

impl Content {
    /// Not inlined five times, for the size of the browser's file.
    #[inline(never)]
    fn push(&mut self, byte: u8, charset: Charset) {
        self.parity ^= byte;
        match (charset, byte) {
            (Charset::Unnamed | Charset::Utf8, _) | (Charset::Latin1 | Charset::AsciiFirst, ..0x80) => {
                self.bytes.push(byte);
            }
            // Below are no letters but controls, of texts in a set that only calls itself Latin-1.
            (Charset::Latin1, 0xa0..) => self.bytes.extend([0xc0 | byte >> 6, 0x80 | byte & 0x3f]),
            _ => self.foreign = true,
        }
    }
}

/// What the segments say; §7.4.
fn segments(data: &[u8], version: usize) -> Option<Content> {
    let bytes = Zeroizing::new(Vec::with_capacity(data.len() * 2));
    let mut content = Content { bytes, named: false, foreign: false, parity: 0, part: None };
    let mut charset = Charset::Unnamed;
    let mut bits = Bits { bytes: data, next: 0 };
    let by_version = |widths: [usize; 3]| widths[usize::from(version > 9) + usize::from(version > 26)];
    while bits.left() >= 4 {
        match bits.take(4)? {
            0 => break,
            1 => {
                let mut digits = bits.take(by_version([10, 12, 14]))?;
                while digits > 0 {
                    let group = digits.min(3);
                    let value = bits.take(3 * group + 1)?;
                    let text = [value / 100, value / 10 % 10, value % 10];
                    if value >= [10, 100, 1000][group - 1] {
                        return None;
                    }
                    text[3 - group..].iter().for_each(|&digit| content.push(ALPHANUMERIC[digit], Charset::Unnamed));
                    digits -= group;
                }
            }
            2 => {
                let mut characters = bits.take(by_version([9, 11, 13]))?;
                while characters >= 2 {
                    let pair = bits.take(11)?;
                    content.push(*ALPHANUMERIC.get(pair / 45)?, Charset::Unnamed);
                    content.push(ALPHANUMERIC[pair % 45], Charset::Unnamed);
                    characters -= 2;
                }
                if characters == 1 {
                    content.push(*ALPHANUMERIC.get(bits.take(6)?)?, Charset::Unnamed);
                }
            }
            4 => {
                for _ in 0..bits.take(by_version([8, 16, 16]))? {
                    content.push(u8::try_from(bits.take(8)?).ok()?, charset);
                }
            }
            // Kanji: pairs of bytes of Shift JIS, or of UTF-8 where an encoder took what looks alike for it, as `qrcode`
            // does.
            8 => {
                content.named = true;
                for _ in 0..bits.take(by_version([8, 10, 12]))? {
                    let packed = bits.take(13)?;
                    let sum = ((packed / 0xc0) << 8) | (packed % 0xc0);
                    let pair = if sum < 0x1f00 { sum + 0x8140 } else { sum + 0xc140 };
                    for byte in u16::try_from(pair).ok()?.to_be_bytes() {
                        content.push(byte, Charset::Unnamed);
                    }
                }
            }
            // The number of a character set has one to three bytes.
            7 => {
                let first = bits.take(8)?;
                charset = Charset::named(match first {
                    0..0x80 => first,
                    0x80..0xc0 => (first & 0x3f) << 8 | bits.take(8)?,
                    0xc0..0xe0 => (first & 0x1f) << 16 | bits.take(16)?,
                    _ => return None,
                });
                content.named = true;
            }
            3 => {
                let part = [bits.take(4)? + 1, bits.take(4)? + 1, bits.take(8)?];
                let [number, total, parity] = part.map(|value| u8::try_from(value).unwrap_or_default());
                content.part = Some(Part { parity, total, number });
            }
            // The two forms of FNC1.
            5 => {}
            9 => drop(bits.take(8)?),
            _ => return None,
        }
    }
    (content.foreign || !content.bytes.is_empty()).then_some(content)
}

const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Check codewords of each block by level (L, M, Q, H) and version; table 9.
const CHECK_WORDS: [[u8; 40]; 4] = [
    [
        7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28,
        28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
    ],
    [
        13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
    [
        17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30, 30,
        30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
    ],
];

/// Blocks by level (L, M, Q, H) and version; table 9.
const BLOCKS: [[u8; 40]; 4] = [
    [
        1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18,
        19, 19, 20, 21, 22, 24, 25,
    ],
    [
        1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31,
        33, 35, 37, 38, 40, 43, 45, 47, 49,
    ],
    [
        1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38, 40,
        43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
    ],
    [
        1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45, 48,
        51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
    ],
];

#[cfg(test)]
mod tests {
    use alloc::vec;

    use proptest::prelude::*;
    use qrcode::types::Color;
    use qrcode::{EcLevel, QrCode, Version};

    use super::*;

    fn drawn(text: &[u8], version: i16, level: EcLevel) -> Option<(Vec<bool>, usize)> {
        let code = QrCode::with_version(text, Version::Normal(version), level).ok()?;
        Some((code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect(), code.width()))
    }

    fn bytes(modules: &[bool], size: usize) -> Option<Vec<u8>> {
        read(modules, size).map(|content| content.bytes.to_vec())
    }

    fn with_rqrr(modules: &[bool], size: usize) -> Option<Vec<u8>> {
        let grid = rqrr::SimpleGrid::from_func(size, |x, y| modules[y * size + x]);
        let mut bytes = Vec::new();
        rqrr::Grid::new(grid).decode_to(&mut bytes).is_ok().then_some(bytes)
    }

    /// A wrong number in a table makes every code of one size unreadable.
    #[test]
    fn reads_every_size_at_every_level_as_printed_and_mirrored() {
        for version in 1..=40 {
            for level in [EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H] {
                // One text each, for the encoder takes its time.
                let texts = [&b"01234567"[..], b"OTP 12:4", b"\xffotp", &[b'z'; 700]].into_iter().cycle();
                let texts = texts.skip(usize::try_from(version).unwrap_or_default()).take(4);
                let (text, modules, size) = texts
                    .filter_map(|text| drawn(text, version, level).map(|(modules, size)| (text, modules, size)))
                    .next()
                    .expect("a short text fits");
                assert_eq!(bytes(&modules, size).as_deref(), Some(text), "version {version} {level:?}");
                let mirrored: Vec<bool> =
                    (0..size * size).map(|place| modules[place % size * size + place / size]).collect();
                assert_eq!(bytes(&mirrored, size).as_deref(), Some(text), "mirrored {version} {level:?}");
            }
        }
    }

    #[test]
    fn refuses_what_is_no_code() {
        for size in [0, 1, 20, 21, 22, 25, 177, 181] {
            assert_eq!(bytes(&vec![false; size * size], size), None);
            assert_eq!(bytes(&vec![true; size * size], size), None);
        }
    }

    /// The sets whose numbers segno, which draws `tests/vectors/qr.json`, does not write: 170, ASCII that nations do not
    /// change, has two bytes; and texts in several sets.
    #[test]
    fn reads_each_segment_in_its_own_character_set() {
        let said = |segments: &[(u32, &[u8])]| {
            let mut bits = qrcode::bits::Bits::new(Version::Normal(5));
            for &(set, text) in segments {
                bits.push_eci_designator(set).expect("a number of a set");
                bits.push_byte_data(text).expect("it fits");
            }
            bits.push_terminator(EcLevel::M).expect("it fits");
            let code = QrCode::with_bits(bits, EcLevel::M).expect("it fits");
            let modules: Vec<bool> = code.to_colors().into_iter().map(|colour| colour == Color::Dark).collect();
            let content = read(&modules, code.width()).expect("it is read");
            (!content.foreign).then(|| content.bytes.to_vec())
        };
        assert_eq!(said(&[(170, b"otpauth:")]).as_deref(), Some(&b"otpauth:"[..]));
        assert_eq!(said(&[(170, b"\xe9")]), None);
        assert_eq!(said(&[(3, b"\xc5sa "), (26, "Öberg".as_bytes())]).as_deref(), Some("Åsa Öberg".as_bytes()));
        assert_eq!(said(&[(3, b"\xc5sa\x80")]), None);
        assert_eq!(said(&[(0, b"ACME"), (899, b"x")]), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        /// Dirt on a code: read while the level allows it, never as another text, and whenever rqrr reads it.
        #[test]
        fn reads_damaged_codes_and_all_that_rqrr_reads(
            text in prop::collection::vec(any::<u8>(), 1..60),
            level in prop::sample::select(vec![EcLevel::L, EcLevel::M, EcLevel::Q, EcLevel::H]),
            dirt in prop::collection::vec(any::<prop::sample::Index>(), 0..60),
        ) {
            let (mut modules, size) = drawn(&text, 8, level).expect("it fits");
            for place in dirt {
                let place = place.index(modules.len());
                modules[place] = !modules[place];
            }
            let ours = bytes(&modules, size);
            prop_assert!(ours.is_none() || ours.as_deref() == Some(&text[..]));
            if with_rqrr(&modules, size).as_deref() == Some(&text[..]) {
                prop_assert_eq!(ours.as_deref(), Some(&text[..]));
            }
        }

        #[test]
        fn survives_any_grid(version in 1_usize..=40, seed: u64) {
            let size = 17 + 4 * version;
            let mut state = seed | 1;
            let modules: Vec<bool> = (0..size * size)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    state & 1 == 1
                })
                .collect();
            let _ = read(&modules, size);
        }
    }
}
