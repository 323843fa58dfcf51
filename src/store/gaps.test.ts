import fc from 'fast-check'
import { expect, test } from 'vitest'
import { autoregressiveSettings } from '../core/autoregressive-settings.ts'
import { arbitraryModel, arbitrarySettings, VOCABULARY } from '../core/testing/arbitrary-run.ts'
import { decodeComparison, encodeComparison } from '../share/comparison-file.ts'
import type { Comparison } from '../share/comparison.ts'
import { decodeLink } from '../share/link/decode-link.ts'
import { encodeLink } from '../share/link/encode-link.ts'
import { fromShared } from '../share/link/from-shared.ts'
import { toShared } from '../share/link/to-shared.ts'
import { append } from '../trace/append.ts'
import { canvasAt } from '../trace/canvas.ts'
import { passesAt } from '../trace/passes-at.ts'
import type { Trace } from '../trace/trace.ts'
import { checkpointOf } from '../engines/checkpoint-of.ts'
import { runSteps } from '../engines/run.ts'
import { arbitraryRunnable } from '../engines/testing/arbitrary-engine.ts'

const { mask, end } = VOCABULARY

/** Texts with holes, as people type them. */
const texts = fc
  .array(fc.oneof(fc.constantFrom('the cat', ' sat.', '{"a": "', ','), fc.integer({ min: 1, max: 5 })), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => [...parts, 2].map((part) => (typeof part === 'number' ? `[${part}]` : part)).join(' '))

test('fixed text stays, every gap is filled with as many tokens, and no text ends in front of fixed text', async () => {
  await fc.assert(
    fc.asyncProperty(
      texts,
      fc.boolean(),
      arbitrarySettings(),
      arbitraryModel,
      fc.boolean(),
      async (text, isEnding, settings, model, isDiffusion) => {
        const prompt = isEnding ? `${text} there` : text
        const request = isDiffusion
          ? { decoder: 'diffusion' as const, prompt, settings }
          : { decoder: 'autoregressive' as const, prompt, settings: autoregressiveSettings(settings) }
        let trace: Trace | null = null
        const options = { signal: new AbortController().signal, now: () => 0 }
        for await (const { event, checkpoint } of runSteps(arbitraryRunnable(model), request, options)) {
          trace = append(trace, event)
          if (checkpoint !== null) expect(checkpointOf(trace)).toEqual(checkpoint)
        }
        const { header, steps } = trace!
        const { canvas } = header
        const ids = canvasAt(trace!, steps.length).positions.map(({ id }) => id)
        expect(ids).toHaveLength(canvas!.ids.length)
        const holes = [...prompt.matchAll(/\[(\d)\]/g)].reduce((sum, [, size]) => sum + Number(size), 0)
        expect(canvas!.ids.filter((id) => id === mask)).toHaveLength(holes)
        for (const position of canvas!.given) expect(ids[position]).toBe(canvas!.ids[position])
        const fixed = canvas!.given.at(-1) ?? -1
        expect(ids.slice(0, fixed + 1)).not.toContain(end)
        if (isDiffusion) expect(ids).not.toContain(null)
        const edits = header.decoder === 'diffusion' && header.settings.strategy === 'editing'
        // Editing goes on for a while behind the last mask of a block.
        expect(passesAt(trace!, steps.length)).toBeLessThanOrEqual(edits ? 17 * holes : holes)

        const pieces = (id: number) => new TextEncoder().encode(` t${id}`)
        const lane = {
          id: 'a',
          name: 'A',
          decoder: header.decoder,
          trace: trace!,
          pieces,
          source: 'live' as const,
        }
        const whole: Comparison = { prompt, lanes: [lane], leader: 'a', recordedAt: null }
        const file = decodeComparison(JSON.parse(JSON.stringify(encodeComparison(whole, { candidates: 2 }))))
        if (!file.ok) throw new Error(file.message)
        const link = decodeLink(encodeLink(toShared(whole, { clock: 'time', steps: [0] })))
        if (!link.ok) throw new Error(link.message)
        for (const { lanes } of [file.comparison, fromShared(link.shared).comparison]) {
          const there = lanes[0]!.trace!
          expect(there.header.canvas).toEqual(canvas)
          expect(canvasAt(there, steps.length).positions.map(({ id, kind }) => [id, kind])).toEqual(
            canvasAt(trace!, steps.length).positions.map(({ id, kind }) => [id, kind]),
          )
        }
      },
    ),
    { numRuns: 120 },
  )
})
