/** Bytes of escapes that stand one after the other. */
const ESCAPES = /(?:%[0-9a-f]{2})+/gi

/** Undoes percent escapes, also of a text that was escaped more than once. What is no UTF-8 becomes U+FFFD. */
export function unescapeText(text: string): string {
  for (let round = 0; round < 4 && text.includes('%'); round++) {
    text = text.replace(ESCAPES, (escapes) =>
      new TextDecoder().decode(Uint8Array.from(escapes.slice(1).split('%'), (hex) => parseInt(hex, 16))),
    )
  }
  return text
}

/**
 * Text without what cannot be seen: white space, control characters, soft hyphens, joiners, marks of direction,
 * fillers. Hyphens that look like one are one, and letters of double width are those of single width.
 */
export function cleanText(text: string): string {
  return text
    .replace(/[\s\p{Z}\p{C}\p{Default_Ignorable_Code_Point}\u2800]+/gu, '')
    .replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\u2010\u2011\u2212\ufe58\ufe63]/g, '-')
}
