import fc from 'fast-check'
import { expect, it } from 'vitest'
import { VOCABULARY } from '../core/testing/arbitrary-run.ts'
import type { Commit, CommitReason } from '../core/step-event.ts'
import { append } from './append.ts'
import { canvasAt, type Standing } from './canvas.ts'
import { explain } from './explain.ts'
import { frameAt } from './frame-at.ts'
import { spell } from './testing/spell.ts'
import { arbitraryDiffusion, arbitraryTrace } from './testing/traces.ts'
import type { Trace, TraceStep } from './trace.ts'

const { mask } = VOCABULARY

const commit = (position: number, id: number, reason: CommitReason = { rule: 'unknown' }): Commit => ({
  position,
  id,
  previous: mask,
  probability: 0.5,
  rank: 1,
  reason,
})

/** Steps that commit, take back, throw anew, and change the length, in any order. */
const arbitraryCommits = fc.array(
  fc.record({
    commits: fc.array(
      fc.tuple(
        fc.nat({ max: 5 }),
        fc.nat({ max: 6 }),
        fc.constantFrom('unknown', 'noise', 'taken-back', 'replaced'),
      ),
      { maxLength: 4 },
    ),
    splice: fc.option(
      fc.record({ at: fc.nat({ max: 5 }), removed: fc.nat({ max: 2 }), inserted: fc.nat({ max: 2 }) }),
    ),
  }),
  { maxLength: 60 },
)

const arbitraryEdited = fc.tuple(arbitraryDiffusion, arbitraryCommits).map(([trace, all]): Trace => ({
  ...trace,
  steps: [
    ...trace.steps,
    ...all.map(({ commits, splice }, at): TraceStep => ({
      ...trace.steps[0]!,
      step: trace.steps.length + at + 1,
      commits: commits.map(([position, id, rule]) => commit(position, id, { rule } as CommitReason)),
      ...(splice && { splices: [splice] }),
    })),
  ],
}))

/** The fold written out, from the start every time. */
function foldedFromStart({ header, steps }: Trace, step: number): Standing[] {
  let positions: Standing[] = Array.from({ length: header.settings.answerLength }, () => ({
    id: null,
    kind: 'masked',
    pinned: false,
    history: [],
  }))
  for (const past of steps.slice(0, step)) {
    for (const { at, removed, inserted } of past.splices ?? []) {
      const fresh = Array.from({ length: inserted }, (): Standing => ({
        id: null,
        kind: 'masked',
        pinned: false,
        history: [],
      }))
      positions = [...positions.slice(0, at), ...fresh, ...positions.slice(at + removed)]
    }
    for (const one of past.commits) {
      while (positions.length <= one.position)
        positions.push({ id: null, kind: 'masked', pinned: false, history: [] })
      const history = [...positions[one.position]!.history, { step: past.step, commit: one }]
      const kind = one.id === mask ? 'masked' : one.reason.rule === 'noise' ? 'draft' : 'accepted'
      const pinned = kind === 'accepted' && one.reason.rule === 'replaced'
      positions[one.position] = { id: one.id === mask ? null : one.id, kind, pinned, history }
    }
  }
  return positions
}

it('is the same whichever way the playhead came, and however the trace grew', () => {
  fc.assert(
    fc.property(arbitraryEdited, fc.array(fc.nat({ max: 90 }), { maxLength: 30 }), (trace, steps) => {
      for (const step of steps) {
        const at = Math.min(step, trace.steps.length)
        // A trace that was shorter shares its header with what it grew to.
        canvasAt({ ...trace, steps: trace.steps.slice(0, Math.floor(at / 2)) }, at)
        expect(canvasAt(trace, step).positions).toEqual(foldedFromStart(trace, at))
      }
    }),
  )
})

it('keeps two runs apart that share a header and a beginning', () => {
  fc.assert(
    fc.property(arbitraryEdited, arbitraryCommits, (trace, others) => {
      const half = trace.steps.slice(0, Math.ceil(trace.steps.length / 2))
      const other: Trace = {
        ...trace,
        steps: [
          ...half,
          ...others.map(({ commits }, at) => ({
            ...trace.steps[0]!,
            step: half.length + at + 1,
            commits: commits.map(([position, id]) => commit(position, id)),
          })),
        ],
      }
      for (const one of [trace, other, { ...trace, steps: half }, trace, other]) {
        for (const step of [one.steps.length, Math.floor(one.steps.length / 3)]) {
          expect(canvasAt(one, step).positions).toEqual(foldedFromStart(one, step))
        }
      }
    }),
    { numRuns: 50 },
  )
})

it('explains, after a token was taken back, what was read there; what returns as another one is revised', () => {
  fc.assert(
    fc.property(arbitraryTrace, (trace) => {
      const last = trace.steps.at(-1)!
      if (trace.header.decoder !== 'diffusion') return
      const position = last.positions[0]!
      const taken = {
        ...last,
        step: last.step + 1,
        commits: [commit(position, mask, { rule: 'taken-back' })],
      }
      const back = { ...last, step: last.step + 2, commits: [commit(position, 9)] }
      const revised: Trace = { ...trace, steps: [...trace.steps, taken, back] }
      expect(frameAt(revised, taken.step, 2).cells[position]).toMatchObject({ state: 'masked', id: null })
      expect(explain(revised, taken.step, position, spell)).toMatchObject({ committedAt: null })
      const before = canvasAt(trace, last.step).positions[position]!.id
      const expected = before === 9 ? { state: 'committed' } : { state: 'revised', before }
      expect(frameAt(revised, back.step).cells[position]).toMatchObject({ ...expected, id: 9 })
    }),
  )
})

it('an edit changes what it names, holds it, and is no pass', () => {
  fc.assert(
    fc.property(arbitraryDiffusion, fc.nat({ max: 30 }), (trace, at) => {
      const position = at % trace.header.settings.answerLength
      const cut: Trace = { ...trace, steps: trace.steps.slice(0, at % (trace.steps.length + 1)) }
      const edited = append(cut, { kind: 'edit', changes: [{ position, id: 7, how: 'replaced' }] })
      const before = canvasAt(cut, cut.steps.length).positions
      const after = canvasAt(edited, edited.steps.length).positions
      after.forEach((standing, place) => {
        if (place === position) expect(standing).toMatchObject({ id: 7, kind: 'accepted', pinned: true })
        else expect(standing).toEqual(before[place])
      })
    }),
  )
})

it('knows what is given, and what a model without a mask holds without having accepted it', () => {
  fc.assert(
    fc.property(arbitraryDiffusion, ({ header }) => {
      const given: Trace = {
        header: { ...header, canvas: { ids: [5, mask, 6], given: [0] } },
        steps: [],
        status: 'running',
      }
      expect(frameAt(given, 0).cells.map(({ state }) => state)).toEqual(['given', 'masked', 'draft'])
      const vocabulary = { ...header.vocabulary, mask: null }
      const noise: Trace = { ...given, header: { ...given.header, vocabulary } }
      expect(frameAt(noise, 0).cells.map(({ state }) => state)).toEqual(['given', 'draft', 'draft'])
      expect(frameAt(noise, 0)).toMatchObject({ masked: 0, committed: 0 })
    }),
    { numRuns: 5 },
  )
})
