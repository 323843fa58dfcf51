/**
 * The logistic function at 0, 0.5, 1 … 12 in 65536ths. Written out, because `Math.exp` may differ in the last
 * bit from one engine to the next, and a link must be read alike by all.
 */
const AT_HALVES = [
  32768, 40793, 47911, 53581, 57724, 60565, 62428, 63615, 64357, 64816, 65097, 65269, 65374, 65438, 65476,
  65500, 65514, 65523, 65528, 65531, 65533, 65534, 65535, 65535, 65536,
] as const

/** Parts of a unit of the logistic function's argument. */
const PARTS = 256
const STEP = PARTS / 2
/** The largest argument, in parts: 8. */
const MOST = 8 * PARTS

/** A probability in 65536ths of an argument in 256ths; whole numbers both. */
export function squash(argument: number): number {
  const size = Math.min(MOST, Math.abs(argument))
  const at = Math.floor(size / STEP)
  const within = size - at * STEP
  const [before, behind] = [AT_HALVES[at]!, AT_HALVES[at + 1]!]
  const p = before + Math.floor(((behind - before) * within) / STEP)
  return argument < 0 ? 65_536 - p : p
}

/** Arguments of probabilities in 4096ths: for each the largest that does not pass it. */
const STRETCHED = (() => {
  const table = new Int16Array(4096)
  let argument = -MOST
  for (let share = 0; share < 4096; share++) {
    while (argument < MOST && squash(argument + 1) <= share * 16 + 8) argument++
    table[share] = argument
  }
  return table
})()

/** The inverse of `squash`, for 0 to 65535. */
export function stretch(p: number): number {
  return STRETCHED[p >>> 4]!
}
