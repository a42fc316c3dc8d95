//! The columns of a register and the headings offices give them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Lang, fold};

/// A column that the import understands. Order is the order of a printed register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// 楼栋 (幢).
    Building,
    /// 单元.
    Stair,
    /// 房号 (室).
    Room,
    /// 建筑面积, m².
    Area,
    /// 网格: the grid cell.
    Grid,
    /// 姓名.
    Name,
    /// 手机号码; two numbers may stand in one cell.
    Phone,
    /// 公民身份号码 (GB 11643) or another document's number.
    IdNumber,
    /// 与户主关系.
    Relation,
    /// 居住性质: lived in, let, vacant.
    Use,
    /// 车牌号 (GA 36); two may stand in one cell.
    Plate,
    /// 备注.
    Note,
}

impl Column {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Building,
        Self::Stair,
        Self::Room,
        Self::Area,
        Self::Grid,
        Self::Name,
        Self::Phone,
        Self::IdNumber,
        Self::Relation,
        Self::Use,
        Self::Plate,
        Self::Note,
    ];

    /// Without these no row can be placed. 单元 is not among them: some houses have one stair only.
    pub const REQUIRED: [Self; 3] = [Self::Building, Self::Room, Self::Name];

    /// The heading we write ourselves and name in sentences.
    pub const fn heading(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::ZhCn, Self::Building) => "楼栋",
            (Lang::ZhCn, Self::Stair) => "单元",
            (Lang::ZhCn, Self::Room) => "房号",
            (Lang::ZhCn, Self::Area) => "建筑面积(㎡)",
            (Lang::ZhCn, Self::Grid) => "网格",
            (Lang::ZhCn, Self::Name) => "姓名",
            (Lang::ZhCn, Self::Phone) => "手机号码",
            (Lang::ZhCn, Self::IdNumber) => "身份证号",
            (Lang::ZhCn, Self::Relation) => "与户主关系",
            (Lang::ZhCn, Self::Use) => "居住性质",
            (Lang::ZhCn, Self::Plate) => "车牌号",
            (Lang::ZhCn, Self::Note) => "备注",
            (Lang::En, Self::Building) => "building",
            (Lang::En, Self::Stair) => "stair",
            (Lang::En, Self::Room) => "room",
            (Lang::En, Self::Area) => "area",
            (Lang::En, Self::Grid) => "grid cell",
            (Lang::En, Self::Name) => "name",
            (Lang::En, Self::Phone) => "phone",
            (Lang::En, Self::IdNumber) => "ID number",
            (Lang::En, Self::Relation) => "relation",
            (Lang::En, Self::Use) => "use",
            (Lang::En, Self::Plate) => "plate",
            (Lang::En, Self::Note) => "note",
        }
    }

    /// Which column a heading means. Blanks, line breaks, brackets and stars in it do not count.
    ///
    /// ```
    /// use linli_exchange::register::Column;
    /// assert_eq!(Column::from_heading("*联系 电话(必填)"), Some(Column::Phone));
    /// assert_eq!(Column::from_heading("序号"), None);
    /// ```
    pub fn from_heading(heading: &str) -> Option<Self> {
        let plain = plain_heading(heading);
        let known = |word: &str| {
            let mut all = Self::ALL.into_iter();
            all.find(|column| column.synonyms().contains(&word))
        };
        // 房号/室: a heading that offers two words.
        known(&plain).or_else(|| plain.split('/').find_map(known))
    }

    const fn synonyms(self) -> &'static [&'static str] {
        match self {
            Self::Building => &[
                "楼栋",
                "楼幢",
                "幢",
                "栋",
                "楼",
                "座",
                "幢号",
                "栋号",
                "楼号",
                "座号",
                "楼栋号",
                "楼幢号",
                "楼宇",
                "BUILDING",
            ],
            Self::Stair => &["单元", "单元号", "梯", "梯号", "STAIR", "UNIT"],
            Self::Room => &[
                "房号",
                "房间号",
                "房间",
                "室",
                "室号",
                "房室号",
                "房屋号",
                "门牌",
                "门牌号",
                "户号",
                "ROOM",
            ],
            Self::Area => &[
                "建筑面积",
                "面积",
                "产权面积",
                "房屋面积",
                "房屋建筑面积",
                "AREA",
            ],
            Self::Grid => &[
                "网格",
                "网格号",
                "网格编号",
                "网格代码",
                "单元网格",
                "所属网格",
                "所在网格",
                "GRID",
                "GRIDCELL",
            ],
            Self::Name => &[
                "姓名",
                "住户姓名",
                "业主姓名",
                "居民姓名",
                "人员姓名",
                "名字",
                "NAME",
            ],
            Self::Phone => &[
                "手机号码",
                "手机号",
                "手机",
                "电话",
                "电话号码",
                "联系电话",
                "联系方式",
                "联系手机",
                "PHONE",
                "MOBILE",
            ],
            Self::IdNumber => &[
                "身份证号",
                "身份证号码",
                "身份证",
                "居民身份证号",
                "居民身份证号码",
                "证件号",
                "证件号码",
                "公民身份号码",
                "公民身份证号码",
                "IDNUMBER",
            ],
            Self::Relation => &[
                "与户主关系",
                "与户主的关系",
                "户主关系",
                "与业主关系",
                "关系",
                "RELATION",
            ],
            Self::Use => &[
                "居住性质",
                "居住情况",
                "居住状态",
                "居住类型",
                "房屋用途",
                "房屋性质",
                "使用性质",
                "使用情况",
                "用途",
                "USE",
            ],
            Self::Plate => &[
                "车牌号",
                "车牌",
                "车牌号码",
                "号牌号码",
                "机动车号牌",
                "车辆号牌",
                "PLATE",
            ],
            Self::Note => &["备注", "备注说明", "附注", "说明", "NOTE", "NOTES"],
        }
    }
}

/// The English heading, for logs and errors in code.
impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.heading(Lang::En))
    }
}

fn plain_heading(heading: &str) -> String {
    let compact = fold::compact(heading);
    let mut plain = String::with_capacity(compact.len());
    let mut depth = 0_u32;
    for c in compact.chars() {
        match c {
            '(' | '[' | '【' => depth = depth.saturating_add(1),
            ')' | ']' | '】' => depth = depth.saturating_sub(1),
            '*' | ':' | '_' => {}
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}
