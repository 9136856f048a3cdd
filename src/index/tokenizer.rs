//! Hands the words of `routing::analysis` to tantivy.

use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use super::schema::TOKENIZER;
use crate::routing::analysis::Analyzer;

/// A manager that knows the one tokenizer of the schema.
pub(super) fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TOKENIZER, TextAnalyzer::from(Words::default()));
    manager
}

/// The analyzer as tantivy wants it; a clone begins with an empty memo.
#[derive(Default)]
struct Words {
    analyzer: Analyzer,
    tokens: Vec<Token>,
}

impl Clone for Words {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        let Self { analyzer, tokens } = self;
        tokens.clear();
        analyzer.each(text, &mut |word| {
            tokens.push(Token {
                offset_from: word.start,
                offset_to: word.end,
                position: word.position as usize,
                text: word.term,
                position_length: 1,
            });
        });
        Stream { tokens, next: 0 }
    }
}

struct Stream<'a> {
    tokens: &'a mut Vec<Token>,
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
