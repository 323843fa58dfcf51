import type { Reading } from './choose.ts'
import type { Block } from './schedule.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A tail of end-of-sequence choices at least this probable is committed free of the quota. */
export const END_FLOOR = 0.99

/**
 * When ends of sequence are decided; which is right depends on how a model was trained. `sure`: as soon as a tail of them
 * is, free of the quota. `last`: a position that would end waits while another of its block has something to say
 * (after arXiv 2502.09992, appendix B.4: the confidence of an end counts as zero); then all that is left ends.
 */
export type Ends = 'sure' | 'last'

/**
 * Which ids may stand at `position` of a canvas. Never a suppressed one; no end of sequence at position 0
 * (no answer is empty), nor anywhere to the left of committed content. It is applied before a confidence is
 * read: otherwise an unsure model commits its ends first and the answer comes back empty.
 */
export function allowedAt(
  canvas: ArrayLike<number>,
  position: number,
  { mask, end, suppressed }: Vocabulary,
): (id: number) => boolean {
  let mayEnd = position > 0
  for (let right = position + 1; right < canvas.length && mayEnd; right++) {
    mayEnd = canvas[right] === mask || canvas[right] === end
  }
  return (id) => id !== mask && !suppressed.includes(id) && (id !== end || mayEnd)
}

/**
 * Start of the longest stretch up to the block's right edge whose positions are all committed ends, or
 * masked with an end as their choice that is at least `floor` probable; the block's end when there is none.
 *
 * @param readings by position, of the masked ones
 */
export function tailStart(
  canvas: Int32Array,
  readings: ReadonlyMap<number, Reading>,
  block: Block,
  end: number,
  floor: number,
): number {
  let start = block[1]
  while (start > block[0]) {
    const reading = readings.get(start - 1)
    const joins =
      canvas[start - 1] === end ||
      (reading !== undefined && reading.id === end && reading.probability >= floor)
    if (!joins) break
    start--
  }
  return start
}
