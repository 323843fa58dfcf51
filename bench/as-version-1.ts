import type { Comparison } from '../src/share/comparison.ts'
import { encodeComparison } from '../src/share/comparison-file.ts'

/** What is read here of version 2 of the file. */
interface Version2 {
  readonly recordedAt: string
  readonly prompt: string
  readonly pieces: readonly object[]
  readonly lanes: readonly {
    readonly decoder: string
    readonly run: {
      readonly header: { readonly settings: object }
      readonly status: string
      readonly steps: unknown
    }
  }[]
}

/** A pair as version 1 of the file, for builds that read no other; they pass over what they do not know. */
export function asVersion1(comparison: Comparison, kept: { readonly candidates: number }): unknown {
  const { recordedAt, prompt, pieces, lanes } = encodeComparison(comparison, kept) as Version2
  const runOf = (decoder: string) => {
    const { header, status, steps } = lanes.find((lane) => lane.decoder === decoder)!.run
    // Version 1 wants the settings of every strategy.
    const settings =
      decoder === 'diffusion' ? { threshold: 0.9, factor: 1, ...header.settings } : header.settings
    return { header: { prompt, ...header, decoder, settings }, status, steps }
  }
  return {
    ...{ version: 1, recordedAt, prompt },
    diffusion: runOf('diffusion'),
    autoregressive: runOf('autoregressive'),
    pieces: Object.assign({}, ...pieces) as unknown,
  }
}
