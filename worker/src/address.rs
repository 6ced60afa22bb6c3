//! From where a request comes.

use std::net::Ipv6Addr;

use http::HeaderMap;

/// How many networks of 64 bits' worth a network of 48 bits may do: it has 65,536 of them, and may be one client's
/// or a whole provider's.
const SHARE_OF_48: u32 = 4;

/// A network that a client has at least one address of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// Differs from that of every other network.
    pub name: String,
    /// How many clients' worth it may do.
    pub share: u32,
}

/// The client's network address. Cloudflare sets the header, whatever the client sends.
pub fn of(headers: &HeaderMap) -> &str {
    let address = headers.get("cf-connecting-ip");
    address
        .and_then(|value| value.to_str().ok())
        .filter(|text| {
            text.bytes()
                .all(|byte| byte.is_ascii_hexdigit() || b".:".contains(&byte))
        })
        .unwrap_or("unknown")
}

/// The networks that have to be taken for one client, the narrowest first: an IPv4 address; or the 64 bits of an
/// IPv6 address, all of which whoever has one has, and the 48 bits, all of which they can have for the asking.
pub fn networks(address: &str) -> Vec<Network> {
    let Ok(address) = address.parse::<Ipv6Addr>() else {
        return vec![network(address.to_owned(), 1)];
    };
    let [a, b, c, d, ..] = address.segments();
    vec![
        network(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"), 1),
        network(format!("{a:x}:{b:x}:{c:x}::/48"), SHARE_OF_48),
    ]
}

fn network(name: String, share: u32) -> Network {
    Network { name, share }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ipv6_network_is_one_client_and_a_few_with_its_neighbours() {
        let found = networks("2001:db8:0:1:aaaa::1");
        assert_eq!(found, networks("2001:DB8:0:1::"));
        let names: Vec<_> = found
            .iter()
            .map(|found| (&*found.name, found.share))
            .collect();
        assert_eq!(names, [("2001:db8:0:1::/64", 1), ("2001:db8:0::/48", 4)]);
        for alone in ["192.0.2.1", "unknown"] {
            assert_eq!(networks(alone), [network(alone.to_owned(), 1)]);
        }
    }
}
