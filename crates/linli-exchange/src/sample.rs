//! Registers of people who do not exist, of any size: for tests, benchmarks and demonstrations.
//!
//! Every number is inside ranges that belong to nobody (phones 1390000xxxx, division 110101 as in the sample
//! files); the same size always gives the same rows.

use std::fmt::Write;

use crate::register::check_character;

/// The headings, as [`rows`] orders its cells.
pub const HEADINGS: [&str; 11] = [
    "楼栋",
    "单元",
    "房号",
    "建筑面积(㎡)",
    "姓名",
    "手机号码",
    "身份证号",
    "与户主关系",
    "居住性质",
    "车牌号",
    "备注",
];

const SURNAMES: [&str; 20] = [
    "赵", "钱", "孙", "李", "周", "吴", "郑", "王", "冯", "陈", "褚", "卫", "蒋", "沈", "韩", "杨",
    "欧阳", "司马", "诸葛", "上官",
];
const GIVEN: [&str; 20] = [
    "文", "静", "海", "玉", "明", "华", "琳", "芳", "怡", "远", "桂", "思", "磊", "梅", "平", "雪",
    "建", "杰", "喆", "㛃",
];
const RELATIONS: [&str; 4] = ["户主", "配偶", "子", "母"];
const USES: [&str; 8] = [
    "自住", "自住", "自住", "自住", "自住", "出租", "出租", "空置",
];

/// So many rows: people of 600 units a building, up to four a unit, spelled as variously as real registers are.
pub fn rows(count: u32) -> impl Iterator<Item = [String; 11]> {
    (0..count).map(row)
}

/// The same as CSV in UTF-8 with a mark and CR LF, as our own export would be.
pub fn csv(count: u32) -> String {
    let mut text = format!("\u{FEFF}{}\r\n", HEADINGS.join(","));
    for row in rows(count) {
        // Writing to a String cannot fail.
        let _ = write!(text, "{}\r\n", row.join(","));
    }
    text
}

fn row(index: u32) -> [String; 11] {
    let mix = scramble(index);
    let pick = |list: &[&'static str], shift: u32| {
        let at = usize::try_from(mix >> shift).unwrap_or(0) % list.len().max(1);
        list.get(at).copied().unwrap_or_default()
    };
    let (unit, member) = (index / 4, index % 4);
    let building = unit / 600 + 1;
    let stair = unit / 200 % 3 + 1;
    let room = (unit / 4 % 50 + 1) * 100 + unit % 4 + 1;
    let spelled = match mix % 16 {
        0 => format!("{building}幢"),
        1 => format!("{building}#"),
        2 => building.to_string(),
        _ => format!("{building}号楼"),
    };
    let area = if member == 0 {
        format!("{}.{}", 58 + unit % 80, unit % 10)
    } else {
        String::new()
    };
    let name = format!(
        "{}{}{}",
        pick(&SURNAMES, 4),
        pick(&GIVEN, 9),
        pick(&GIVEN, 14)
    );
    let phone = match mix % 5 {
        0 => String::new(),
        1 => format!("139 0000-{:04}", index % 10_000),
        _ => format!("1390000{:04}", index % 10_000),
    };
    let plate = if mix.is_multiple_of(6) {
        format!("京A·D{:04}{}", index % 10_000, index / 10_000 % 10)
    } else {
        String::new()
    };
    [
        spelled,
        if mix.is_multiple_of(12) {
            format!(
                "{}单元",
                ["一", "二", "三"][usize::try_from(stair - 1).unwrap_or(0) % 3]
            )
        } else {
            format!("{stair}单元")
        },
        room.to_string(),
        area,
        name,
        phone,
        if mix % 11 == 3 {
            String::new()
        } else {
            id_number(index)
        },
        RELATIONS[usize::try_from(member).unwrap_or(0) % 4].to_owned(),
        USES[usize::try_from(scramble(unit)).unwrap_or(0) % 8].to_owned(),
        plate,
        if mix.is_multiple_of(9) {
            "流动人口".to_owned()
        } else {
            String::new()
        },
    ]
}

/// A different number with a right check character for each index up to 9,999,999.
fn id_number(index: u32) -> String {
    let (serial, day) = (index % 1000, index / 1000);
    let digits = format!(
        "110101{}{:02}{:02}{serial:03}",
        1940 + day / 336 % 80,
        day / 28 % 12 + 1,
        day % 28 + 1
    );
    let check = check_character(digits.as_bytes()).unwrap_or('0');
    format!("{digits}{check}")
}

/// Spreads neighbouring indices apart (the finalizer of MurmurHash3), so that columns do not move in step.
fn scramble(index: u32) -> u32 {
    let mut x = index.wrapping_add(0x9E37_79B9);
    x = (x ^ (x >> 16)).wrapping_mul(0x85EB_CA6B);
    x = (x ^ (x >> 13)).wrapping_mul(0xC2B2_AE35);
    x ^ (x >> 16)
}
