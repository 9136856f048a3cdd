//! What the script of a site looks through; a browser runs it in `tests/peers/site`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Files, built, files, is_whole, memory, place, site, text};

/// The value that a file of the search hands over.
fn value(files: &Files, name: &str) -> Value {
    let text = text(files, &format!("search/{name}.js"));
    let inner =
        text.strip_prefix(&format!("prode(\"{name}\",")).and_then(|it| it.strip_suffix(");\n"));
    serde_json::from_str(inner.unwrap_or_else(|| panic!("{name}: {text}"))).unwrap()
}

/// Pages of a word, read as the script reads them.
fn pages(postings: &str) -> Vec<usize> {
    let (mut found, mut distance, mut page) = (Vec::new(), String::new(), 0);
    for sign in postings.chars() {
        if sign.is_ascii_uppercase() {
            page +=
                if distance.is_empty() { 1 } else { usize::from_str_radix(&distance, 36).unwrap() };
            distance.clear();
            found.push(page - 1);
        } else {
            distance.push(sign);
        }
    }
    found
}

#[test]
fn every_word_of_a_page_leads_to_it_and_its_text() {
    let repo = memory();
    let files = site(&repo, &[]);
    is_whole(&files);
    let all = value(&files, "all");
    let chunk = usize::try_from(all["chunk"].as_u64().unwrap()).unwrap();
    let mut words: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for shard in all["shards"].as_array().unwrap() {
        for (word, postings) in value(&files, shard.as_str().unwrap()).as_object().unwrap() {
            words.insert(word.clone(), pages(postings.as_str().unwrap()));
        }
    }
    let found = |word: &str| -> Vec<String> {
        let pages = words.get(word).into_iter().flatten();
        let path = |page: &usize| {
            value(&files, &format!("p{}", page / chunk))[page % chunk][2]
                .as_str()
                .unwrap()
                .to_owned()
        };
        pages.map(path).collect()
    };
    assert_eq!(found("bursts"), ["adr/0001-queue.md"]);
    assert!(found("queue").contains(&"wiki/old.md".to_owned()));
    assert!(found("legacy").contains(&"wiki/old.md".to_owned()), "tags count");
    assert!(found("drafts").iter().all(|it| it == "wiki/index.md"), "no draft is found");
    let page = &value(&files, "p0")[0];
    assert!(files.contains_key(page[0].as_str().unwrap().split('#').next().unwrap()), "{page}");
}

#[test]
fn its_bytes_are_told() {
    let repo = memory();
    let answer = built(&repo, &[]);
    let files = files(&place(&repo));
    let of_search =
        files.iter().filter(|(name, _)| name.starts_with("search/") && name.ends_with(".js"));
    let bytes: usize = of_search.map(|(_, bytes)| bytes.len()).sum();
    assert_eq!(answer["search_bytes"], bytes);
    let rest = files.iter().filter(|(name, _)| *name != "prode-site.json");
    assert_eq!(answer["bytes"], rest.map(|(_, bytes)| bytes.len()).sum::<usize>());
}
