//! Numbers as GeoJSON has them, many digits at a time: a polygon is little else.

/// What a position takes at most: two numbers of twelve digits, sign, point and eight decimals, and what is between them.
const LONGEST: usize = 48;

/// Writes `[first,second]` at the end of `out`, each number with at most so many decimals, which are three or seven, and without
/// zeros at its end.
pub fn write_position<const DECIMALS: u32>(out: &mut Vec<u8>, [first, second]: [f64; 2]) {
    let start = out.len();
    // Room of a fixed size is made at once and filled in place; what is left over is given back.
    out.extend_from_slice(&[0; LONGEST]);
    let Some(room) = out.last_chunk_mut::<LONGEST>() else { return };
    room[0] = b'[';
    let end = number::<DECIMALS>(room, 1, first);
    room[end] = b',';
    let end = number::<DECIMALS>(room, end + 1, second);
    room[end] = b']';
    out.truncate(start + end + 1);
}

/// Writes a number from `at` on; gives where it ends.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number is cut to twelve digits and its decimals, and a fraction is below 10^7"
)]
fn number<const DECIMALS: u32>(room: &mut [u8; LONGEST], mut at: usize, number: f64) -> usize {
    let one = 10_u64.pow(DECIMALS);
    let units = (number.abs() * f64::from(10_u32.pow(DECIMALS)) + 0.5) as u64;
    let (whole, fraction) = (units / one % 1_000_000_000_000, (units % one) as u32);
    if number < 0.0 && units > 0 {
        room[at] = b'-';
        at += 1;
    }
    at = write_whole(room, at, whole);
    if fraction == 0 {
        return at;
    }
    room[at] = b'.';
    let digits = digits(fraction * 10_u32.pow(8 - DECIMALS));
    room[at + 1..at + 9].copy_from_slice(&digits.to_le_bytes());
    // Zeros at the end are the last bytes, and the highest.
    let zeros = (digits ^ ZEROS).leading_zeros() as usize / 8;
    at + 9 - zeros
}

#[expect(clippy::cast_possible_truncation, reason = "what is cut off was written before")]
fn write_whole(room: &mut [u8; LONGEST], at: usize, number: u64) -> usize {
    match number {
        0..10 => {
            room[at] = b'0' + number as u8;
            at + 1
        }
        10..100 => {
            let [.., tens, ones] = digits(number as u32).to_le_bytes();
            room[at..at + 2].copy_from_slice(&[tens, ones]);
            at + 2
        }
        _ => {
            let at = write_whole(room, at, number / 10);
            room[at] = b'0' + (number % 10) as u8;
            at + 1
        }
    }
}

/// Eight times the digit zero.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The eight digits of a number below 10^8, the first in the lowest byte: the number is halved into ever more lanes of one word,
/// of four digits, two and one. Multiplication and shift divide by 100 and by 10, exactly for numbers of that many digits.
const fn digits(number: u32) -> u64 {
    let fours = (number / 10_000) as u64 | ((number % 10_000) as u64) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let twos = hundreds | (fours - 100 * hundreds) << 16;
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    (tens | (twos - 10 * tens) << 8) | ZEROS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written<const DECIMALS: u32>(number: f64) -> String {
        let mut out = Vec::new();
        write_position::<DECIMALS>(&mut out, [number, -number]);
        let text = String::from_utf8(out).unwrap();
        let (first, second) = text.trim_matches(['[', ']']).split_once(',').unwrap();
        assert_eq!(first.trim_start_matches('-'), second.trim_start_matches('-'));
        first.to_owned()
    }

    #[test]
    fn numbers_have_no_more_decimals_than_mean_something() {
        let check = |number: f64, expect: &str| assert_eq!(written::<7>(number), expect);
        check(9.188_540_04, "9.18854");
        check(-0.000_000_14, "-0.0000001");
        check(-0.000_000_04, "0");
        check(45.0, "45");
        check(-180.0, "-180");
        check(9.123_456_789, "9.1234568");
        check(9.999_999_96, "10");
        assert_eq!(written::<3>(5_034_536.796_248), "5034536.796");
        assert_eq!(written::<3>(-0.05), "-0.05");
    }

    #[test]
    fn no_number_is_too_long() {
        for number in [f64::MAX, f64::INFINITY, f64::NAN, 123_456_789_012.123] {
            assert!(written::<7>(number).len() <= 21 && written::<3>(-number).len() <= 21);
        }
    }

    #[test]
    fn what_is_written_is_what_was_rounded() {
        for step in 0..200_000_u32 {
            let units = f64::from(step * 17_989) - 1.799e9;
            let text = written::<7>(units / 1e7);
            assert!((text.parse::<f64>().unwrap() * 1e7 - units).abs() < 1e-3, "{text}");
        }
    }
}
