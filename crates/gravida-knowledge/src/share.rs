//! Natural frequencies and their logarithms as exact integers; it never rounds by the machine's floating point.

use std::fmt;

/// How many weight units make one doubling (one bit).
pub const UNIT: i32 = 1024;

/// "num in den". `den` is never zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    pub num: u64,
    pub den: u64,
}

/// Frequencies of exactly none or all are taken a little inside: small series report them, and one
/// product with zero would outvote everything else (dossier: "never multiply by them").
const FLOOR: Share = Share { num: 1, den: 10_000 };

/// A frequency with its range, as `40 in 100 (33 to 48)` or as a range alone, `20 to 40 in 100`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    pub low: Share,
    /// The published point; `None` when only a range is known.
    pub point: Option<Share>,
    pub high: Share,
    /// False when the source gives a point without a range.
    pub has_range: bool,
}

/// Integer logarithm of a frequency, in units of 1/1024 bit: at the low end, at the point and at the high end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Weight {
    pub low: i32,
    pub point: i32,
    pub high: i32,
}

impl Share {
    pub fn new(num: u64, den: u64) -> Share {
        Share { num, den: den.max(1) }
    }

    /// The share of the others: `den - num in den`.
    pub fn rest(self) -> Share {
        Share { num: self.den.saturating_sub(self.num), den: self.den }
    }

    fn at_least(self, other: Share) -> bool {
        u128::from(self.num) * u128::from(other.den) >= u128::from(other.num) * u128::from(self.den)
    }

    fn inside(self) -> Share {
        if FLOOR.at_least(self) {
            FLOOR
        } else if self.at_least(FLOOR.rest()) && self.den >= self.num {
            FLOOR.rest()
        } else {
            self
        }
    }

    /// Base-2 logarithm of `num / den` in units of 1/1024 bit, rounded towards minus infinity. Exact by integers.
    pub fn log2(self) -> i32 {
        log2_fixed(self.num.max(1)) - log2_fixed(self.den)
    }

    /// As [`Share::log2`], kept away from none and from all.
    pub fn log2_inside(self) -> i32 {
        self.inside().log2()
    }
}

/// log2(n) in 1/1024 bit by repeated squaring of the mantissa.
fn log2_fixed(n: u64) -> i32 {
    let n = n.max(1);
    let whole = 63 - n.leading_zeros() as i32;
    // The mantissa in [1, 2) with 62 bits after the point.
    let mut mantissa = if whole <= 62 { u128::from(n) << (62 - whole) } else { u128::from(n) >> (whole - 62) };
    let mut result = whole;
    for _ in 0..10 {
        mantissa = (mantissa * mantissa) >> 62;
        result *= 2;
        if mantissa >= 1 << 63 {
            mantissa >>= 1;
            result += 1;
        }
    }
    result
}

impl Spread {
    pub fn exactly(point: Share) -> Spread {
        Spread { low: point, point: Some(point), high: point, has_range: false }
    }

    /// The logarithms of the frequency itself.
    pub fn weight(&self) -> Weight {
        let (low, high) = (self.low.log2_inside(), self.high.log2_inside());
        Weight { low, point: self.middle().log2_inside(), high }
    }

    /// The point, or where none is published the middle of the range: the geometric mean, which suits ranges over
    /// several sizes; half of the high end where the range starts at none, which has no geometric mean.
    fn middle(&self) -> Share {
        match self.point {
            Some(point) => point,
            None if self.low.num == 0 => Share::new(self.high.num, self.high.den * 2),
            None => {
                let scale = 1u64 << 40;
                Share::new(exp2((self.low.log2() + self.high.log2()) / 2, scale), scale)
            }
        }
    }

    /// The logarithms of the frequency of a condition: rare ones keep their rarity, none at all becomes 1 in 10 million.
    pub fn prior_weight(&self) -> Weight {
        let none = Share { num: 1, den: 10_000_000 };
        let log = |share: Share| if share.at_least(none) { share.log2() } else { none.log2() };
        let (low, high) = (log(self.low), log(self.high));
        Weight { low, point: log(self.middle()), high }
    }

    /// The logarithms of "not": the low end comes from the high frequency.
    pub fn weight_of_rest(&self) -> Weight {
        let (low, high) = (self.high.rest().log2_inside(), self.low.rest().log2_inside());
        Weight { low, point: self.middle().rest().log2_inside().clamp(low, high), high }
    }
}

/// 2^(weight/1024) × scale by integers, for `weight <= 0`; 0 when it is too small to see.
pub fn exp2(weight: i32, scale: u64) -> u64 {
    let weight = weight.min(0);
    let shift = (-weight) / UNIT;
    let part = (-weight) % UNIT;
    if shift >= 63 {
        return 0;
    }
    // ROOTS[i] = 2^(-1/2^(i+1)) with 62 bits after the point, made by integer square roots.
    let mut value = u128::from(scale);
    for (i, root) in roots().iter().enumerate() {
        if part & (1 << (9 - i)) != 0 {
            value = (value * u128::from(*root)) >> 62;
        }
    }
    (value >> shift) as u64
}

const fn integer_sqrt(n: u128) -> u64 {
    let mut low: u128 = 0;
    let mut high: u128 = 1 << 63;
    while low + 1 < high {
        let middle = (low + high) / 2;
        if middle * middle <= n { low = middle } else { high = middle }
    }
    low as u64
}

const ROOTS: [u64; 10] = {
    let mut roots = [0u64; 10];
    // sqrt(1/2), then the root of the root, and so on.
    let mut last: u128 = 1 << 61;
    let mut i = 0;
    while i < 10 {
        let root = integer_sqrt(last << 62);
        roots[i] = root;
        last = root as u128;
        i += 1;
    }
    roots
};

fn roots() -> &'static [u64; 10] {
    &ROOTS
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.num, self.den)
    }
}

impl fmt::Display for Spread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.point {
            None => write!(f, "{} to {} in {}", self.low.num, self.high.num, self.low.den),
            Some(point) if self.has_range => {
                write!(f, "{point} ({} to {})", self.low.num, self.high.num)
            }
            Some(point) => write!(f, "{point}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_exact_at_powers_of_two() {
        assert_eq!(Share::new(1, 8).log2(), -3 * UNIT);
        assert_eq!(Share::new(4, 1).log2(), 2 * UNIT);
    }

    #[test]
    fn exponent_undoes_logarithm() {
        for num in 1..=99 {
            let share = Share::new(num, 100);
            let back = exp2(share.log2(), 1_000_000);
            let want = num * 10_000;
            assert!(back.abs_diff(want) < 1_000, "{num}: {back} is not near {want}");
        }
    }

    #[test]
    fn none_and_all_stay_inside() {
        assert_eq!(Share::new(0, 100).log2_inside(), FLOOR.log2());
        assert_eq!(Share::new(100, 100).log2_inside(), FLOOR.rest().log2());
    }
}
