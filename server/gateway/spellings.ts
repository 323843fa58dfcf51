/** Bytes of a secret in every spelling in which an upstream may repeat it, and the beginnings of these. */
export interface Spellings {
  /** Finds whole occurrences. */
  readonly whole: RegExp
  /** Finds, at the end of a text, the beginning of one. */
  readonly begun: RegExp
  /** Most characters of one. */
  readonly longest: number
}

const escaped = (text: string) => text.replace(/[$()*+./?[\\\]^{|}-]/g, '\\$&')

/** A character in JSON (also with its escapes), in an address, and the beginnings of its longer spellings. */
function spellingsOf(character: string): { readonly whole: string; readonly begun: string } {
  const hex = character.charCodeAt(0).toString(16).padStart(2, '0')
  const either = [...hex].map((digit) => `[${digit}${digit.toUpperCase()}]`)
  const slash = /["/\\]/.test(character) ? `|\\\\${escaped(character)}` : ''
  return {
    whole: `(?:${escaped(character)}${slash}|\\\\u00${either.join('')}|%${either.join('')})`,
    begun: `(?:\\\\(?:u(?:0(?:0${either[0]}?)?)?)?|%${either[0]}?)`,
  }
}

/** What of a Base64 text speaks of the secret alone, wherever it stands in what was encoded. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const text = Buffer.from('\0'.repeat(offset) + secret)
      .toString('base64')
      .replace(/=+$/, '')
    const [from, to] = [Math.ceil((offset * 8) / 6), Math.floor(((offset + secret.length) * 8) / 6)]
    const own = text.slice(from, to)
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

export function spellings(secret: string): Spellings {
  const characters = [...secret].map(spellingsOf)
  const encoded = [...new Set(base64Of(secret))]
  const begin = (parts: readonly { readonly whole: string; readonly begun: string }[]) =>
    parts.reduceRight((rest, { whole, begun }) => `(?:${whole}${rest}|${begun})?`, '')
  const plain = (text: string) => [...text].map((character) => ({ whole: escaped(character), begun: '(?!)' }))
  const all = [characters.map(({ whole }) => whole).join(''), ...encoded.map(escaped)]
  const begun = [begin(characters), ...encoded.map((text) => begin(plain(text)))]
  return {
    whole: new RegExp(all.join('|'), 'g'),
    begun: new RegExp(`(?:${begun.map((one) => `(?=.)${one}`).join('|')})$`, 's'),
    longest: 6 * secret.length,
  }
}
