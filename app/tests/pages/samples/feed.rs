//! The invented networks, each with what makes it itself.

use super::step::{care_head, head};
use super::{Sample, contacts, post, sample, w};
use kokoroe_app::training::{Act, Asked, ChoiceView, LookBack, Scene, StepPage};
use kokoroe_app::ui::{
    Counts, Face, FaceKind, FrameView, LookKind, LookView, PostPicture, PostView, QuoteView, ReplyTo, Seen,
    Skin, StoryMeterView,
};
use kokoroe_app::{Lang, StoryTime};

pub(super) fn meters(lang: Lang) -> Vec<StoryMeterView> {
    let meter = |ja, en, value, before| StoryMeterView { name: w(lang, ja, en), value, max: 5, before };
    vec![meter("信頼", "Trust", 2, Some(3)), meter("広がり", "Spread", 3, Some(1))]
}

pub(super) fn looked(lang: Lang) -> Vec<LookBack> {
    let line = |ja, en, looked| LookBack {
        author: w(lang, "ゆき", "Yuki"),
        label: w(lang, ja, en),
        tell: w(
            lang,
            "窓の外に、駅前の看板が写っています。",
            "Through the window one sees the sign in front of the station.",
        ),
        looked,
    };
    vec![
        line("写真を大きくして見る", "See the picture large", true),
        line("プロフィールを見る", "See the profile", false),
    ]
}

fn choices(lang: Lang) -> Vec<ChoiceView> {
    let night = contacts(lang).into_iter().next();
    [
        (
            Act::Call,
            "夜間の連絡先に電話して、見たことを伝える",
            "Call the night contact and tell what you saw",
            night,
        ),
        (Act::Reply, "投稿に返信して、消すように頼む", "Reply to the post and ask for its removal", None),
        (Act::Save, "投稿の場所と時刻を書きとめてから、様子を見る", "Note where and when, then watch", None),
        (Act::Wait, "朝になってから考える", "Think about it in the morning", None),
    ]
    .into_iter()
    .zip(1..)
    .map(|((act, ja, en, contact), n)| ChoiceView {
        id: n.to_string(),
        text: w(lang, ja, en),
        cost: Some(3),
        act: Some(act),
        contact,
    })
    .collect()
}

fn page(lang: Lang, feed: Vec<PostView>) -> StepPage {
    StepPage {
        head: head(lang),
        clock: None,
        log: Vec::new(),
        scene: Scene {
            told: vec![w(lang, "勤務のあと、知らせが届きました。", "After your shift, a notice came.")],
            meters: meters(lang),
            feed,
            look: Some("/learn/1/3".into()),
            contacts: contacts(lang),
            ..Scene::default()
        },
        asked: Asked::Choose {
            ask: w(lang, "まず、どうしますか。", "What do you do first?"),
            choices: choices(lang),
            chosen: None,
        },
        action: "/learn/1/3".into(),
        answered: None,
        error: None,
    }
}

fn by(lang: Lang, id: &str, skin: Skin, (ja, en): (&str, &str), at: &str) -> PostView {
    PostView {
        id: id.into(),
        author: w(lang, ja, en),
        handle: Some(format!("@{}_{}", en.to_lowercase().replace([' ', '.'], ""), at.replace(':', ""))),
        face: Face::of(en, FaceKind::Person),
        at: Some(at.into()),
        counts: Counts::default(),
        ..post(lang, id, skin)
    }
}

/// Who wrote the posts that are answered below.
fn to(lang: Lang, id: &str) -> Option<ReplyTo> {
    let (ja, en) = match id {
        "s2" => ("みみ", "Mimi"),
        "c1" => ("みなみ（日勤）", "Minami"),
        "b1" | "b2" => ("名無し", "Anonymous"),
        _ => ("ゆき", "Yuki"),
    };
    Some(ReplyTo { id: id.into(), author: w(lang, ja, en) })
}

fn ward(lang: Lang) -> PostPicture {
    PostPicture {
        src: "../ward.svg".into(),
        say: w(
            lang,
            "ナースステーションで二人が話している絵",
            "A drawing of two people talking at the nurses' station",
        ),
    }
}

fn look(lang: Lang, number: u16, kind: LookKind, (ja, en): (&str, &str), seen: bool) -> LookView {
    let picture = matches!(kind, LookKind::Photo).then(|| ward(lang));
    LookView {
        number,
        kind,
        label: w(lang, ja, en),
        seen: seen.then(|| Seen {
            tell: w(
                lang,
                "奥の白い板に、名字と部屋の番号が読めます。",
                "On the white board at the back, family names and room numbers can be read.",
            ),
            picture,
            address: matches!(kind, LookKind::Link).then(|| "kokoroe-hosp.example/yoyaku".into()),
            now: number != 2,
        }),
    }
}

fn looks(lang: Lang, seen: bool) -> Vec<LookView> {
    vec![
        look(lang, 1, LookKind::Photo, ("写真を大きくして見る", "See the picture large"), seen),
        look(lang, 2, LookKind::Profile, ("プロフィールを見る", "See the profile"), seen),
        look(lang, 3, LookKind::Link, ("リンクの先を見る", "See where the link leads"), seen),
    ]
}

fn short(lang: Lang, seen: bool) -> Vec<PostView> {
    let hospital = QuoteView {
        author: w(lang, "みどり野病院 公式", "Midorino Hospital"),
        handle: Some("@midorino_hosp".into()),
        face: Face::of("hospital", FaceKind::Hospital),
        text: w(lang, "本日の外来は、いつもどおりです。", "Outpatient clinics are open as usual today."),
        picture: None,
    };
    vec![
        PostView {
            looks: looks(lang, seen),
            about: Some(w(lang, "病棟で働いています。猫が好き。", "I work on a ward. I like cats.")),
            counts: Counts { likes: 41, replies: 6, shares: 30 },
            before: Some(Counts { likes: 2, replies: 0, shares: 0 }),
            ..by(lang, "s1", Skin::Short, ("ゆき", "Yuki"), "18:10")
        },
        PostView {
            reply_to: to(lang, "s1"),
            text: w(
                lang,
                "おつかれさま。奥の板、読めちゃうよ。",
                "Well done. The board at the back can be read, though.",
            ),
            ..by(lang, "s2", Skin::Short, ("みみ", "Mimi"), "18:22")
        },
        PostView {
            reply_to: to(lang, "s2"),
            text: w(lang, "ほんとだ。名前が見える。", "True. There are names on it."),
            fresh: true,
            waits: true,
            ..by(lang, "s3", Skin::Short, ("通りすがり", "Passer-by"), "18:31")
        },
        PostView {
            text: w(lang, "これ、どこの病院だろう。", "Which hospital is this?"),
            quote: Some(hospital),
            face: Face::of("crowd", FaceKind::Crowd),
            fresh: true,
            waits: true,
            ..by(lang, "s4", Skin::Short, ("いま話題の言葉", "Trending"), "18:40")
        },
        PostView {
            face: Face::of("x", FaceKind::Unknown),
            text: w(lang, "保存した。", "Saved."),
            fresh: true,
            waits: true,
            ..by(lang, "s5", Skin::Short, ("a8f3", "a8f3"), "18:44")
        },
    ]
}

fn friends(lang: Lang) -> Vec<PostView> {
    vec![
        PostView {
            counts: Counts { likes: 12, replies: 2, shares: 0 },
            ..by(lang, "f1", Skin::Friends, ("はる", "Haru"), "20:05")
        },
        PostView {
            reply_to: to(lang, "f1"),
            text: w(lang, "えらい。ゆっくり休んでね。", "Good for you. Have a rest."),
            ..by(lang, "f2", Skin::Friends, ("けんた", "Kenta"), "20:12")
        },
        PostView {
            face: Face::of("shop", FaceKind::Shop),
            text: w(lang, "週末は焼きたてのパンが並びます。", "Fresh bread this weekend."),
            ..by(lang, "f3", Skin::Friends, ("駅前のパン屋", "Station Bakery"), "20:30")
        },
    ]
}

fn photo(lang: Lang) -> Vec<PostView> {
    vec![
        PostView {
            picture: Some(ward(lang)),
            counts: Counts { likes: 88, replies: 4, shares: 2 },
            looks: vec![look(
                lang,
                1,
                LookKind::Photo,
                ("写真を大きくして見る", "See the picture large"),
                false,
            )],
            ..by(lang, "p1", Skin::Photo, ("みお", "Mio"), "17:30")
        },
        PostView {
            reply_to: to(lang, "p1"),
            text: w(lang, "いい写真。", "Nice picture."),
            ..by(lang, "p2", Skin::Photo, ("そら", "Sora"), "17:41")
        },
    ]
}

fn chat(lang: Lang) -> Vec<PostView> {
    vec![
        PostView {
            handle: None,
            picture: Some(ward(lang)),
            text: w(
                lang,
                "あすの患者さんの一覧、送ります。写真でごめんね。",
                "Here is tomorrow's list. Sorry, just a picture.",
            ),
            ..by(lang, "c1", Skin::Chat, ("みなみ（日勤）", "Minami"), "16:42")
        },
        PostView {
            handle: None,
            text: w(lang, "助かる。", "That helps."),
            ..by(lang, "c2", Skin::Chat, ("ほり（夜勤）", "Hori"), "16:43")
        },
        PostView {
            handle: None,
            mine: true,
            reply_to: to(lang, "c1"),
            text: w(
                lang,
                "すみません、この写真は消してもらえますか。",
                "Sorry, could you take this picture down?",
            ),
            ..by(lang, "c3", Skin::Chat, ("あなた", "You"), "16:45")
        },
        PostView {
            handle: None,
            fresh: true,
            waits: true,
            text: w(lang, "わかりました。消します。", "All right, I will."),
            ..by(lang, "c4", Skin::Chat, ("みなみ（日勤）", "Minami"), "16:47")
        },
    ]
}

fn review(lang: Lang) -> Vec<PostView> {
    vec![
        PostView {
            handle: None,
            stars: Some(2),
            place: Some(w(lang, "みどり野病院", "Midorino Hospital")),
            text: w(
                lang,
                "待ち時間が長かった。受付の人は親切でした。",
                "A long wait. The people at the desk were kind.",
            ),
            counts: Counts { likes: 5, replies: 1, shares: 0 },
            ..by(lang, "r1", Skin::Review, ("きつねうどん", "Kitsune Udon"), "9:10")
        },
        PostView {
            reply_to: to(lang, "r1"),
            handle: None,
            face: Face::of("hospital", FaceKind::Hospital),
            text: w(lang, "ご意見をありがとうございます。", "Thank you for telling us."),
            ..by(lang, "r2", Skin::Review, ("みどり野病院 公式", "Midorino Hospital"), "9:40")
        },
        PostView {
            handle: None,
            stars: Some(5),
            text: w(lang, "夜でもていねいに診てもらえました。", "Seen with care even at night."),
            ..by(lang, "r3", Skin::Review, ("まるた", "Maruta"), "10:02")
        },
    ]
}

fn video(lang: Lang) -> Vec<PostView> {
    let frame = |ja, en, say: Option<(&str, &str)>| FrameView {
        text: w(lang, ja, en),
        say: say.map(|(ja, en)| w(lang, ja, en)),
    };
    vec![PostView {
        text: w(lang, "夜勤明けの一曲。", "One song after the night shift."),
        frames: vec![
            frame("制服の二人が、廊下で並んでいる", "Two people in uniform side by side in a corridor", None),
            frame(
                "曲に合わせて手を振る。後ろを車いすの人が通る",
                "They wave to the music. Somebody in a wheelchair passes behind",
                Some(("「もう一回」", "“Once more”")),
            ),
            frame("名札が画面いっぱいに写る", "A badge fills the screen", None),
        ],
        counts: Counts { likes: 320, replies: 14, shares: 51 },
        ..by(lang, "v1", Skin::Video, ("ひなた", "Hinata"), "8:55")
    }]
}

fn board(lang: Lang) -> Vec<PostView> {
    let nobody = ("名無し", "Anonymous");
    let entry = |id, at, ja, en, answered: Option<&str>, fresh| PostView {
        handle: None,
        face: Face::of("x", FaceKind::Unknown),
        text: w(lang, ja, en),
        reply_to: answered.and_then(|id| to(lang, id)),
        fresh,
        waits: fresh,
        ..by(lang, id, Skin::Board, nobody, at)
    };
    vec![
        entry(
            "b1",
            "21:10",
            "駅の近くの病院、新しい機械を入れたらしい",
            "The hospital near the station has a new machine",
            None,
            false,
        ),
        entry("b2", "21:14", "どこの病院？", "Which hospital?", Some("b1"), false),
        entry(
            "b3",
            "21:20",
            "前に働いていた人に聞いた",
            "Heard it from somebody who worked there",
            Some("b2"),
            true,
        ),
    ]
}

fn mixed(lang: Lang) -> Vec<PostView> {
    let known = photo(lang).into_iter().map(|post| PostView { before: Some(post.counts), ..post });
    known.chain(chat(lang)).collect()
}

pub(super) fn all(lang: Lang) -> Vec<Sample> {
    let crisis =
        StepPage { head: care_head(lang), clock: Some(StoryTime(72)), ..page(lang, short(lang, false)) };
    let behind = page(lang, short(lang, true));
    let behind = StepPage {
        scene: Scene { look: None, ..behind.scene },
        answered: Some("/learn/1/3/why".into()),
        ..behind
    };
    vec![
        sample("feed-answered", lang, behind),
        sample("feed-short", lang, page(lang, short(lang, false))),
        sample("feed-looked", lang, page(lang, short(lang, true))),
        sample("feed-crisis", lang, crisis),
        sample("feed-friends", lang, page(lang, friends(lang))),
        sample("feed-photo", lang, page(lang, photo(lang))),
        sample("feed-chat", lang, page(lang, chat(lang))),
        sample("feed-review", lang, page(lang, review(lang))),
        sample("feed-video", lang, page(lang, video(lang))),
        sample("feed-board", lang, page(lang, board(lang))),
        sample("feed-mixed", lang, page(lang, mixed(lang))),
    ]
}
