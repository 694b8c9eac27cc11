//! The frame around invented networks: nobody takes what is inside for the hospital's own words or for a real network.

use crate::ui::look::LOOK_FORM;
use crate::ui::post::{PostView, Standing, standing_post};
use crate::ui::skin::{Skin, network_name, network_place};
use crate::{Lang, say};
use leptos::prelude::*;

/// So many posts are seen at a glance; nothing is folded among them.
const UNFOLDED: usize = 3;

/// A device that shows posts, with the strip 「研修用の架空の画面です」. Each network has its own part with its name. Posts that came by themselves
/// wait behind a line that says how many, when there are others to read first; replies to a post that was seen before wait beneath it. Where
/// there are many, a network in which nothing has changed since the last question is folded, so that what matters now is not far from it.
#[component]
pub fn Device(
    /// The posts, oldest first.
    posts: Vec<PostView>,
    /// Language of the page.
    lang: Lang,
    /// POST here with `look` = the number of a look. `None` where nothing can be looked at any more.
    #[prop(optional_no_strip)]
    look: Option<String>,
    /// Level of the posts' headings.
    #[prop(default = 2)]
    level: u8,
) -> AnyView {
    let offered = look.is_some();
    let some = posts.iter().any(|post| post.looks.iter().any(|look| look.seen.is_none()));
    let form = look
        .filter(|_| some)
        .map(|action| view! { <form method="post" action=action id=LOOK_FORM data-waits=""></form> });
    let many = posts.len() > UNFOLDED;
    let newest = posts.last().map(|post| post.skin);
    let networks = by_network(posts);
    let all_calm = networks.iter().all(|(_, posts)| posts.iter().all(is_calm));
    let networks = networks
        .into_iter()
        .map(|(skin, posts)| {
            let calm = many && posts.iter().all(is_calm) && !(all_calm && Some(skin) == newest);
            network(skin, posts, calm, offered, level, lang)
        })
        .collect::<Vec<_>>();
    view! {
        <div class="device" role="group" aria-label=say!(lang, "研修用の架空の画面", "Invented screen for training")>
            <p class="device__strip">{say!(lang, "研修用の架空の画面です", "Invented screen for training")}</p>
            {networks}
            {form}
        </div>
    }
    .into_any()
}

/// Seen at an earlier question, with the same counts, and nothing in it was looked at just now.
fn is_calm(post: &PostView) -> bool {
    let looked_now = post.looks.iter().any(|look| look.seen.as_ref().is_some_and(|seen| seen.now));
    !post.fresh && post.before == Some(post.counts) && !looked_now
}

/// The posts of each network, in the order in which the networks first appear, so that they do not change places from step to step.
fn by_network(posts: Vec<PostView>) -> Vec<(Skin, Vec<PostView>)> {
    let mut networks: Vec<(Skin, Vec<PostView>)> = Vec::new();
    for post in posts {
        match networks.iter_mut().find(|(skin, _)| *skin == post.skin) {
            Some((_, posts)) => posts.push(post),
            None => networks.push((post.skin, vec![post])),
        }
    }
    networks
}

/// A post with the replies that hang beneath it, oldest first.
struct Thread {
    post: PostView,
    standing: Standing,
    replies: Vec<(PostView, Standing)>,
}

fn network(skin: Skin, posts: Vec<PostView>, calm: bool, offered: bool, level: u8, lang: Lang) -> AnyView {
    let known = posts.len();
    let name = skin.word(lang);
    let place = posts.iter().find_map(|post| post.place.clone());
    let label = say!(lang, "架空のSNS「{name}」", "Invented network “{name}”");
    let (fresh, seen): (Vec<_>, Vec<_>) =
        threads(skin, posts, offered, lang).into_iter().partition(|thread| thread.post.waits);
    let waits = !fresh.is_empty() && !seen.is_empty();
    let count = fresh.iter().map(|thread| 1 + thread.replies.len()).sum::<usize>();
    let [seen, fresh] = [seen, fresh].map(|mut threads| {
        if !skin.newest_last() {
            threads.reverse();
        }
        let lines = threads.into_iter().map(|thread| thread_view(thread, level, lang)).collect::<Vec<_>>();
        (!lines.is_empty()).then(|| view! { <ol class="network__feed" role="list">{lines}</ol> })
    });
    let fresh = if waits {
        Some(folded(skin.arrived(count, lang), fresh.into_any()))
    } else {
        fresh.map(IntoAny::into_any)
    };
    let (first, last) = if skin.newest_last() {
        (seen.map(IntoAny::into_any), fresh)
    } else {
        (fresh, seen.map(IntoAny::into_any))
    };
    let screen = view! { <div class="network__screen">{first}{last}</div> };
    if calm {
        let known = say!(lang, "前に見た投稿 {known}件", "Seen before ({known})");
        return view! {
            <details class="network" data-skin=skin.code()>
                <summary class="network__bar">
                    {network_name(skin, lang)}
                    <span class="network__known">{known}</span>
                </summary>
                {network_place(skin, place, lang)}
                {screen}
            </details>
        }
        .into_any();
    }
    view! {
        <div class="network" role="group" data-skin=skin.code() aria-label=label>
            <div class="network__bar" aria-hidden="true">{network_name(skin, lang)}</div>
            {network_place(skin, place, lang)}
            {screen}
        </div>
    }
    .into_any()
}

/// What has just arrived, behind its line.
fn folded(words: String, inside: AnyView) -> AnyView {
    view! {
        <details class="arrived">
            <summary>{words}</summary>
            {inside}
        </details>
    }
    .into_any()
}

/// Hangs replies beneath the posts at the top, where the network does so, and says what each post answers otherwise.
fn threads(skin: Skin, posts: Vec<PostView>, offered: bool, lang: Lang) -> Vec<Thread> {
    let known: Vec<(String, Option<String>)> =
        posts.iter().map(|post| (post.id.clone(), post.reply_to.as_ref().map(|to| to.id.clone()))).collect();
    let last_of_others = posts.iter().rposition(|post| !post.mine);
    let mut threads: Vec<(usize, Thread)> = Vec::new();
    for (at, post) in posts.into_iter().enumerate() {
        let above = top(&known, at);
        let hangs = skin.nests() && threads.iter().any(|(root, _)| *root == above);
        let answered = post.reply_to.as_ref().and_then(|to| place(&known, &to.id));
        let answers = post.reply_to.as_ref().filter(|_| !(hangs && answered == Some(above))).map(|to| {
            match answered.filter(|_| skin == Skin::Board).map(|at| at + 1) {
                Some(number) => say!(lang, "{number}への返信", "In reply to {number}"),
                None => {
                    let author = to.author.text();
                    say!(lang, "{author}への返信", "In reply to {author}")
                }
            }
        });
        let standing = Standing {
            number: (skin == Skin::Board).then_some(at + 1),
            answers,
            read: post.mine && last_of_others.is_some_and(|last| last > at),
            offered,
        };
        match threads.iter_mut().find(|(root, _)| hangs && *root == above) {
            Some((_, thread)) => thread.replies.push((post, standing)),
            None => threads.push((at, Thread { post, standing, replies: Vec::new() })),
        }
    }
    threads.into_iter().map(|(_, thread)| thread).collect()
}

fn place(known: &[(String, Option<String>)], id: &str) -> Option<usize> {
    known.iter().position(|(each, _)| each == id)
}

/// The post at the top of a thread. A reply to something that is not there stands by itself.
fn top(known: &[(String, Option<String>)], mut at: usize) -> usize {
    // No thread is longer than the posts there are, even if a file made them answer each other in a circle.
    for _ in known {
        match known.get(at).and_then(|(_, to)| to.as_deref()).and_then(|to| place(known, to)) {
            Some(above) => at = above,
            None => break,
        }
    }
    at
}

fn thread_view(thread: Thread, level: u8, lang: Lang) -> AnyView {
    let Thread { post, standing, replies } = thread;
    let fresh = post.fresh;
    // Beneath a post that was seen before, only replies that came by themselves wait; what arrives with its post is there with it.
    let (waiting, there): (Vec<_>, Vec<_>) =
        replies.into_iter().partition(|(reply, _)| reply.waits && !fresh);
    let count = waiting.len();
    let [there, waiting] = [there, waiting].map(|replies| {
        let lines = replies
            .into_iter()
            .map(|(reply, standing)| view! { <li>{standing_post(reply, standing, level + 1, lang)}</li> })
            .collect::<Vec<_>>();
        (!lines.is_empty()).then(|| view! { <ol class="replies" role="list">{lines}</ol> })
    });
    let waiting = waiting.map(|list| {
        folded(say!(lang, "新しい返信 {count}件を表示", "Show new replies ({count})"), list.into_any())
    });
    view! { <li>{standing_post(post, standing, level, lang)}{there}{waiting}</li> }.into_any()
}
