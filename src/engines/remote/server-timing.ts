import type { PassSplit } from '../../trace/trace.ts'

/** Durations of a `Server-Timing` header in milliseconds, by name (W3C Server Timing). What can't be read is left out. */
function durations(header: string): Map<string, number> {
  const found = new Map<string, number>()
  for (const entry of header.split(',')) {
    const [name = '', ...parameters] = entry.split(';').map((part) => part.trim())
    const duration = parameters.find((parameter) => /^dur=/i.test(parameter))
    const ms = duration === undefined ? NaN : Number(duration.slice(4).replaceAll('"', ''))
    if (name !== '' && Number.isFinite(ms) && ms >= 0) found.set(name.toLowerCase(), ms)
  }
  return found
}

/**
 * Where a pass that took `ms` here spent its time; null unless the server says how long it computed.
 *
 * @param header the answer's `Server-Timing`, with `compute` and perhaps `queue`
 */
export function splitOf(header: string | null, ms: number): PassSplit | null {
  const said = durations(header ?? '')
  const computeMs = said.get('compute')
  if (computeMs === undefined) return null
  const queueMs = said.get('queue') ?? 0
  return { networkMs: Math.max(0, ms - queueMs - computeMs), queueMs, computeMs }
}
