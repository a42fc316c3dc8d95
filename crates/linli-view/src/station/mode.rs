//! What the station's keys lead to: one key an action, one table for keys, buttons, guide and tests.

/// What the station's field takes, or what it shows beside the verdict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Mode {
    /// A scanned pass, or the eight digits of one.
    #[default]
    Scan,
    /// A plate.
    Plate,
    /// The unit somebody without a pass wants to go to.
    WalkIn,
    /// The unit a delivery without a pass goes to.
    Delivery,
    /// The plate or code of somebody who leaves.
    Exit,
    /// The badge of the guard who takes over.
    Badge,
    /// No text: the number of the line that was a wrong click, then Enter.
    Correct,
    /// No text: the number of a reason to let somebody in.
    Override,
    /// No text: the number of a reason to open for everybody, then Enter; or Enter to shut again.
    OpenAll,
    /// Passes used too often.
    Incidents,
    /// Who is inside, as a list to take along.
    Evacuation,
    /// The path of a picture of a pass.
    Picture,
    /// The PIN of the pass that was just scanned.
    Pin,
    /// The unit of somebody who says that they live there and has no card.
    Resident,
    /// Part of a unit that is looked up.
    Unit,
    /// Who is not let in.
    Refusals,
    /// Calls to households, and how they stand.
    Calls,
    /// The day sheet: written when the key is pressed, then the place where it is.
    Sheet,
}

impl Mode {
    /// All that have a key, in the order of the buttons. The PIN has none: the gate asks for it. A resident is a walk-in
    /// whose key was pressed twice.
    pub const KEYED: [Self; 16] = [
        Self::Scan,
        Self::Plate,
        Self::WalkIn,
        Self::Delivery,
        Self::Exit,
        Self::Badge,
        Self::Correct,
        Self::Override,
        Self::OpenAll,
        Self::Incidents,
        Self::Evacuation,
        Self::Unit,
        Self::Refusals,
        Self::Calls,
        Self::Sheet,
        Self::Picture,
    ];

    /// The key that leads there; empty for the PIN and for a resident.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Scan => "F1",
            Self::Plate => "F2",
            Self::WalkIn => "F3",
            Self::Unit => "Ctrl+F",
            Self::Refusals => "Ctrl+R",
            Self::Calls => "Ctrl+B",
            Self::Sheet => "Ctrl+P",
            Self::Delivery => "F4",
            Self::Exit => "F5",
            Self::Badge => "F6",
            Self::Correct => "F7",
            Self::Override => "F8",
            Self::OpenAll => "F9",
            Self::Incidents => "F10",
            Self::Evacuation => "F12",
            Self::Picture => "Ctrl+O",
            Self::Pin | Self::Resident => "",
        }
    }

    /// The Fluent key of its button, which names the key too.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Scan => "station-mode-scan",
            Self::Plate => "station-mode-plate",
            Self::WalkIn => "station-mode-walk-in",
            Self::Delivery => "station-mode-delivery",
            Self::Exit => "station-mode-exit",
            Self::Badge => "station-mode-badge",
            Self::Correct => "station-mode-correct",
            Self::Override => "station-mode-override",
            Self::OpenAll => "station-mode-open-all",
            Self::Incidents => "station-mode-incidents",
            Self::Evacuation => "station-mode-evacuation",
            Self::Picture => "station-mode-picture",
            Self::Pin => "station-mode-pin",
            Self::Resident => "station-mode-resident",
            Self::Unit => "station-mode-unit",
            Self::Refusals => "station-mode-refusals",
            Self::Calls => "station-mode-calls",
            Self::Sheet => "station-mode-sheet",
        }
    }

    /// Does it take text with a cursor and an input method?
    #[must_use]
    pub const fn is_field(self) -> bool {
        matches!(
            self,
            Self::Plate
                | Self::WalkIn
                | Self::Resident
                | Self::Delivery
                | Self::Unit
                | Self::Exit
                | Self::Badge
                | Self::Picture
        )
    }

    /// Does its answer stand below the keys, in place of the lists of a quiet hour?
    #[must_use]
    pub const fn is_page(self) -> bool {
        matches!(
            self,
            Self::Incidents
                | Self::Evacuation
                | Self::Unit
                | Self::Refusals
                | Self::Calls
                | Self::Sheet
        )
    }

    /// Does it take a number as a choice?
    #[must_use]
    pub const fn is_choice(self) -> bool {
        matches!(self, Self::Correct | Self::Override | Self::OpenAll)
    }
}
