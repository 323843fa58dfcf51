import type { Judge } from './judgement.ts'

const ADDED = /\+|\b(?:plus|sum|add|together|more|get on|in all)\b/i
const TAKEN =
  /\d\s*-\s*\d|\b(?:minus|difference|take|taking|taken|subtract|left|give away|lose|get off|without)\b/i

/** The two numbers of a prompt that asks for their sum or difference, and the result; null for any other prompt. */
function resultOf(prompt: string): number | null {
  const numbers = (prompt.match(/\d+/g) ?? []).map(Number)
  if (numbers.length !== 2 || numbers.some((number) => !Number.isSafeInteger(number))) return null
  if (
    /[.,]\d|[*×/÷^%]|\b(?:times|divided|product|sort|reverse|repeat|print|copy|say|write|type|echo|read|function)\b/i.test(
      prompt,
    )
  )
    return null
  const [adds, takes] = [ADDED.test(prompt), TAKEN.test(prompt)]
  if (adds === takes) return null
  const [a, b] = numbers as [number, number]
  // "Subtract 3 from 10": the second number is the larger, and no result of the small world is negative.
  return adds ? a + b : /\bfrom\b/i.test(prompt) ? b - a : a - b
}

/** The last number that is written is the result. */
export const judgeSum: Judge = (prompt, answer) => {
  const result = resultOf(prompt)
  if (result === null) return null
  const last = answer.match(/-?\d+/g)?.at(-1)
  return last === String(result) ? 'right' : 'wrong'
}
