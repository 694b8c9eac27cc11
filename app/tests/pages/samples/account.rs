use super::{Sample, chrome, contacts, failed, pick, sample, swap, who};
use kokoroe_app::account::{
    ChangePassword, ChangePasswordError, DemoPerson, FirstSignIn, FirstSignInError, Locked, LockedError,
    NewPasswordError, Settings, SignIn, SignInError, SignInNotice, SignedOut,
};
use kokoroe_app::problem::{Problem, ProblemKind};
use kokoroe_app::training::Pause;
use kokoroe_app::{Chrome, KeyColour, Lang, Page, RoleView, TextSize, WhoView};

fn outside(name: &'static str, lang: Lang, page: impl Page, has_error: bool) -> Sample {
    let chrome = Chrome { path: "/sign-in".into(), ..chrome(lang) };
    Sample { name, html: kokoroe_app::html(chrome, page), has_error }
}

fn sign_in() -> SignIn {
    SignIn {
        first_sign_in: "/sign-in/first".into(),
        help: "2210".into(),
        shared_pc: true,
        ..SignIn::default()
    }
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let demo = SignIn {
        demo: vec![
            DemoPerson {
                number: "10012".into(),
                name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
                role: RoleView::Learner,
                note: pick(lang, "3病棟・これから始める", "Ward 3, about to start").into(),
            },
            DemoPerson {
                number: "10044".into(),
                name: pick(lang, "髙﨑 花子", "Hanako Takasaki").into(),
                role: RoleView::Manager,
                note: pick(lang, "3病棟", "Ward 3").into(),
            },
            DemoPerson {
                number: "90001".into(),
                name: pick(lang, "監査 太郎", "Taro Kansa").into(),
                role: RoleView::Auditor,
                note: pick(lang, "外部監査", "External audit").into(),
            },
        ],
        demo_password: Some("midorino-2026".into()),
        ..sign_in()
    };
    let help = || pick(lang, "教育研修室 内線 2345", "Training office, ext. 2345").to_owned();
    let problem =
        |kind| Problem { kind, id: "01J9Z6Q3K7".into(), help: help(), retry_after: Some(90), way_on: None };
    let shared = Chrome {
        who: Some(WhoView { shared_pc: Some(10), ..who(lang) }),
        text_size: TextSize::Largest,
        key_colour: Some(KeyColour::Blue),
        calm: true,
        ..chrome(lang)
    };
    vec![
        outside("sign-in", lang, sign_in(), false),
        Sample {
            name: "sign-in-demo",
            html: kokoroe_app::html(Chrome { demo: true, ..chrome(lang) }, demo),
            has_error: false,
        },
        outside(
            "sign-in-error",
            lang,
            SignIn { number: "10012".into(), error: Some(SignInError::NothingGiven), ..sign_in() },
            true,
        ),
        outside(
            "sign-in-throttled",
            lang,
            SignIn { error: Some(SignInError::Throttled(300)), ..sign_in() },
            true,
        ),
        outside("sign-in-unsent", lang, SignIn { notice: Some(SignInNotice::Unsent), ..sign_in() }, false),
        outside("sign-in-expired", lang, SignIn { notice: Some(SignInNotice::Expired), ..sign_in() }, false),
        outside(
            "first-sign-in",
            lang,
            FirstSignIn {
                action: "/sign-in/first".into(),
                least: 12,
                help: help(),
                ..FirstSignIn::default()
            },
            false,
        ),
        outside(
            "first-sign-in-error",
            lang,
            FirstSignIn {
                action: "/sign-in/first".into(),
                least: 12,
                help: help(),
                number: "10012".into(),
                errors: vec![
                    FirstSignInError::WrongCode,
                    FirstSignInError::New(NewPasswordError::OwnName),
                    FirstSignInError::New(NewPasswordError::Different),
                ],
            },
            true,
        ),
        sample(
            "settings",
            lang,
            Settings {
                lang,
                furigana: true,
                easy: lang == Lang::Ja,
                text_size: TextSize::Large,
                calm: false,
                return_to: Some("/".into()),
                saved: true,
                signed_in: true,
            },
        ),
        sample("change-password", lang, ChangePassword { least: 15, ..ChangePassword::default() }),
        sample(
            "change-password-done",
            lang,
            ChangePassword { least: 15, changed: true, ..ChangePassword::default() },
        ),
        failed(
            "change-password-error",
            lang,
            ChangePassword {
                least: 15,
                errors: vec![
                    ChangePasswordError::WrongPresent,
                    ChangePasswordError::New(NewPasswordError::HospitalName),
                ],
                ..ChangePassword::default()
            },
        ),
        outside(
            "locked",
            lang,
            Locked {
                name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
                action: "/locked".into(),
                return_to: Some("/learn/1".into()),
                unsent: false,
                error: Some(LockedError::Wrong),
            },
            true,
        ),
        outside(
            "locked-unsent",
            lang,
            Locked {
                name: pick(lang, "鈴木 一郎", "Ichiro Suzuki").into(),
                action: "/locked".into(),
                return_to: Some("/learn/1/4".into()),
                unsent: true,
                error: None,
            },
            false,
        ),
        outside("signed-out", lang, SignedOut { shared_pc: true }, false),
        sample(
            "pause",
            lang,
            Pause { back: "/learn/1/4".into(), help: contacts(lang), swap: Some(swap(lang)) },
        ),
        sample("problem-404", lang, problem(ProblemKind::NotFound)),
        sample("problem-429", lang, problem(ProblemKind::TooMany)),
        sample("problem-500", lang, problem(ProblemKind::Broken)),
        sample("problem-sealed", lang, problem(ProblemKind::Sealed)),
        sample("problem-503", lang, problem(ProblemKind::Unconfirmed)),
        sample(
            "problem-409",
            lang,
            Problem { way_on: Some("/learn/1/4".into()), ..problem(ProblemKind::Conflict) },
        ),
        Sample {
            name: "shared-pc",
            html: kokoroe_app::html(shared, problem(ProblemKind::Forbidden)),
            has_error: false,
        },
        failed(
            "first-sign-in-throttled",
            lang,
            FirstSignIn {
                errors: vec![FirstSignInError::Throttled(30)],
                help: help(),
                ..FirstSignIn::default()
            },
        ),
    ]
}
