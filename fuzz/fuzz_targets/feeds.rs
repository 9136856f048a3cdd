//! Any text as a vendor's feed: it is refused, or what is kept of it is short, in order, and
//! leads nowhere that was not allowed.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prode::vendor::{Ends, Feed};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let here = |it: &str| it.starts_with("https://status.example/").then(|| it.to_owned());
    let Ok(feed) = Feed::parse(&text, here) else { return };
    assert!(feed.notices.len() + feed.unread <= feed.count);
    for notice in &feed.notices {
        assert!(notice.title.chars().count() <= 120 && !notice.title.contains('\n'));
        assert!(notice.updates.iter().all(|it| it.text.chars().count() <= 400));
        assert!(notice.link.iter().all(|it| it.starts_with("https://status.example/")));
        let (Ends::At(end) | Ends::Untold(end)) = notice.ends else { continue };
        assert!(end >= notice.from);
    }
    assert_eq!(Feed::parse(&text, here).as_ref(), Ok(&feed));
});
