import type { AutoregressiveSettings } from './settings.ts'

/** The settings of an autoregressive run beside a diffusion run of these: what both decoders share. */
export function autoregressiveSettings({
  answerLength,
  temperature,
  topK,
  seed,
}: AutoregressiveSettings): AutoregressiveSettings {
  return { answerLength, temperature, topK, seed }
}
