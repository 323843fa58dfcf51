import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Public by their range, and yet answered by the machine's own host: Azure's metadata and agent. */
const OF_HOSTS: ReadonlySet<string> = new Set(['168.63.129.16'])

/** Whether an IP address is one of the public internet: none of a loopback, private, link-local or metadata network. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  if (!ipaddr.isValid(bare)) return false
  const parsed = ipaddr.process(bare)
  return parsed.range() === 'unicast' && !OF_HOSTS.has(parsed.toString())
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
