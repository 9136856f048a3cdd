//! Hands the words of `routing::analysis` to tantivy.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::schema::TOKENIZER;
use crate::routing::analysis::Analyzer;

/// A manager that knows the one tokenizer of the schema.
pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TOKENIZER, TextAnalyzer::from(Words::default()));
    manager
}

/// The analyzer as tantivy wants it, which clones it for each field and each segment: they
/// have most words in common, and share what is known of them.
#[derive(Default)]
struct Words {
    analyzer: Arc<Mutex<Analyzer>>,
    /// Those of the text at hand, and behind them what is left of longer texts: each
    /// keeps the room of its word.
    tokens: Vec<Token>,
}

impl Clone for Words {
    fn clone(&self) -> Self {
        Self { analyzer: Arc::clone(&self.analyzer), tokens: Vec::new() }
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let Self { analyzer, tokens } = self;
        // A memo is whole after a panic too: it is only ever added to.
        let mut analyzer = analyzer.lock().unwrap_or_else(PoisonError::into_inner);
        let mut count = 0;
        analyzer.each(text, &mut |word| {
            if count == tokens.len() {
                tokens.push(Token::default());
            }
            let token = &mut tokens[count];
            token.offset_from = word.start;
            token.offset_to = word.end;
            token.position = word.position as usize;
            token.text.clear();
            token.text.push_str(word.term);
            count += 1;
        });
        Stream { tokens: &mut tokens[..count], next: 0 }
    }
}

struct Stream<'a> {
    tokens: &'a mut [Token],
    next: usize,
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        self.next += 1;
        self.next <= self.tokens.len()
    }

    fn token(&self) -> &Token {
        &self.tokens[self.next - 1]
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.tokens[self.next - 1]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_after_a_longer_one_has_its_own_words_only() {
        let mut words = Words::default();
        let mut seen = |text: &str| {
            let mut all = Vec::new();
            words.token_stream(text).process(&mut |token| {
                all.push((token.text.clone(), token.position, token.offset_from, token.offset_to));
            });
            all
        };
        let long = seen("nodes of KubeNode, not ready");
        assert_eq!(long.len(), 7);
        assert_eq!(seen("a disk"), [("a".to_owned(), 0, 0, 1), ("disk".to_owned(), 1, 2, 6)]);
        assert_eq!(seen(""), []);
        assert_eq!(seen("nodes of KubeNode, not ready"), long);
    }
}
