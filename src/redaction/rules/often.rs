//! How often three bytes stand side by side in prose, logs and code, so that a
//! word can be told by those of its bytes that other words hardly have.
//!
//! It says what is fast, never what is found.

/// The four hundred that stand most often, the first ones most; capitals count
/// as small letters. Counted in public pages, logs and programs.
#[rustfmt::skip]
const MOST: &[&str] = &[
    "    ththehe ing inionis  re an to coanded  a or tioes ng entnd to  iser e tforat on re  fo ofpro",
    " nos acomof hat beates tstaati prin //  se itconterrea stall whthae ait  //not///  /thi onresse ",
    " wiherveruseas n titheree st t de aseade iintle odeonsage pae clocmpl al lihisut ser mat i caan ",
    "ts ectustly rat = amed terse owit le - onest  orll et en aretednce fint testore, iles o usstre f",
    "s i ex, a ars, letbleot t aselhan haderockth ctitinindbe even acheitef tch outessestturelfme imp",
    "te nsttat chrommentemtrae plinde pleompangren soivente dostendeld time raseainure trinfomeerrr t",
    "catal imenfonerredinenam byce datillces ruve llo netyporeype meinsne endruss nwhet ss wns ackrit",
    "e wistablds d aval lofilpre##  mocan war: ge calrrolow, ttanfo ide womutrecachnew pooth unertsio",
    "r at, trufroaitoululdt ontirunry nta tee: s sperparoveeraatad,  tyova immetextapp- -rodpacownman",
    "e d sumeswor---ckeask bl  lt cchad iassadd fr weortontancitsbloror opfn d b tan iollacts fe mpos",
    "t wpenernlesommuteer:if itidin atopetenicas:  di shputtriencn osyno tleae nults coun siwriosetic",
    "hing tthoref. then burinakeato sae lgetlog keocat mnovs rartlerret naexpedu, ssed clhttttpkineci",
    "gitpatatutas fu###ker adttee bow e e fnpla, w if",
];

/// How many buckets the answers have.
pub(super) const BUCKETS: usize = 1 << 12;

/// A bucket for three bytes: the last three of four.
pub(super) fn bucket(gram: u32) -> usize {
    ((gram >> 8).wrapping_mul(0x9e37_79b1) >> 20) as usize
}

/// How often the bytes of each bucket stand, roughly, in millionths.
pub(super) fn often() -> Vec<u64> {
    let mut often = vec![2000; BUCKETS];
    let all = MOST.iter().flat_map(|line| line.as_bytes().as_chunks().0);
    for ([first, second, third], rank) in all.zip(20..) {
        let gram = u32::from_le_bytes([0, *first, *second, *third]) | 0x2020_2020;
        often[bucket(gram)] = 1_000_000 / rank;
    }
    often
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_most_words_is_told_to() {
        let often = often();
        let of = |bytes: &[u8; 4]| often[bucket(u32::from_le_bytes(*bytes) | 0x2020_2020)];
        assert!(of(b"_The") > of(b"_ate") && of(b"_ate") > of(b"_pwd"));
    }
}
