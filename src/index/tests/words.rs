//! Words that are remembered give the answers of words that are read.

use super::*;

/// Three hundred pages on which two words stand everywhere.
fn many() -> Trees {
    let mut trees = Trees::of(&[]);
    for number in 0..300 {
        let more = if number % 7 == 0 { "is full and " } else { "" };
        let text = format!("# Disk {number}\n\nthe disk {more}writes fail\n\n## More\n\nwrites\n");
        trees.now.insert(format!("wiki/{number}.md"), text);
    }
    trees.commit();
    trees
}

#[test]
fn remembered_words_give_the_same_bits_after_every_commit() {
    let (folder, mut trees) = (TempDir::new().unwrap(), many());
    let index = Index::open(Some(folder.path()));
    index.remember_words(1 << 20);
    let questions = ["disk writes fail", "full disk", "writes fail on a disk that is full"];
    for commit in 0..12 {
        for text in questions.iter().chain(&questions) {
            assert_eq!(answers(&index, &trees, text), fresh(&trees, text), "{commit}: {text}");
        }
        // Pages come and go, and at the ninth commit shards are merged.
        trees.now.remove(&format!("wiki/{}.md", 10 * commit));
        trees.now.insert(format!("wiki/new-{commit}.md"), "a disk writes what is full".to_owned());
        trees.commit();
    }
}

#[test]
fn nothing_is_remembered_unless_it_is_asked_for() {
    let trees = many();
    let index = Index::open(None);
    assert!(index.fit(&trees).unwrap().0.memo().is_none());
    index.remember_words(1 << 20);
    let (first, second) = (index.fit(&trees).unwrap().0, index.fit(&trees).unwrap().0);
    let same = std::ptr::eq(first.memo().unwrap(), second.memo().unwrap());
    assert!(same, "two snapshots of one tree have one memory for words");
}
