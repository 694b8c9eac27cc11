//! Kinds of change as the pages name them.

use kokoroe_app::policy::ChangeView;
use kokoroe_courses::ChangeKind;

/// How much a version changes, as the page knows it.
#[must_use]
pub const fn change(kind: ChangeKind) -> ChangeView {
    match kind {
        ChangeKind::Editorial => ChangeView::Editorial,
        ChangeKind::Material => ChangeView::Material,
        ChangeKind::Urgent => ChangeView::Urgent,
    }
}
