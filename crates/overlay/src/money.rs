//! Money in parts: shared out to the cent, and only where shares are declared.

use domain::Cents;

/// How far declared shares may be from 100 per cent, taken together: three thirds are written 33, 33, 33.
const TOLERANCE_PERCENT: f64 = 1.5;
/// Shares are told apart to a millionth of a per cent.
const UNITS: f64 = 1e6;

/// Shares an amount out by weights, to the cent: the parts add up to it exactly. What does not divide evenly goes to the largest
/// remainders, the first of equal ones.
#[must_use]
pub fn apportion(amount: Cents, weights: &[f64]) -> Vec<Cents> {
    let units: Vec<i128> = weights.iter().map(|weight| whole(*weight)).collect();
    let all: i128 = units.iter().sum();
    if all == 0 {
        return vec![Cents(0); weights.len()];
    }
    let exact = |unit: &i128| i128::from(amount.0) * unit;
    let mut parts: Vec<i128> = units.iter().map(|unit| exact(unit).div_euclid(all)).collect();
    let mut by_remainder: Vec<usize> = (0..units.len()).collect();
    by_remainder.sort_by_key(|at| std::cmp::Reverse(exact(&units[*at]).rem_euclid(all)));
    let left = usize::try_from(i128::from(amount.0) - parts.iter().sum::<i128>()).unwrap_or(0);
    by_remainder.into_iter().take(left).for_each(|at| parts[at] += 1);
    parts.into_iter().map(|part| Cents(i64::try_from(part).unwrap_or_default())).collect()
}

/// The shares by which something can be divided, if they are declared: each of them is stated, and together they are the whole.
#[must_use]
pub fn declared(shares: impl IntoIterator<Item = Option<f64>>) -> Option<Vec<f64>> {
    let shares: Vec<f64> = shares.into_iter().collect::<Option<_>>()?;
    ((shares.iter().sum::<f64>() - 100.0).abs() <= TOLERANCE_PERCENT).then_some(shares)
}

#[expect(clippy::cast_possible_truncation, reason = "shares are from 0 to 100")]
fn whole(weight: f64) -> i128 {
    (weight.max(0.0) * UNITS).round() as i128
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_the_cent() {
        let check = |amount, weights: &[f64], expect: &[i64]| {
            let parts: Vec<i64> = apportion(Cents(amount), weights).into_iter().map(|it| it.0).collect();
            assert_eq!(parts, expect, "{amount} by {weights:?}");
        };
        check(100, &[50.0, 50.0], &[50, 50]);
        check(100, &[33.0, 33.0, 33.0], &[34, 33, 33]);
        check(100, &[33.34, 33.33, 33.33], &[34, 33, 33]);
        check(1, &[10.0, 60.0, 30.0], &[0, 1, 0]);
        check(-100, &[33.0, 33.0, 33.0], &[-33, -33, -34]);
        check(7, &[0.0, 100.0], &[0, 7]);
        check(7, &[], &[]);
        check(7, &[0.0], &[0]);
    }

    #[test]
    fn any_amount_by_any_shares_is_all_shared_out() {
        let mut seed = 7_u64;
        let mut next = |below: u64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) % below
        };
        for _ in 0..2_000 {
            let amount = Cents(i64::try_from(next(1 << 31) * next(1 << 20)).unwrap() - (1 << 40));
            let weights: Vec<f64> = (0..=next(9))
                .map(|_| f64::from(u32::try_from(next(10_001)).unwrap()) / 100.0 + 0.01)
                .collect();
            let parts = apportion(amount, &weights);
            assert_eq!(parts.iter().copied().sum::<Cents>(), amount, "{weights:?}");
            let all: f64 = weights.iter().sum();
            for (part, weight) in parts.iter().zip(&weights) {
                #[expect(clippy::cast_precision_loss, reason = "amounts are below 2⁵³")]
                let off = part.0 as f64 - amount.0 as f64 * weight / all;
                assert!(off.abs() <= 1.001, "{amount:?} by {weights:?}: {parts:?}");
            }
        }
    }

    #[test]
    fn shares_are_declared_if_all_are_and_make_the_whole() {
        let check = |shares: &[Option<f64>], expect: bool| {
            assert_eq!(declared(shares.iter().copied()).is_some(), expect, "{shares:?}");
        };
        check(&[Some(50.0), Some(50.0)], true);
        check(&[Some(33.0), Some(33.0), Some(33.0)], true);
        check(&[Some(100.0), Some(100.0)], false);
        check(&[Some(50.0), None], false);
        check(&[Some(50.0)], false);
    }
}
