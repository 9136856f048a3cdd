//! One immutable tantivy segment: built from pages, opened, asked.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use serde::de::DeserializeOwned;
use tantivy::directory::{Directory, FileSlice, OwnedBytes, RamDirectory};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::tokenizer::TokenizerManager;
use tantivy::{DocSet, Index, InvertedIndexReader, SegmentReader, TERMINATED, Term};

use super::PageKey;
use super::bundle::Bundle;
use super::documents::{Documents, key_bytes};
use super::error::IndexError;
use super::page_table::{Entry, PageTable};
use super::schema::{layout, settings};
use super::scratch::Scratch;
use super::stored::only_value;
use crate::corpus::{DecisionHead, Page, PageHead};
use crate::routing::{FIELD_COUNT, FIELDS, Field, Scope, Totals};

/// Blocks of stored pages that stay decompressed.
const STORE_CACHE: usize = 16;

/// What tantivy's writer may use before it starts to grow its tables: the table of words
/// is made for so much at once, and is walked through at the end. Bytes, for one page and
/// at most.
const WRITER_MEMORY: (usize, usize) = (20_000, 15_000_000);

/// Less than this is no writer.
const LEAST_MEMORY: usize = 200_000;

/// Name of the file that says which fields hold no word.
const WORDLESS: &str = "wordless";

/// Name of the file that says which documents make up a page.
const PAGES: &str = "pages";

/// Where a segment was written, for the time until it is packed.
pub(super) enum Written {
    InMemory(RamDirectory),
    OnDisk(Scratch),
}

impl Written {
    pub(super) fn directory(&self) -> Box<dyn Directory> {
        match self {
            Self::InMemory(directory) => Box::new(directory.clone()),
            Self::OnDisk(scratch) => Box::new(scratch.clone()),
        }
    }
}

/// An opened segment.
pub(super) struct Shard {
    /// Its name: tantivy's own for the segment, never used twice.
    pub(super) id: String,
    index: Index,
    /// Its files as they were written, with what tantivy keeps behind each; `None` for one from disk.
    written: Option<Written>,
    reader: SegmentReader,
    pub(super) pages: PageTable,
    norms: Vec<Option<FieldNormReader>>,
    store: StoreReader,
    inverted: [OnceLock<Arc<InvertedIndexReader>>; FIELD_COUNT],
    /// Fields known to hold no word, which are not opened.
    wordless: [bool; FIELD_COUNT],
}

impl Shard {
    /// Opens the segment that a packed file holds.
    pub(super) fn open(id: String, bundle: Bundle) -> tantivy::Result<Self> {
        let wordless = bundle.atomic_read(Path::new(WORDLESS))?;
        let pages = PageTable::open(bundle.open_read(Path::new(PAGES))?.read_bytes()?)
            .ok_or_else(|| unfit("its table of pages has another length"))?;
        let index = Index::open(bundle)?;
        // Asking the index for its segments would read their list once more.
        let segment = SegmentId::from_uuid_string(&id).map_err(|_| unfit("its name is no id"))?;
        let meta = index.new_segment_meta(segment, pages.documents());
        let reader = SegmentReader::open(&index.segment(meta))?;
        let mut shard = Self::of_reader(id, index, None, reader, pages)?;
        for (slot, byte) in shard.wordless.iter_mut().zip(wordless) {
            *slot = byte != 0;
        }
        Ok(shard)
    }

    /// Takes over an index of one segment that was written to `directory`, under the
    /// name that tantivy gave it.
    pub(super) fn of_index(index: Index, directory: Written) -> tantivy::Result<Self> {
        let segments = index.searchable_segments()?;
        let [segment] = segments.as_slice() else {
            return Err(unfit(&format!("a shard has one segment, not {}", segments.len())));
        };
        let reader = SegmentReader::open(segment)?;
        let table = OwnedBytes::new(encode_pages(&reader)?);
        let pages = PageTable::open(table).ok_or_else(|| unfit("its table of pages is torn"))?;
        Self::of_reader(segment.id().uuid_string(), index, Some(directory), reader, pages)
    }

    fn of_reader(
        id: String,
        index: Index,
        written: Option<Written>,
        reader: SegmentReader,
        pages: PageTable,
    ) -> tantivy::Result<Self> {
        let norms = FIELDS
            .iter()
            .map(|(field, ..)| reader.fieldnorms_readers().get_field(layout().text[field.index()]))
            .collect::<tantivy::Result<_>>()?;
        let store = reader.get_store_reader(STORE_CACHE)?;
        let inverted = std::array::from_fn(|_| OnceLock::new());
        let wordless = [false; FIELD_COUNT];
        Ok(Self { id, index, written, reader, pages, norms, store, inverted, wordless })
    }

    /// Builds a segment in memory from the documents of pages, `most` of them. `tokenizers`
    /// may have been used before.
    pub(super) fn build(
        pages: impl Iterator<Item = Documents>,
        most: usize,
        tokenizers: &TokenizerManager,
    ) -> Result<Option<Self>, IndexError> {
        let mut pages = pages.peekable();
        if pages.peek().is_none() {
            return Ok(None);
        }
        let (per_page, at_most) = WRITER_MEMORY;
        let memory = most.saturating_mul(per_page).clamp(LEAST_MEMORY, at_most);
        let directory = RamDirectory::create();
        let builder = Index::builder()
            .schema(layout().schema.clone())
            .settings(settings())
            .tokenizers(tokenizers.clone());
        let mut writer = builder.single_segment_index_writer(directory.clone(), memory)?;
        for document in pages.flatten() {
            writer.add_document(document)?;
        }
        Ok(Some(Self::of_index(writer.finalize()?, Written::InMemory(directory))?))
    }

    /// The segment's files, where they lie in memory.
    pub(super) fn files(&self) -> Result<Vec<(std::path::PathBuf, FileSlice)>, IndexError> {
        let mut names = vec![std::path::PathBuf::from("meta.json")];
        names.extend(self.index.load_metas()?.list_segment_files());
        names.sort_unstable();
        let mut files = Vec::new();
        for name in names {
            if self.index.directory().exists(&name).map_err(tantivy::TantivyError::from)? {
                let file = self.read_file(&name)?;
                files.push((name, file));
            }
        }
        files.push((WORDLESS.into(), FileSlice::from(self.find_wordless()?)));
        files.push((PAGES.into(), FileSlice::from(encode_pages(&self.reader)?)));
        Ok(files)
    }

    /// One byte per field: 1 where no document has a word in it. To open such a
    /// field, tantivy makes an empty dictionary, which takes a megabyte.
    fn find_wordless(&self) -> Result<Vec<u8>, IndexError> {
        let is_wordless = |(field, ..): &(Field, &str, Scope, f32, f32)| {
            Ok(u8::from(self.inverted(*field)?.terms().num_terms() == 0))
        };
        FIELDS.iter().map(is_wordless).collect()
    }

    /// `meta.json` is written without tantivy's footer and read back as it is;
    /// the others carry one, which must stay.
    fn read_file(&self, name: &Path) -> Result<FileSlice, IndexError> {
        let file = match &self.written {
            Some(Written::InMemory(directory)) => directory.open_read(name),
            Some(Written::OnDisk(scratch)) => scratch.open_unmapped(name),
            None => self.index.directory().atomic_read(name).map(FileSlice::from),
        };
        Ok(file.map_err(tantivy::TantivyError::from)?)
    }

    pub(super) fn index(&self) -> &Index {
        &self.index
    }

    /// Number of documents.
    pub(super) fn len(&self) -> u32 {
        self.reader.max_doc()
    }

    /// The first document of the page that `doc` belongs to.
    pub(super) fn head(&self, doc: u32) -> u32 {
        self.page_docs(doc).start
    }

    /// All documents of the page that `doc` belongs to.
    pub(super) fn page_docs(&self, doc: u32) -> std::ops::Range<u32> {
        self.pages.docs(self.pages.page_of(doc))
    }

    /// Length of `field` in `doc`, in words, as coarse as tantivy keeps it.
    pub(super) fn length(&self, field: Field, doc: u32) -> u32 {
        self.lengths(field).map_or(0, |lengths| lengths.fieldnorm(doc))
    }

    /// Lengths of `field` in all documents.
    pub(super) fn lengths(&self, field: Field) -> Option<&FieldNormReader> {
        self.norms[field.index()].as_ref()
    }

    /// The page that begins at `head`.
    pub(super) fn page(&self, head: u32) -> Result<Page, IndexError> {
        self.stored(head)
    }

    /// What answers need of the page that begins at `head`.
    pub(super) fn page_head(&self, head: u32) -> Result<PageHead, IndexError> {
        self.stored(head)
    }

    /// What the page whose first document is `head` begins with.
    pub(super) fn decision(&self, head: u32) -> Result<DecisionHead, IndexError> {
        self.stored(head)
    }

    /// The stored page, or the fields that it begins with.
    fn stored<T: DeserializeOwned>(&self, head: u32) -> Result<T, IndexError> {
        let damaged = |reason: String| IndexError::Damaged { shard: self.id.clone(), reason };
        let document = self.store.get_document_bytes(head)?;
        let bytes = only_value(&document);
        let bytes = bytes.ok_or_else(|| damaged(format!("document {head} begins no page")))?;
        let read = postcard::take_from_bytes(bytes);
        read.map(|(value, _)| value).map_err(|error| damaged(error.to_string()))
    }

    /// First document of the page with this key, if it is here.
    pub(super) fn find(&self, key: &PageKey) -> Result<Option<u32>, IndexError> {
        let term = Term::from_field_bytes(layout().key, &key_bytes(&key.path, key.blob));
        let postings = self
            .reader
            .inverted_index(layout().key)?
            .read_postings(&term, IndexRecordOption::Basic)?;
        Ok(postings.map(|postings| postings.doc()).filter(|&doc| doc != TERMINATED))
    }

    /// The keys of all pages, in order.
    pub(super) fn keys(&self) -> Result<Arc<InvertedIndexReader>, IndexError> {
        Ok(self.reader.inverted_index(layout().key)?)
    }

    /// Documents that hold `term` in a searched field, with frequencies, many at a time.
    pub(super) fn blocks(
        &self,
        field: Field,
        term: &str,
    ) -> Result<Option<BlockSegmentPostings>, IndexError> {
        if self.wordless[field.index()] {
            return Ok(None);
        }
        let term = Term::from_field_text(layout().text[field.index()], term);
        Ok(self.inverted(field)?.read_block_postings(&term, IndexRecordOption::WithFreqs)?)
    }

    /// Documents that hold `term` in a searched field.
    pub(super) fn postings(
        &self,
        field: Field,
        term: &str,
        option: IndexRecordOption,
    ) -> Result<Option<SegmentPostings>, IndexError> {
        let handle = layout().text[field.index()];
        let term = Term::from_field_text(handle, term);
        if self.wordless[field.index()] {
            return Ok(None);
        }
        Ok(self.inverted(field)?.read_postings(&term, option)?)
    }

    /// tantivy makes the reader of a field without words anew each time.
    fn inverted(&self, field: Field) -> Result<&InvertedIndexReader, IndexError> {
        let slot = &self.inverted[field.index()];
        if let Some(reader) = slot.get() {
            return Ok(reader);
        }
        let reader = self.reader.inverted_index(layout().text[field.index()])?;
        Ok(slot.get_or_init(|| reader))
    }

    /// Visits every exact value of one kind with the pages that carry it. A kind may go on
    /// with a NUL and the beginning of the values wanted, up to another NUL.
    pub(super) fn each_exact(
        &self,
        kind: &str,
        visit: &mut dyn FnMut(&str, &mut dyn Iterator<Item = u32>),
    ) -> Result<(), IndexError> {
        let inverted = self.reader.inverted_index(layout().exact)?;
        let (from, to) = (format!("{kind}\0"), format!("{kind}\u{1}"));
        let mut stream =
            inverted.terms().range().ge(from.as_bytes()).lt(to.as_bytes()).into_stream()?;
        while let Some((key, info)) = stream.next() {
            let value = String::from_utf8_lossy(&key[from.len()..]).into_owned();
            let info = info.clone();
            let mut postings =
                inverted.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            visit(&value, &mut docs_of(&mut postings));
        }
        Ok(())
    }

    /// Visits every word of a field that begins with `first`, of any commit's pages.
    pub(super) fn each_word(
        &self,
        field: Field,
        first: char,
        visit: &mut dyn FnMut(&str),
    ) -> Result<(), IndexError> {
        if self.wordless[field.index()] {
            return Ok(());
        }
        let from = first.to_string();
        let mut stream = self.inverted(field)?.terms().range().ge(from.as_bytes()).into_stream()?;
        while let Some((word, _)) = stream.next() {
            match std::str::from_utf8(word) {
                Ok(word) if word.starts_with(first) => visit(word),
                _ => break,
            }
        }
        Ok(())
    }

    /// Pages that carry exactly this value.
    pub(super) fn exact(&self, kind: &str, value: &str) -> Result<Vec<u32>, IndexError> {
        let term = Term::from_field_bytes(layout().exact, format!("{kind}\0{value}").as_bytes());
        let postings = self
            .reader
            .inverted_index(layout().exact)?
            .read_postings(&term, IndexRecordOption::Basic)?;
        Ok(postings.map(|mut postings| docs_of(&mut postings).collect()).unwrap_or_default())
    }

    /// True if any commit's page carries this value.
    pub(super) fn has_exact(&self, kind: &str, value: &str) -> Result<bool, IndexError> {
        let term = Term::from_field_bytes(layout().exact, format!("{kind}\0{value}").as_bytes());
        let inverted = self.reader.inverted_index(layout().exact)?;
        Ok(inverted.get_term_info(&term)?.is_some())
    }

    /// Counts over `docs`.
    pub(super) fn totals(&self, docs: std::ops::Range<u32>) -> Totals {
        let mut totals =
            Totals { documents: u64::from(docs.end - docs.start), ..Totals::default() };
        for doc in docs {
            let page = self.pages.page_of(doc);
            let is_head = self.pages.docs(page).start == doc;
            if is_head {
                totals.pages += 1;
                totals.words += u64::from(self.pages.words(page));
            }
            for (field, _, scope, ..) in FIELDS {
                if is_head || scope == Scope::Section {
                    totals.lengths[field.index()] += u64::from(self.length(field, doc));
                }
            }
        }
        totals
    }
}

fn unfit(what: &str) -> tantivy::TantivyError {
    tantivy::TantivyError::InvalidArgument(what.to_owned())
}

/// The table of pages, from what tantivy keeps of each document.
fn encode_pages(reader: &SegmentReader) -> tantivy::Result<Vec<u8>> {
    let column =
        |name| tantivy::Result::Ok(reader.fast_fields().u64(name)?.first_or_default_col(0));
    let (sections, words) = (column("section")?, column("words")?);
    let title_words = column("title_words")?;
    let documents = (0..reader.max_doc()).map(|doc| Entry {
        section: sections.get_val(doc),
        words: words.get_val(doc),
        title_words: title_words.get_val(doc),
    });
    Ok(PageTable::encode(documents))
}

fn docs_of(postings: &mut SegmentPostings) -> impl Iterator<Item = u32> + '_ {
    let mut next = postings.doc();
    std::iter::from_fn(move || {
        let doc = next;
        (doc != TERMINATED).then(|| {
            next = postings.advance();
            doc
        })
    })
}
