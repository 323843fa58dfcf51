import * as v from 'valibot'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { Knowledge } from '../../trace/knowledge.ts'
import { stepOfChanges } from '../../trace/step-of-changes.ts'
import { findMask, type CanvasToken } from './find-mask.ts'
import { IMPORT_LIMITS } from './import-limits.ts'
import { ImportError, type ImportedRun } from './imported.ts'
import { isEndText, TokenTable } from './token-table.ts'

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(2 ** 24))
const token = v.union([id, v.string(), v.null()], 'a token must be an id, a text, or null for a mask')
const canvas = v.array(token, 'a canvas must be a list of tokens')

const CanvasesSchema = v.looseObject({
  histories: v.array(
    v.union(
      [canvas, v.pipe(v.array(canvas), v.length(1, 'save one answer of the batch at a time'))],
      (issue) =>
        Array.isArray(issue.input)
          ? 'each canvas must be a list of token ids or of texts, of one answer only'
          : 'a canvas must be a list of tokens',
    ),
  ),
  prompt: v.nullish(v.string()),
  /** Positions of the prompt at the start of every canvas. */
  promptLength: v.nullish(id),
  mask: v.nullish(v.union([id, v.string()])),
  end: v.nullish(v.union([id, v.string()])),
  /** The text of token ids. */
  pieces: v.nullish(v.record(v.string(), v.string())),
  model: v.nullish(v.string()),
})

type Token = CanvasToken

/** Nothing but what stood there. */
const DRAFTS_ALONE: Knowledge = {
  confidence: false,
  candidates: false,
  guesses: false,
  reasons: false,
  clock: false,
  steps: 'pass',
}

function canvasesOf(histories: v.InferOutput<typeof CanvasesSchema>['histories']): Token[][] {
  const canvases = histories.map((one) => (Array.isArray(one[0]) ? one[0] : one) as Token[])
  const length = canvases[0]?.length ?? 0
  if (length === 0)
    throw new ImportError('histories.0', 'there must be at least one canvas with at least one token')
  const odd = canvases.findIndex((one) => one.length !== length)
  if (odd >= 0) {
    throw new ImportError(
      `histories.${odd}`,
      `it has ${canvases[odd]!.length} tokens and the first canvas ${length}`,
    )
  }
  if (canvases.length > IMPORT_LIMITS.steps) {
    throw new ImportError('histories', `at most ${IMPORT_LIMITS.steps} canvases can be drawn`)
  }
  return canvases
}

/** How many positions at the start stand unchanged in every canvas, if masks follow them. */
function promptOf(canvases: readonly (readonly Token[])[], mask: Token | undefined): number {
  const first = canvases[0]!
  if (mask === undefined) return 0
  const start = first.indexOf(mask)
  if (start <= 0) return 0
  const changed = first.slice(0, start).findIndex((one, at) => canvases.some((canvas) => canvas[at] !== one))
  return changed < 0 ? start : changed
}

/**
 * A run from the canvases that research samplers return, step by step: what came between two of them is read
 * off their difference. The first one is the state before the first step if it is all masks, or else what the
 * first step left. Throws `ImportError`.
 *
 * @param value a list of canvases, or an object with `histories` and what else is known of them
 */
export function importCanvases(value: unknown): ImportedRun {
  const wrapped = Array.isArray(value) ? { histories: value as unknown[] } : value
  const parsed = v.safeParse(CanvasesSchema, wrapped, { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new ImportError(v.getDotPath(issue) ?? '', issue.message)
  }
  const { histories, prompt, promptLength, mask: named, end: namedEnd, model } = parsed.output
  const pieces = parsed.output.pieces ?? {}
  const canvases = canvasesOf(histories)
  const mask = named ?? findMask(canvases)
  const skipped = promptLength ?? promptOf(canvases, mask)
  const answers = canvases.map((canvas) => canvas.slice(skipped))
  const length = answers[0]!.length
  if (length === 0) throw new ImportError('promptLength', 'no position is left for the answer')
  if (length > IMPORT_LIMITS.positions) {
    throw new ImportError('histories.0', `at most ${IMPORT_LIMITS.positions} positions can be drawn`)
  }

  const numbers = [...canvases.flat(), mask, namedEnd].filter((one) => typeof one === 'number')
  const table = new TokenTable(numbers.reduce((most, one) => Math.max(most, one), -1) + 1)
  const idOf = (one: Token) => {
    if (one === mask || one === null) return maskId
    return typeof one === 'number' ? table.idOf(one, pieces[one]) : table.idOf(undefined, one)
  }
  const maskId = typeof mask === 'number' ? mask : table.fresh()
  const endText = answers.flat().find((one) => typeof one === 'string' && isEndText(one))
  const end = namedEnd ?? endText
  const endId = end === undefined || end === null ? table.fresh() : idOf(end)
  // Where no end is named, every token that spells one is it.
  if (typeof namedEnd !== 'number') table.endsWith(endId)

  const drafts = answers.map((canvas) => canvas.map(idOf))
  const isStart = drafts[0]!.every((one) => one === maskId)
  let before = drafts[0]!.map(() => maskId)
  const steps = (isStart ? drafts.slice(1) : drafts).map((draft, at) => {
    const changes = draft.flatMap((one, position) =>
      one === before[position] ? [] : [{ position, id: one, probability: NaN }],
    )
    const step = stepOfChanges(at + 1, changes, before, maskId)
    before = draft
    return step
  })
  const promptIds = canvases[0]!.slice(0, skipped).map(idOf)
  const notes = [
    'Every step is the difference of two drafts: what the model thought and how sure it was are not in the file, nor are times and settings.',
    ...(mask === undefined
      ? ['No token behaves like a mask, so every canvas is shown as a whole draft.']
      : named === mask
        ? []
        : [`The mask was taken to be ${JSON.stringify(mask)}.`]),
    ...(skipped > 0 && typeof promptLength !== 'number'
      ? [`The first ${skipped} tokens never change and were taken for the prompt.`]
      : []),
    ...(table.isTextual(new Set(drafts.flat().filter((one) => one !== maskId && one !== endId)))
      ? []
      : ['The file has no text for its token ids, so they are shown as numbers.']),
  ]
  return {
    trace: {
      header: {
        decoder: 'diffusion',
        prompt: prompt ?? '',
        promptIds,
        vocabulary: table.vocabulary(maskId, endId),
        model: { name: model ?? 'Unknown model', revision: '', parameters: 0, precision: 'unknown' },
        device: { backend: 'remote', label: 'Imported file' },
        knowledge: DRAFTS_ALONE,
        settings: { ...defaultDiffusionSettings(length), steps: Math.max(1, steps.length) },
      },
      steps,
      status: drafts.at(-1)!.includes(maskId) ? 'stopped' : 'done',
    },
    pieces: table.pieces,
    provenance: 'derived',
    notes,
  }
}
