//! The departments of the demo hospital, and who works in them.

/// One department: where it hangs, what it is called, and how many people of which profession it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// Its code. People who began there have numbers that start with it.
    pub code: &'static str,
    /// The code of the department above; empty at the top.
    pub above: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// The same in English.
    pub name_en: &'static str,
    /// Its people: the first of the first line stands at the top.
    pub crew: &'static [Crew],
}

/// So many people of one profession and one sort of employment.
pub(super) type Crew = (&'static str, &'static str, i64);

const NURSE: &str = "看護師";
const AIDE: &str = "看護補助者";
const DOCTOR: &str = "医師";
const CLERK: &str = "事務";

const FULL: &str = "常勤";
const PART: &str = "非常勤";
const AGENCY: &str = "派遣";

/// The whole tree, each department after the one above it: 240 people.
pub(super) const UNITS: [Unit; 25] = [
    unit("1000", "", "みなとの森病院", "Minato-no-Mori Hospital", &[(DOCTOR, FULL, 1)]),
    unit("1001", "1000", "看護部", "Nursing Department", &[(NURSE, FULL, 3)]),
    unit(
        "1003",
        "1001",
        "3病棟",
        "Ward 3",
        &[(NURSE, FULL, 23), (NURSE, PART, 2), (AIDE, PART, 2), (AIDE, AGENCY, 1)],
    ),
    unit(
        "1004",
        "1001",
        "4病棟",
        "Ward 4",
        &[(NURSE, FULL, 19), (NURSE, PART, 2), (AIDE, PART, 2), (AIDE, AGENCY, 1)],
    ),
    unit(
        "1005",
        "1001",
        "5病棟",
        "Ward 5",
        &[(NURSE, FULL, 17), (NURSE, PART, 1), ("介護福祉士", FULL, 2), (AIDE, PART, 2)],
    ),
    unit(
        "1006",
        "1001",
        "外来",
        "Outpatient Clinic",
        &[(NURSE, FULL, 13), (NURSE, PART, 8), (CLERK, AGENCY, 2)],
    ),
    unit("1007", "1001", "手術室", "Operating Theatre", &[(NURSE, FULL, 12), ("臨床工学技士", FULL, 3)]),
    unit("1010", "1000", "診療部", "Medical Department", &[(DOCTOR, FULL, 1)]),
    unit("1011", "1010", "内科", "Internal Medicine", &[(DOCTOR, FULL, 8), (DOCTOR, PART, 2)]),
    unit("1012", "1010", "外科", "Surgery", &[(DOCTOR, FULL, 7), (DOCTOR, PART, 1)]),
    unit("1013", "1010", "小児科", "Paediatrics", &[(DOCTOR, FULL, 4), (DOCTOR, PART, 1)]),
    unit("1014", "1010", "精神科", "Psychiatry", &[(DOCTOR, FULL, 3), ("公認心理師", FULL, 2)]),
    unit("1020", "1000", "医療技術部", "Medical Technology Department", &[("臨床検査技師", FULL, 1)]),
    unit(
        "1021",
        "1020",
        "薬剤部",
        "Pharmacy",
        &[("薬剤師", FULL, 10), ("薬剤師", PART, 2), (CLERK, AGENCY, 1)],
    ),
    unit(
        "1022",
        "1020",
        "リハビリテーション科",
        "Rehabilitation",
        &[("理学療法士", FULL, 9), ("作業療法士", FULL, 5), ("言語聴覚士", FULL, 2)],
    ),
    unit(
        "1023",
        "1020",
        "放射線科",
        "Radiology",
        &[("診療放射線技師", FULL, 9), ("診療放射線技師", PART, 1)],
    ),
    unit(
        "1024",
        "1020",
        "検査科",
        "Clinical Laboratory",
        &[("臨床検査技師", FULL, 8), ("臨床検査技師", PART, 2)],
    ),
    unit("1030", "1000", "事務部", "Administration", &[(CLERK, FULL, 1)]),
    unit(
        "1031",
        "1030",
        "医事課",
        "Patient Services",
        &[(CLERK, FULL, 11), (CLERK, PART, 4), (CLERK, AGENCY, 5)],
    ),
    unit(
        "1032",
        "1030",
        "総務課",
        "General Affairs",
        &[(CLERK, FULL, 7), (CLERK, PART, 1), ("運転員", PART, 1)],
    ),
    unit("1033", "1030", "広報課", "Public Relations", &[(CLERK, FULL, 3), (CLERK, PART, 1)]),
    unit(
        "1034",
        "1030",
        "情報システム課",
        "Information Systems",
        &[("情報技術者", FULL, 4), ("情報技術者", AGENCY, 1)],
    ),
    unit("1040", "1000", "教育研修室", "Training Office", &[(NURSE, FULL, 1), (CLERK, FULL, 1)]),
    unit("1041", "1000", "医療安全管理室", "Patient Safety Office", &[(NURSE, FULL, 1), (CLERK, FULL, 1)]),
    unit("1042", "1000", "監査室", "Internal Audit Office", &[(CLERK, FULL, 2)]),
];

const fn unit(
    code: &'static str,
    above: &'static str,
    name: &'static str,
    name_en: &'static str,
    crew: &'static [Crew],
) -> Unit {
    Unit { code, above, name, name_en, crew }
}

/// The department of this code.
pub(super) fn unit_of(code: &str) -> Option<&'static Unit> {
    UNITS.iter().find(|unit| unit.code == code)
}

#[cfg(test)]
mod tests {
    use super::UNITS;

    #[test]
    fn every_department_hangs_under_one_that_came_before() {
        for (at, unit) in UNITS.iter().enumerate() {
            let known = UNITS[..at].iter().any(|earlier| earlier.code == unit.above);
            assert!(known || unit.above.is_empty(), "{}", unit.name);
            assert!(UNITS[..at].iter().all(|earlier| earlier.code != unit.code), "{}", unit.name);
        }
        assert_eq!(UNITS.iter().filter(|unit| unit.above.is_empty()).count(), 1);
    }

    #[test]
    fn the_hospital_has_240_people() {
        let people: i64 = UNITS.iter().flat_map(|unit| unit.crew).map(|(_, _, count)| count).sum();
        assert_eq!(people, 240);
    }
}
