//! Choosing the precision of the network.

use super::{Error, Precision, network::Network, tokenizer::Tokenizer};
use tch::{Device, Kind};

/// Sentences on which bf16 must give the labels of f32 to be chosen unasked:
/// names of all four types, capitals, elisions, figures, foreign names.
const PROBES: [&str; 8] = [
    "Élise Vautrin, maire de Quimper, a reçu jeudi la direction d'Airbus.",
    "L'Assemblée nationale a rejeté l'amendement déposé par M. N'Guessan.",
    "À Saint-Étienne, le groupe Casino emploie 1 200 personnes.",
    "« Le Comte de Monte-Cristo » sortira en salle au Québec, selon l'AFP.",
    "La Banque centrale européenne, à Francfort, maintient ses taux.",
    "RENNES BAT LE PSG (2-1)",
    "Le ministère de l'Intérieur et l'ONG Médecins du monde se sont rencontrés à Mayotte.",
    "Jean-Baptiste Œuvrard et Zoé O'Connor ont traversé la Loire puis la Manche.",
];

/// The network in the precision that `wanted` comes to, and its name.
pub fn settle(
    network: Network,
    wanted: Precision,
    device: Device,
    tokenizer: &Tokenizer,
) -> Result<(Network, &'static str), Error> {
    match wanted {
        Precision::F32 => Ok((network, "f32")),
        Precision::Bf16 => Ok((network.to_kind(Kind::BFloat16)?, "bf16")),
        Precision::Auto if !has_bf16(device) => Ok((network, "f32")),
        Precision::Auto => {
            let half = network.to_kind(Kind::BFloat16)?;
            if labels(&network, tokenizer)? == labels(&half, tokenizer)? {
                Ok((half, "bf16"))
            } else {
                Ok((network, "f32"))
            }
        }
    }
}

/// Whether products in bf16 are faster than in f32.
fn has_bf16(device: Device) -> bool {
    if device != Device::Cpu {
        return true;
    }
    #[cfg(target_arch = "x86_64")]
    return std::arch::is_x86_feature_detected!("avx512bf16");
    #[cfg(target_arch = "aarch64")]
    return std::arch::is_aarch64_feature_detected!("bf16");
    #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
    false
}

fn labels(network: &Network, tokenizer: &Tokenizer) -> Result<Vec<u16>, Error> {
    let mut labels = Vec::new();
    for probe in PROBES {
        let pieces = tokenizer.pieces(probe)?.ids;
        let row = [&tokenizer.prefix[..], &pieces, &tokenizer.suffix].concat();
        for row in network.run(&[row])? {
            labels.extend(row.iter().map(|p| p.label));
        }
    }
    Ok(labels)
}
