import type { RunnableModel } from '../runnable-model.ts'

/** Median milliseconds of warm denoising passes over an empty canvas. */
export async function timePasses(
  { predictor, vocabulary, encodePrompt }: RunnableModel,
  canvas: number,
  passes: number,
): Promise<number> {
  const promptIds = encodePrompt('')
  const answerIds = new Int32Array(canvas).fill(vocabulary.mask)
  await predictor.prepare('diffusion', promptIds.length + canvas)
  await predictor.denoise(promptIds, answerIds)
  const times: number[] = []
  for (let i = 0; i < passes; i++) times.push((await predictor.denoise(promptIds, answerIds)).passMs)
  return times.sort((a, b) => a - b)[Math.floor(passes / 2)] ?? Infinity
}
