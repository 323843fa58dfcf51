import { expect, it } from 'vitest'
import { decodeText } from './decode-text.ts'

const TEXT = '{ "label": "Größe 😀" }'
const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(text.length * 2)
  const view = new DataView(bytes.buffer)
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), isLittle)
  return bytes
}

it.each([
  ['UTF-8', new TextEncoder().encode(TEXT)],
  ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${TEXT}`)],
  ['UTF-16, little end first', utf16(`\ufeff${TEXT}`, true)],
  ['UTF-16, big end first', utf16(`\ufeff${TEXT}`, false)],
  ['UTF-16 without a mark', utf16(TEXT, true)],
  ['UTF-16 without a mark, big end first', utf16(TEXT, false)],
])('reads %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT)
})

it('reads nothing as nothing', () => {
  expect(decodeText(new Uint8Array())).toBe('')
})
