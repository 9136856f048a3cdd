//! Is it a word that people made, or digits that a machine drew?
//!
//! A token is cut where letters, digits and cases change. Pieces whose pairs
//! of letters are common in words are wordy; a drawn token has few of them
//! and changes often.

use super::table::table;

/// Pairs of letters that make up most of written English, German, French and
/// Spanish, and of the names that programmers give.
const COMMON: &str = "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha \
    as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho \
    pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na \
    ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty \
    op wo sa ay ex ke ui fr oo ag ov ap cr ub cl dr ob ck oc au up br ef pi da bu ip ls ei sc sp qu \
    do ga go gr gu ff if rd rm rn rk rl rv rc rg ue uc ud um pu ps pt ft ft ks ys eg ep ew ey ak af \
    av aw az bo by cy cu du dy eb eq fl fa fu gi gl gn hr hu iz ju ka ki ko kn ku lt lk lv lu mb mm \
    mu my nk nn nu nv ny od og oi ok oy ph pp rr ru sk sl sm sq sw sy tt tw uf ug ux va vo xt ye yo \
    ze zi zo eu je ja jo wn ws yp ym ys xp db";

/// One bit for every pair of letters.
const PAIRS: [u32; 32] = pairs();

const fn pairs() -> [u32; 32] {
    let mut table = [0; 32];
    let bytes = COMMON.as_bytes();
    let mut at = 0;
    while at + 1 < bytes.len() {
        let (first, second) = (bytes[at], bytes[at + 1]);
        if first.is_ascii_lowercase() && second.is_ascii_lowercase() {
            table[(first - b'a') as usize] |= 1 << (second - b'a');
            at += 2;
        } else {
            at += 1;
        }
    }
    table
}

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Makeup {
    pub(super) length: usize,
    pub(super) lower: usize,
    pub(super) upper: usize,
    pub(super) digits: usize,
    pub(super) others: usize,
    /// Letters in pieces that look like parts of words.
    pub(super) wordy: usize,
    /// Changes between letters and digits, and from a small letter to a capital.
    pub(super) changes: usize,
    /// Everything is a hexadecimal digit or a dash.
    pub(super) is_hex: bool,
    /// Different bytes.
    pub(super) distinct: u32,
}

/// What a byte is: its class, and whether a hexadecimal number may have it.
const ABOUT: [u8; 256] = table!(u8, byte => {
    let class = match byte {
        b'a'..=b'z' => LOWER,
        b'A'..=b'Z' => UPPER,
        b'0'..=b'9' => DIGIT,
        _ => OTHER,
    };
    if byte.is_ascii_hexdigit() || byte == b'-' { class | HEX } else { class }
});
const LOWER: u8 = 0;
const UPPER: u8 = 1;
const DIGIT: u8 = 2;
const OTHER: u8 = 3;
const HEX: u8 = 4;

impl Makeup {
    pub(super) fn of(token: &str) -> Self {
        let (mut seen, mut counts, mut all) = ([0_u64; 4], [0_usize; 4], HEX);
        let (mut wordy, mut changes) = (0, 0);
        let (mut piece, mut last) = (Piece::default(), OTHER);
        for byte in token.bytes() {
            let about = ABOUT[usize::from(byte)];
            let class = about & 3;
            seen[usize::from(byte >> 6)] |= 1 << (byte & 63);
            counts[usize::from(class)] += 1;
            all &= about;
            if class <= UPPER {
                let is_hump = class == UPPER && last == LOWER;
                if is_hump {
                    wordy += std::mem::take(&mut piece).wordy();
                }
                changes += usize::from(is_hump || last == DIGIT);
                piece.push(byte);
            } else if last <= UPPER {
                wordy += std::mem::take(&mut piece).wordy();
                changes += usize::from(class == DIGIT);
            }
            last = class;
        }
        wordy += piece.wordy();
        let [lower, upper, digits, others] = counts;
        let (length, is_hex) = (token.len(), all & HEX != 0);
        let distinct = seen.iter().map(|it| it.count_ones()).sum();
        Self { length, lower, upper, digits, others, wordy, changes, is_hex, distinct }
    }

    /// Letters.
    pub(super) fn letters(&self) -> usize {
        self.lower + self.upper
    }

    /// Drawn by a machine, as far as the eye can tell. `strictness` is the
    /// least length; a telling context allows less.
    pub(super) fn is_drawn(&self, shortest: usize) -> bool {
        if self.length < shortest || self.distinct < 6 {
            return false;
        }
        let letters = self.letters();
        if letters == 0 || self.others * 3 > self.length {
            return false;
        }
        // Half of the letters or more are parts of words.
        if self.wordy * 2 > letters {
            return false;
        }
        match self.digits {
            0 => {
                self.length >= 16
                    && (self.changes >= 3 || self.wordy * 4 < letters && self.length >= 20)
            }
            1 => self.changes >= 3 || self.wordy * 4 < letters && self.length >= 14,
            _ => self.changes >= 2,
        }
    }
}

/// Letters side by side, and what tells that they are part of a word.
#[derive(Default)]
struct Piece {
    length: usize,
    common: usize,
    vowels: u32,
    /// The letters that often stand behind the last one.
    next: u32,
}

impl Piece {
    fn push(&mut self, letter: u8) {
        let letter = (letter | 32).wrapping_sub(b'a') % 32;
        self.length += 1;
        self.vowels |= VOWELS >> letter & 1;
        self.common += (self.next >> letter & 1) as usize;
        self.next = PAIRS[usize::from(letter)];
    }

    /// Its letters if it could be part of a word, else none.
    fn wordy(&self) -> usize {
        let is_word = self.length >= 3
            && self.common * 10 >= (self.length - 1) * 7
            && (self.vowels > 0 || self.length == 3);
        if is_word { self.length } else { 0 }
    }
}

/// `aeiouy`, one bit for every letter.
const VOWELS: u32 = 1 | 1 << 4 | 1 << 8 | 1 << 14 | 1 << 20 | 1 << 24;

#[cfg(test)]
mod tests {
    use super::*;

    fn is_drawn(token: &str) -> bool {
        Makeup::of(token).is_drawn(12)
    }

    #[test]
    fn what_a_machine_draws_is_told_from_names() {
        for token in
            ["k3Jd8sQ0zXw7Pm2L", "q7wn2kd94hfz0s8x", "xkqzvbtjwprmfhgdclnz", "AbQ9xTz1WvRk"]
        {
            assert!(is_drawn(token), "{token} {:?}", Makeup::of(token));
        }
        for token in [
            "KubePersistentVolumeErrors",
            "strict-uri-encode",
            "getRunningAppProcesses",
            "prometheus_remote_write",
            "internationalization",
            "queue-worker-7",
        ] {
            assert!(!is_drawn(token), "{token} {:?}", Makeup::of(token));
        }
    }

    #[test]
    fn a_token_is_counted_by_what_it_is_made_of() {
        let of = |token: &str| {
            let Makeup { length, lower, upper, digits, others, wordy, changes, is_hex, distinct } =
                Makeup::of(token);
            ([length, lower, upper, digits, others, wordy, changes], is_hex, distinct)
        };
        for (token, counts, is_hex, distinct) in [
            ("", [0, 0, 0, 0, 0, 0, 0], true, 0),
            ("aB1-", [4, 1, 1, 1, 1, 0, 2], true, 4),
            ("a-b", [3, 2, 0, 0, 1, 0, 0], true, 3),
            ("ABc", [3, 1, 2, 0, 0, 0, 0], true, 3),
            ("getToken2x", [10, 8, 1, 1, 0, 8, 3], false, 9),
            ("the7", [4, 3, 0, 1, 0, 3, 1], false, 4),
            ("7the", [4, 3, 0, 1, 0, 3, 1], false, 4),
            ("the_", [4, 3, 0, 0, 1, 3, 0], false, 4),
            ("é", [2, 0, 0, 0, 2, 0, 0], false, 2),
        ] {
            assert_eq!(of(token), (counts, is_hex, distinct), "{token}");
        }
    }

    #[test]
    fn words_have_pairs_that_are_common_and_a_vowel() {
        for (word, is_word) in [
            ("th", false),
            ("the", true),
            ("THE", true),
            ("nst", true),
            ("nstr", false),
            ("anstr", true),
            ("thererer", true),
            ("therererqzq", true),
            ("thererereqzqx", true),
            ("thererezqzx", false),
        ] {
            let makeup = Makeup::of(word);
            assert_eq!(makeup.wordy, if is_word { word.len() } else { 0 }, "{word}");
        }
    }

    #[test]
    fn what_is_drawn_ends_at_a_length_a_share_and_a_number_of_changes() {
        for (token, shortest, is_drawn) in [
            ("aB1cD2", 6, true),
            ("aB1cD2", 7, false),
            ("aB1cDaB1", 6, false),
            ("aB1cDeaB1", 6, true),
            ("123456789-", 6, false),
            ("aB1-c-D2-", 6, true),
            ("aB1-c-D2--", 6, false),
            ("the1XqZ2", 6, true),
            ("then1Xq2", 6, false),
            // No digit.
            ("xKqzvbtjwPrmfhgD", 6, true),
            ("xKqzvbtjwPrmfgD", 6, false),
            ("xKqzvbtjwPrmfhgd", 6, false),
            ("xkqzvbtjwprmfhgdclnz", 6, true),
            ("xkqzvbtjwprmfhgdcln", 6, false),
            ("then-xkqzvbtjwprmfhgd", 6, true),
            ("token-xkqzvbtjwprmfhg", 6, false),
            // One digit.
            ("xkqzvbt1jwprmf", 6, true),
            ("xkqzvbt1jwprm", 6, false),
            ("xK7qzvbtjw", 6, true),
            ("xk7qzvbtjw", 6, false),
            ("the-xkqz7vbtjwprmf", 6, true),
            ("then-xkqz7vbtjwprm", 6, false),
            // More.
            ("1xkqzv2345", 6, true),
            ("12345xkqzv", 6, false),
        ] {
            assert_eq!(Makeup::of(token).is_drawn(shortest), is_drawn, "{token}");
        }
    }
}
