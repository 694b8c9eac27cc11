//! From where somebody calls. Guesses are slowed down by it, so a caller must not choose it.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;

/// The caller's address: the peer, or what trusted proxies say, read from the right.
#[derive(Clone, Copy, Debug)]
pub struct Caller(pub IpAddr);

/// Who calls: `peer`, unless that is a proxy that is trusted.
pub(super) fn of(trusted: &[IpAddr], peer: IpAddr, headers: &HeaderMap) -> Caller {
    let trusted = |ip: &IpAddr| trusted.contains(ip);
    if !trusted(&peer) {
        return Caller(peer);
    }
    let said: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(','))
        .collect();
    // What stands left of a word that is no address was not written by a proxy that is trusted: anybody may have sent it.
    let mut hops = said.into_iter().rev().map_while(|hop| address(hop.trim()));
    Caller(hops.find(|ip| !trusted(ip)).unwrap_or(peer))
}

/// An address, with or without a port.
fn address(hop: &str) -> Option<IpAddr> {
    hop.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

#[cfg(test)]
mod tests {
    use http::HeaderName;

    use super::*;

    #[test]
    fn only_a_trusted_proxy_says_who_calls_and_only_its_own_word_counts() {
        let ip = |text: &str| text.parse::<IpAddr>().expect("an address");
        let said = |peer: &str, headers: &[&str]| {
            let name = HeaderName::from_static("x-forwarded-for");
            let headers =
                headers.iter().map(|value| (name.clone(), value.parse().expect("a value"))).collect();
            of(&[ip("10.0.0.1"), ip("10.0.0.2")], ip(peer), &headers).0
        };
        assert_eq!(said("192.0.2.7", &["127.0.0.1"]), ip("192.0.2.7"), "a stranger says nothing");
        assert_eq!(said("10.0.0.1", &["192.0.2.7"]), ip("192.0.2.7"));
        assert_eq!(
            said("10.0.0.1", &["203.0.113.9, 192.0.2.7, 10.0.0.2"]),
            ip("192.0.2.7"),
            "read from the right"
        );
        assert_eq!(said("10.0.0.1", &["203.0.113.9", "192.0.2.7"]), ip("192.0.2.7"), "over several headers");
        assert_eq!(said("10.0.0.1", &["203.0.113.9, 192.0.2.7:1234"]), ip("192.0.2.7"), "with its port");
        assert_eq!(
            said("10.0.0.1", &["203.0.113.9, unknown"]),
            ip("10.0.0.1"),
            "nothing left of what is no address"
        );
    }
}
