import { expect, test } from 'vitest'
import { neighbour } from './neighbour.ts'

/** Words of these widths in lines of 100. */
function laid(widths: readonly number[]) {
  let [left, top] = [0, 0]
  return widths.map((offsetWidth) => {
    if (left + offsetWidth > 100) [left, top] = [0, top + 30]
    const place = { offsetLeft: left, offsetTop: top, offsetWidth, offsetHeight: 20 }
    left += offsetWidth
    return place
  })
}

const places = laid([30, 30, 30, 80, 20, 40, 10])

const to = (from: number, key: string, rightToLeft = false) => {
  const next = neighbour(places, places[from]!, key, rightToLeft)
  return next === null ? null : places.indexOf(next)
}

test('left and right go by place, over the ends of lines', () => {
  expect(to(2, 'ArrowRight')).toBe(3)
  expect(to(3, 'ArrowLeft')).toBe(2)
  expect(to(0, 'ArrowLeft')).toBeNull()
  expect(to(6, 'ArrowRight')).toBeNull()
  expect([to(4, 'Home'), to(4, 'End')]).toEqual([0, 6])
  expect(to(3, 'a')).toBeNull()
})

test('where a text is read from right to left, the next place is to the left', () => {
  expect(to(2, 'ArrowLeft', true)).toBe(3)
  expect(to(3, 'ArrowRight', true)).toBe(2)
})

test('up and down go to the nearest place of the line there', () => {
  expect(to(0, 'ArrowDown')).toBe(3)
  expect(to(4, 'ArrowUp')).toBe(2)
  expect(to(3, 'ArrowUp')).toBe(1)
  expect(to(4, 'ArrowDown')).toBe(6)
  expect(to(5, 'ArrowDown')).toBeNull()
  expect(to(1, 'ArrowUp')).toBeNull()
})
