import type { AutoregressiveSettings } from '../../../core/settings.ts'
import { AdaptiveNumbers, codePlain } from '../coding/adaptive.ts'
import { BitDecoder, BitEncoder, type BitCoder } from '../coding/bit-coder.ts'
import { open, seal } from '../coding/seal.ts'
import { TextCoder } from '../coding/text-coder.ts'
import { demand } from '../link-damage.ts'
import { codeLane } from './lane-coder.ts'
import type { LinkedLane, LinkedPair } from './linked-pair.ts'
import { PRIMER } from './primer.ts'
import { LIMITS } from './tables.ts'
import { TokenCoder } from './token-coder.ts'
import { readWords, writeWords } from './words.ts'

/** Writes version 2, as it was written once: what is measured is measured against it. Throws `LinkDamage` where the comparison passes a limit. */
export function writeVersion2(pair: LinkedPair): Uint8Array {
  const encoder = new BitEncoder()
  code(encoder, pair)
  return seal(encoder.finish())
}

/** Reads version 2; what follows it is left out. Throws `LinkDamage`, `NewerLink`, or what the text decoder and JSON throw. */
export function readVersion2(bytes: Uint8Array): LinkedPair {
  return code(new BitDecoder(open(bytes)))
}

/** Writes a comparison, or reads it where there is none; returns it. */
function code(coder: BitCoder, pair?: LinkedPair): LinkedPair {
  const recordedAt = codePlain(coder, 32, pair?.recordedAt)
  const hideControls = codePlain(coder, 1, pair && Number(pair.teacher.hideControls)) === 1
  const lockStep = codePlain(coder, 1, pair && Number(pair.teacher.lockStep)) === 1
  const playhead = new AdaptiveNumbers().code(coder, 0, pair?.playhead)
  demand(playhead <= LIMITS.steps, 'it claims too many steps')

  const text = new TextCoder(PRIMER, LIMITS.textBytes)
  const words = text.code(coder, LIMITS.textBytes, pair && new TextEncoder().encode(writeWords(pair)))
  const { diffusion, autoregressive, ...rest } = readWords(
    new TextDecoder('utf-8', { fatal: true }).decode(words),
  )
  const tokens = new TokenCoder(coder, text, pair?.pieces)
  const lane = (
    { settings, vocabulary }: Pick<LinkedLane<AutoregressiveSettings>, 'settings' | 'vocabulary'>,
    given?: LinkedLane<unknown>,
  ) => codeLane(coder, tokens, settings.answerLength, vocabulary, given)
  return {
    ...rest,
    recordedAt,
    diffusion: { ...diffusion, ...lane(diffusion, pair?.diffusion) },
    autoregressive: { ...autoregressive, ...lane(autoregressive, pair?.autoregressive) },
    pieces: tokens.pieces,
    playhead,
    teacher: { hideControls, lockStep },
  }
}
