import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guardBody } from './guard-body.ts'

const SECRET = 'abacabad'

/** What comes out for each chunk that goes in, and at the end. */
async function guarded(chunks: readonly Buffer[], limit = 1e6, secret = SECRET): Promise<Buffer[]> {
  const guard = guardBody({ secret, limit })
  const out: Buffer[] = []
  guard.on('data', (chunk: Buffer) => out.push(chunk))
  const ended = new Promise((resolve, reject) => guard.once('end', resolve).once('error', reject))
  for (const chunk of chunks) guard.write(chunk)
  guard.end()
  await ended
  return out
}

const text = fc
  .array(fc.constantFrom(SECRET, 'ab', 'abac', 'a', 'd', '€', '\n'), { maxLength: 30 })
  .map((parts) => parts.join(''))

describe('the guard of an answer', () => {
  it('strikes out a key wherever the stream is cut, and keeps every length', async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(7), { maxLength: 60 }), async (whole, sizes) => {
        const bytes = Buffer.from(whole)
        const chunks: Buffer[] = []
        let at = 0
        for (const size of sizes) chunks.push(bytes.subarray(at, (at += size)))
        chunks.push(bytes.subarray(at))
        const result = Buffer.concat(await guarded(chunks))
        expect(result.length).toBe(bytes.length)
        expect(result.toString()).toBe(whole.replaceAll(SECRET, '*'.repeat(SECRET.length)))
      }),
    )
  })

  it('strikes out a key in every spelling that it may have in JSON, an address or Base64', async () => {
    const key = 'sk-abc/def+ghi/jkl=="'
    const json = (text: string) => JSON.stringify(text).slice(1, -1)
    const escaped = (text: string) =>
      [...text].map((one) => `\\u00${one.charCodeAt(0).toString(16).toUpperCase()}`).join('')
    const spelt = [
      ...[
        key,
        json(key),
        json(key).replaceAll('/', '\\/'),
        json(key).replaceAll('+', '\\u002B'),
        escaped(key),
      ],
      encodeURIComponent(key),
    ]
    for (const text of spelt) {
      for (const cut of [1, text.length >> 1, text.length - 1]) {
        const chunks = [`{"a":"`, text.slice(0, cut), text.slice(cut), `"}`].map((part) => Buffer.from(part))
        const result = Buffer.concat(await guarded(chunks, 1e6, key)).toString()
        expect(result).toBe(`{"a":"${'*'.repeat(text.length)}"}`)
      }
    }
    for (const before of ['', 'a', 'ab', 'abc']) {
      const encoded = Buffer.from(`${before}${key} and more`).toString('base64')
      const result = Buffer.concat(await guarded([Buffer.from(encoded)], 1e6, key)).toString()
      expect(result).toMatch(/\*{24}/)
      expect(Buffer.from(result, 'base64').toString()).not.toContain(key.slice(2, -2))
    }
  })

  it('holds nothing back that cannot be the beginning of a key', async () => {
    const guard = guardBody({ secret: SECRET, limit: 1e6 })
    const next = () =>
      new Promise<string>((resolve) => guard.once('data', (chunk: Buffer) => resolve(chunk.toString())))
    for (const event of ['data: {"a":1}\n\n', 'data: [DONE]\n\n']) {
      const came = next()
      guard.write(Buffer.from(event))
      expect(await came).toBe(event)
    }
  })

  it('breaks off where too much comes', async () => {
    await expect(guarded([Buffer.alloc(60), Buffer.alloc(60)], 100)).rejects.toThrow(/more than 100 bytes/)
  })
})
