//! What the demo hospital asks of its people, over three fiscal years.

use chrono::{DateTime, TimeDelta, Utc};

use super::careers::ON_LONG_LEAVE;
use super::days::{Days, OPEN_FOR};
use super::people;

/// Something that is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Its short name. The year's course sorts before the smaller ones.
    pub code: String,
    /// What it is called.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Why the hospital asks for it.
    pub basis: &'static str,
    /// The same in English.
    pub basis_en: &'static str,
    /// The fiscal year that it belongs to.
    pub year: i64,
    /// From when it can be done.
    pub opens_at: DateTime<Utc>,
    /// The first instant that is too late.
    pub due_at: DateTime<Utc>,
    /// The first instant at which a completion no longer counts.
    pub valid_until: Option<DateTime<Utc>>,
    /// Its modules.
    pub lists: Lists,
    /// Who owes it.
    pub whom: Whom,
}

/// Which modules are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lists {
    /// Those of each person's track.
    Tracks,
    /// The same of everybody, as it was before there were tracks.
    Everybody,
    /// These.
    These(&'static [&'static str]),
}

/// Who owes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whom {
    /// Everybody at the hospital.
    Everybody,
    /// Whoever joins from its first day on.
    Joiners,
    /// These people.
    These(&'static [u32]),
}

/// Those who write for the hospital: the public relations office and the people who help there beside their own work.
pub(super) const OFFICIAL: [u32; 10] =
    [103_300, 103_301, 103_302, 103_303, 103_103, 100_322, 100_404, 100_504, 100_607, 102_203];
/// Those who take pictures for the hospital.
pub(super) const PHOTO: [u32; 7] = [100_321, 100_403, 100_705, 102_202, 102_206, 102_302, 103_301];

/// Everything that is asked for: the courses of three years, oldest first, and three smaller ones of this year.
pub(super) fn asked(days: &Days) -> Vec<Asked> {
    let year = days.year();
    vec![
        course(days, year - 2),
        course(days, year - 1),
        course(days, year),
        on_joining(days),
        official(days),
        photo(days),
    ]
}

fn course(days: &Days, year: i64) -> Asked {
    let ago = days.year() - year;
    let (opens, due) = if ago == 0 {
        // Half of the people are still on their way when a newcomer looks in.
        (days.ago(OPEN_FOR), (days.today() + TimeDelta::days(27)).min(days.last_day()))
    } else {
        let opens = days.half_year(ago);
        (opens, opens + TimeDelta::days(60))
    };
    Asked {
        code: format!("sns-{year}"),
        title: format!("SNSの約束 {year}年度"),
        title_en: format!("Our social media promises, FY{year}"),
        basis: "就業規則（秘密を守る義務）とSNS利用規程による年1回の研修です。個人情報保護の研修と医療安全の研修を兼ねます。",
        basis_en: "Yearly training under the rules of employment (duty of confidentiality) and the social media policy. \
                   It also counts as training in data protection and in patient safety.",
        year,
        opens_at: days.at(opens, 0, 0),
        due_at: days.calendar.end_of(due),
        valid_until: None,
        lists: if ago == 0 { Lists::Tracks } else { Lists::Everybody },
        whom: Whom::Everybody,
    }
}

/// Its date is sixty days after each person's first day of work.
fn on_joining(days: &Days) -> Asked {
    let year = days.year();
    let opens = days.month_ago(140);
    Asked {
        code: format!("sns-join-{year}"),
        title: format!("入職時のSNS研修 {year}年度"),
        title_en: format!("Social media training on joining, FY{year}"),
        basis: "SNS利用規程により、入職から60日以内に受けます。",
        basis_en: "Under the social media policy, within 60 days of joining.",
        year,
        opens_at: days.at(opens, 0, 0),
        due_at: days.calendar.end_of(opens + TimeDelta::days(59)),
        valid_until: None,
        lists: Lists::These(&["m1-photo", "m4-handover"]),
        whom: Whom::Joiners,
    }
}

/// Half a year of validity, most of it over: those who did it are due for renewal.
fn official(days: &Days) -> Asked {
    let year = days.year();
    Asked {
        code: format!("sns-official-{year}"),
        title: "公式アカウント担当者研修（有効6か月）".to_owned(),
        title_en: "Training for official accounts (valid for six months)".to_owned(),
        basis: "SNS利用規程により、病院の公式アカウントに書く人が受けます。",
        basis_en: "Under the social media policy, for whoever writes for the hospital's official accounts.",
        year,
        opens_at: days.at(days.ago(140), 0, 0),
        due_at: days.calendar.end_of(days.ago(110)),
        valid_until: Some(days.calendar.end_of(days.today() + TimeDelta::days(42))),
        lists: Lists::These(&["m2-disaster"]),
        whom: Whom::These(&OFFICIAL),
    }
}

/// Its validity is over, and nobody has done it again.
fn photo(days: &Days) -> Asked {
    let year = days.year();
    Asked {
        code: format!("sns-photo-{year}"),
        title: "院内で撮影する人の研修（有効3か月）".to_owned(),
        title_en: "Training for taking pictures in the hospital (valid for three months)".to_owned(),
        basis: "SNS利用規程により、病院の機器で撮影する人が受けます。",
        basis_en: "Under the social media policy, for whoever takes pictures with the hospital's cameras.",
        year,
        opens_at: days.at(days.ago(115), 0, 0),
        due_at: days.calendar.end_of(days.ago(85)),
        valid_until: Some(days.calendar.end_of(days.ago(12))),
        lists: Lists::These(&["m1-photo"]),
        whom: Whom::These(&PHOTO),
    }
}

/// How far somebody gets with something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Goal {
    /// Opens nothing.
    Nothing,
    /// Stops somewhere on the way.
    Middle,
    /// Misses the final test and has not tried again.
    Missed,
    /// Does everything and does not sign.
    Unsigned,
    /// Signs before the date.
    InTime,
    /// Signs after the date.
    Late,
    /// Is exempt.
    Exempt,
}

/// How far the people with a part to play get with the course of this year.
pub(super) fn part(number: u32) -> Option<Goal> {
    match number {
        _ if people::FRESH.contains(&number) => Some(Goal::Nothing),
        people::MIDDLE => Some(Goal::Middle),
        people::TO_SIGN => Some(Goal::Unsigned),
        people::FINISHED | people::WARD_HEAD | people::NURSING_HEAD => Some(Goal::InTime),
        people::RETRY => Some(Goal::Missed),
        people::EXEMPT | 100_423 | 102_112 => Some(Goal::Exempt),
        _ => None,
    }
}

/// Why somebody is exempt.
pub(super) fn exempt_reason(number: u32) -> &'static str {
    match number {
        people::EXEMPT => "今年度、大学院で同じ内容の科目を修めたため（成績証明書を確認）",
        100_423 => "派遣元で同じ内容の研修を修了したため（修了証を確認）",
        ON_LONG_LEAVE => "育児休業のため（復帰した年度から受講）",
        _ => "系列の病院で、今年度の研修を修了したため（修了証を確認）",
    }
}
