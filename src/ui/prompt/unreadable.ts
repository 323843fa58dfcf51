/** Letters of other scripts than Latin, and emoji. */
const FOREIGN = /[^\P{L}\p{Script=Latin}]|\p{Emoji_Presentation}/u

/**
 * Why the model that ships with the page cannot make sense of a prompt, before anybody waits for it; null where it
 * can. It was taught English alone: of other letters it knows the bytes, and answers with broken ones.
 */
export function unreadable(prompt: string): string | null {
  const found = FOREIGN.exec(prompt)?.[0]
  return found === undefined
    ? null
    : `The model of this page was taught English alone. It cannot read “${found}” and would answer with broken letters: write in English, or let a server answer.`
}
