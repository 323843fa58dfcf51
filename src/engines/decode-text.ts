/**
 * The text of a file that a person wrote, without its byte order mark: UTF-8, or UTF-16 as Windows tools write it,
 * which the mark tells, or the zero beside the first character, for no such file begins outside of ASCII.
 */
export function decodeText(bytes: Uint8Array): string {
  const [first = 1, second = 1] = bytes
  if ((first === 0xff && second === 0xfe) || second === 0) return new TextDecoder('utf-16le').decode(bytes)
  if ((first === 0xfe && second === 0xff) || first === 0) return new TextDecoder('utf-16be').decode(bytes)
  return new TextDecoder().decode(bytes)
}
