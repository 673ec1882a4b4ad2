//! Grouping windows of like length, so that little is spent on padding.

/// Groups windows into batches. `lengths` are in pieces, `budget` is the most
/// pieces, padding included, that a batch holds (one window alone may exceed
/// it). Batches hold numbers of windows, longest first; at most one piece in
/// twenty of a batch is padding.
///
/// The answer depends on `lengths` alone: the same article makes the same
/// batches on every machine.
pub fn group(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&i| (std::cmp::Reverse(lengths[i]), i));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut longest = 0;
    let mut filled = 0;
    for i in order {
        if let Some(batch) = batches.last_mut() {
            let padded = longest * (batch.len() + 1);
            if padded <= budget && (padded - filled - lengths[i]) * 20 <= padded {
                batch.push(i);
                filled += lengths[i];
                continue;
            }
        }
        batches.push(vec![i]);
        longest = lengths[i];
        filled = lengths[i];
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn like_goes_with_like() {
        assert_eq!(
            group(&[100, 20, 99, 21, 98], 1000),
            [vec![0, 2, 4], vec![3, 1]]
        );
        assert_eq!(group(&[100, 100, 100], 200), [vec![0, 1], vec![2]]);
        assert_eq!(group(&[300], 200), [vec![0]]);
        assert!(group(&[], 200).is_empty());
    }

    proptest! {
        #[test]
        fn each_window_is_in_one_batch_and_padding_is_small(
            lengths in prop::collection::vec(1usize..600, 0..200),
            budget in 1usize..9000,
        ) {
            let batches = group(&lengths, budget);
            let mut seen: Vec<usize> = batches.concat();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..lengths.len()).collect::<Vec<_>>());
            for batch in &batches {
                let longest = lengths[batch[0]];
                let padded = longest * batch.len();
                let real: usize = batch.iter().map(|&i| lengths[i]).sum();
                prop_assert!(batch.len() == 1 || padded <= budget);
                prop_assert!((padded - real) * 20 <= padded);
            }
        }
    }
}
