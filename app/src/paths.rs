//! The addresses that the chrome itself links to. The server routes them; every other address comes in a view struct.

/// 「わたしの研修」, the first page of everybody.
pub const HOME: &str = "/";
/// Sign-in form (GET) and its POST: `number`, `password`, `shared_pc`, `return_to`.
pub const SIGN_IN: &str = "/sign-in";
/// POST ends the session. Field `next=person` on a shared PC goes back to the sign-in form.
pub const SIGN_OUT: &str = "/sign-out";
/// POST locks the session of a shared PC that was left alone (`return_to`) and leads to the locked page (GET).
pub const LOCK: &str = "/locked";
/// POST says that somebody is at the screen of a shared PC, though they ask for nothing.
pub const STILL_HERE: &str = "/still-here";
/// POST switches the language: `lang` (`ja`, `en`), `return_to`.
pub const LANGUAGE: &str = "/language";
/// Display settings (GET) and their POST.
pub const SETTINGS: &str = "/settings";
/// Change of one's own password (GET) and its POST.
pub const PASSWORD: &str = "/settings/password";
/// The recall card that is due (GET). Its form posts to an address of its own below.
pub const RECALL: &str = "/recall";
/// Earlier years of the person.
pub const HISTORY: &str = "/history";
/// The policy, to read and print.
pub const POLICY: &str = "/policy/sns";
/// The checklists of the course, to use outside of the training.
pub const CHECKLISTS: &str = "/checklists";
/// The manager's departments.
pub const TEAM: &str = "/team";
/// The training office.
pub const OFFICE: &str = "/office";
/// How the rate of a training rose from week to week.
pub const TREND: &str = "/office/trend";
/// Who owes what.
pub const REQUIREMENTS: &str = "/office/requirements";
/// The versions of the policy, and the next one.
pub const OFFICE_POLICY: &str = "/office/policy";
/// The auditor.
pub const AUDIT: &str = "/audit";
/// Public check of a certificate.
pub const VERIFY: &str = "/verify";
/// Public check of a certificate by its proof. POST: `proof` or `file`.
pub const VERIFY_PROOF: &str = "/verify/proof";
/// Has a completion that was lost recorded again, by its proof. POST: `proof` or `file`.
pub const RESTORE: &str = "/verify/restore";
/// The result of the last check of the log. POST checks again.
pub const AUDIT_CHECK: &str = "/audit/check";
/// POST makes an evidence pack and sends it: `year`.
pub const AUDIT_PACK: &str = "/audit/pack";
/// Everybody who owes a requirement, as of any day.
pub const AUDIT_ROSTER: &str = "/audit/roster";
/// Contents as they were shown.
pub const AUDIT_CONTENT: &str = "/audit/content";
/// Inspection binders, for auditors. POST asks for one: `form`, `requirement`, `at`.
pub const AUDIT_BINDER: &str = "/audit/binder";
/// Inspection binders, for the training office. POST asks for one: `form`, `requirement`, `at`, `improve`.
pub const OFFICE_BINDER: &str = "/office/binder";
/// Lists of many people as files.
pub const OFFICE_EXPORTS: &str = "/office/exports";
/// Until when the records of people who left are kept, and whose time is over.
pub const RETENTION: &str = "/office/retention";
/// Versions of the policy with what was said of them, as of any day.
pub const AUDIT_POLICIES: &str = "/audit/policies";
/// Who opened the record of somebody else.
pub const AUDIT_READINGS: &str = "/audit/readings";
/// The leaves.
pub const AUDIT_LOG: &str = "/audit/log";
