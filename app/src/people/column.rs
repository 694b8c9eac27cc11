//! The columns of a list of staff, in words.

use crate::{Lang, say};
use serde::{Deserialize, Serialize};

/// What a column of a list of staff holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StaffColumn {
    /// 職員番号
    Number,
    /// 氏名, both names in one cell
    FullName,
    /// 姓
    Family,
    /// 名
    Given,
    /// フリガナ, both readings in one cell
    FullKana,
    /// セイ
    FamilyKana,
    /// メイ
    GivenKana,
    /// ローマ字
    Roman,
    /// 部署コード
    Department,
    /// 部署名
    DepartmentName,
    /// 部署名（英語）
    DepartmentNameEn,
    /// 上位部署コード
    Parent,
    /// 職種
    Profession,
    /// 雇用区分
    Employment,
    /// 院内メール, the address at work
    Mail,
    /// 入職日, the first day of work
    Joined,
    /// 退職日, the last day of work
    Left,
    /// 兼務部署コード
    Side,
}

impl StaffColumn {
    /// All of them, in the order in which a list is best written.
    pub const ALL: [Self; 18] = [
        Self::Number,
        Self::FullName,
        Self::Family,
        Self::Given,
        Self::FullKana,
        Self::FamilyKana,
        Self::GivenKana,
        Self::Roman,
        Self::Department,
        Self::DepartmentName,
        Self::DepartmentNameEn,
        Self::Parent,
        Self::Profession,
        Self::Employment,
        Self::Mail,
        Self::Joined,
        Self::Left,
        Self::Side,
    ];

    /// The heading of the column.
    pub fn words(self, lang: Lang) -> String {
        match self {
            Self::Number => say!(lang, "職員番号", "Staff number"),
            Self::FullName => say!(lang, "氏名", "Name"),
            Self::Family => say!(lang, "姓", "Family name"),
            Self::Given => say!(lang, "名", "Given name"),
            Self::FullKana => say!(lang, "フリガナ", "Reading"),
            Self::FamilyKana => say!(lang, "セイ", "Reading of family name"),
            Self::GivenKana => say!(lang, "メイ", "Reading of given name"),
            Self::Roman => say!(lang, "ローマ字", "Name in Latin letters"),
            Self::Department => say!(lang, "部署コード", "Department code"),
            Self::DepartmentName => say!(lang, "部署名", "Department"),
            Self::DepartmentNameEn => say!(lang, "部署名（英語）", "Department (English)"),
            Self::Parent => say!(lang, "上位部署コード", "Parent department code"),
            Self::Profession => say!(lang, "職種", "Profession"),
            Self::Employment => say!(lang, "雇用区分", "Employment"),
            Self::Mail => say!(lang, "院内メール", "Work mail"),
            Self::Joined => say!(lang, "入職日", "First day of work"),
            Self::Left => say!(lang, "退職日", "Last day of work"),
            Self::Side => say!(lang, "兼務部署コード", "Other department codes"),
        }
    }
}
