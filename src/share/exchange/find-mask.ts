import { isMaskText } from './token-table.ts'

/** A token as a canvas names it. */
export type CanvasToken = number | string | null

/** Ids of the mask in published models, where nothing else tells: LLaDA, Dream, LLaDA2, SDAR. */
const KNOWN_MASKS: readonly number[] = [126_336, 151_666, 156_895, 151_669]

/**
 * Which token is the mask, where the file doesn't say: one that is spelt so, or else the one that most of the
 * positions that change began with. Null where none behaves like one: models whose noise is random tokens have none.
 *
 * @param canvases one list of tokens a step, all of one length
 */
export function findMask(canvases: readonly (readonly CanvasToken[])[]): CanvasToken | undefined {
  const first = canvases[0] ?? []
  const spelt = first.find((one) => one === null || (typeof one === 'string' && isMaskText(one)))
  if (spelt !== undefined) return spelt
  const changing = first.filter((one, at) => canvases.some((canvas) => canvas[at] !== one))
  const counts = new Map<CanvasToken, number>()
  for (const one of changing) counts.set(one, (counts.get(one) ?? 0) + 1)
  const [best, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most), [undefined, 0] as [
    CanvasToken | undefined,
    number,
  ])
  // One of two that both change may be anything; the last one of a run that is nearly over need not.
  const isMask = count * 2 > changing.length && (count > 1 || typeof best === 'number')
  if (isMask) return best
  return first.find((one) => typeof one === 'number' && KNOWN_MASKS.includes(one))
}
