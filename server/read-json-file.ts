import { readFileSync } from 'node:fs'
import { decodeText } from '../src/engines/decode-text.ts'

/** Parses a JSON file that a person may have written. Throws what `node:fs` throws, or a SyntaxError with a sentence. */
export function readJsonFile(path: string): unknown {
  const text = decodeText(readFileSync(path))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SyntaxError(visible((error as Error).message))
  }
}

/** Characters that nobody can see, by their number: they are what is wrong. */
function visible(text: string): string {
  return text.replace(
    /[^\P{C}\n]|[^\P{Z} ]/gu,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
