//! What tantivy stored with a document, without its own reader.

/// The bytes of the one value that a document stores; `None` if it stores
/// another or none. Tantivy's own reader takes them one by one, which was a
/// tenth of the time of a run of lint. As version 0.27 writes them: the number
/// of values, the field in four bytes, the kind of value, its length.
pub(super) fn only_value(document: &[u8]) -> Option<&[u8]> {
    const KIND_BYTES: u8 = 4;
    let (count, rest) = number(document)?;
    let (_field, rest) = rest.split_at_checked(size_of::<u32>())?;
    let (kind, rest) = rest.split_first()?;
    let (length, rest) = number(rest)?;
    (count == 1 && *kind == KIND_BYTES && rest.len() == length).then_some(rest)
}

/// A number in groups of seven bits, the lowest first; the last has its highest
/// bit set.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let last = bytes.iter().take(9).position(|byte| *byte >= 0x80)?;
    let (groups, rest) = bytes.split_at(last + 1);
    let value = groups.iter().rev().fold(0, |value, byte| value << 7 | usize::from(byte & 0x7f));
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use tantivy::schema::Value;

    use tantivy::directory::RamDirectory;
    use tantivy::{Index, SegmentReader, TantivyDocument};

    use super::super::schema::{layout, settings};
    use super::super::tokenizer;
    use super::*;

    #[test]
    fn a_stored_value_is_read_as_tantivy_reads_it() {
        let lengths = [0, 1, 127, 128, 16_383, 16_384, 70_000];
        let builder = Index::builder().schema(layout().schema.clone()).settings(settings());
        let builder = builder.tokenizers(tokenizer::manager());
        let mut writer =
            builder.single_segment_index_writer(RamDirectory::create(), 15_000_000).unwrap();
        for length in lengths {
            let mut document = TantivyDocument::new();
            document.add_bytes(layout().page, &vec![7; length]);
            writer.add_document(document).unwrap();
        }
        let index = writer.finalize().unwrap();
        let segment = &index.searchable_segments().unwrap()[0];
        let store = SegmentReader::open(segment).unwrap().get_store_reader(1).unwrap();
        for (document, length) in (0..).zip(lengths) {
            let own: TantivyDocument = store.get(document).unwrap();
            let theirs = own.get_first(layout().page).unwrap().as_bytes().unwrap().to_vec();
            let bytes = store.get_document_bytes(document).unwrap();
            assert_eq!((only_value(&bytes), theirs.len()), (Some(&theirs[..]), length));
            assert_eq!(only_value(&bytes[..bytes.len() - length.min(1)]).is_some(), length == 0);
        }
        assert_eq!(only_value(&[]), None);
    }
}
