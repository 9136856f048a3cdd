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

/// Three hundred pages hold more than is read as fast as it is remembered.
#[test]
fn remembered_words_give_the_same_bits_after_every_commit() {
    let (folder, mut trees) = (TempDir::new().unwrap(), many());
    let index = Index::open(Some(folder.path()));
    let questions = ["disk writes fail", "full disk", "writes fail on a disk that is full"];
    for commit in 0..12 {
        let mut snapshot = index.fit(&trees).unwrap().0;
        assert!(snapshot.memo().is_none(), "nothing is remembered unless it is asked for");
        snapshot.remember_words(1 << 20);
        assert!(snapshot.memo().is_some());
        for text in questions.iter().chain(&questions) {
            assert_eq!(ranked(&snapshot, text), fresh(&trees, text), "{commit}: {text}");
        }
        trees.now.remove(&format!("wiki/{}.md", 10 * commit));
        trees.now.insert(format!("wiki/new-{commit}.md"), "a disk writes what is full".to_owned());
        trees.commit();
    }
}
