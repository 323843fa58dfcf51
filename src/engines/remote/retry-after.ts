/**
 * Seconds after which another try makes sense, by an answer's `Retry-After`: a number of seconds or a date
 * (RFC 9110, 10.2.3). Null where it says neither; 0 where the time has come.
 *
 * @param now this machine's time; a date is measured by the answer's own `Date` where it has one, since clocks differ
 */
export function retryAfter(headers: Pick<Headers, 'get'>, now: number = Date.now()): number | null {
  const said = headers.get('retry-after')?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(said)) return bounded(Math.ceil(Number(said)))
  // Without letters it is no date, though parsers make one of "-5" and of "1.5e3".
  const at = /[a-z]{3}/i.test(said) || /^\d{4}-\d\d-\d\dT/.test(said) ? Date.parse(said) : NaN
  if (Number.isNaN(at)) return null
  const theirs = Date.parse(headers.get('date') ?? '')
  return bounded(Math.max(0, Math.ceil((at - (Number.isNaN(theirs) ? now : theirs)) / 1000)))
}

/** A wait beyond a day is no advice that a page can give. */
function bounded(seconds: number): number | null {
  return seconds <= 86_400 ? seconds : null
}

/** A wait as people say it: "now", "in 12 s", "in 5 minutes". */
export function inWords(seconds: number): string {
  if (seconds <= 0) return 'now'
  if (seconds <= 120) return `in ${seconds} s`
  return seconds <= 7200 ? `in ${Math.ceil(seconds / 60)} minutes` : `in ${Math.ceil(seconds / 3600)} hours`
}
