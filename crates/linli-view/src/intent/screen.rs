//! The screens, how they look, and which notices one of them lists.

/// The screens there are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Screen {
    /// 首页
    #[default]
    Home,
    /// 通知
    Notices,
    /// 访客
    Visitors,
    /// 互助
    Board,
    /// 邻居
    Neighbours,
    /// 门铃
    Doorbell,
    /// 求助
    Help,
    /// 打电话
    Phones,
    /// 设置
    Settings,
    /// 登记
    Register,
    /// 邀请
    Invite,
}

impl Screen {
    /// Every one there is, whoever sees it.
    pub const EVERY: [Self; 11] = [
        Self::Home,
        Self::Notices,
        Self::Visitors,
        Self::Board,
        Self::Neighbours,
        Self::Doorbell,
        Self::Help,
        Self::Phones,
        Self::Settings,
        Self::Register,
        Self::Invite,
    ];
    /// All, in the order of the rail (and of `Alt+1`...).
    pub const ALL: [Self; 7] = [
        Self::Home,
        Self::Notices,
        Self::Visitors,
        Self::Board,
        Self::Neighbours,
        Self::Doorbell,
        Self::Help,
    ];
    /// Those of a household in the large look: four things to do (看通知, 叫人帮忙, 客人来, 打电话), and the first screen above
    /// them as the one place to come back to.
    pub const ELDERLY: [Self; 5] = [
        Self::Home,
        Self::Notices,
        Self::Help,
        Self::Visitors,
        Self::Phones,
    ];
    /// Those of an office: nobody calls it from a gate, and it looks after the register.
    pub const OFFICE: [Self; 7] = [
        Self::Home,
        Self::Notices,
        Self::Visitors,
        Self::Board,
        Self::Neighbours,
        Self::Help,
        Self::Register,
    ];
    /// Those of a gate: its home is the station, and it invites nobody.
    pub const GATE: [Self; 4] = [Self::Home, Self::Notices, Self::Neighbours, Self::Help];

    /// The word `--screen` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Notices => "notices",
            Self::Visitors => "visitors",
            Self::Board => "board",
            Self::Neighbours => "neighbours",
            Self::Doorbell => "doorbell",
            Self::Help => "help",
            Self::Phones => "phones",
            Self::Settings => "settings",
            Self::Register => "register",
            Self::Invite => "invite",
        }
    }

    /// Reads that word; `sync` and `peers` also mean the neighbours, `pass` the visitors.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "home" => Some(Self::Home),
            "notices" => Some(Self::Notices),
            "visitors" | "pass" | "passes" => Some(Self::Visitors),
            "board" | "posts" => Some(Self::Board),
            "neighbours" | "neighbors" | "sync" | "peers" => Some(Self::Neighbours),
            "doorbell" | "rings" => Some(Self::Doorbell),
            "help" => Some(Self::Help),
            "phones" | "numbers" => Some(Self::Phones),
            "settings" => Some(Self::Settings),
            "register" | "registry" => Some(Self::Register),
            "invite" | "invitations" => Some(Self::Invite),
            _ => None,
        }
    }
}

/// How the window looks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Look {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
    /// 长辈版: large type, large targets, fewer entries, high contrast.
    Elderly,
}

impl Look {
    /// All three.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::Elderly];

    /// The word `--theme` takes.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Elderly => "elderly",
        }
    }

    /// Reads that word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|look| look.id() == word)
    }
}

/// Which notices the list shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum NoticeFilter {
    /// All of them.
    #[default]
    All,
    /// Those that wait for this household.
    NeedsMe,
    /// Those that still hold.
    Current,
}
