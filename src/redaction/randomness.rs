//! Is it a word that people made, or digits that a machine drew?
//!
//! A token is cut where letters, digits and cases change. Pieces whose pairs
//! of letters are common in words are wordy; a drawn token has few of them
//! and changes often.

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
const PAIRS: [u32; 26] = pairs();

const fn pairs() -> [u32; 26] {
    let mut table = [0; 26];
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

/// True for letters that stand side by side in many words.
pub(super) fn is_common(first: u8, second: u8) -> bool {
    let index = |byte: u8| usize::from(byte.to_ascii_lowercase() - b'a');
    first.is_ascii_alphabetic()
        && second.is_ascii_alphabetic()
        && PAIRS[index(first)] & (1 << index(second)) != 0
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

impl Makeup {
    pub(super) fn of(token: &str) -> Self {
        let mut makeup = Self { length: token.len(), is_hex: true, ..Self::default() };
        let mut seen = [false; 256];
        let (mut piece, mut last) = (0, 0_u8);
        let bytes = token.as_bytes();
        for (at, byte) in bytes.iter().copied().enumerate() {
            seen[usize::from(byte)] = true;
            makeup.count(byte);
            let is_break = !byte.is_ascii_alphabetic()
                || byte.is_ascii_uppercase() && last.is_ascii_lowercase();
            if is_break {
                makeup.wordy += wordy(&bytes[piece..at]);
                piece = if byte.is_ascii_alphabetic() { at } else { at + 1 };
            }
            let is_change = byte.is_ascii_digit() && last.is_ascii_alphabetic()
                || byte.is_ascii_alphabetic() && last.is_ascii_digit()
                || byte.is_ascii_uppercase() && last.is_ascii_lowercase();
            makeup.changes += usize::from(is_change);
            last = byte;
        }
        makeup.wordy += wordy(&bytes[piece..]);
        makeup.distinct = seen.iter().map(|it| u32::from(*it)).sum();
        makeup
    }

    fn count(&mut self, byte: u8) {
        match byte {
            b'a'..=b'z' => self.lower += 1,
            b'A'..=b'Z' => self.upper += 1,
            b'0'..=b'9' => self.digits += 1,
            _ => self.others += 1,
        }
        self.is_hex &= byte.is_ascii_hexdigit() || byte == b'-';
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

/// The letters of a piece if it could be part of a word, else none.
fn wordy(piece: &[u8]) -> usize {
    if piece.len() < 3 {
        return 0;
    }
    let index = |byte: u8| usize::from(byte.to_ascii_lowercase() - b'a');
    let common = piece.windows(2).filter(|pair| PAIRS[index(pair[0])] & (1 << index(pair[1])) != 0);
    let vowels = piece.iter().filter(|byte| b"aeiouyAEIOUY".contains(byte)).count();
    let is_word = common.count() * 10 >= (piece.len() - 1) * 7 && (vowels > 0 || piece.len() == 3);
    if is_word { piece.len() } else { 0 }
}

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
}
