//! The model file: weights, clusters and lists in one block of bytes that is
//! read where it lies, embedded in the binary or read from disk once.
//!
//! Layout (little-endian): magic, version, checksum of all that follows, the number of
//! lines of [weights], zeros up to byte 64, the lines; name, two scales,
//! two sets of transitions, the calibration curve, then two [tables](super::table): words →
//! clusters, names → kinds. Where `glane skim` has been over it, a bias and a third table
//! follow: attributes → five parts of the score that says which tokens are
//! [read](super::skim).

use super::{
    crf::{LABELS, Transitions},
    hash,
    skim::{self, Skim},
    table::{self, Table},
    weights::{self, LINE, NAMED, Place, WIDTH, Weights},
    word::{Knowledge, WIDTHS},
};

/// First bytes of every model file.
pub const MAGIC: &[u8; 8] = b"GLANENER";

/// Version of the layout and of the feature templates: a model fits the code
/// that it was made by.
pub const VERSION: u32 = 3;

/// Magic, version and checksum.
const HEAD: usize = 8 + 4 + 8;

/// Where the lines of weights begin: on a border of one, when the file does.
const LINES: usize = LINE;

/// Points of the calibration curve.
pub const CURVE: usize = 21;

/// Sums of quantised weights: the first pass, then the second.
pub type Sums = [i32; WIDTH];

/// Those of one pass.
pub type Half = [i32; NAMED];

/// Attributes to be looked up, each with the token that it is given for.
pub type Wanted = Vec<(u32, u64)>;

/// Room for tokens and where their records are.
pub type Hits = Vec<(u32, Place)>;

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// Something else than a model.
    #[error("this is not a glane model; make one with `glane train`")]
    Foreign,
    /// A model of another time.
    #[error("the model has layout {found}, this glane reads layout {VERSION}; train it again")]
    Version {
        /// What the file says.
        found: u32,
    },
    /// Not what was written.
    #[error("the model is damaged or cut short; copy it again or train it again")]
    Damaged,
    /// Whole, but made by something that errs or means harm.
    #[error(
        "the model's {0}; no training makes that: take a file from whom you trust, or train it again"
    )]
    Values(&'static str),
}

/// The greatest weight, in natural-log units (either sign): its exponential and
/// the sums of a long sentence stay finite in `f32`. The embedded model's
/// greatest is 2.6 (transitions 1.2).
const GREATEST: f32 = 50.0;

/// A model, read in place.
#[derive(Debug, Clone)]
pub struct Model<'m> {
    /// What the model is called.
    pub name: &'m str,
    /// What a unit of quantised weight is worth, for each pass.
    pub scales: [f32; 2],
    /// Transitions of each pass.
    pub transitions: [Transitions; 2],
    /// Probability of being right at marginals of 0, 0.05, … 1.
    pub curve: [f32; CURVE],
    weights: Weights<'m>,
    clusters: Table<'m>,
    lexicon: Table<'m>,
    /// Which tokens are read; all of them where it is missing.
    pub skim: Option<Skim<'m>>,
    /// Bytes that it takes at the end of the file.
    skim_bytes: usize,
    /// Bytes behind the weights.
    behind_weights: usize,
}

/// What goes into a model file.
#[derive(Debug, Default)]
pub struct Parts {
    /// What the model is called.
    pub name: String,
    /// See [`Model::scales`].
    pub scales: [f32; 2],
    /// See [`Model::transitions`].
    pub transitions: [Transitions; 2],
    /// See [`Model::curve`].
    pub curve: [f32; CURVE],
    /// Weights by attribute, less that of [`OUTSIDE`](super::crf::OUTSIDE), in units of the
    /// scales and no greater than [`weights::GREATEST`].
    pub weights: Vec<(u64, [i32; WIDTH])>,
    /// Clusters by the hash of a word's normal form.
    pub clusters: Vec<(u64, [u16; WIDTHS])>,
    /// Kinds by the hash of folded tokens.
    pub lexicon: Vec<(u64, u32)>,
}

impl Parts {
    /// The bytes of the model file.
    pub fn write(&self) -> Vec<u8> {
        let lines = weights::write(&self.weights);
        let mut body = ((lines.len() / LINE) as u32).to_le_bytes().to_vec();
        body.resize(LINES - HEAD, 0);
        body.extend(lines);
        body.extend((self.name.len() as u32).to_le_bytes());
        body.extend(self.name.as_bytes());
        let numbers = self
            .scales
            .iter()
            .chain(self.transitions.iter().flatten().flatten())
            .chain(&self.curve);
        numbers.for_each(|x| body.extend(x.to_le_bytes()));
        let mut clusters: Vec<(u64, Vec<u8>)> = self
            .clusters
            .iter()
            .map(|(k, c)| (*k, c.iter().flat_map(|x| x.to_le_bytes()).collect()))
            .collect();
        table::write(&mut clusters, 2 * WIDTHS, &mut body);
        let mut lexicon: Vec<(u64, Vec<u8>)> = self
            .lexicon
            .iter()
            .map(|(k, kinds)| (*k, kinds.to_le_bytes().to_vec()))
            .collect();
        table::write(&mut lexicon, 4, &mut body);
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(hash::bytes(&body).to_le_bytes());
        out.extend(body);
        out
    }
}

/// The bytes of a model file with another calibration curve.
///
/// # Errors
/// As [`Model::read`].
pub fn with_curve(bytes: &[u8], curve: &[f32; CURVE]) -> Result<Vec<u8>, ModelError> {
    let model = Model::read(bytes)?;
    let start = bytes.len() - model.behind_weights + 4 + model.name.len() + 4 * BEFORE_CURVE;
    let mut out = bytes.to_vec();
    for (place, x) in out[start..].chunks_exact_mut(4).zip(curve) {
        place.copy_from_slice(&x.to_le_bytes());
    }
    seal(&mut out);
    Ok(out)
}

/// Makes the checksum right.
fn seal(file: &mut [u8]) {
    let sum = hash::bytes(&file[HEAD..]).to_le_bytes();
    file[HEAD - 8..HEAD].copy_from_slice(&sum);
}

/// Numbers between name and curve: the scales and the transitions.
const BEFORE_CURVE: usize = 2 + 2 * LABELS * LABELS;

/// The bytes of a model file with another score of what is read: its bias, and the parts
/// of attributes.
///
/// # Errors
/// As [`Model::read`].
pub fn with_skim(
    bytes: &[u8],
    bias: i32,
    parts: &[(u64, skim::Parts)],
) -> Result<Vec<u8>, ModelError> {
    let model = Model::read(bytes)?;
    let mut out = bytes[..bytes.len() - model.skim_bytes].to_vec();
    out.extend(bias.to_le_bytes());
    let le = |p: &skim::Parts| p.iter().flat_map(|x| x.to_le_bytes()).collect();
    let mut records: Vec<(u64, Vec<u8>)> = parts.iter().map(|(a, p)| (*a, le(p))).collect();
    table::write(&mut records, skim::RECORD, &mut out);
    seal(&mut out);
    Ok(out)
}

/// A reader that never goes past the end.
struct Bytes<'m>(&'m [u8]);

impl<'m> Bytes<'m> {
    fn take(&mut self, n: usize) -> Option<&'m [u8]> {
        let (a, b) = self.0.split_at_checked(n)?;
        self.0 = b;
        Some(a)
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(self.take(4)?.try_into().ok()?))
    }

    fn f32(&mut self) -> Option<f32> {
        self.u32().map(f32::from_bits)
    }

    fn table(&mut self) -> Option<Table<'m>> {
        let (table, rest) = Table::read(self.0)?;
        self.0 = rest;
        Some(table)
    }

    /// What says which tokens are read, where it follows; nothing is read otherwise.
    fn skim(&mut self) -> Option<Skim<'m>> {
        let mut ahead = Self(self.0);
        let skim = Skim::new(ahead.u32()? as i32, ahead.table()?)?;
        self.0 = ahead.0;
        Some(skim)
    }
}

impl<'m> Model<'m> {
    /// Reads a model where it lies.
    ///
    /// # Errors
    /// When `bytes` are no model, one of another layout, damaged, or hold values
    /// that no training makes.
    pub fn read(bytes: &'m [u8]) -> Result<Self, ModelError> {
        let mut b = Bytes(bytes);
        if b.take(MAGIC.len()) != Some(MAGIC) {
            return Err(ModelError::Foreign);
        }
        let found = b.u32().ok_or(ModelError::Damaged)?;
        if found != VERSION {
            return Err(ModelError::Version { found });
        }
        let sum = b.take(8).ok_or(ModelError::Damaged)?;
        if hash::bytes(b.0).to_le_bytes() != sum {
            return Err(ModelError::Damaged);
        }
        let model = Self::body(&mut b).ok_or(ModelError::Damaged)?;
        if !b.0.is_empty() {
            return Err(ModelError::Values("file goes on after its last table"));
        }
        model.check()?;
        Ok(model)
    }

    /// Whether the values are such that every sum, score and look-up is one. A
    /// checksum only says that the file is as it was written.
    fn check(&self) -> Result<(), ModelError> {
        let say = |what| Err(ModelError::Values(what));
        // Written so that what is no number (NaN) fails.
        let fits = |x: f32| x.abs() <= GREATEST;
        let greatest = self.scales.map(|s| s * weights::GREATEST as f32);
        if !greatest.into_iter().all(|x| x >= 0.0 && fits(x)) {
            return say("scales are negative, huge or no numbers");
        }
        if !self
            .transitions
            .iter()
            .flatten()
            .flatten()
            .all(|x| fits(*x))
        {
            return say("transitions are huge or no numbers");
        }
        if !self.curve.iter().all(|x| (0.0..=1.0).contains(x)) {
            return say("calibration curve leaves the range from 0 to 1");
        }
        if !self.weights.fit() {
            return say("weights are greater than any");
        }
        for (table, record) in [(&self.clusters, 2 * WIDTHS), (&self.lexicon, 4)] {
            if !table.holds(record) {
                return say("tables have records of another size, or buckets that lie outside");
            }
        }
        Ok(())
    }

    fn body(b: &mut Bytes<'m>) -> Option<Self> {
        let lines = b.u32()? as usize;
        b.take(LINES - HEAD - 4)?;
        let (weights, rest) = Weights::read(b.0, lines)?;
        b.0 = rest;
        let n = b.u32()? as usize;
        let name = std::str::from_utf8(b.take(n)?).ok()?;
        let mut scales = [0.0; 2];
        for s in &mut scales {
            *s = b.f32()?;
        }
        let mut transitions: [Transitions; 2] = [[[0.0; LABELS]; LABELS]; 2];
        for t in transitions.iter_mut().flatten().flatten() {
            *t = b.f32()?;
        }
        let mut curve = [0.0; CURVE];
        for c in &mut curve {
            *c = b.f32()?;
        }
        Some(Self {
            name,
            scales,
            transitions,
            curve,
            weights,
            behind_weights: rest.len(),
            clusters: b.table()?,
            lexicon: b.table()?,
            skim_bytes: b.0.len(),
            skim: b.skim(),
        })
    }

    /// Adds the weights of attributes to the sums of the tokens that they are
    /// given for. All are looked up before the first is added: so the look-ups
    /// wait for memory together, not one after the other.
    pub fn add(&self, wanted: &Wanted, hits: &mut Hits, sums: &mut [Sums]) {
        self.add_from::<0, WIDTH>(wanted, hits, sums);
    }

    /// The same for the second pass alone.
    pub fn add_second(&self, wanted: &Wanted, hits: &mut Hits, sums: &mut [Half]) {
        self.add_from::<1, NAMED>(wanted, hits, sums);
    }

    /// The sums of half number `FROM` on.
    fn add_from<const FROM: usize, const N: usize>(
        &self,
        wanted: &Wanted,
        hits: &mut Hits,
        sums: &mut [[i32; N]],
    ) {
        // So short a loop keeps more of memory's answers on their way than the next one could.
        let touched = wanted.iter().map(|(_, a)| self.weights.touch(*a));
        std::hint::black_box(touched.fold(0, |all, x| all ^ x));
        hits.resize(wanted.len(), Default::default());
        let mut found = 0;
        for (token, attribute) in wanted {
            let (place, here) = self.weights.find(*attribute);
            hits[found] = (*token, place);
            found += usize::from(here);
        }
        for (token, place) in &hits[..found] {
            if let Some(sums) = sums.get_mut(*token as usize) {
                self.weights.add::<FROM, N>(*place, sums);
            }
        }
    }

    /// A marginal turned into the probability of being right, by the curve.
    pub fn calibrate(&self, marginal: f32) -> f32 {
        // What is no number counts as no probability.
        let marginal = if marginal.is_nan() { 0.0 } else { marginal };
        let x = marginal.clamp(0.0, 1.0) * (CURVE - 1) as f32;
        let i = (x as usize).min(CURVE - 2);
        let (a, b) = (self.curve[i], self.curve[i + 1]);
        a + (b - a) * (x - i as f32)
    }
}

impl Knowledge for Model<'_> {
    fn clusters(&self, normal: &str) -> Option<[u16; WIDTHS]> {
        let r = self.clusters.get(hash::text(normal))?;
        let mut out = [0; WIDTHS];
        for (o, c) in out.iter_mut().zip(r.chunks_exact(2)) {
            *o = u16::from_le_bytes([c[0], c[1]]);
        }
        Some(out)
    }

    fn kinds(&self, hash: u64) -> Option<u32> {
        let r = self.lexicon.get(hash)?;
        Some(u32::from_le_bytes(r.try_into().ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Parts {
        Parts {
            name: "essai".into(),
            scales: [0.0005, 0.0002],
            weights: vec![(hash::text("a"), [3; WIDTH])],
            clusters: vec![(hash::text("mot"), [1, 2, 3, 4])],
            lexicon: vec![(hash::text("nom"), 5)],
            ..Parts::default()
        }
    }

    #[test]
    fn reads_back_what_it_wrote() {
        let bytes = parts().write();
        let m = Model::read(&bytes).unwrap();
        assert_eq!((m.name, m.scales), ("essai", [0.0005, 0.0002]));
        let mut sums = vec![[1; WIDTH]; 2];
        let wanted = vec![(1, hash::text("a")), (0, hash::text("b"))];
        m.add(&wanted, &mut Vec::new(), &mut sums);
        assert_eq!(sums, [[1; WIDTH], [4; WIDTH]]);
        assert_eq!(m.clusters("mot"), Some([1, 2, 3, 4]));
        assert_eq!(m.kinds(hash::text("nom")), Some(5));
    }

    #[test]
    fn what_says_what_is_read_can_be_changed() {
        let plain = parts().write();
        assert!(Model::read(&plain).unwrap().skim.is_none());
        let with = |bytes: &[u8], bias| {
            with_skim(bytes, bias, &[(hash::text("a"), [1; skim::PLACES])]).unwrap()
        };
        let once = with(&plain, -7);
        assert_eq!(Model::read(&once).unwrap().skim.unwrap().bias, -7);
        // Another one takes its place.
        assert_eq!(with(&with(&plain, 9), -7), once);
        let curve = [0.5; CURVE];
        let both = with_curve(&once, &curve).unwrap();
        let m = Model::read(&both).unwrap();
        assert_eq!((m.curve, m.skim.unwrap().bias), (curve, -7));
        for n in plain.len() + 1..once.len() {
            assert_eq!(Model::read(&once[..n]).unwrap_err(), ModelError::Damaged);
        }
    }

    #[test]
    fn another_curve_leaves_the_rest() {
        let curve: [f32; CURVE] = std::array::from_fn(|i| i as f32 / 40.0);
        let bytes = with_curve(&parts().write(), &curve).unwrap();
        let m = Model::read(&bytes).unwrap();
        assert_eq!(m.curve, curve);
        assert_eq!((m.name, m.kinds(hash::text("nom"))), ("essai", Some(5)));
    }

    /// A file with a right checksum whose values mean harm.
    fn crafted(change: impl FnOnce(&mut Vec<u8>, usize)) -> Vec<u8> {
        let mut bytes = parts().write();
        let name = bytes.len() - Model::read(&bytes).unwrap().behind_weights;
        change(&mut bytes, name + 4 + "essai".len());
        seal(&mut bytes);
        bytes
    }

    #[test]
    fn values_that_no_training_makes_are_refused() {
        let transitions = 4 * 2;
        let curve = transitions + 4 * 2 * LABELS * LABELS;
        let weights = curve + 4 * CURVE;
        let put = |at: usize, four: [u8; 4]| {
            crafted(move |bytes, start| bytes[start + at..start + at + 4].copy_from_slice(&four))
        };
        for (what, file) in [
            ("scales", put(0, f32::NAN.to_le_bytes())),
            ("scales", put(4, f32::INFINITY.to_le_bytes())),
            ("scales", put(4, 1f32.to_le_bytes())),
            ("scales", put(0, (-0.5f32).to_le_bytes())),
            ("transitions", put(transitions, f32::NAN.to_le_bytes())),
            ("transitions", put(curve - 4, 1e30f32.to_le_bytes())),
            (
                "transitions",
                put(curve - 4, f32::NEG_INFINITY.to_le_bytes()),
            ),
            ("curve", put(curve, 5.04f32.to_le_bytes())),
            ("curve", put(weights - 4, f32::NAN.to_le_bytes())),
            ("curve", put(weights - 4, (-0.1f32).to_le_bytes())),
            // The first table: bits, size of a record, number of records, ends.
            ("tables", put(weights + 12, 7u32.to_le_bytes())),
            ("tables", put(weights + 16, u32::MAX.to_le_bytes())),
            ("goes on", crafted(|bytes, _| bytes.push(0))),
        ] {
            let said = Model::read(&file).unwrap_err().to_string();
            assert!(said.contains(what), "{what}: {said}");
        }
        // Sizes that lie past the end: nothing is taken on trust.
        for lie in [weights, weights + 4, weights + 8] {
            for n in [0, 2, 255, u32::MAX] {
                assert!(
                    Model::read(&put(lie, n.to_le_bytes())).is_err(),
                    "{lie} {n}"
                );
            }
        }
        assert!(Model::read(&crafted(|_, _| ())).is_ok());
    }

    #[test]
    fn what_is_no_number_is_no_probability() {
        let bytes = parts().write();
        let m = Model::read(&bytes).unwrap();
        assert_eq!(m.calibrate(f32::NAN), m.calibrate(0.0));
    }

    #[test]
    fn says_what_is_wrong_with_a_file() {
        let good = parts().write();
        assert_eq!(Model::read(b"PK\x03\x04").unwrap_err(), ModelError::Foreign);
        assert_eq!(Model::read(b"").unwrap_err(), ModelError::Foreign);
        let mut old = good.clone();
        old[8] = 99;
        assert_eq!(
            Model::read(&old).unwrap_err(),
            ModelError::Version { found: 99 }
        );
        for at in [20, good.len() / 2, good.len() - 1] {
            let mut bad = good.clone();
            bad[at] ^= 1;
            assert_eq!(Model::read(&bad).unwrap_err(), ModelError::Damaged);
        }
        for n in 8..good.len() {
            assert_eq!(Model::read(&good[..n]).unwrap_err(), ModelError::Damaged);
        }
    }
}
