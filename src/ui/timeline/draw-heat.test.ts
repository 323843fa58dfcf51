import { expect, test } from 'vitest'
import { traceOf } from '../../store/testing/scripted.ts'
import { append } from '../../trace/append.ts'
import { drawHeat } from './draw-heat.ts'

const COLOURS = { ramp: ['unsure', 'sure'], mark: 'mark', end: 'end' }

/** Keeps what is painted, pixel by pixel. */
function paperOf(width: number, height: number) {
  const pixels = new Map<string, string>()
  const context = {
    canvas: { width, height },
    fillStyle: '',
    globalAlpha: 1,
    clearRect: () => pixels.clear(),
    fillRect(left: number, top: number, wide: number, high: number) {
      for (let x = left; x < left + wide; x++) {
        for (let y = top; y < top + high; y++) pixels.set(`${x} ${y}`, context.fillStyle)
      }
    },
  }
  return {
    context: context as unknown as CanvasRenderingContext2D,
    at: (x: number, y: number) => pixels.get(`${x} ${y}`),
  }
}

test('a column a step, a row a position; a commit ends in a mark', () => {
  const { context, at } = paperOf(40, 4)
  drawHeat(context, traceOf('diffusion', [1, 2]), COLOURS)
  // Position 0 was read and committed in step 1: the left half of the first row.
  expect(at(0, 0)).toBe('sure')
  expect(at(19, 0)).toBe('mark')
  expect(at(39, 0)).toBe('sure')
  // Position 1 was not read in step 1.
  expect(at(0, 2)).toBeUndefined()
  expect(at(20, 2)).toBe('sure')
  expect(at(39, 2)).toBe('mark')
})

test('without a trace it is empty', () => {
  const { context, at } = paperOf(10, 10)
  drawHeat(context, traceOf('diffusion', [1]), COLOURS)
  drawHeat(context, null, COLOURS)
  expect(at(0, 0)).toBeUndefined()
})

test('what was masked again is dark from there on, and what came back has a mark of its own', () => {
  const { context, at } = paperOf(80, 2)
  const run = traceOf('diffusion', [1, 2], 'running')
  const masked = append(run, { kind: 'edit', changes: [{ position: 0, id: 0, how: 'masked' }] })
  const pinned = append(masked, { kind: 'edit', changes: [{ position: 0, id: 3, how: 'pinned' }] })
  drawHeat(context, pinned, COLOURS)
  // Step 1 commits position 0, step 3 masks it, step 4 puts another token there.
  expect(at(30, 0)).toBe('sure')
  expect(at(45, 0)).toBe('sure')
  expect(at(62, 0)).toBeUndefined()
  expect(at(79, 0)).toBe('mark')
  // The other position stays.
  expect(at(70, 1)).toBe('sure')
})
