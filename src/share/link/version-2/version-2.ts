import type { AutoregressiveSettings } from '../../../core/settings.ts'
import { demand } from '../link-damage.ts'
import { LIMITS, type SharedComparison, type SharedLane } from '../shared-comparison.ts'
import { readWords, writeWords } from '../words.ts'
import { AdaptiveNumbers, codePlain } from './adaptive.ts'
import { BitDecoder, BitEncoder, type BitCoder } from './bit-coder.ts'
import { codeLane } from './lane-coder.ts'
import { open, seal } from './seal.ts'
import { MOST_BYTES, TextCoder } from './text-coder.ts'
import { TokenCoder } from './token-coder.ts'

/** Writes version 2. Throws `LinkDamage` where the comparison passes a limit. */
export function writeVersion2(shared: SharedComparison): Uint8Array {
  const encoder = new BitEncoder()
  code(encoder, shared)
  return seal(encoder.finish())
}

/** Reads version 2; what follows it is left out. Throws `LinkDamage`, `NewerLink`, or what the text decoder and JSON throw. */
export function readVersion2(bytes: Uint8Array): SharedComparison {
  return code(new BitDecoder(open(bytes)))
}

/** Writes a comparison, or reads it where there is none; returns it. */
function code(coder: BitCoder, shared?: SharedComparison): SharedComparison {
  const recordedAt = codePlain(coder, 32, shared?.recordedAt)
  const hideControls = codePlain(coder, 1, shared && Number(shared.teacher.hideControls)) === 1
  const lockStep = codePlain(coder, 1, shared && Number(shared.teacher.lockStep)) === 1
  const playhead = new AdaptiveNumbers().code(coder, 0, shared?.playhead)
  demand(playhead <= LIMITS.steps, 'it claims too many steps')

  const text = new TextCoder()
  const words = text.code(coder, MOST_BYTES, shared && new TextEncoder().encode(writeWords(shared)))
  const { diffusion, autoregressive, ...rest } = readWords(
    new TextDecoder('utf-8', { fatal: true }).decode(words),
  )
  const tokens = new TokenCoder(coder, text, shared?.pieces)
  const lane = (
    { settings, vocabulary }: Pick<SharedLane<AutoregressiveSettings>, 'settings' | 'vocabulary'>,
    given?: SharedLane<unknown>,
  ) => codeLane(coder, tokens, settings.answerLength, vocabulary, given)
  return {
    ...rest,
    recordedAt,
    diffusion: { ...diffusion, ...lane(diffusion, shared?.diffusion) },
    autoregressive: { ...autoregressive, ...lane(autoregressive, shared?.autoregressive) },
    pieces: tokens.pieces,
    playhead,
    teacher: { hideControls, lockStep },
  }
}
