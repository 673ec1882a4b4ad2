//! From text to record: one `Extractor`, and the batch run around it.
