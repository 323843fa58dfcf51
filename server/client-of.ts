import ipaddr from 'ipaddr.js'

/** Whoever has an IPv6 address has the network of 64 bits around it, too: as many addresses as they like. */
const NETWORK_PARTS = 4

/** Who is counted as one client: an IPv4 address, or an IPv6 network of 64 bits. */
export function clientOf(address: string): string {
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return address
  const parsed = ipaddr.process(bare)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  return `${(parsed as ipaddr.IPv6).parts
    .slice(0, NETWORK_PARTS)
    .map((part) => part.toString(16))
    .join(':')}::/64`
}
