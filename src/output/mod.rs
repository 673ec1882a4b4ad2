//! Where records go: JSON Lines, manifest.
