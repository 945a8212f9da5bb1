//! As much of the protobuf wire format as the export needs: varints and byte strings. Fields of any other kind are
//! skipped, what cannot be skipped is refused.

use alloc::vec::Vec;

/// The bytes are not a protobuf message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotProtobuf;

/// One value of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Varint(u64),
    Bytes(&'a [u8]),
    /// A fixed 32- or 64-bit number.
    Fixed,
}

/// Reads a message field by field.
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(message: &'a [u8]) -> Self {
        Self(message)
    }

    /// The next field's number and value; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u32, Value<'a>)>, NotProtobuf> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let tag = u32::try_from(self.varint()?).map_err(|_| NotProtobuf)?;
        let value = match tag & 7 {
            VARINT => Value::Varint(self.varint()?),
            FIXED64 => self.take(8).map(|_| Value::Fixed)?,
            BYTES => {
                let length = usize::try_from(self.varint()?).map_err(|_| NotProtobuf)?;
                Value::Bytes(self.take(length)?)
            }
            FIXED32 => self.take(4).map(|_| Value::Fixed)?,
            _ => return Err(NotProtobuf),
        };
        match tag >> 3 {
            0 => Err(NotProtobuf),
            number => Ok(Some((number, value))),
        }
    }

    /// At most ten bytes, the last of which may only be 1.
    fn varint(&mut self) -> Result<u64, NotProtobuf> {
        let mut value = 0_u64;
        for shift in (0..70).step_by(7) {
            let [byte] = *self.take(1)? else { return Err(NotProtobuf) };
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return Err(NotProtobuf);
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(NotProtobuf)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], NotProtobuf> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(NotProtobuf)?;
        self.0 = rest;
        Ok(taken)
    }
}

/// Appends a number field; 0 is left out, as protobuf 3 does.
pub(super) fn push_varint(out: &mut Vec<u8>, number: u32, value: u64) {
    if value != 0 {
        push_raw(out, u64::from(number << 3 | VARINT));
        push_raw(out, value);
    }
}

/// Appends a byte string field, also when it is empty.
pub(super) fn push_bytes(out: &mut Vec<u8>, number: u32, bytes: &[u8]) {
    push_raw(out, u64::from(number << 3 | BYTES));
    push_raw(out, u64::try_from(bytes.len()).unwrap_or(u64::MAX));
    out.extend_from_slice(bytes);
}

/// The most bytes that tag and length or number take in [`push_varint`] and [`push_bytes`].
pub(super) const FIELD_OVERHEAD: usize = 1 + 10;

const VARINT: u32 = 0;
const FIXED64: u32 = 1;
const BYTES: u32 = 2;
const FIXED32: u32 = 5;

fn push_raw(out: &mut Vec<u8>, mut value: u64) {
    while value > 0x7f {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}
