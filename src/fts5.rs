//! Texts in a full-text table of SQLite, in memory: what a team would have
//! without prode. It is asked only to be measured beside.

use rusqlite::Connection;

use crate::hint::{ErrorKind, Helpful};

/// SQLite did not do what was asked, which only a lack of memory explains.
#[derive(Debug, thiserror::Error)]
#[error("SQLite's full-text table cannot be used: {0}")]
pub struct Fts5Error(#[from] rusqlite::Error);

impl Helpful for Fts5Error {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Io
    }

    fn hints(&self) -> Vec<String> {
        vec!["leave out --baselines, or give it more memory".to_owned()]
    }
}

/// A table of texts, each by its number.
pub struct Fts5(Connection);

impl Fts5 {
    /// A table of `texts`, which are read one after the other: words as FTS5
    /// finds them by itself, their texts not kept.
    pub fn of(texts: impl IntoIterator<Item = (u32, String)>) -> Result<Self, Fts5Error> {
        let mut connection = Connection::open_in_memory()?;
        connection.execute_batch("CREATE VIRTUAL TABLE texts USING fts5(body, content='')")?;
        let filling = connection.transaction()?;
        {
            let mut insert = filling.prepare("INSERT INTO texts(rowid, body) VALUES (?1, ?2)")?;
            for (number, text) in texts {
                insert.execute((number, text))?;
            }
        }
        filling.commit()?;
        Ok(Self(connection))
    }

    /// The numbers of the best texts that hold any of `words`, by SQLite's own
    /// `bm25`; of equals the lower number first. Words are letters and digits.
    pub fn best(&self, words: &[&str], limit: u32) -> Result<Vec<u32>, Fts5Error> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
        let asked = "SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rank, rowid LIMIT ?2";
        let mut found = self.0.prepare_cached(asked)?;
        let rows = found.query_map((quoted.join(" OR "), limit), |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_word_finds_and_rare_ones_weigh_more() {
        let texts = ["disk full", "the disk and the queue", "queue", "Queue of the node"];
        let texts = (0..).zip(texts.map(str::to_owned));
        let table = Fts5::of(texts).unwrap();
        assert_eq!(table.best(&["full", "queue"], 10).unwrap(), [0, 2, 3, 1]);
        assert_eq!(table.best(&["full", "queue"], 2).unwrap(), [0, 2]);
        assert!(table.best(&["nothing"], 10).unwrap().is_empty());
        assert!(table.best(&[], 10).unwrap().is_empty());
    }

    #[test]
    fn hundreds_of_words_are_asked_at_once() {
        let words: Vec<String> = (0..256).map(|number| format!("w{number}")).collect();
        let table = Fts5::of([(7, words.join(" "))]).unwrap();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(table.best(&words, 10).unwrap(), [7]);
    }
}
