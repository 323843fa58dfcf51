/** What looks like an address: a URL, an IPv4 address with its port, an IPv6 address in brackets or with many colons. */
const ADDRESSES = [
  /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s"'<>]+/gi,
  /\b\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?\b/g,
  /\[[0-9a-f:.]*:[0-9a-f:.]*\](?::\d{1,5})?/gi,
  /\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{1,4}\b/gi,
]

/** An upstream's sentence without addresses, neither its own nor others of its network. */
export function hideAddresses(text: string, own: readonly string[]): string {
  const hosts = own.flatMap((address) => [new URL(address).host, new URL(address).hostname])
  const bare = ADDRESSES.reduce((left, address) => left.replace(address, '(an address)'), text)
  return hosts.reduce((left, host) => left.replaceAll(host, '(an address)'), bare)
}
