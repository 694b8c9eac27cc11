//! A post of an invented network as the page shows it, by itself: what a story has done to it is told in `feed`.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use kokoroe_app::Lang;
use kokoroe_app::ui::say::Words;
use kokoroe_app::ui::{
    Counts, Face, FaceKind, FrameView, PostPicture, PostView, QuoteView, ReplyTo, Skin as SkinView,
};
use kokoroe_courses::{Actor, Face as FaceOf, Module, Post, Skin, Stats};

use super::translate::{Translator, drawing, story_time};

/// The learner's own part in a story, by the id of its actor.
const YOU: &str = "you";

impl Translator<'_> {
    /// A post, with what stands in the same file for the one that it answers and the one that it quotes.
    #[must_use]
    pub fn post(
        &self,
        module: &Module,
        revision: &str,
        post: &Post,
        siblings: &[Post],
        fresh: bool,
    ) -> PostView {
        let actor = module.actors.get(&post.by);
        let sibling = |id: &Option<String>| {
            let id = id.as_ref()?;
            siblings.iter().find(|other| other.id == *id)
        };
        PostView {
            id: shown_id(&post.id),
            skin: skin(post.skin),
            author: self.author(actor),
            handle: handle(actor),
            face: face(&post.by, actor),
            about: actor.and_then(|actor| actor.about.as_ref()).map(|about| self.words(about)),
            mine: post.by == YOU,
            at: Some(story_time(post.at).figures()),
            text: self.words(&post.text),
            say: self.words(&post.say),
            stars: post.stars,
            place: post.place.as_ref().map(|place| self.words(place)),
            picture: self.picture(revision, post),
            frames: post
                .frames
                .iter()
                .map(|frame| FrameView {
                    text: self.words(&frame.text),
                    say: frame.say.as_ref().map(|say| self.words(say)),
                })
                .collect(),
            quote: sibling(&post.quotes).map(|quoted| {
                let actor = module.actors.get(&quoted.by);
                QuoteView {
                    author: self.author(actor),
                    handle: handle(actor),
                    face: face(&quoted.by, actor),
                    text: self.words(&quoted.text),
                    picture: self.picture(revision, quoted),
                }
            }),
            reply_to: sibling(&post.reply_to).map(|answered| ReplyTo {
                id: shown_id(&answered.id),
                author: self.author(module.actors.get(&answered.by)),
            }),
            looks: Vec::new(),
            counts: counts(post.stats),
            before: None,
            fresh,
            waits: fresh,
        }
    }

    fn author(&self, actor: Option<&Actor>) -> Words {
        actor.map_or_else(|| Words::plain(Lang::Ja, ""), |actor| self.words(&actor.name))
    }

    fn picture(&self, revision: &str, post: &Post) -> Option<PostPicture> {
        let image = post.image.as_ref()?;
        Some(PostPicture { src: drawing(revision, image), say: self.words(&post.say) })
    }
}

/// The id of a post on a page. The author's word for it stays here: it may tell what the learner is to find out.
fn shown_id(id: &str) -> String {
    format!("{:x}", short_hash(id))
}

/// Half of a hash: enough to tell the posts of a page apart.
pub(super) fn short_hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish() >> 32
}

fn handle(actor: Option<&Actor>) -> Option<String> {
    actor.map(|actor| actor.handle.clone()).filter(|handle| !handle.is_empty())
}

fn face(id: &str, actor: Option<&Actor>) -> Face {
    let kind = match actor.map_or(FaceOf::Unknown, |actor| actor.face) {
        FaceOf::Person => FaceKind::Person,
        FaceOf::Hospital => FaceKind::Hospital,
        FaceOf::Shop => FaceKind::Shop,
        FaceOf::News => FaceKind::News,
        FaceOf::Unknown => FaceKind::Unknown,
        FaceOf::Crowd => FaceKind::Crowd,
    };
    Face::of(id, kind)
}

/// Counts below a post.
pub(super) const fn counts(stats: Stats) -> Counts {
    Counts { likes: stats.like, replies: stats.reply, shares: stats.share }
}

const fn skin(skin: Skin) -> SkinView {
    match skin {
        Skin::Short => SkinView::Short,
        Skin::Friends => SkinView::Friends,
        Skin::Photo => SkinView::Photo,
        Skin::Chat => SkinView::Chat,
        Skin::Review => SkinView::Review,
        Skin::Video => SkinView::Video,
        Skin::Board => SkinView::Board,
    }
}
