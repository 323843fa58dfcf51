import { comparisonOfPair } from '../pair/comparison-of-pair.ts'
import { bodiesOf, LONGEST_LINK, readAddress } from './address.ts'
import { fromBase64url } from './base64url.ts'
import { NewerLink } from './link-damage.ts'
import type { SharedComparison, SharedRun } from './shared-comparison.ts'
import { toShared } from './to-shared.ts'
import { pairOfLink } from './version-2/pair-of-link.ts'
import { readVersion2 } from './version-2/version-2.ts'
import { readVersion3 } from './version-3/version-3.ts'

export type DecodedLink =
  | { readonly ok: true; readonly shared: SharedComparison }
  | {
      readonly ok: false
      readonly kind: 'unknown-version' | 'damaged' | 'not-a-link'
      /** A sentence for the person. */
      readonly message: string
    }

/** Every version that was ever given away stays here. */
const READERS: ReadonlyMap<number, (bytes: Uint8Array) => SharedComparison> = new Map([
  [2, sharedOfVersion2],
  [3, readVersion3],
])

const NOT_A_LINK = 'This is not a link to a comparison.'
const NEWER =
  'This link was made by a newer version of this page. Reload the page, or ask the sender for a file.'
const OLDER = 'This link is of a form that is no longer read. Ask the sender to make a new one.'
const DAMAGED =
  'This link is damaged: a part of it was lost or changed on the way. Copy the whole of it again, or ask the sender for a file.'

/**
 * Reads a comparison from a hash, with or without '#', or from a whole address. Never throws; takes bounded
 * time and memory whatever it is given. Nothing in it is trusted: show its words as text only.
 */
export function decodeLink(hash: string): DecodedLink {
  if (hash.length > 3 * LONGEST_LINK) return { ok: false, kind: 'not-a-link', message: NOT_A_LINK }
  const address = readAddress(hash)
  if (address === null) return { ok: false, kind: 'not-a-link', message: NOT_A_LINK }
  const read = READERS.get(address.version)
  if (read === undefined) {
    const message = address.version < Math.min(...READERS.keys()) ? OLDER : NEWER
    return { ok: false, kind: 'unknown-version', message }
  }
  for (const body of bodiesOf(address.body.slice(0, LONGEST_LINK))) {
    try {
      return { ok: true, shared: read(fromBase64url(body)) }
    } catch (error) {
      if (error instanceof NewerLink) return { ok: false, kind: 'unknown-version', message: NEWER }
    }
  }
  return { ok: false, kind: 'damaged', message: DAMAGED }
}

/** A pair as lanes, on the clocks on which it was written; its playhead is a step of the diffusion lane. */
function sharedOfVersion2(bytes: Uint8Array): SharedComparison {
  const linked = readVersion2(bytes)
  const comparison = comparisonOfPair(pairOfLink(linked), 'shared')
  const shared = toShared(comparison, { clock: 'time', steps: [linked.playhead, null] }, linked)
  const clocks = [linked.diffusion, linked.autoregressive]
  const onClock = (run: SharedRun, { clockUnit, passShare, steps }: (typeof clocks)[number]): SharedRun => ({
    ...run,
    clockUnit,
    passShare,
    steps: run.steps.map((step, at) => ({ ...step, ticks: steps[at]!.ticks })),
  })
  const lanes = shared.lanes.map((lane, at) => ({ ...lane, run: lane.run && onClock(lane.run, clocks[at]!) }))
  return { ...shared, lanes }
}
