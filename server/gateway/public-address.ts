import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether an IP address is one of the public internet: none of a loopback, private, link-local or metadata network. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'unicast'
}

/**
 * Whether a URL's host may be public, as far as its spelling tells: names are judged again by what they resolve to.
 * `URL` has already turned spellings such as `0x7f.1` into dotted numbers.
 */
export function isPublicHost(hostname: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (isIP(bare) !== 0) return isPublicAddress(bare)
  return bare !== 'localhost' && !bare.endsWith('.localhost')
}
