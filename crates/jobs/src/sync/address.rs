//! Which addresses are asked: those of the public internet, checked where a name is resolved, so that what is checked is what
//! is connected to.

use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// A server: host and port, as addresses name it.
pub type Server = (String, u16);

/// The server that an address names; `None` if it names none.
pub fn server(url: &Url) -> Option<Server> {
    Some((url.host_str()?.to_ascii_lowercase(), url.port_or_known_default()?))
}

/// Refuses a server that is written as a private address, or as a name that stands for one. Behind a proxy, which resolves names
/// itself, this is all that can be known.
pub fn check_as_written(url: &Url) -> Result<(), Private> {
    let refused = |address| Private { host: url.host_str().unwrap_or_default().to_owned(), address };
    match url.host() {
        Some(Host::Ipv4(address)) if !is_public(address.into()) => Err(refused(address.into())),
        Some(Host::Ipv6(address)) if !is_public(address.into()) => Err(refused(address.into())),
        Some(Host::Domain(name)) if is_local_name(name) => Err(refused(Ipv4Addr::LOCALHOST.into())),
        _ => Ok(()),
    }
}

fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost")
}

/// Whether anyone on the internet could have this address: not this machine, its networks, or what is set aside for other uses
/// (the registries of special addresses of IANA, RFC 6890).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    // This network, and what is reserved or broadcast; carrier-grade NAT; protocol assignments and 6to4 relays; benchmarks.
    let is_special = matches!(
        (first, second, third),
        (0 | 240..=255, ..) | (100, 64..=127, _) | (192, 0, 0) | (192, 88, 99) | (198, 18..=19, _)
    );
    !(is_special
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation())
}

/// Only `2000::/3` is given to networks; of it, not what carries an address of another kind inside, nor what is set aside.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // The translators of networks that speak IPv6 alone; 6to4.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => embedded(high, low),
        // Teredo and other protocols; documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// Resolves names, and refuses those that lead to a private address.
#[derive(Debug)]
pub struct Guard {
    /// Servers that may be where they are: the proxy, and what source.toml names where the setting lets it be private.
    pub trusted: Vec<Server>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = DefaultResolver::default().resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().to_ascii_lowercase();
        let is_trusted = |address: &SocketAddr| {
            self.trusted.iter().any(|(name, port)| *name == host && *port == address.port())
        };
        match addresses.iter().find(|address| !is_public(address.ip()) && !is_trusted(address)) {
            Some(refused) => Err(ureq::Error::Other(Box::new(Private { host, address: refused.ip() }))),
            None => Ok(addresses),
        }
    }
}

/// A server that is not on the public internet.
#[derive(Debug)]
pub struct Private {
    /// How it was named.
    pub host: String,
    /// Where that leads.
    pub address: IpAddr,
}

impl fmt::Display for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is the private address {}", self.host, self.address)
    }
}

impl Error for Private {}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expect: bool) {
        assert_eq!(is_public(address.parse().unwrap()), expect, "{address}");
    }

    #[test]
    fn addresses_of_the_internet_are_public() {
        for address in
            ["8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1"]
        {
            check(address, true);
        }
        for address in ["2a00:1450:4002::1", "2606:4700::1111", "64:ff9b::808:808", "2002:808:808::1"] {
            check(address, true);
        }
    }

    #[test]
    fn addresses_of_this_machine_and_its_networks_are_not() {
        for address in
            ["127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255"]
        {
            check(address, false);
        }
        for address in
            ["192.168.1.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "224.0.0.1", "239.1.1.1"]
        {
            check(address, false);
        }
        for address in ["255.255.255.255", "240.0.0.1", "192.0.0.8", "198.18.0.1", "192.0.2.1", "203.0.113.9"]
        {
            check(address, false);
        }
        for address in
            ["::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2001::1"]
        {
            check(address, false);
        }
        // The private address inside.
        for address in
            ["::ffff:127.0.0.1", "::ffff:8.8.8.8", "::10.0.0.1", "64:ff9b::7f00:1", "2002:a00:1::1"]
        {
            check(address, false);
        }
    }

    #[test]
    fn whatever_way_a_private_address_is_written_it_is_seen() {
        for written in ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "[::1]", "[::ffff:10.0.0.1]"] {
            let url = Url::parse(&format!("http://{written}/x")).unwrap();
            assert!(check_as_written(&url).is_err(), "{written}");
        }
        for written in ["localhost", "LOCALHOST.", "a.localhost"] {
            let url = Url::parse(&format!("http://{written}/x")).unwrap();
            assert!(check_as_written(&url).is_err(), "{written}");
        }
        assert!(check_as_written(&Url::parse("https://www.example.it/x").unwrap()).is_ok());
    }

    #[test]
    fn a_name_is_refused_where_it_leads_unless_the_server_is_trusted() {
        let config = Config::builder().build();
        let uri: Uri = "http://localhost:81/".parse().unwrap();
        let resolve = |trusted: &[(&str, u16)]| {
            let trusted = trusted.iter().map(|(host, port)| ((*host).to_owned(), *port)).collect();
            let timeout =
                NextTimeout { after: std::time::Duration::from_secs(5).into(), ..NextTimeout::default() };
            Guard { trusted }.resolve(&uri, &config, timeout)
        };
        assert!(resolve(&[]).unwrap_err().to_string().contains("localhost is the private address"));
        assert!(resolve(&[("localhost", 80)]).is_err());
        assert!(resolve(&[("localhost", 81)]).is_ok());
    }
}
