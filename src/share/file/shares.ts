/** Probabilities are kept in ten-thousandths. */
const PARTS = 10_000
/** Stands for a probability that rounds to 0, whose logarithm must stay finite. */
const LEAST = 0.25 / PARTS

export function toShare(probability: number): number {
  return Math.round(Math.min(1, probability) * PARTS)
}

/** Null where the probability is not known. */
export function toKnownShare(probability: number): number | null {
  return Number.isNaN(probability) ? null : toShare(probability)
}

/** NaN where it is not known. */
export function fromShare(share: number | null): number {
  return share === null ? NaN : share / PARTS
}

/** Finite, whatever the share. */
export function logOfShare(share: number): number {
  return Math.log(Math.max(share / PARTS, LEAST))
}

/** Milliseconds and nats keep three decimals. */
export function toThousandths(value: number): number {
  return Math.round(value * 1000) / 1000
}
