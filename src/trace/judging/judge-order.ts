import type { Judge } from './judgement.ts'

/** How an order is asked for; the direction that stands in the words decides. */
const REVERSED =
  /\b(?:revers\w*|backwards|from (?:the )?last to|from back to front|other way round|last one first|from the end to the start|turn this list around|flip)\b/i
const DESCENDING =
  /\b(?:from (?:the )?(?:largest|biggest|big|high|highest|greatest) |descending|decreasing|downwards|(?:largest|biggest|highest|greatest) first|starting with the largest)/i
const ASCENDING =
  /\b(?:from (?:the )?(?:smallest|small|low|lowest|least) |ascending|increasing|upwards|(?:smallest|lowest|least) first|starting with the smallest)/i
const ALPHABETICAL = /\b(?:alphabet\w*|A to Z|ABC order|dictionary)/i
const SORT = /^\s*(?:sort|put these (?:numbers|words) in order)\b/i

type Order = (items: readonly string[]) => string[]

const byNumber: Order = (items) => items.toSorted((a, b) => Number(a) - Number(b))
const byLetters: Order = (items) =>
  items.toSorted((a, b) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : a.toLowerCase() > b.toLowerCase() ? 1 : 0,
  )

function orderOf(prompt: string, items: readonly string[]): Order | null {
  const areNumbers = items.every((item) => /^\d+$/.test(item))
  if (REVERSED.test(prompt)) return (all) => all.toReversed()
  if (ALPHABETICAL.test(prompt)) return byLetters
  if (DESCENDING.test(prompt)) return areNumbers ? (all) => byNumber(all).toReversed() : null
  if (ASCENDING.test(prompt)) return areNumbers ? byNumber : null
  return SORT.test(prompt) ? (areNumbers ? byNumber : byLetters) : null
}

/** The list that stands in a prompt: behind its colon, or on a line of its own; null where neither is there. */
function listIn(prompt: string): string[] | null {
  const lines = prompt.split('\n').map((line) => line.trim())
  const list =
    lines.length === 2 ? lines[0]! : prompt.includes(':') ? prompt.slice(prompt.indexOf(':') + 1) : null
  if (list === null || /[.?!:]/.test(list)) return null
  const items = list
    .trim()
    .split(list.includes(',') ? /,\s*(?:and )?| and / : / and |\s+/)
    .map((item) => item.trim())
  const isList = items.length > 2 && items.every((item) => item !== '' && item.split(' ').length < 3)
  return isList && new Set(items).size === items.length ? items : null
}

/** The right elements in the right order, commas between them. Lists inside a sentence are left alone. */
export const judgeOrder: Judge = (prompt, answer) => {
  const items = listIn(prompt)
  if (items === null) return null
  const order = orderOf(prompt.replace(items.join(', '), ''), items)
  if (order === null) return null
  const written = answer
    .trim()
    .split(',')
    .map((item) => item.trim())
  return JSON.stringify(written) === JSON.stringify(order(items)) ? 'right' : 'wrong'
}
