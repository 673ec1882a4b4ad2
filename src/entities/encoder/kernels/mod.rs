//! The arithmetic of the network, in one version a processor family.
//!
//! Every version gives the same bytes. Products are of whole numbers and exact
//! in 32 bits, whatever their order; the rest is `f32` in plain Rust, which
//! neither reorders sums nor contracts a product and a sum, with our own
//! [exponential](crate::entities::float::exp): what a machine's mathematical library would say
//! differs from machine to machine. A stage is written once, generic over
//! `Products`, and compiled once for each family.

// Vector instructions have no safe form that is reached at run time: VNNI
// multiplies 25 times as fast as what the compiler makes of the portable
// version (`cargo bench --bench encoder`).
#![allow(unsafe_code)]

mod attention;
mod portable;
mod products;
mod stages;
mod vector;
#[cfg(target_arch = "x86_64")]
mod x86;
#[cfg(target_arch = "x86_64")]
mod x86_vector;

pub use attention::{Attention, HEAD};
pub use products::BLOCK;
pub use stages::{Matrix, Packed, Quantised};

/// A version that this machine can run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Isa(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Portable,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Isa {
    /// The fastest that this machine can run.
    pub fn best() -> Self {
        *Self::all().last().unwrap_or(&Self(Kind::Portable))
    }

    /// All that this machine can run, the fastest last.
    pub fn all() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut all = vec![Self(Kind::Portable)];
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                all.push(Self(Kind::Avx2));
            }
            if is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512dq")
                && is_x86_feature_detected!("avx512vl")
                && is_x86_feature_detected!("avx512vnni")
            {
                all.push(Self(Kind::Avx512));
            }
        }
        all
    }

    /// For people.
    pub fn name(self) -> &'static str {
        match self.0 {
            Kind::Portable => "portable",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "AVX2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "AVX-512 VNNI",
        }
    }
}

macro_rules! stage {
    ($(#[$doc:meta])* $room:ident::$name:ident($($arg:ident: $ty:ty),* $(,)?)) => {
        $(#[$doc])*
        pub fn $name(isa: Isa, $($arg: $ty),*) {
            match isa.0 {
                Kind::Portable => $room::$name::<portable::Portable>($($arg),*),
                #[cfg(target_arch = "x86_64")]
                Kind::Avx2 => {
                    #[target_feature(enable = "avx2")]
                    fn with($($arg: $ty),*) {
                        $room::$name::<x86::Avx2>($($arg),*);
                    }
                    // SAFETY: an `Isa` is only made where its features were detected.
                    unsafe { with($($arg),*) }
                }
                #[cfg(target_arch = "x86_64")]
                Kind::Avx512 => {
                    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")]
                    fn with($($arg: $ty),*) {
                        $room::$name::<x86::Avx512>($($arg),*);
                    }
                    // SAFETY: an `Isa` is only made where its features were detected.
                    unsafe { with($($arg),*) }
                }
            }
        }
    };
}

stage!(
    /// Rows of `width` numbers as bytes, each with its own scale.
    stages::quantise(x: &[f32], width: usize, out: &mut Quantised)
);
stage!(
    /// The Gaussian error linear unit of rows of `width` numbers, as bytes.
    stages::gelu(x: &mut [f32], width: usize, out: &mut Quantised)
);
stage!(
    /// A linear map of every row.
    stages::dense(x: &Quantised, w: &Matrix<'_>, out: &mut Vec<f32>)
);
stage!(
    /// Adds `y` to `x` and normalises every row (Ba, Kiros and Hinton, 2016).
    stages::add_and_norm(x: &mut [f32], y: &[f32], gain: &[f32], bias: &[f32], epsilon: f32)
);
stage!(
    /// Attention inside one window: `qkv` has a row a piece, queries, keys and
    /// values of all heads side by side; `out` a row of heads.
    attention::attend(qkv: &[f32], heads: usize, levels: f32, space: &mut Attention, out: &mut [f32])
);

#[cfg(test)]
mod tests {
    use super::{
        products::{Products, TILE, Tile},
        *,
    };

    /// Numbers from −1 to 1, a few of them far larger.
    pub(super) fn noise(n: usize, mut seed: u32) -> Vec<f32> {
        (0..n)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let x = (seed >> 8) as f32 / (1 << 23) as f32 - 1.0;
                if seed.is_multiple_of(37) { 20.0 * x } else { x }
            })
            .collect()
    }

    fn bits(x: &[f32]) -> Vec<u32> {
        x.iter().map(|x| x.to_bits()).collect()
    }

    /// The first is the portable one, with which the others must agree.
    fn agree<T: PartialEq + std::fmt::Debug>(run: impl Fn(Isa) -> T) {
        let wanted = run(Isa(Kind::Portable));
        for isa in Isa::all() {
            assert_eq!(run(isa), wanted, "{}", isa.name());
        }
    }

    #[test]
    fn every_version_gives_the_same_bytes() {
        for rows in [1, 5, 6, 13] {
            let (width, wide) = (128, 192);
            let x = noise(rows * width, 1 + rows as u32);
            let weights = noise(wide * width, 2);
            let bias = noise(wide, 3);
            let parts = stages::Packed::new(&weights, &bias, width);
            let quantised = |isa| {
                let mut q = Quantised::default();
                quantise(isa, &x, width, &mut q);
                q
            };
            agree(|isa| {
                let q = quantised(isa);
                (q.bytes.clone(), bits(&q.scales), bits(&q.least))
            });
            agree(|isa| {
                let mut out = Vec::new();
                dense(isa, &quantised(isa), &parts.matrix(), &mut out);
                bits(&out)
            });
            agree(|isa| {
                let (mut x, mut q) = (x.clone(), Quantised::default());
                gelu(isa, &mut x, width, &mut q);
                (q.bytes.clone(), bits(&q.scales))
            });
            agree(|isa| {
                let mut x = x.clone();
                let y = noise(rows * width, 9);
                add_and_norm(isa, &mut x, &y, &bias[..width], &bias[64..], 1e-12);
                bits(&x)
            });
            agree(|isa| {
                let mut out = vec![0.0; rows * 64];
                let qkv = noise(rows * 192, 4);
                attend(isa, &qkv, 2, 341.0, &mut Attention::default(), &mut out);
                bits(&out)
            });
        }
    }

    #[test]
    fn the_greatest_sums_are_exact() {
        // Every byte 255, every weight ±127, as deep as the network's deepest.
        let depth = 1536;
        let a = vec![255u8; TILE * depth];
        for value in [127i8, -127] {
            let w = vec![value as u8; BLOCK * depth];
            agree(|isa| {
                let mut out = [[0; BLOCK]; TILE];
                let tile = Tile {
                    rows: &a[..],
                    stride: depth,
                    depth,
                    weights: &w,
                };
                match isa.0 {
                    Kind::Portable => portable::Portable::bytes(tile, &mut out),
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx2 => x86::Avx2::bytes(tile, &mut out),
                    #[cfg(target_arch = "x86_64")]
                    Kind::Avx512 => x86::Avx512::bytes(tile, &mut out),
                }
                let wanted = 255 * i32::from(value) * depth as i32;
                assert!(out.iter().flatten().all(|x| *x == wanted));
                out
            });
        }
    }

    #[test]
    fn a_map_is_what_it_is_in_64_bits() {
        let (rows, width, wide) = (7, 128, 64);
        let (x, w, b) = (
            noise(rows * width, 5),
            noise(wide * width, 6),
            noise(wide, 7),
        );
        let packed = stages::Packed::new(&w, &b, width);
        let (mut q, mut out) = (Quantised::default(), Vec::new());
        quantise(Isa::best(), &x, width, &mut q);
        dense(Isa::best(), &q, &packed.matrix(), &mut out);
        for r in 0..rows {
            for n in 0..wide {
                let (row, weights) = (&x[r * width..], &w[n * width..]);
                let pairs = || {
                    let both = row[..width].iter().zip(&weights[..width]);
                    both.map(|(x, w)| (f64::from(*x), f64::from(*w)))
                };
                let exact = pairs().map(|(x, w)| x * w).sum::<f64>() + f64::from(b[n]);
                // Half a step at most is lost on either side of each product.
                let (of_x, of_w) = (f64::from(q.scales[r]), f64::from(packed.scales[n]));
                let lost: f64 = pairs()
                    .map(|(x, w)| x.abs() * of_w / 2.0 + (w.abs() + of_w / 2.0) * of_x / 2.0)
                    .sum();
                let got = f64::from(out[r * wide + n]);
                assert!((got - exact).abs() < lost + 1e-3, "{r} {n}: {got} {exact}");
            }
        }
    }
}
