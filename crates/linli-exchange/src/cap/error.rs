//! Why a file is no CAP message, with the element and the line, in both languages.

use std::fmt;

/// Why a file is refused. Nothing in it is repaired.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CapError {
    /// The line, counted from 1.
    pub line: u32,
    /// The element it is about; empty when it is the file as a whole.
    pub element: String,
    /// What is wrong.
    pub fault: CapFault,
}

/// What is wrong with a file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CapFault {
    /// More than [`super::BYTES_MAX`], or more elements than any alert has.
    TooLarge,
    /// Elements within elements, deeper than any alert goes.
    TooDeep,
    /// Bytes that are not of the encoding they say, or of one that is not read.
    Encoding,
    /// Not well-formed.
    NotXml,
    /// A document type: it could make the file grow without end or fetch other files, so none is read.
    Doctype,
    /// An entity that XML itself does not have.
    Entity,
    /// A character that XML does not allow.
    Character,
    /// XML, but not CAP.
    NotCap,
    /// CAP 1.0 or 1.1.
    OldVersion,
    /// A required element is not there.
    Missing,
    /// An element that stands there once stands there again.
    Twice,
    /// An element or text that has no place there.
    Unexpected,
    /// Not one of the words of this element.
    Word,
    /// No date and time with an offset in figures.
    Time,
    /// Not `sender,identifier,sent`.
    Reference,
    /// Nothing where something must stand.
    Empty,
}

impl CapFault {
    /// The same as a word for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "too-large",
            Self::TooDeep => "too-deep",
            Self::Encoding => "encoding",
            Self::NotXml => "not-xml",
            Self::Doctype => "doctype",
            Self::Entity => "entity",
            Self::Character => "character",
            Self::NotCap => "not-cap",
            Self::OldVersion => "old-version",
            Self::Missing => "missing",
            Self::Twice => "twice",
            Self::Unexpected => "unexpected",
            Self::Word => "word",
            Self::Time => "time",
            Self::Reference => "reference",
            Self::Empty => "empty",
        }
    }

    const fn sentences(self) -> (&'static str, &'static str) {
        match self {
            Self::TooLarge => (
                "文件太大,预警消息不会这样大",
                "the file is larger than any alert",
            ),
            Self::TooDeep => (
                "元素嵌套太深",
                "elements are nested deeper than in any alert",
            ),
            Self::Encoding => (
                "文字编码不对,请存成 UTF-8",
                "the encoding is broken or not one we read; save it as UTF-8",
            ),
            Self::NotXml => ("不是完好的 XML", "this is not well-formed XML"),
            Self::Doctype => (
                "含有文档类型声明(DOCTYPE),为安全起见不读",
                "it declares a document type (DOCTYPE), which is not read for safety",
            ),
            Self::Entity => (
                "引用了 XML 本身没有的实体",
                "it refers to an entity that XML does not have",
            ),
            Self::Character => (
                "含有 XML 不允许的字符",
                "there is a character that XML does not allow",
            ),
            Self::NotCap => ("不是 CAP 预警消息", "this is no CAP alert"),
            Self::OldVersion => (
                "是旧版 CAP(1.0 或 1.1),这里只读 1.2",
                "this is CAP 1.0 or 1.1; only 1.2 is read",
            ),
            Self::Missing => ("缺少必需的内容", "what must stand there is missing"),
            Self::Twice => (
                "只能有一个,却有几个",
                "only one may stand there, and there are several",
            ),
            Self::Unexpected => ("这里不该有这项内容", "this has no place there"),
            Self::Word => (
                "不是 CAP 1.2 规定的词",
                "this is none of the words that CAP 1.2 has for it",
            ),
            Self::Time => (
                "时间写法不对,应像 2026-11-22T14:05:00+08:00(时区要写数字,不能写 Z)",
                "the time must look like 2026-11-22T14:05:00+08:00, with the offset in figures and not Z",
            ),
            Self::Reference => (
                "引用应写成 发送者,编号,时间",
                "a reference is sender,identifier,sent",
            ),
            Self::Empty => ("内容是空的", "it is empty"),
        }
    }
}

impl CapError {
    /// The sentence in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let what = self.fault.sentences().0;
        if self.element.is_empty() {
            format!("第 {} 行：{what}", self.line)
        } else {
            format!("第 {} 行 <{}>：{what}", self.line, self.element)
        }
    }

    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        let what = self.fault.sentences().1;
        if self.element.is_empty() {
            format!("line {}: {what}", self.line)
        } else {
            format!("line {}, <{}>: {what}", self.line, self.element)
        }
    }
}

impl fmt::Display for CapError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en())
    }
}

impl std::error::Error for CapError {}
