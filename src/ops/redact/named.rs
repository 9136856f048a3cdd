//! A finding by its place, as `redact --check` prints it.

use std::fmt;
use std::str::FromStr;

use crate::ops::OpError;

/// `FILE:LINE:COLUMN`. A place tells nothing of what stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The file as it was typed; `-` for standard input.
    pub file: String,
    /// 1-based.
    pub line: u32,
    /// 1-based, in characters.
    pub column: u32,
}

impl FromStr for Named {
    type Err = OpError;

    fn from_str(typed: &str) -> Result<Self, OpError> {
        let mut parts = typed.rsplitn(3, ':');
        let column = parts.next().and_then(number);
        let line = parts.next().and_then(number);
        let file = parts.next().filter(|file| !file.is_empty());
        match (file, line, column) {
            (Some(file), Some(line), Some(column)) => {
                Ok(Self { file: file.to_owned(), line, column })
            }
            _ => Err(OpError::Usage {
                message: format!("'{typed}' names no finding"),
                hint: "name it as prode redact --check FILE prints it: FILE:LINE:COLUMN".to_owned(),
            }),
        }
    }
}

fn number(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0)
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { file, line, column } = self;
        write!(f, "{file}:{line}:{column}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_and_nothing_else() {
        let named: Named = "a:b/c.md:12:7".parse().unwrap();
        assert_eq!((named.file.as_str(), named.line, named.column), ("a:b/c.md", 12, 7));
        assert_eq!(named.to_string(), "a:b/c.md:12:7");
        assert!("-:1:1".parse::<Named>().is_ok());
        for typed in ["a.md", "a.md:1", ":1:1", "a.md:0:1", "a.md:1:x", "F-0123456789ab", ""] {
            assert!(typed.parse::<Named>().is_err(), "{typed}");
        }
    }
}
