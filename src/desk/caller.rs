//! Whose a connection is, as far as the system tells.

use std::net::SocketAddr;

/// Whether the connection from `peer` to `port` of this machine may be that of who runs this program: not where the system says that it is another's.
#[cfg(target_os = "linux")]
pub fn may_be_ours(peer: SocketAddr, port: u16) -> bool {
    use std::fs;
    use std::os::unix::fs::MetadataExt;
    let Ok(table) = fs::read_to_string("/proc/net/tcp") else { return true };
    let us = fs::metadata("/proc/self").map(|of| of.uid());
    owner(&table, peer, port).zip(us.ok()).is_none_or(|(owner, us)| owner == us)
}

/// Other systems do not tell.
#[cfg(not(target_os = "linux"))]
pub fn may_be_ours(_peer: SocketAddr, _port: u16) -> bool {
    true
}

/// The user whose end of the connection from `peer` to `port` is, by the table of the system (proc(5), `/proc/net/tcp`).
#[cfg(target_os = "linux")]
fn owner(table: &str, peer: SocketAddr, port: u16) -> Option<u32> {
    let SocketAddr::V4(peer) = peer else { return None };
    // Addresses stand there as a number of this machine, of bytes in the order of the net.
    let address = u32::from_ne_bytes(peer.ip().octets());
    let (from, to) = (format!("{address:08X}:{:04X}", peer.port()), format!("{address:08X}:{port:04X}"));
    let rows = table.lines().map(|row| row.split_ascii_whitespace().collect::<Vec<_>>());
    let mut ours = rows.filter(|row| row.get(1) == Some(&from.as_str()) && row.get(2) == Some(&to.as_str()));
    ours.find_map(|row| row.get(7)?.parse().ok())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use std::net::{Ipv4Addr, TcpListener, TcpStream};

    #[test]
    fn the_system_tells_whose_a_connection_is() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        let peer = stream.local_addr().unwrap();
        assert!(may_be_ours(peer, port));
        let SocketAddr::V4(from) = peer else { unreachable!("it is bound to one") };
        let ip = u32::from_ne_bytes(from.ip().octets());
        let row = |user: u32| {
            format!(
                "  sl  local_address rem_address\n   0: {ip:08X}:{:04X} {ip:08X}:{port:04X} 01 00000000:00000000 00:00000000 00000000  {user}        0 1 1\n",
                from.port()
            )
        };
        assert_eq!(owner(&row(1234), peer, port), Some(1234));
        assert_eq!(owner(&row(1234), peer, port.wrapping_add(1)), None);
        assert_eq!(owner("", peer, port), None);
    }
}
