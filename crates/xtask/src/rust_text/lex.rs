//! The lexer: identifiers and punctuation with their lines; comments and literals fall away.

/// One token. Literals and comments leave none, since no rule looks into them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// An identifier (without `r#`), or one punctuation character.
    pub text: String,
    /// The line it stands on, from 1.
    pub line: usize,
}

impl Token {
    /// True if the token is exactly this text.
    pub fn is(&self, text: &str) -> bool {
        self.text == text
    }

    /// True for identifiers and keywords.
    pub fn is_word(&self) -> bool {
        self.text.starts_with(begins_word)
    }
}

/// Splits `source` into tokens.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader {
        chars: source.chars().collect(),
        at: 0,
        line: 1,
    };
    let mut found = Vec::new();
    while let Some(next) = reader.peek(0) {
        let line = reader.line;
        if next == '/' && reader.peek(1) == Some('/') {
            reader.skip_while(|c| c != '\n');
        } else if next == '/' && reader.peek(1) == Some('*') {
            reader.skip_block_comment();
        } else if next == '"' {
            reader.skip_string();
        } else if next == '\'' {
            reader.skip_char_or_lifetime();
        } else if next.is_ascii_digit() {
            reader.skip_while(|c| c.is_alphanumeric() || c == '_');
        } else if begins_word(next) {
            let word = reader.word();
            if let Some(text) = reader.literal_prefix(word) {
                found.push(Token { text, line });
            }
        } else {
            reader.step();
            if !next.is_whitespace() {
                let text = next.to_string();
                found.push(Token { text, line });
            }
        }
    }
    found
}

fn begins_word(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn step(&mut self) {
        if self.peek(0) == Some('\n') {
            self.line += 1;
        }
        self.at += 1;
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&keep) {
            self.step();
        }
    }

    fn word(&mut self) -> String {
        let start = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        self.chars[start..self.at].iter().collect()
    }

    /// `r"..."`, `br#"..."#`, `b'x'`, `c"..."` begin like a word, and `r#fn` is one: skips the first kinds and
    /// gives back the word otherwise.
    fn literal_prefix(&mut self, word: String) -> Option<String> {
        let raw = matches!(word.as_str(), "r" | "br" | "cr");
        if raw && matches!(self.peek(0), Some('"' | '#')) {
            let hashes = (0..).take_while(|n| self.peek(*n) == Some('#')).count();
            if self.peek(hashes) == Some('"') {
                self.skip_raw_string(hashes);
                return None;
            }
            self.step();
            return Some(self.word());
        }
        if matches!(word.as_str(), "b" | "c") && self.peek(0) == Some('"') {
            self.skip_string();
            return None;
        }
        if word == "b" && self.peek(0) == Some('\'') {
            self.skip_char_or_lifetime();
            return None;
        }
        Some(word)
    }

    fn skip_string(&mut self) {
        self.step();
        while let Some(c) = self.peek(0) {
            self.step();
            match c {
                '\\' => self.step(),
                '"' => return,
                _ => {}
            }
        }
    }

    fn skip_raw_string(&mut self, hashes: usize) {
        for _ in 0..=hashes {
            self.step();
        }
        while let Some(c) = self.peek(0) {
            self.step();
            if c == '"' && (0..hashes).all(|n| self.peek(n) == Some('#')) {
                self.at += hashes;
                return;
            }
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        while let Some(c) = self.peek(0) {
            let pair = (c, self.peek(1));
            if pair == ('/', Some('*')) {
                depth += 1;
                self.step();
            } else if pair == ('*', Some('/')) {
                depth -= 1;
                self.step();
            }
            self.step();
            if depth == 0 {
                return;
            }
        }
    }

    /// `'a'`, `'\n'` or `'static`.
    fn skip_char_or_lifetime(&mut self) {
        self.step();
        if self.peek(0) == Some('\\') {
            self.step();
            self.step();
            self.skip_while(|c| c != '\'');
            self.step();
        } else if self.peek(1) == Some('\'') {
            self.step();
            self.step();
        } else {
            self.skip_while(|c| c.is_alphanumeric() || c == '_');
        }
    }
}
