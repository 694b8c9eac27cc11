//! The texts of mails. Title, due date, link, whom to ask, and why the mail came: no answers, no points, no names of others.

use kokoroe_app::{Day, Lang, say};

use super::ladder::Step;

/// What a mail is about.
pub(super) struct About<'a> {
    /// Title of the requirement.
    pub(super) title: &'a str,
    /// Nothing but a signature is asked for.
    pub(super) alone: bool,
    /// Last day in time.
    pub(super) due: Day,
    /// Name of the hospital.
    pub(super) hospital: &'a str,
    /// Whom to ask.
    pub(super) help: &'a str,
    /// How browsers reach the server.
    pub(super) origin: &'a str,
}

/// Subject and text for whoever is asked for nothing but a signature.
fn signature(about: &About<'_>, step: Step, lang: Lang) -> (String, String) {
    let About { title, due, hospital, help, origin, .. } = about;
    let (day, full) = (due.short(lang), due.long(lang));
    let subject = match step {
        Step::Given | Step::Before(_) | Step::LastDay => {
            say!(lang, "【署名のお願い】「{title}」（期限 {day}）", "[Signature] {title}: due {day}")
        }
        Step::After(_) => {
            say!(lang, "【署名のお願い】「{title}」がまだです", "[Signature] {title} is still missing")
        }
    };
    let first = match step {
        Step::Given | Step::Before(_) | Step::LastDay => say!(
            lang,
            "「{title}」のお願いです。期限は{full}です。",
            "You are asked for a signature: {title}. It is due by {full}.",
        ),
        Step::After(_) => say!(
            lang,
            "「{title}」の期限は{full}でした。今からでも署名できます。",
            "“{title}” was due by {full}. You can still sign it.",
        ),
    };
    let why = match step {
        Step::Given => say!(lang, "署名をお願いすることになりました。", "you are asked for a signature."),
        Step::Before(_) | Step::LastDay | Step::After(_) => reason(step, lang),
    };
    let body = say!(
        lang,
        "{first}\n\n\
         読んで署名するまで、3分ほどです。前に署名したときから変わったところが、最初に出ます。\n\
         {origin}/\n\n\
         わからないことや、困ったことがあるときは、{help} にご連絡ください。\n\n\
         --\n\
         {hospital}　研修システム「心得」（自動で送っています）\n\
         届いた理由：{why}署名すると届かなくなります。\n",
        "{first}\n\n\
         Reading and signing takes about three minutes. What has changed since you last signed comes first.\n\
         {origin}/\n\n\
         If something is unclear or does not work, please contact {help}.\n\n\
         -- \n\
         {hospital}, training system Kokoroe (sent automatically)\n\
         Why you got this: {why} No more will come once it is signed.\n",
    );
    (subject, body)
}

/// Subject and text for whoever owes it.
pub(super) fn reminder(about: &About<'_>, step: Step, lang: Lang) -> (String, String) {
    if about.alone {
        return signature(about, step, lang);
    }
    let About { title, due, hospital, help, origin, .. } = about;
    let day = due.short(lang);
    let full = due.long(lang);
    let subject = match step {
        Step::Given => {
            say!(lang, "【研修】「{title}」のご案内（期限 {day}）", "[Training] {title}: due {day}")
        }
        Step::Before(_) => {
            say!(lang, "【研修】「{title}」の期限は{day}です", "[Training] {title} is due {day}")
        }
        Step::LastDay => {
            say!(lang, "【研修】「{title}」は{day}までです", "[Training] {title}: last day {day}")
        }
        Step::After(_) => {
            say!(lang, "【研修】「{title}」がまだ終わっていません", "[Training] {title} is not finished yet")
        }
    };
    let first = match step {
        Step::Given => say!(
            lang,
            "研修「{title}」のご案内です。期限は{full}です。",
            "You have a training to do: {title}. It is due by {full}."
        ),
        Step::Before(_) | Step::LastDay => {
            say!(lang, "研修「{title}」の期限は{full}です。", "Your training “{title}” is due by {full}.")
        }
        Step::After(_) => say!(
            lang,
            "研修「{title}」の期限は{full}でした。今からでも受けられます。",
            "Your training “{title}” was due by {full}. You can still do it.",
        ),
    };
    let why = reason(step, lang);
    let body = say!(
        lang,
        "{first}\n\n\
         途中でやめても、答えは保存されます。あいた時間に少しずつ進められます。\n\
         {origin}/\n\n\
         時間がとれないときや、困ったことがあるときは、{help} にご連絡ください。\n\n\
         --\n\
         {hospital}　研修システム「心得」（自動で送っています）\n\
         届いた理由：{why}研修が終わると届かなくなります。\n",
        "{first}\n\n\
         You can stop at any time: your answers are kept, and you can go on a few minutes at a time.\n\
         {origin}/\n\n\
         If you cannot find the time, or something does not work, please contact {help}.\n\n\
         -- \n\
         {hospital}, training system Kokoroe (sent automatically)\n\
         Why you got this: {why} No more will come once the training is done.\n",
    );
    (subject, body)
}

fn reason(step: Step, lang: Lang) -> String {
    match step {
        Step::Given => say!(lang, "研修が割り当てられました。", "you were given this training."),
        Step::Before(days) => {
            say!(lang, "期限の{days}日前のお知らせです。", "the reminder {days} days before the due date.")
        }
        Step::LastDay => say!(lang, "最終日のお知らせです。", "the reminder for the last day."),
        Step::After(1) => {
            say!(lang, "期限の翌日のお知らせです。", "the reminder on the day after the due date.")
        }
        Step::After(days) => {
            say!(lang, "期限から{days}日たったお知らせです。", "the reminder {days} days after the due date.")
        }
    }
}

/// Somebody who still has to act.
pub(super) struct Open {
    /// Name.
    pub(super) name: String,
    /// Last day in time.
    pub(super) due: Day,
    /// The due date is over.
    pub(super) late: bool,
}

/// What a manager is told once a week.
pub(super) struct Week<'a> {
    /// How many still have to act.
    pub(super) open: usize,
    /// Of these, how many are late.
    pub(super) late: usize,
    /// The first to speak to.
    pub(super) first: &'a [Open],
    /// Name of the hospital.
    pub(super) hospital: &'a str,
    /// Whom to ask.
    pub(super) help: &'a str,
    /// How browsers reach the server.
    pub(super) origin: &'a str,
}

/// Subject and text for whoever leads a department.
pub(super) fn digest(week: &Week<'_>, lang: Lang) -> (String, String) {
    let Week { open, late, first, hospital, help, origin } = week;
    let subject = match late {
        0 => say!(
            lang,
            "【研修】未修了 {open}人（今週のまとめ）",
            "[Training] {open} not finished (this week)"
        ),
        late => say!(
            lang,
            "【研修】未修了 {open}人、うち期限超過 {late}人（今週のまとめ）",
            "[Training] {open} not finished, {late} of them overdue (this week)",
        ),
    };
    let lines: Vec<String> = first
        .iter()
        .map(|one| {
            let (name, day) = (&one.name, one.due.short(lang));
            if one.late {
                say!(lang, "・{name} さん（期限 {day}、過ぎています）", "- {name} (was due {day})")
            } else {
                say!(lang, "・{name} さん（期限 {day}）", "- {name} (due {day})")
            }
        })
        .collect();
    let rest = open.saturating_sub(first.len());
    let more = if rest > 0 { say!(lang, "ほか{rest}人\n", "and {rest} more\n") } else { String::new() };
    let lines = lines.join("\n");
    let team = kokoroe_app::paths::TEAM;
    let morning = super::TEAM_MORNING;
    let body = say!(
        lang,
        "担当の部署で、研修が終わっていない人は{open}人です（うち期限超過 {late}人）。\n\n\
         先に声をかけたい人\n{lines}\n{more}\n\
         勤務の中で時間をとれるか、本人と相談してみてください。声をかけたら、一言の記録を残せます。\n\
         部署の状況　{origin}{team}\n\
         朝礼用の一覧　{origin}{morning}\n\n\
         わからないことは、{help} にご連絡ください。\n\n\
         --\n\
         {hospital}　研修システム「心得」（自動で送っています）\n\
         届いた理由：部署の管理者に、未修了の人がいる週の初めに1通だけ送っています。\n",
        "In your departments, {open} people have not finished their training ({late} of them overdue).\n\n\
         Speak to these first\n{lines}\n{more}\n\
         See with each of them whether there is time during a shift. When you have spoken, you can leave a short note.\n\
         Your departments: {origin}{team}\n\
         List for the morning meeting: {origin}{morning}\n\n\
         Questions: {help}.\n\n\
         -- \n\
         {hospital}, training system Kokoroe (sent automatically)\n\
         Why you got this: one mail at the beginning of each week in which somebody below you has not finished.\n",
    );
    (subject, body)
}

/// A checkpoint of the evidence log.
pub(super) struct Signed<'a> {
    /// The log.
    pub(super) log: &'a str,
    /// How many leaves it covers.
    pub(super) size: u64,
    /// The root over them, in base64.
    pub(super) root: &'a str,
    /// All of it, as it was signed.
    pub(super) note: &'a str,
    /// Name of the hospital.
    pub(super) hospital: &'a str,
    /// Whom to ask.
    pub(super) help: &'a str,
}

/// Subject and text for an auditor. The checkpoint stands in it as it was signed: the mail as it is can be brought to a check.
pub(super) fn checkpoint(signed: &Signed<'_>, lang: Lang) -> (String, String) {
    let Signed { log, size, root, note, hospital, help } = signed;
    let begin: String = root.chars().take(12).collect();
    let subject = say!(
        lang,
        "【証跡】チェックポイント {log} {size}件 {begin}…",
        "[Evidence] Checkpoint {log}, {size} entries, {begin}…",
    );
    let body = say!(
        lang,
        "研修記録の証跡ログ「{log}」の、今朝のチェックポイントです。記録は{size}件です。\n\n\
         {note}\n\
         このメールは消さずに、受信トレイの外のフォルダーなどで保管してください。\n\
         保管した日までの記録があとで書きかえられると、このメールとの食い違いで必ずわかります。\n\n\
         確かめるときは、このメールの本文をテキストファイルに保存して、証跡パックといっしょに使います。\n\
         \x20 kokoroe verify 証跡パック.zip --vkey 検証鍵 --checkpoint 保存したファイル\n\n\
         わからないことは、{help} にご連絡ください。\n\n\
         --\n\
         {hospital}　研修システム「心得」（自動で送っています）\n\
         届いた理由：監査者に、記録が増えた日の朝に1通だけ送っています。\n",
        "This is this morning's checkpoint of “{log}”, the evidence log of the training records. It has {size} entries.\n\n\
         {note}\n\
         Please keep this mail, best in a folder of its own.\n\
         If anything that was recorded until today is altered later, this mail will no longer agree with it.\n\n\
         To check, save the text of this mail as a file and use it together with an evidence pack:\n\
         \x20 kokoroe verify PACK.zip --vkey KEY --checkpoint SAVED-FILE\n\n\
         Questions: {help}.\n\n\
         -- \n\
         {hospital}, training system Kokoroe (sent automatically)\n\
         Why you got this: auditors get one mail in the morning of each day on which the records have grown.\n",
    );
    (subject, body)
}
