//! French numerals in figures and words.
