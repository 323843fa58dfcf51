import { expect, it } from 'vitest'
import { readModule } from './read-module.ts'

const read = (text: string) => readModule('src/core/one.ts', text)

it('counts comments that stand alone, not those behind code or in text', () => {
  expect(
    read('/** Two\n * lines. */\nconst a = 1 // not alone\nconst b = "// text"\n\n// alone\n'),
  ).toMatchObject({
    lines: 6,
    commentLines: 3,
  })
})

it('counts every name that is exported', () => {
  const text =
    'export const a = 1, b = 2\nexport interface C {}\nexport { d, e } from "./x.ts"\nconst f = 1\nexport default f'
  expect(read(text).exports).toBe(6)
})

it('tells imports of types from those that run', () => {
  const text = [
    "import type { A } from './types.ts'",
    "import { type B } from '../trace/also-types.ts'",
    "import { type C, d } from './both.ts'",
    "import './effect.ts'",
    "import react from 'react'",
    "const late = () => import('./late.ts')",
    "let e: import('./inline.ts').E",
  ].join('\n')
  expect(read(text).imports).toEqual([
    { target: 'src/core/types.ts', isType: true },
    { target: 'src/trace/also-types.ts', isType: true },
    { target: 'src/core/both.ts', isType: false },
    { target: 'src/core/effect.ts', isType: false },
    { target: 'src/core/late.ts', isType: false },
    { target: 'src/core/inline.ts', isType: true },
  ])
})

it('measures functions by their lines, whoever holds them', () => {
  const text = 'function outer() {\n  const inner = () =>\n    1\n  return inner\n}\nconst o = { m() {} }'
  expect(read(text).functions).toEqual([
    { name: 'outer', lines: 5 },
    { name: 'inner', lines: 2 },
    { name: 'm', lines: 1 },
  ])
})
