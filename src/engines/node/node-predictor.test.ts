import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { TraceEvent } from '../../trace/trace.ts'
import { predictionDistance } from '../onnx/compare-predictions.ts'
import { selfCheck } from '../onnx/self-check.ts'
import { loadNodeModel, runInNode } from './node-predictor.ts'

const live = () => new AbortController().signal

async function collect(events: AsyncIterable<TraceEvent>): Promise<TraceEvent[]> {
  const all: TraceEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

const FOLDERS = ['public/models/small', 'e2e/models/tiny']
  .map((path) => fileURLToPath(new URL(`../../../${path}`, import.meta.url)))
  .filter((folder) => existsSync(`${folder}/manifest.json`))

describe.each(FOLDERS)('the exported model in %s', (folder) => {
  const model = loadNodeModel(folder, { threads: 1 })
  const { predictor, manifest } = model
  const promptIds = model.encodePrompt('Name three fruits.')

  it('computes the trainer’s numbers', async () => {
    expect(await selfCheck(predictor, manifest, model.device)).toBeLessThan(0.02)
  })

  it('predicts the same in every window', async () => {
    const answer = new Int32Array(8).fill(manifest.vocabulary.mask)
    const small = await predictor.denoise(promptIds, answer)
    for (const { window } of manifest.graphs.denoise) {
      const whole = { ...manifest, graphs: { ...manifest.graphs } }
      whole.graphs.denoise = manifest.graphs.denoise.filter((graph) => graph.window === window)
      const other = loadNodeModel(folder, { threads: 1, manifest: whole })
      const { prediction } = await other.predictor.denoise(promptIds, answer)
      expect(predictionDistance(prediction, small.prediction)).toBeLessThan(0.01)
    }
  })

  it('reads token by token as it reads at once', async () => {
    await predictor.prepare('autoregressive', promptIds.length)
    const atOnce = predictor.startExtension(manifest.graphs.extend.window)
    const { prediction } = await atOnce.extend(promptIds)
    const inTurn = predictor.startExtension(promptIds.length)
    await inTurn.extend(promptIds.slice(0, 2))
    let last = prediction
    for (const id of promptIds.slice(2)) last = (await inTurn.extend([id])).prediction
    expect(predictionDistance(last, prediction)).toBeLessThan(0.01)
    atOnce.release()
    inTurn.release()
  })

  it('runs both decoders to their end', async () => {
    const answerLength = 16
    const prompt = 'Name three fruits.'
    const diffusion = await collect(
      runInNode(
        model,
        { decoder: 'diffusion', prompt, settings: defaultDiffusionSettings(answerLength) },
        live(),
      ),
    )
    const positions = diffusion.flatMap((event) =>
      event.kind === 'step' ? event.step.commits.map(({ position }) => position) : [],
    )
    expect(positions.sort((a, b) => a - b)).toEqual(Array.from({ length: answerLength }, (_, i) => i))
    const autoregressive = await collect(
      runInNode(
        model,
        { decoder: 'autoregressive', prompt, settings: defaultAutoregressiveSettings(answerLength) },
        live(),
      ),
    )
    expect(autoregressive.at(-1)).toEqual({ kind: 'end' })
    const ids = autoregressive.flatMap((event) =>
      event.kind === 'step' ? event.step.commits.map(({ id }) => id) : [],
    )
    expect(ids.some((id) => manifest.vocabulary.suppressed.includes(id))).toBe(false)
  })
})

it('finds the exported models', () => {
  expect(FOLDERS.length, 'export a model first: see model/README.md').toBeGreaterThan(0)
})
