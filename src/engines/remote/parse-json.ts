/** A text in quotes, or a number that JSON doesn't have. */
const ODD = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g

/**
 * JSON as servers write it: Python's writer puts NaN, Infinity and -Infinity as they are, which JSON has no way to
 * say. They arrive as those words. Throws a SyntaxError.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return JSON.parse(text.replace(ODD, (found) => (found.startsWith('"') ? found : `"${found}"`)))
  }
}
