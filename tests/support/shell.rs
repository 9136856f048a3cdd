//! What a line of shell would start, as far as pages and help write it: words,
//! quotes, pipes, lists, redirections, comments, `$(…)`. Nothing is expanded.

/// The simple commands of a text, in their order, each as its words.
pub(crate) fn commands(text: &str) -> Vec<Vec<String>> {
    let mut reading = Reading { left: text.chars().collect(), ..Reading::default() };
    reading.left.reverse();
    reading.all();
    reading.commands
}

/// The words of every start of `prode`, its name first.
pub(crate) fn of_prode(text: &str) -> Vec<Vec<String>> {
    let started = commands(text).into_iter().filter_map(|words| {
        let at = words.iter().position(|word| !is_before(word))?;
        let name = words[at].rsplit('/').next().unwrap_or_default();
        (name == "prode").then(|| words[at..].to_vec())
    });
    started.collect()
}

/// What may stand before a program's name: `do`, `A=1`.
fn is_before(word: &str) -> bool {
    let names = ["do", "then", "else", "if", "while", "!", "time", "sudo", "exec", "(", "{"];
    let variable = word.split_once('=').is_some_and(|(name, _)| {
        !name.is_empty() && name.chars().all(|it| it == '_' || it.is_ascii_alphabetic())
    });
    variable || names.contains(&word)
}

/// How far a text was read.
#[derive(Default)]
struct Reading {
    /// What is left, the next character last.
    left: Vec<char>,
    word: Option<String>,
    words: Vec<String>,
    commands: Vec<Vec<String>>,
    /// The next word is a file.
    redirected: bool,
}

impl Reading {
    fn all(&mut self) {
        while let Some(it) = self.left.pop() {
            match it {
                '\\' => self.escaped(),
                '\'' => self.quoted('\''),
                '"' => self.quoted('"'),
                '#' if self.word.is_none() => self.comment(),
                '$' if self.left.last() == Some(&'(') => self.inner(),
                '>' | '<' => self.redirection(),
                '|' | ';' | '&' | '\n' | '(' | ')' => self.end_of_command(),
                it if it.is_whitespace() => self.end_of_word(),
                it => self.push(it),
            }
        }
        self.end_of_command();
    }

    fn push(&mut self, it: char) {
        self.word.get_or_insert_default().push(it);
    }

    fn escaped(&mut self) {
        match self.left.pop() {
            Some('\n') | None => self.end_of_word(),
            Some(it) => self.push(it),
        }
    }

    fn quoted(&mut self, quote: char) {
        self.word.get_or_insert_default();
        while let Some(it) = self.left.pop() {
            match it {
                it if it == quote => return,
                '\\' if quote == '"' => self.escaped(),
                '$' if quote == '"' && self.left.last() == Some(&'(') => self.inner(),
                it => self.push(it),
            }
        }
    }

    fn comment(&mut self) {
        while self.left.last().is_some_and(|it| *it != '\n') {
            self.left.pop();
        }
    }

    /// `$(…)`: its commands are commands too, what it prints is one word.
    fn inner(&mut self) {
        self.left.pop();
        let (mut depth, mut text) = (1, String::new());
        while let Some(it) = self.left.pop() {
            depth += i32::from(it == '(') - i32::from(it == ')');
            if depth == 0 {
                break;
            }
            text.push(it);
        }
        self.commands.extend(commands(&text));
        self.word.get_or_insert_default().push_str("printed");
    }

    /// `> file`, `2>&1`; the file is no argument.
    fn redirection(&mut self) {
        if self.word.as_deref().is_some_and(|word| word.chars().all(|it| it.is_ascii_digit())) {
            self.word = None;
        }
        self.end_of_word();
        while matches!(self.left.last(), Some('>' | '<' | '&')) {
            self.left.pop();
        }
        self.redirected = true;
    }

    fn end_of_word(&mut self) {
        let Some(word) = self.word.take() else { return };
        if !std::mem::take(&mut self.redirected) {
            self.words.push(word);
        }
    }

    fn end_of_command(&mut self) {
        self.end_of_word();
        self.redirected = false;
        if !self.words.is_empty() {
            self.commands.push(std::mem::take(&mut self.words));
        }
    }
}

#[test]
fn a_line_is_read_as_a_shell_reads_it() {
    let read = |text: &str| -> Vec<String> {
        of_prode(text).iter().map(|words| words.join("|")).collect()
    };
    assert_eq!(read("prode query 'a b' \"c $d\" -n 1  # two"), ["prode|query|a b|c $d|-n|1"]);
    assert_eq!(read("git init && prode init; A=1 ./prode index"), ["prode|init", "./prode|index"]);
    assert_eq!(read("cat x | prode redact - > y 2>&1 < z"), ["prode|redact|-"]);
    assert_eq!(read("for n in 1; do prode show \\\n  adr/1; done"), ["prode|show|adr/1"]);
    assert_eq!(
        read("echo prode; x=$(prode list | wc -l) prode show \"$(prode new)\""),
        ["prode|list", "prode|new", "prode|show|printed"]
    );
}
