import { splitText } from './split-text.ts'

/** Text that is written on and on, as pieces: what has come never changes. */
export interface WrittenText {
  /** Pieces so far; the same list, grown. */
  readonly pieces: readonly string[]
  /** What has come and waits: the first half of a character, or blanks that no word has followed yet. */
  readonly held: string
  /** Adds a delta. It may be cut anywhere, also between the two halves of a character. */
  add(delta: string): void
  /** Nothing follows: what waited is a piece of its own. */
  end(): void
}

const FIRST_HALF = /[\ud800-\udbff]$/

/**
 * Pieces of a text in the cuts that it came in. Blanks never count by themselves: those at a delta's end stay with
 * its last word, a delta of blanks alone waits for the next word.
 */
export function writtenText(): WrittenText {
  const pieces: string[] = []
  let held = ''

  function take(text: string): void {
    const words = splitText(text)
    const last = words.at(-1)
    // A piece holds no more blanks than a link's table takes.
    if (words.length > 1 && last !== undefined && last.length <= 10 && last.trim() === '') {
      words.splice(-2, 2, words.at(-2)! + last)
    }
    for (const word of words) pieces.push(word)
  }

  return {
    pieces,
    get held() {
      return held
    },
    add(delta) {
      const text = held + delta
      const whole = FIRST_HALF.test(text) ? text.slice(0, -1) : text
      if (whole.trim() === '') {
        held = text
        return
      }
      held = text.slice(whole.length)
      take(whole)
    },
    end() {
      take(held)
      held = ''
    },
  }
}
