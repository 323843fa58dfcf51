import type { Judge } from './judgement.ts'

const COUNTS: Readonly<Record<string, number>> = {
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
}
const ASKS =
  /^(?:please )?(?:name|list|give|tell me|write|show me|say|think of|find|make a list)\b|: (?:name|list|give)/i

/**
 * A list that is numbered from 1 to the count that was asked for, each member once. What belongs to a category is
 * knowledge, not form: such a list is well formed.
 */
export const judgeShortList: Judge = (prompt, answer) => {
  const words = prompt.toLowerCase().match(/[a-z]+|\d+/g) ?? []
  const counts = words.flatMap((word) => COUNTS[word] ?? [])
  if (
    counts.length !== 1 ||
    /\d{2}|"|\n|words|function/.test(prompt) ||
    !ASKS.test(prompt) ||
    words.length > 12
  )
    return null
  const matches = answer
    .trim()
    .split('\n')
    .map((line) => /^(\d+)\. (.+)$/.exec(line))
  const numbered = matches.every((match, at) => match !== null && Number(match[1]) === at + 1)
  const members = matches.map((match) => match?.[2]?.trim())
  const isList = numbered && members.length === counts[0] && new Set(members).size === members.length
  return isList ? 'well formed' : 'wrong'
}
