//! The feed of a story at one of its questions: its posts as the story has changed them, what can be looked at, and the meters.

use kokoroe_app::training::Act as ActView;
use kokoroe_app::ui::{LookKind, LookView, PostPicture, PostView, Seen, StoryMeterView};
use kokoroe_courses::{Act, Look, LookOf, MeterPlace, NodePlace, Place, Post, Response, Walk};

use super::post::{counts, short_hash};
use super::shown::Shown;
use super::translate::{Translator, drawing};

/// The posts that can be seen at a question. `before` is the walk as it stood when the question was shown.
#[must_use]
pub fn posts(
    words: Translator<'_>,
    shown: &Shown<'_>,
    place: &NodePlace<'_>,
    before: &Walk<'_>,
) -> Vec<PostView> {
    let earlier = last_answered(before, place);
    let just = before.visits().last().and_then(|visit| match &visit.response {
        Response::Look(id) => Some(id.as_str()),
        _ => None,
    });
    let mut number = 0;
    place
        .feed
        .iter()
        .map(|post| {
            let fresh = place.fresh.contains(&post.id.as_str());
            let mut view = one(words, shown, &place.scenario.posts, post, fresh);
            if let Some(stats) = place.counts.get(post.id.as_str()) {
                view.counts = counts(*stats);
            }
            view.waits = fresh && !place.node.show.contains(&post.id);
            view.before =
                earlier.and_then(|place| place.counts.get(post.id.as_str())).map(|stats| counts(*stats));
            view.looks = post
                .looks
                .iter()
                .map(|look| {
                    number += 1;
                    let seen = place.looked.contains(&look.id.as_str());
                    look_view(words, shown, post, look, number, seen.then_some(just == Some(&look.id)))
                })
                .collect();
            view
        })
        .collect()
}

/// Posts as they are, with what they answer and quote among their siblings.
#[must_use]
pub fn plain<'p>(
    words: Translator<'_>,
    shown: &Shown<'_>,
    siblings: &[Post],
    posts: impl IntoIterator<Item = &'p Post>,
    fresh: bool,
) -> Vec<PostView> {
    posts.into_iter().map(|post| one(words, shown, siblings, post, fresh)).collect()
}

fn one(words: Translator<'_>, shown: &Shown<'_>, siblings: &[Post], post: &Post, fresh: bool) -> PostView {
    words.post(shown.module, shown.revision, post, siblings, fresh)
}

/// The question of this story that was answered last, unless that answer was taken back.
fn last_answered<'w, 'm>(before: &'w Walk<'m>, now: &NodePlace<'_>) -> Option<&'w NodePlace<'m>> {
    match &before.decisions(&now.scenario.id).last()?.place {
        Place::Node(node) => Some(node),
        _ => None,
    }
}

/// What can be looked at; `seen` says whether that was just now.
fn look_view(
    words: Translator<'_>,
    shown: &Shown<'_>,
    post: &Post,
    look: &Look,
    number: u16,
    seen: Option<bool>,
) -> LookView {
    let kind = match look.of {
        LookOf::Photo => LookKind::Photo,
        LookOf::Profile => LookKind::Profile,
        LookOf::Link => LookKind::Link,
        LookOf::Thread => LookKind::Thread,
    };
    // A photograph without a drawing of its own is the post's, larger.
    let image = look.image.as_ref().or_else(|| post.image.as_ref().filter(|_| look.of == LookOf::Photo));
    LookView {
        number,
        kind,
        label: words.words(&look.label),
        seen: seen.map(|now| Seen {
            tell: words.words(&look.tell),
            picture: image.map(|image| PostPicture {
                src: drawing(shown.revision, image),
                say: words.words(if look.image.is_some() { &look.tell } else { &post.say }),
            }),
            address: (look.of == LookOf::Link).then(|| invented_address(&look.id)),
            now,
        }),
    }
}

/// An address that can lead nowhere: `.example` belongs to nobody.
fn invented_address(id: &str) -> String {
    format!("rei.example/{:06x}", short_hash(id) & 0x00ff_ffff)
}

/// What the field `look` asks for. A number that was never shown is handed on as it came, and refused like any unknown choice.
#[must_use]
pub fn looked(place: &NodePlace<'_>, sent: &str) -> Response {
    let at = sent.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let look = at.and_then(|at| place.feed.iter().flat_map(|post| &post.looks).nth(at));
    Response::Look(look.map_or_else(|| sent.to_owned(), |look| look.id.clone()))
}

/// The part of the page where what was looked at stands: its number as a fragment.
#[must_use]
pub fn fragment(place: &Place<'_>, id: &str) -> String {
    let Place::Node(node) = place else { return String::new() };
    let at = node.feed.iter().flat_map(|post| &post.looks).position(|look| look.id == id);
    at.map(|at| format!("#look-{}", at + 1)).unwrap_or_default()
}

/// Meters of a question, with what the last answer has changed once there is one.
#[must_use]
pub fn meters(words: Translator<'_>, place: &NodePlace<'_>, before: &Walk<'_>) -> Vec<StoryMeterView> {
    let changed = last_answered(before, place).is_some();
    place.meters.iter().map(|meter| meter_view(words, meter, changed)).collect()
}

/// Meters as an answer has left them: where the walk stands now, if that is still the same story or the look back at it.
#[must_use]
pub fn meters_after(words: Translator<'_>, scenario: &str, now: &Place<'_>) -> Vec<StoryMeterView> {
    let meters = match now {
        Place::Node(node) if node.scenario.id == scenario => &node.meters,
        Place::Debrief(debrief) if debrief.scenario.id == scenario => &debrief.meters,
        _ => return Vec::new(),
    };
    meters.iter().map(|meter| meter_view(words, meter, true)).collect()
}

/// A meter.
#[must_use]
pub fn meter_view(words: Translator<'_>, place: &MeterPlace<'_>, changed: bool) -> StoryMeterView {
    let small = |value: u16| u8::try_from(value).unwrap_or(u8::MAX);
    StoryMeterView {
        name: words.words(&place.meter.name),
        value: small(place.value),
        max: small(place.meter.max),
        before: changed.then(|| small(place.before)),
    }
}

/// What a choice does.
#[must_use]
pub const fn act(act: Act) -> ActView {
    match act {
        Act::Look => ActView::Look,
        Act::Talk => ActView::Talk,
        Act::Call => ActView::Call,
        Act::Report => ActView::Report,
        Act::Save => ActView::Save,
        Act::Reply => ActView::Reply,
        Act::Post => ActView::Post,
        Act::Delete => ActView::Delete,
        Act::Wait => ActView::Wait,
    }
}
