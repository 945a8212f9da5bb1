//! Whether all of a JPEG is there: its codes are counted, not decoded.
//!
//! The decoder paints what is missing in one grey and says nothing, and neither an end marker nor the length of the file tells
//! how much of the picture comes before it. ISO/IEC 10918-1: markers B.1, Huffman tables C, sequential scans F.2, progressive
//! ones G.2.

/// Most components of a frame that cameras write.
const COMPONENTS: usize = 4;
/// Coefficients of a block.
const COEFFICIENTS: usize = 64;
/// Zeros on both sides of the end of a scan that are no padding, in bytes.
const ERASED: usize = 64;
/// A coefficient of which no scan has brought anything.
const MISSING: u8 = u8::MAX;

/// Whether the first picture of a file is whole: each scan has a code for each of its blocks, the scans bring each coefficient
/// to its last bit, and there is an end. What follows the end is not looked at: the film of a moving photograph, a second
/// picture.
///
/// Of the scans that sharpen coefficients the presence is looked for and not the length. `scans`: the most that are read.
/// The sides that the file declares bound the time and are the caller's to judge.
pub(super) fn is_whole(bytes: &[u8], scans: usize) -> bool {
    walk(bytes, scans).unwrap_or(false)
}

fn walk(bytes: &[u8], scans: usize) -> Option<bool> {
    let mut file = File { bytes, at: 2, frame: Frame::default(), tables: [None; 8], interval: 0 };
    let mut left = scans;
    loop {
        let marker = file.marker()?;
        if marker == 0xd9 {
            return Some(file.frame.complete());
        }
        // Those without a segment: start, restart, and one that is reserved.
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let segment = file.segment()?;
        match marker {
            0xc0..=0xc2 if file.frame.across == 0 => file.frame = Frame::read(segment)?,
            // A second frame would not have the sides that were judged.
            0xc0..=0xc2 => return None,
            0xc4 => file.define(segment)?,
            0xda => {
                left = left.checked_sub(1)?;
                file.scan(segment)?;
            }
            0xdd => file.interval = usize::from(number(segment)?),
            _ => {}
        }
    }
}

fn number(bytes: &[u8]) -> Option<u16> {
    bytes.first_chunk().map(|two| u16::from_be_bytes(*two))
}

/// One colour of a frame.
#[derive(Clone, Copy)]
struct Component {
    id: u8,
    /// Blocks of an MCU across and down.
    across: usize,
    down: usize,
    /// Bits of each coefficient that are still to come.
    bits: [u8; COEFFICIENTS],
}

#[derive(Default)]
struct Frame {
    width: usize,
    height: usize,
    components: [Option<Component>; COMPONENTS],
    /// The largest of all components.
    across: usize,
    down: usize,
}

impl Frame {
    fn read(segment: &[u8]) -> Option<Self> {
        let (head, parts) = segment.split_at_checked(6)?;
        let side = |at: usize| head.get(at..).and_then(number).map(usize::from);
        let mut frame = Self { height: side(1)?, width: side(3)?, ..Self::default() };
        for (place, &[id, factors, _]) in frame.components.iter_mut().zip(parts.as_chunks().0) {
            let (across, down) = (usize::from(factors >> 4), usize::from(factors & 15));
            if across == 0 || down == 0 {
                return None;
            }
            frame.across = frame.across.max(across);
            frame.down = frame.down.max(down);
            *place = Some(Component { id, across, down, bits: [MISSING; COEFFICIENTS] });
        }
        Some(frame)
    }

    /// Whether every coefficient of every component has come to its last bit.
    fn complete(&self) -> bool {
        let mut all = self.components.iter().flatten().flat_map(|component| component.bits);
        self.across > 0 && all.all(|bits| bits == 0)
    }

    /// MCUs of a scan: of one component `alone`, which has no more blocks than it needs, or of several.
    fn mcus(&self, alone: Option<&Component>) -> usize {
        let (across, down) = alone.map_or((1, 1), |component| (component.across, component.down));
        let (width, height) = (self.width * across, self.height * down);
        width.div_ceil(8 * self.across) * height.div_ceil(8 * self.down)
    }
}

/// How many codes there are of each length, and what they stand for, in order.
type Table<'a> = Option<(&'a [u8], &'a [u8])>;

struct File<'a> {
    bytes: &'a [u8],
    at: usize,
    frame: Frame,
    /// Four of the first coefficient, four of the others.
    tables: [Table<'a>; 8],
    /// MCUs from one restart to the next; 0: none.
    interval: usize,
}

impl<'a> File<'a> {
    /// The next marker, whatever lies before it.
    fn marker(&mut self) -> Option<u8> {
        loop {
            self.at += self.bytes.get(self.at..)?.iter().position(|&byte| byte == 0xff)?;
            // Any number of these may stand before a marker.
            self.at += self.bytes[self.at..].iter().position(|&byte| byte != 0xff)?;
            self.at += 1;
            match self.bytes[self.at - 1] {
                0 => {}
                marker => return Some(marker),
            }
        }
    }

    fn segment(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(self.bytes.get(self.at..).and_then(number)?);
        let segment = self.bytes.get(self.at + 2..self.at + length)?;
        self.at += length;
        Some(segment)
    }

    fn define(&mut self, mut segment: &'a [u8]) -> Option<()> {
        while let Some((&place, rest)) = segment.split_first() {
            let (counts, rest) = rest.split_at_checked(16)?;
            let (values, rest) = rest.split_at_checked(counts.iter().map(|&count| usize::from(count)).sum())?;
            *self.tables.get_mut(usize::from(place >> 4) * 4 + usize::from(place & 15))? = Some((counts, values));
            segment = rest;
        }
        Some(())
    }

    /// Counts the codes of a scan, and what it brings.
    fn scan(&mut self, segment: &[u8]) -> Option<()> {
        let (&count, rest) = segment.split_first()?;
        if !(1..=COMPONENTS).contains(&usize::from(count)) {
            return None;
        }
        let (parts, rest) = rest.split_at_checked(2 * usize::from(count))?;
        let &[first, last, bits] = rest.first_chunk()?;
        let (earlier, bits) = (bits >> 4, bits & 15);
        let coefficients = usize::from(first)..usize::from(last) + 1;
        // Blocks of an MCU, and the tables of their codes.
        let mut blocks = [(0, None, None); COMPONENTS];
        let mut alone = None;
        for (of_mcu, &[id, tables]) in blocks.iter_mut().zip(parts.as_chunks().0) {
            let component = self.frame.components.iter_mut().flatten().find(|component| component.id == id)?;
            component.bits.get_mut(coefficients.clone())?.fill(bits);
            alone = (count == 1).then_some(*component);
            let number = if count == 1 { 1 } else { component.across * component.down };
            let table = |place: u8| self.tables.get(usize::from(place)).copied().flatten();
            *of_mcu = (number, table(tables >> 4), table(4 + (tables & 15)));
        }
        if earlier > 0 && first > 0 {
            // How many bits these are is told by the coefficients that are there, which are not kept.
            return Some(());
        }
        let mcus = self.frame.mcus(alone.as_ref());
        let mut codes = Codes { file: self, byte: 0, left: 0, blank: 0 };
        for mcu in 0..mcus {
            if mcu > 0 && codes.file.interval > 0 && mcu.is_multiple_of(codes.file.interval) {
                if !matches!(codes.file.marker()?, 0xd0..=0xd7) {
                    return None;
                }
                (codes.left, codes.blank) = (0, 0);
            }
            for &(number, start, others) in &blocks {
                for _ in 0..number {
                    if earlier > 0 {
                        codes.bit()?;
                    } else {
                        codes.block(&coefficients, start, others)?;
                    }
                }
            }
        }
        // With some tables zeros are blank blocks. A file may end in them, or be filled up with them, but not both.
        let around = self.at.checked_sub(ERASED).and_then(|from| self.bytes.get(from..self.at + ERASED));
        (!around.is_some_and(|bytes| bytes.iter().all(|&byte| byte == 0))).then_some(())
    }
}

/// The bits of a scan.
struct Codes<'f, 'a> {
    file: &'f mut File<'a>,
    byte: u8,
    /// Bits of it that are not read yet.
    left: u8,
    /// Blocks to come that have nothing more.
    blank: u32,
}

impl Codes<'_, '_> {
    fn bit(&mut self) -> Option<u32> {
        if self.left == 0 {
            self.byte = *self.file.bytes.get(self.file.at)?;
            if self.byte == 0xff {
                let filled = self.file.bytes[self.file.at..].iter().position(|&byte| byte != 0xff)?;
                if self.file.bytes[self.file.at + filled] != 0 {
                    return None;
                }
                self.file.at += filled;
            }
            self.file.at += 1;
            self.left = 8;
        }
        self.left -= 1;
        Some(u32::from(self.byte >> self.left & 1))
    }

    fn bits(&mut self, count: u8) -> Option<u32> {
        (0..count).try_fold(0, |bits, _| Some(bits << 1 | self.bit()?))
    }

    /// The next code, and what it stands for.
    fn code(&mut self, table: Table<'_>) -> Option<u8> {
        let (counts, values) = table?;
        let (mut code, mut first, mut before) = (0_u32, 0_u32, 0_u32);
        for &count in counts {
            code = code << 1 | self.bit()?;
            let count = u32::from(count);
            if code < first + count {
                // Never below: every shorter code that this one begins with would have been taken.
                let place = before + code.checked_sub(first)?;
                return values.get(usize::try_from(place).ok()?).copied();
            }
            before += count;
            first = (first + count) << 1;
        }
        None
    }

    fn block(&mut self, coefficients: &core::ops::Range<usize>, start: Table<'_>, others: Table<'_>) -> Option<()> {
        if self.blank > 0 {
            self.blank -= 1;
            return Some(());
        }
        let mut place = coefficients.start;
        if place == 0 {
            let size = self.code(start)?;
            self.bits(size)?;
            place = 1;
        }
        while place < coefficients.end {
            let (zeros, size) = match self.code(others)? {
                0xf0 => (15, 0),
                code if code & 15 == 0 => {
                    let run = code >> 4;
                    self.blank = (1 << run) - 1 + self.bits(run)?;
                    return Some(());
                }
                code => (code >> 4, code & 15),
            };
            self.bits(size)?;
            place += usize::from(zeros) + 1;
        }
        Some(())
    }
}
