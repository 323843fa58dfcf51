import type { Judge } from './judgement.ts'

const SIDE = 4
const GRID = /(?<!\d)[0-4]{4}(?:\/[0-4]{4}){3}(?!\d)/

function digitsOf(grid: string): string {
  return grid.replaceAll('/', '')
}

/** Rows, columns and boxes, as places in the grid read row by row. */
const UNITS: readonly (readonly number[])[] = [0, 1, 2, 3].flatMap((unit) => {
  const places = [0, 1, 2, 3]
  const [top, left] = [2 * Math.floor(unit / 2), 2 * (unit % 2)]
  return [
    places.map((column) => SIDE * unit + column),
    places.map((row) => SIDE * row + unit),
    places.map((place) => SIDE * (top + Math.floor(place / 2)) + left + (place % 2)),
  ]
})

/** A solved grid of four by four that keeps the digits given, whatever stands between its digits. */
export const judgeSudoku: Judge = (prompt, answer) => {
  const puzzle = GRID.exec(prompt)?.[0]
  if (puzzle === undefined || !/sudoku|puzzle|missing digits/i.test(prompt)) return null
  const [given, found] = [digitsOf(puzzle), answer.replaceAll(/\D/g, '')]
  if (!/^[1-4]{16}$/.test(found)) return 'wrong'
  const keeps = [...given].every((digit, place) => digit === '0' || digit === found[place])
  const isSolved = UNITS.every((unit) => new Set(unit.map((place) => found[place])).size === SIDE)
  return keeps && isSolved ? 'right' : 'wrong'
}
