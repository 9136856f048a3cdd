//! As much of an answer as fits into a number of tokens.
//!
//! An answer is a frame with some lists and long texts in it; their items and
//! bytes, in the order of the tool's slots, are what is dealt out. The parts
//! of an answer, put together, are the answer. A part holds at least one item,
//! so that a cursor always leads on, even where that item alone is larger than
//! what was asked for.

use serde_json::{Map, Value};

/// A place in an answer that may hold much; a JSON pointer.
#[derive(Debug, Clone, Copy)]
pub(super) enum Slot {
    /// A list, dealt out by item.
    List(&'static str),
    /// A text, dealt out by line where lines are short enough.
    Text(&'static str),
}

/// One part of an answer.
#[derive(Debug, PartialEq)]
pub(super) struct Portion {
    /// The answer with its slots cut.
    pub answer: Value,
    /// Where the next part begins, if there is one.
    pub next: Option<usize>,
    /// How much of each slot comes later.
    pub omitted: Map<String, Value>,
}

/// Bytes that one token stands for: an estimate that needs no model.
const BYTES_PER_TOKEN: usize = 4;
/// Kept free for the cursor and the counts of what is left out.
const RESERVED: usize = 300;

/// The part of `answer` from `offset` on that fits into `tokens`.
pub(super) fn portion(mut answer: Value, slots: &[Slot], offset: usize, tokens: usize) -> Portion {
    let whole: Vec<Value> = slots.iter().map(|slot| slot.empty(&mut answer)).collect();
    let frame = answer.to_string().len() + RESERVED;
    let mut dealer = Dealer {
        room: (tokens * BYTES_PER_TOKEN).saturating_sub(frame),
        skip: offset,
        position: 0,
        dealt: false,
        full: false,
    };
    let mut omitted = Map::new();
    for (slot, whole) in slots.iter().zip(whole) {
        let (part, left) = match whole {
            Value::Array(items) => dealer.items(items),
            Value::String(text) => dealer.text(&text),
            other => (other, 0),
        };
        if left > 0 {
            omitted.insert(slot.name(), left.into());
        }
        if let Some(place) = answer.pointer_mut(slot.pointer()) {
            *place = part;
        }
    }
    let next = (!omitted.is_empty()).then_some(dealer.position);
    Portion { answer, next, omitted }
}

impl Slot {
    fn pointer(self) -> &'static str {
        match self {
            Self::List(pointer) | Self::Text(pointer) => pointer,
        }
    }

    /// How a client is told what is left of it.
    fn name(self) -> String {
        let pointer = self.pointer().trim_start_matches('/').replace('/', ".");
        match self {
            Self::List(_) => pointer,
            Self::Text(_) => format!("{pointer} bytes"),
        }
    }

    /// Takes the content out; null where the answer has no such place.
    fn empty(self, answer: &mut Value) -> Value {
        let Some(place) = answer.pointer_mut(self.pointer()) else { return Value::Null };
        let empty = match place {
            Value::Array(_) => Value::Array(Vec::new()),
            Value::String(_) => Value::String(String::new()),
            _ => place.clone(),
        };
        std::mem::replace(place, empty)
    }
}

/// Deals from the slots in their order until the room is used up.
struct Dealer {
    /// Bytes that are free.
    room: usize,
    /// Items and bytes that earlier parts gave.
    skip: usize,
    /// Items and bytes given, with this part.
    position: usize,
    /// True once this part holds something.
    dealt: bool,
    /// True once something did not fit: order is kept, so nothing follows.
    full: bool,
}

impl Dealer {
    fn items(&mut self, items: Vec<Value>) -> (Value, usize) {
        let begin = self.begin(items.len());
        let mut left = items.len() - begin;
        let mut part = Vec::new();
        for item in items.into_iter().skip(begin) {
            let size = item.to_string().len() + 1;
            if self.full || (self.dealt && size > self.room) {
                self.full = true;
                break;
            }
            self.take(1, size);
            left -= 1;
            part.push(item);
        }
        (part.into(), left)
    }

    fn text(&mut self, text: &str) -> (Value, usize) {
        let begin = self.begin(text.len());
        // A cursor is checked before it gets here, so this is a boundary.
        let rest = text.get(begin..).unwrap_or_default();
        let end = if self.full { 0 } else { fitting(rest, self.room, !self.dealt) };
        if end > 0 {
            self.take(end, escaped(&rest[..end]));
        }
        self.full |= end < rest.len();
        (rest[..end].into(), rest.len() - end)
    }

    /// How much of a slot of this length earlier parts gave.
    fn begin(&mut self, length: usize) -> usize {
        let begin = self.skip.min(length);
        self.skip -= begin;
        self.position += begin;
        begin
    }

    fn take(&mut self, units: usize, size: usize) {
        self.position += units;
        self.room = self.room.saturating_sub(size);
        self.dealt = true;
    }
}

/// Bytes of `text` that fit into `room` when written as JSON: whole lines
/// where one fits, else characters; at least one character if `must`.
fn fitting(text: &str, room: usize, must: bool) -> usize {
    let (mut used, mut end, mut line_end) = (0, 0, 0);
    for (at, character) in text.char_indices() {
        used += escaped_char(character);
        if used > room && !(must && at == 0) {
            break;
        }
        end = at + character.len_utf8();
        if character == '\n' {
            line_end = end;
        }
    }
    if end == text.len() || line_end == 0 { end } else { line_end }
}

fn escaped(text: &str) -> usize {
    text.chars().map(escaped_char).sum()
}

fn escaped_char(character: char) -> usize {
    match character {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        '\0'..='\u{1f}' => 6,
        other => other.len_utf8(),
    }
}

#[cfg(test)]
mod tests;
