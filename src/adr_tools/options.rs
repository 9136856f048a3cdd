//! Options as the shell's `getopts` reads them, and its words for wrong ones.

use super::Reply;

/// Options in the order given, and the words that are left.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parsed {
    pub(super) options: Vec<(char, String)>,
    pub(super) words: Vec<String>,
}

impl Parsed {
    /// What was given last for an option.
    pub(super) fn last(&self, letter: char) -> Option<&str> {
        let given = self.options.iter().rev().find(|(it, _)| *it == letter);
        given.map(|(_, value)| value.as_str())
    }
}

/// An option that the command does not take as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refused {
    Unknown(char),
    NoArgument(char),
}

/// Where options may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// Before the first word; what follows it is words.
    First,
    /// Among the words too.
    Mixed,
}

/// Takes `arguments` apart; each option of `letters` has an argument. `--`
/// ends the options.
pub(super) fn parse(arguments: &[String], letters: &str, order: Order) -> Result<Parsed, Refused> {
    let mut parsed = Parsed::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let Some(option) = argument.strip_prefix('-').filter(|it| !it.is_empty()) else {
            parsed.words.push(argument.clone());
            if order == Order::First {
                break;
            }
            continue;
        };
        if option == "-" {
            break;
        }
        let mut characters = option.chars();
        let letter = characters.next().unwrap_or('-');
        if !letters.contains(letter) {
            return Err(Refused::Unknown(letter));
        }
        let attached = Some(characters.as_str()).filter(|value| !value.is_empty());
        let value = attached.or_else(|| rest.next().map(String::as_str));
        let value = value.ok_or(Refused::NoArgument(letter))?;
        parsed.options.push((letter, value.to_owned()));
    }
    parsed.words.extend(rest.cloned());
    Ok(parsed)
}

impl Refused {
    /// In the words of the shell's `getopts` and of adr-tools.
    pub(super) fn by_getopts(self, command: &str) -> Reply {
        let line = match self {
            Self::Unknown(letter) => format!("illegal option -- {letter}"),
            Self::NoArgument(letter) => format!("option requires an argument -- {letter}"),
        };
        refusal(&format!("adr {command}: {line}\nNot implemented: ?"), command)
    }

    /// In the words of the program `getopt`.
    pub(super) fn by_getopt(self, command: &str) -> Reply {
        let line = match self {
            Self::Unknown(letter) => format!("invalid option -- '{letter}'"),
            Self::NoArgument(letter) => format!("option requires an argument -- '{letter}'"),
        };
        refusal(&format!("getopt: {line}"), command)
    }
}

fn refusal(text: &str, command: &str) -> Reply {
    Reply { err: format!("{text}\nhint: adr help {command}\n").into(), code: 1, ..Reply::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str, order: Order) -> Result<Parsed, Refused> {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        parse(&arguments, "sl", order)
    }

    #[test]
    fn options_come_first_attached_or_apart() {
        let found = parsed("-s 1 -s2 -l 3:a:b Use -s x", Order::First).unwrap();
        let options = [('s', "1"), ('s', "2"), ('l', "3:a:b")];
        assert_eq!(found.options, options.map(|(letter, value)| (letter, value.to_owned())));
        assert_eq!(found.words, ["Use", "-s", "x"]);
        assert_eq!(found.last('s'), Some("2"));
        let mixed = parsed("Use -s x - -- -l", Order::Mixed).unwrap();
        assert_eq!((mixed.words.join(" "), mixed.last('s')), ("Use - -l".to_owned(), Some("x")));
    }

    #[test]
    fn two_dashes_end_them() {
        assert_eq!(parsed("-- -Bar-", Order::First).unwrap().words, ["-Bar-"]);
        assert_eq!(parsed("-Bar-", Order::First), Err(Refused::Unknown('B')));
        assert_eq!(parsed("--help", Order::First), Err(Refused::Unknown('-')));
        assert_eq!(parsed("-s", Order::First), Err(Refused::NoArgument('s')));
    }
}
