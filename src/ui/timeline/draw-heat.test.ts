import { expect, test } from 'vitest'
import { traceOf } from '../../store/testing.ts'
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
