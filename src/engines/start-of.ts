import { changeSettings } from '../core/change-settings.ts'
import type { AutoregressiveSettings, DiffusionSettings } from '../core/settings.ts'
import { blankedText, gapsIn } from '../trace/gaps.ts'
import type { StartingCanvas } from '../trace/trace.ts'
import type { EngineError } from './engine-error.ts'
import type { RunnableModel } from './runnable-model.ts'
import type { RunRequest } from './run-request.ts'

/** What a run begins with. */
export interface Start {
  /** With the template. */
  readonly promptIds: readonly number[]
  /** The text whose gaps are to be filled; null where an answer is to be written. */
  readonly canvas: StartingCanvas | null
}

/** Reads a request; throws an `EngineError` where its prompt is empty or too long. */
export function startOf(model: RunnableModel, { prompt, settings }: RunRequest): Start {
  if (prompt.trim() === '') {
    throw { kind: 'prompt-empty', message: 'Type a prompt first.' } satisfies EngineError
  }
  const canvas = canvasOf(model, prompt)
  const promptIds = model.encodePrompt(
    canvas === null ? prompt : (model.askForGaps?.(blankedText(prompt)) ?? ''),
  )
  const answerLength = canvas?.ids.length ?? settings.answerLength
  const room = model.window - answerLength
  if (promptIds.length > room) {
    throw {
      kind: 'prompt-too-long',
      message:
        canvas === null
          ? `The prompt is too long: it takes ${promptIds.length} tokens, and beside an answer of ` +
            `${answerLength} there is room for ${Math.max(0, room)}. Shorten the prompt or the answer.`
          : `The text is too long: with its gaps it takes ${answerLength} tokens, and there is room for ` +
            `${Math.max(0, model.window - promptIds.length)}. Shorten the text or its gaps.`,
    } satisfies EngineError
  }
  return { promptIds, canvas }
}

/** A text with holes as tokens; null where it has none. */
function canvasOf({ encodeText, vocabulary }: RunnableModel, text: string): StartingCanvas | null {
  const parts = gapsIn(text)
  if (parts === null) return null
  const ids: number[] = []
  const given: number[] = []
  for (const part of parts) {
    if ('hole' in part) ids.push(...new Array<number>(part.hole).fill(vocabulary.mask))
    else
      for (const id of encodeText(part.text)) {
        given.push(ids.length)
        ids.push(id)
      }
  }
  return { ids, given }
}

/** The settings of a text with gaps: as many tokens a pass as chosen, over the gaps alone. */
export function settingsForGaps<Settings extends DiffusionSettings | AutoregressiveSettings>(
  settings: Settings,
  { ids, given }: StartingCanvas,
): Settings {
  if (!('strategy' in settings)) return { ...settings, answerLength: ids.length }
  const paced = changeSettings(settings, { answerLength: ids.length - given.length })
  const whole = { ...paced, answerLength: ids.length }
  const hasBlocks = settings.blockLength < settings.answerLength
  return {
    ...whole,
    blockLength: hasBlocks ? Math.min(settings.blockLength, ids.length) : ids.length,
  } as Settings
}
