//! Reading the node's answers for people: every text in them is foreign and is cleaned on the way out.

use linli_view::clean;
use serde_json::Value;

const NONE: &Value = &Value::Null;

/// Looks into an answer; what is not there reads as empty, zero, false, none.
pub trait Shape {
    /// The value of a field.
    fn field(&self, name: &str) -> &Value;
    /// One line of text.
    fn line(&self, name: &str) -> String;
    /// A text of several lines.
    fn lines(&self, name: &str) -> String;
    /// A number.
    fn number(&self, name: &str) -> u64;
    /// A number that may be missing.
    fn some_number(&self, name: &str) -> Option<u64>;
    /// Yes or no.
    fn is(&self, name: &str) -> bool;
    /// A list.
    fn list(&self, name: &str) -> &[Value];
}

impl Shape for Value {
    fn field(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(NONE)
    }

    fn line(&self, name: &str) -> String {
        line_of(self.field(name))
    }

    fn lines(&self, name: &str) -> String {
        clean::text(
            self.field(name).as_str().unwrap_or_default(),
            clean::BODY_MAX,
        )
    }

    fn number(&self, name: &str) -> u64 {
        self.some_number(name).unwrap_or(0)
    }

    fn some_number(&self, name: &str) -> Option<u64> {
        self.field(name).as_u64()
    }

    fn is(&self, name: &str) -> bool {
        self.field(name).as_bool().unwrap_or(false)
    }

    fn list(&self, name: &str) -> &[Value] {
        self.field(name).as_array().map_or(&[], Vec::as_slice)
    }
}

/// A value as one cleaned line; nothing for null.
pub fn line_of(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean::line(text, 200),
        Value::Array(many) => many.iter().map(line_of).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// The short form of an id: its letter and the first eight characters, as people see it.
pub fn short(id: &str) -> String {
    clean::line(id, 200).chars().take(10).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_missing_reads_as_nothing_and_foreign_text_is_cleaned() {
        let answer = json!({"title": "停\u{202e}电\u{1b}[2J", "n": 3, "list": [1, 2]});
        assert_eq!(answer.line("title"), "停电 [2J");
        assert_eq!((answer.number("n"), answer.number("m")), (3, 0));
        assert_eq!(answer.list("list").len(), 2);
        assert!(answer.list("nothing").is_empty() && !answer.is("nothing"));
        assert_eq!(answer.line("list"), "1 2");
    }
}
