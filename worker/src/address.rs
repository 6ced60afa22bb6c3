//! From where a request comes.

use std::net::Ipv6Addr;

use http::HeaderMap;

/// The client's network address. Cloudflare sets the header, whatever the client sends.
pub fn of(headers: &HeaderMap) -> &str {
    let address = headers.get("cf-connecting-ip");
    address
        .and_then(|value| value.to_str().ok())
        .unwrap_or("unknown")
}

/// What has to be taken for one client: an IPv4 address, or the 64 bits of an IPv6 address that
/// whoever has one has all of.
pub fn network(address: &str) -> String {
    match address.parse::<Ipv6Addr>() {
        Ok(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Err(_) => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_one_client() {
        assert_eq!(network("2001:db8:0:1:aaaa::1"), "2001:db8:0:1::/64");
        assert_eq!(network("2001:DB8:0:1::"), "2001:db8:0:1::/64");
        assert_eq!(network("192.0.2.1"), "192.0.2.1");
        assert_eq!(network("unknown"), "unknown");
    }
}
