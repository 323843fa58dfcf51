/**
 * The prompt that an answer proposes, as the small world does where it knows nothing: "Ask me to name three colours."
 * gives "Name three colours."; null where none is proposed.
 */
export function proposalIn(answer: string): string | null {
  const asked = /\b[Aa]sk me (to |for )?([^.?!\n]{3,120})[.?!]/.exec(answer)
  if (asked === null) return null
  const [, how, what] = asked as unknown as [string, string | undefined, string]
  if (how === 'for ') return `Give me ${what}.`
  const sentence = what.charAt(0).toUpperCase() + what.slice(1)
  const isQuestion = how === undefined && /^(?:wh|how|is|are|do|can)/i.test(what)
  return `${sentence}${isQuestion ? '?' : '.'}`
}
