/** What a recording shows, where right and wrong can be told apart. */
export type Outcome = 'AR wins' | 'Diffusion wins' | 'AR fails' | 'Diffusion fails' | 'Both fail'

interface Answer {
  readonly isRight: boolean
  /** Of the whole lane, on its own clock. */
  readonly ms: number
}

/** Where both are right the first to finish wins; where one is wrong, it fails, however quick it was. */
export function outcomeOf(diffusion: Answer, autoregressive: Answer): Outcome {
  if (diffusion.isRight && autoregressive.isRight) {
    return autoregressive.ms <= diffusion.ms ? 'AR wins' : 'Diffusion wins'
  }
  if (autoregressive.isRight) return 'Diffusion fails'
  return diffusion.isRight ? 'AR fails' : 'Both fail'
}
