//! Which page an address belongs to. An address that only takes a form cannot be opened, so nobody is led back to it.

/// The page to come back to, for the path and query of any request: the step of `/learn/…/3/again`, the report of its export. Addresses
/// that have no page of their own lead to the first one, and so do those of signing in, for whoever comes back is signed in.
#[must_use]
pub fn page_of(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let (parent, last) = path.rsplit_once('/').unwrap_or(("", path));
    let first = path.split('/').nth(1).unwrap_or_default();
    match (first, last) {
        ("sign-in" | "sign-out" | "signed-out" | "locked" | "language" | "still-here", _) => "/",
        ("learn", "again" | "draft" | "swap" | "take-back")
        | ("team" | "office", "export")
        | ("office", "codes")
        | ("audit", "pack") => parent,
        ("office", "disable" | "enable") => "/office/people",
        ("recall", "later") => "/recall",
        _ => address,
    }
}

#[cfg(test)]
mod tests {
    use super::page_of;

    #[test]
    fn whoever_is_led_back_finds_a_page_and_not_a_form() {
        for (address, page) in [
            ("/learn/p/m1-photo/3", "/learn/p/m1-photo/3"),
            ("/learn/p/m1-photo/3/again", "/learn/p/m1-photo/3"),
            ("/learn/p/m1-photo/3/draft", "/learn/p/m1-photo/3"),
            ("/learn/p/m3-night/swap", "/learn/p/m3-night"),
            ("/learn/p/m5-vanish/take-back", "/learn/p/m5-vanish"),
            ("/learn/p/sign/check?policy=2", "/learn/p/sign/check?policy=2"),
            ("/team/export", "/team"),
            ("/team?status=overdue", "/team?status=overdue"),
            ("/office/departments/d/export", "/office/departments/d"),
            ("/office/questions/export", "/office/questions"),
            ("/office/clauses/export", "/office/clauses"),
            ("/office/people/s/code", "/office/people/s/code"),
            ("/office/people/s/disable", "/office/people"),
            ("/office/people/import/i/codes", "/office/people/import/i"),
            ("/audit/pack", "/audit"),
            ("/recall/a/1", "/recall/a/1"),
            ("/recall/a/1/later", "/recall"),
            ("/sign-out", "/"),
            ("/sign-in?return_to=%2Fhistory", "/"),
            ("/locked?return_to=%2Fhistory", "/"),
            ("/language", "/"),
            ("/still-here", "/"),
            ("/", "/"),
        ] {
            assert_eq!(page_of(address), page, "{address}");
        }
    }
}
