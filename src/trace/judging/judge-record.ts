import type { Judge } from './judgement.ts'

/** Fields that the small world's sentences have. */
const FIELDS = [
  'name',
  'age',
  'city',
  'job',
  'item',
  'price',
  'day',
  'colour',
  'food',
  'pet',
  'quantity',
  'year',
]

/** The keys of an object's text in their order, doubles included: the parser keeps only the last of these. */
function isDouble(text: string): boolean {
  const keys = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map(([, key]) => key)
  return new Set(keys).size !== keys.length
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const found: unknown = JSON.parse(text)
    return typeof found === 'object' && found !== null && !Array.isArray(found)
      ? (found as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/**
 * JSON is wrong where it does not parse, has other fields than were named, or a value that the prompt does not hold.
 * Whether each value belongs to its field, the prompt alone does not tell: then it is well formed.
 */
export const judgeRecord: Judge = (prompt, answer) => {
  if (!/\bJSON\b/.test(prompt)) return null
  const found = parsed(answer.trim())
  if (found === null || isDouble(answer)) return 'wrong'
  const values = Object.values(found)
  if (values.some((value) => typeof value !== 'string' && typeof value !== 'number')) return null
  if (values.some((value) => !prompt.includes(String(value)))) return 'wrong'
  const asked = FIELDS.filter((field) => new RegExp(`\\b${field}\\b`).test(prompt))
  return Object.keys(found).some((key) => FIELDS.includes(key) && asked.length > 1 && !asked.includes(key))
    ? 'wrong'
    : 'well formed'
}
