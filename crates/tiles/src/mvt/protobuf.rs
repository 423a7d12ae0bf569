//! The few forms of Protocol Buffers that tiles are made of.

/// A field number with the form of what follows, as written before every field.
pub(super) const fn varint_field(number: u8) -> u8 {
    number << 3
}

/// The same for eight bytes of a double.
pub(super) const fn double_field(number: u8) -> u8 {
    number << 3 | 1
}

/// The same for a length and so many bytes.
pub(super) const fn bytes_field(number: u8) -> u8 {
    number << 3 | 2
}

/// Writes a number, seven bits a byte, the lowest first.
pub fn varint(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(low_byte(number) | 0x80);
        number >>= 7;
    }
    out.push(low_byte(number));
}

/// How many bytes [`varint`] writes.
pub(super) const fn varint_length(number: u64) -> usize {
    (70 - (number | 1).leading_zeros() as usize) / 7
}

/// Writes a length and the bytes themselves.
pub(super) fn bytes(out: &mut Vec<u8>, field: u8, bytes: &[u8]) {
    out.push(bytes_field(field));
    varint(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// How many bytes [`bytes`] writes for so many.
pub(super) const fn bytes_length(length: usize) -> usize {
    1 + varint_length(length as u64) + length
}

/// A signed number as an unsigned one that is small if the number is near zero: 0, −1, 1, −2, …
pub(super) const fn zigzag(number: i64) -> u64 {
    (number << 1 ^ number >> 63).cast_unsigned()
}

#[expect(clippy::cast_possible_truncation, reason = "the low byte is what is asked for")]
const fn low_byte(number: u64) -> u8 {
    number as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_room_they_need() {
        let check = |number: u64, expected: &[u8]| {
            let mut out = Vec::new();
            varint(&mut out, number);
            assert_eq!((out.as_slice(), varint_length(number)), (expected, expected.len()), "{number}");
        };
        check(0, &[0]);
        check(127, &[127]);
        check(128, &[0x80, 1]);
        check(300, &[0xAC, 2]);
        check(16_384, &[0x80, 0x80, 1]);
        check(u64::MAX, &[0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1]);
        for bits in 0..64 {
            let mut out = Vec::new();
            varint(&mut out, 1 << bits);
            assert_eq!(out.len(), varint_length(1 << bits), "{bits} bits");
        }
    }

    #[test]
    fn signs_alternate() {
        assert_eq!([0, -1, 1, -2, 2].map(zigzag), [0, 1, 2, 3, 4]);
        assert_eq!([i64::MAX, i64::MIN].map(zigzag), [u64::MAX - 1, u64::MAX]);
    }
}
