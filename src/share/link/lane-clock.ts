/** Parts of the mean step, and of the whole time, that are told apart at least. */
const PARTS_OF_STEP = 25
const PARTS_OF_TIME = 1000

/** The largest of 1, 2, 5, 10, 20 … that is at most `most`, and at least 1. */
function roundStep(most: number): number {
  const decade = 10 ** Math.floor(Math.log10(Math.max(1, most)))
  return decade * ([5, 2].find((digit) => digit * decade <= most) ?? 1)
}

/** How a lane's clock is written: whole numbers of a unit, in tenths of a millisecond. */
export interface LaneClock {
  readonly unit: number
  /** Units that each step took. */
  readonly ticks: readonly number[]
}

/**
 * Times to 2 % of the mean step, of a lane of few steps to less than a thousandth of its whole time, and never
 * finer than 0.1 ms. Errors don't add up: each end of a step is rounded by itself. What comes out of `fromTicks`
 * gives the same ticks again.
 *
 * @param ends milliseconds from the start to each step's end, not falling
 */
export function toTicks(ends: readonly number[]): LaneClock {
  const total = (ends.at(-1) ?? 0) * 10
  const unitFor = (tenths: number) => roundStep(tenths / Math.max(PARTS_OF_TIME, PARTS_OF_STEP * ends.length))
  let unit = unitFor(total)
  // Rounding may carry the total over the bound to another unit; then that one is right.
  for (let tries = 0; tries < 3; tries++) unit = unitFor(Math.round(total / unit) * unit)
  let before = 0
  const ticks = ends.map((end) => {
    const now = Math.max(before, Math.round((end * 10) / unit))
    const taken = now - before
    before = now
    return taken
  })
  return { unit, ticks }
}

/** Milliseconds from the start to each step's end. */
export function fromTicks({ unit, ticks }: LaneClock): number[] {
  let sum = 0
  return ticks.map((taken) => ((sum += taken) * unit) / 10)
}
