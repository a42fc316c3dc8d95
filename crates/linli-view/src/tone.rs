//! The few tones a screen has, and the small words that carry them. A tone is never alone: there is always a
//! word (and in the drawing a shape) that says the same.

/// How something should stand out. The theme turns it into colours.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Tone {
    /// Like the text around it.
    #[default]
    Plain,
    /// Less than the text around it.
    Quiet,
    /// In progress, or simply told.
    Info,
    /// As it should be.
    Good,
    /// Look at it.
    Warn,
    /// Look at it soon.
    Alert,
    /// Look at it now.
    Danger,
}

/// A small word in a coloured frame.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Badge {
    /// The word.
    pub word: String,
    /// Its tone.
    pub tone: Tone,
}

impl Badge {
    /// A badge.
    #[must_use]
    pub fn new(word: String, tone: Tone) -> Self {
        Self { word, tone }
    }
}
