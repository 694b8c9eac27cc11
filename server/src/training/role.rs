//! In whose words somebody is told where a question takes place: those of their own work, where the course has some.

use kokoroe_courses::{Example, Role};

/// The kinds of work of one person, as they were when an attempt began. A head is told of heads where there is such an example, and of
/// their profession otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    manages: bool,
    work: Option<Role>,
}

/// Parts of the names of professions, and the work they stand for. The first that fits decides: 医師事務作業補助者 works in an office.
const PROFESSIONS: &[(&str, Role)] = &[
    ("広報", Role::PublicRelations),
    ("事務", Role::Clerk),
    ("秘書", Role::Clerk),
    ("受付", Role::Clerk),
    ("看護", Role::Nurse),
    ("助産", Role::Nurse),
    ("保健師", Role::Nurse),
    ("介護", Role::Care),
    ("ケアマネ", Role::Care),
    ("療法士", Role::Therapist),
    ("聴覚士", Role::Therapist),
    ("視能訓練", Role::Therapist),
    ("リハビリ", Role::Therapist),
    ("検査", Role::Technician),
    ("放射線", Role::Technician),
    ("薬剤", Role::Technician),
    ("工学技士", Role::Technician),
    ("栄養士", Role::Technician),
    ("歯科衛生士", Role::Technician),
    ("医師", Role::Doctor),
];

impl Roles {
    /// Of nobody in particular.
    pub const NOBODY: Self = Self { manages: false, work: None };

    /// Of somebody with this profession, in the hospital's words, who stands at the top of a department or does not.
    #[must_use]
    pub fn of(profession: &str, manages: bool) -> Self {
        let work = PROFESSIONS.iter().find(|(part, _)| profession.contains(part)).map(|(_, role)| *role);
        Self { manages, work }
    }

    /// The words in records: the codes, best first.
    #[must_use]
    pub fn text(self) -> String {
        self.list().map(Role::code).collect::<Vec<_>>().join(" ")
    }

    /// Reads [`Roles::text`]. A code that this version does not know means nothing.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let known = || text.split(' ').filter_map(Role::of_code);
        Self {
            manages: known().any(|role| role == Role::Manager),
            work: known().find(|role| *role != Role::Manager),
        }
    }

    /// The one of them that these examples speak to, if any does.
    #[must_use]
    pub fn among(self, examples: &[Example]) -> Option<Role> {
        self.list().find(|role| examples.iter().any(|example| example.roles.contains(role)))
    }

    fn list(self) -> impl Iterator<Item = Role> {
        self.manages.then_some(Role::Manager).into_iter().chain(self.work)
    }
}

#[cfg(test)]
mod tests {
    use kokoroe_courses::Text;

    use super::*;

    #[test]
    fn a_profession_leads_to_the_work_it_stands_for() {
        for (profession, code) in [
            ("看護師", "nurse"),
            ("准看護師", "nurse"),
            ("助産師", "nurse"),
            ("看護補助者", "nurse"),
            ("介護福祉士", "care"),
            ("介護職", "care"),
            ("医師", "doctor"),
            ("歯科医師", "doctor"),
            ("理学療法士", "therapist"),
            ("言語聴覚士", "therapist"),
            ("臨床検査技師", "technician"),
            ("診療放射線技師", "technician"),
            ("薬剤師", "technician"),
            ("臨床工学技士", "technician"),
            ("医療事務", "clerk"),
            ("医師事務作業補助者", "clerk"),
            ("広報担当", "public-relations"),
            ("運転員", ""),
            ("", ""),
        ] {
            assert_eq!(Roles::of(profession, false).text(), code, "{profession}");
        }
    }

    #[test]
    fn what_is_recorded_reads_back_and_an_unknown_word_is_nobodys_work() {
        for roles in
            [Roles::of("看護師", true), Roles::of("看護師", false), Roles::of("", true), Roles::default()]
        {
            assert_eq!(Roles::read(&roles.text()), roles);
        }
        assert_eq!(Roles::of("看護師", true).text(), "manager nurse");
        assert_eq!(Roles::read("astronaut"), Roles::default());
    }

    #[test]
    fn a_head_is_told_of_heads_where_there_is_such_an_example_and_of_their_profession_otherwise() {
        let example = |roles: &[Role]| Example { roles: roles.to_vec(), text: Text::ja("…") };
        let head_nurse = Roles::of("看護師", true);
        let both = [example(&[Role::Nurse]), example(&[Role::Doctor, Role::Manager])];
        assert_eq!(head_nurse.among(&both), Some(Role::Manager));
        assert_eq!(head_nurse.among(&both[..1]), Some(Role::Nurse));
        assert_eq!(Roles::of("看護師", false).among(&both[1..]), None);
        assert_eq!(Roles::default().among(&both), None);
    }
}
