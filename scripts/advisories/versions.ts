/** Parts of a version by https://semver.org: numbers, then identifiers of a pre-release. */
interface Version {
  readonly numbers: readonly number[]
  readonly before: readonly string[]
}

function parse(text: string): Version {
  const [core = '', before = ''] = text
    .replace(/^[v=\s]+/, '')
    .replace(/\+.*$/, '')
    .split(/-(.*)/)
  return { numbers: core.split('.').map(Number), before: before === '' ? [] : before.split('.') }
}

/** Negative where `a` is older than `b`, positive where it is newer. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parse(a), parse(b)]
  for (let at = 0; at < 3; at++) {
    const difference = (one.numbers[at] ?? 0) - (other.numbers[at] ?? 0)
    if (difference !== 0) return difference
  }
  if (one.before.length === 0 || other.before.length === 0) return other.before.length - one.before.length
  for (let at = 0; at < Math.max(one.before.length, other.before.length); at++) {
    const difference = compareIdentifiers(one.before[at], other.before[at])
    if (difference !== 0) return difference
  }
  return 0
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)]
  if (isNumber && isOtherNumber) return Number(a) - Number(b)
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Whether a version is in a range of comparators, as advisories write them: `>=1.0.0 <1.2.3 || =2.0.0`, also with
 * commas. Throws where it holds anything else: an advisory must not be passed over.
 */
export function isInRange(version: string, range: string): boolean {
  return range.split('||').some((part) => {
    const comparators = part
      .replaceAll(',', ' ')
      .replace(/([<>=]+)\s+/g, '$1')
      .trim()
      .split(/\s+/)
    return comparators.every((comparator) => {
      if (comparator === '*' || comparator === '') return true
      const [, operator = '=', bound = ''] =
        /^(<=|>=|<|>|=)?v?(\d+(?:\.\d+){0,2}(?:[-+].*)?)$/.exec(comparator) ?? []
      if (bound === '') throw new Error(`The range "${range}" cannot be read.`)
      const difference = compareVersions(version, bound)
      return {
        '<': difference < 0,
        '<=': difference <= 0,
        '>': difference > 0,
        '>=': difference >= 0,
        '=': difference === 0,
      }[operator]!
    })
  })
}
