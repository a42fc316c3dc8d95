//! Sixty-four pictures that two people can tell apart over a phone, and seven of them in a row.
//!
//! The table (number, picture, English and Chinese name) is that of the short authentication string in the
//! Matrix specification (Apache License 2.0, see `NOTICE`): it was chosen for pictures that differ in shape,
//! colour and name, and its translations were made by native speakers. Seven of 64 are 42 bits.

use linli_base::{CommunityId, hash};
use std::fmt::{self, Write as _};
use subtle::ConstantTimeEq;

/// Domain of a community's fingerprint.
const DOMAIN_FINGERPRINT: &str = "linli/fingerprint/1";

/// One picture of the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Emoji {
    /// Its place in the table, 0 to 63.
    pub number: u8,
    /// The picture; some carry U+FE0F so that they are drawn in colour.
    pub emoji: &'static str,
    /// Its English name.
    pub en: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
}

/// Which names stand beside the pictures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lang {
    /// Simplified Chinese.
    ZhCn,
    /// English.
    En,
}

/// Seven pictures: a key comparison or a fingerprint. Every number in it is below 64.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seven([u8; 7]);

impl Seven {
    /// The first 42 bits, most significant first, six to a picture; the last six bits are not used.
    #[must_use]
    pub fn from_bits(bits: &[u8; 6]) -> Self {
        let all = bits
            .iter()
            .fold(0u64, |acc, &byte| (acc << 8) | u64::from(byte));
        // Seven times six bits of the 48, from the top; the mask keeps each below 64.
        Self(std::array::from_fn(|i| ((all >> (42 - 6 * i)) & 63) as u8))
    }

    /// From numbers that came from elsewhere; `None` when one is above 63.
    #[must_use]
    pub fn from_numbers(numbers: [u8; 7]) -> Option<Self> {
        numbers.iter().all(|&n| n < 64).then_some(Self(numbers))
    }

    /// The numbers.
    #[must_use]
    pub const fn numbers(&self) -> [u8; 7] {
        self.0
    }

    /// The pictures, in order.
    pub fn emoji(&self) -> impl Iterator<Item = &'static Emoji> + use<> {
        self.0.into_iter().filter_map(|n| TABLE.get(usize::from(n)))
    }

    /// Whether both are the same, in a time that does not depend on where they differ.
    #[must_use]
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }

    /// Pictures with their names, as they are shown and can be typed back: `🐶狗、🐱猫…` or `🐶 Dog, 🐱 Cat…`.
    #[must_use]
    pub fn display(&self, lang: Lang) -> String {
        let mut out = String::new();
        for (i, e) in self.emoji().enumerate() {
            let (between, space, name) = match lang {
                Lang::ZhCn => ("、", "", e.zh),
                Lang::En => (", ", " ", e.en),
            };
            let between = if i == 0 { "" } else { between };
            // Writing to a String cannot fail.
            let _ = write!(out, "{between}{}{space}{name}", e.emoji);
        }
        out
    }
}

impl fmt::Display for Seven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.emoji().try_for_each(|e| f.write_str(e.emoji))
    }
}

impl fmt::Debug for Seven {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A community's fingerprint in pictures, for posters and for comparing two screens.
#[must_use]
pub fn emoji_of(community: &CommunityId) -> Seven {
    let hash = hash::blake3_of(DOMAIN_FINGERPRINT, community, &[]);
    let mut bits = [0; 6];
    bits.copy_from_slice(&hash[..6]);
    Seven::from_bits(&bits)
}

const fn row(number: u8, emoji: &'static str, en: &'static str, zh: &'static str) -> Emoji {
    Emoji {
        number,
        emoji,
        en,
        zh,
    }
}

/// The 64 pictures, by number.
pub const TABLE: [Emoji; 64] = [
    row(0, "🐶", "Dog", "狗"),
    row(1, "🐱", "Cat", "猫"),
    row(2, "🦁", "Lion", "狮子"),
    row(3, "🐎", "Horse", "马"),
    row(4, "🦄", "Unicorn", "独角兽"),
    row(5, "🐷", "Pig", "猪"),
    row(6, "🐘", "Elephant", "大象"),
    row(7, "🐰", "Rabbit", "兔子"),
    row(8, "🐼", "Panda", "熊猫"),
    row(9, "🐓", "Rooster", "公鸡"),
    row(10, "🐧", "Penguin", "企鹅"),
    row(11, "🐢", "Turtle", "乌龟"),
    row(12, "🐟", "Fish", "鱼"),
    row(13, "🐙", "Octopus", "章鱼"),
    row(14, "🦋", "Butterfly", "蝴蝶"),
    row(15, "🌷", "Flower", "花"),
    row(16, "🌳", "Tree", "树"),
    row(17, "🌵", "Cactus", "仙人掌"),
    row(18, "🍄", "Mushroom", "蘑菇"),
    row(19, "🌏", "Globe", "地球"),
    row(20, "🌙", "Moon", "月亮"),
    row(21, "☁\u{fe0f}", "Cloud", "云"),
    row(22, "🔥", "Fire", "火"),
    row(23, "🍌", "Banana", "香蕉"),
    row(24, "🍎", "Apple", "苹果"),
    row(25, "🍓", "Strawberry", "草莓"),
    row(26, "🌽", "Corn", "玉米"),
    row(27, "🍕", "Pizza", "披萨"),
    row(28, "🎂", "Cake", "蛋糕"),
    row(29, "❤\u{fe0f}", "Heart", "心"),
    row(30, "😀", "Smiley", "笑脸"),
    row(31, "🤖", "Robot", "机器人"),
    row(32, "🎩", "Hat", "帽子"),
    row(33, "👓", "Glasses", "眼镜"),
    row(34, "🔧", "Spanner", "扳手"),
    row(35, "🎅", "Santa", "圣诞老人"),
    row(36, "👍", "Thumbs Up", "赞"),
    row(37, "☂\u{fe0f}", "Umbrella", "伞"),
    row(38, "⌛", "Hourglass", "沙漏"),
    row(39, "⏰", "Clock", "时钟"),
    row(40, "🎁", "Gift", "礼物"),
    row(41, "💡", "Light Bulb", "灯泡"),
    row(42, "📕", "Book", "书"),
    row(43, "✏\u{fe0f}", "Pencil", "铅笔"),
    row(44, "📎", "Paperclip", "回形针"),
    row(45, "✂\u{fe0f}", "Scissors", "剪刀"),
    row(46, "🔒", "Lock", "锁"),
    row(47, "🔑", "Key", "钥匙"),
    row(48, "🔨", "Hammer", "锤子"),
    row(49, "☎\u{fe0f}", "Telephone", "电话"),
    row(50, "🏁", "Flag", "旗帜"),
    row(51, "🚂", "Train", "火车"),
    row(52, "🚲", "Bicycle", "自行车"),
    row(53, "✈\u{fe0f}", "Aeroplane", "飞机"),
    row(54, "🚀", "Rocket", "火箭"),
    row(55, "🏆", "Trophy", "奖杯"),
    row(56, "⚽", "Ball", "球"),
    row(57, "🎸", "Guitar", "吉他"),
    row(58, "🎺", "Trumpet", "喇叭"),
    row(59, "🔔", "Bell", "铃铛"),
    row(60, "⚓", "Anchor", "锚"),
    row(61, "🎧", "Headphones", "耳机"),
    row(62, "📁", "Folder", "文件夹"),
    row(63, "📌", "Pin", "图钉"),
];
