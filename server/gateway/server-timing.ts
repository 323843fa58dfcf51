/** Longest `Server-Timing` of an upstream that is passed on. */
const LONGEST = 500

/** What HTTP allows in the header: tokens with parameters, no control characters. */
const METRICS = /^[\x20-\x7e]+$/

/**
 * The header that tells where a step's milliseconds went; the upstream's own account follows the gateway's.
 * https://www.w3.org/TR/server-timing/
 */
export function serverTiming(
  { gatewayMs, upstreamMs }: { readonly gatewayMs: number; readonly upstreamMs: number },
  theirs: string | readonly string[] | undefined,
): string {
  const ours = `gateway;dur=${gatewayMs.toFixed(2)}, upstream;dur=${upstreamMs.toFixed(2)}`
  const more = typeof theirs === 'string' ? theirs : (theirs ?? []).join(', ')
  return more.length <= LONGEST && METRICS.test(more) ? `${ours}, ${more}` : ours
}
