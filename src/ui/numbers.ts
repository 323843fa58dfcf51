/** A probability in per cent, with a digit more where it is small or nearly sure. */
export function percent(probability: number): string {
  const value = probability * 100
  const digits = value > 99.95 || value === 0 ? 0 : value < 10 || value > 99 ? 1 : 0
  return `${value.toFixed(digits)} %`
}

/** A time given in milliseconds, with the digits that matter and its unit. */
export function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms >= 10_000 ? 1 : 2)} s`
  return `${ms >= 100 ? ms.toFixed(0) : ms >= 10 ? ms.toFixed(1) : ms.toFixed(2)} ms`
}

/** Megabytes, a million bytes each. */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1)
}

/** A rate or ratio, three digits at most. */
export function ratio(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}

/** A number of parameters, for example "5.9 M". */
export function parameters(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} B`
  return count >= 1e6 ? `${(count / 1e6).toFixed(1)} M` : `${Math.round(count / 1e3)} k`
}
