/** 0 and up for 0, −1, 1, −2, 2 … */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

/** The inverse of `zigzag`. */
export function unzigzag(value: number): number {
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}

/** Bits that hold every whole number from 0 to `most`. */
export function widthOf(most: number): number {
  return 32 - Math.clz32(most)
}
