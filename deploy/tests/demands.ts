import { beforeAll, expect, it } from 'vitest'
import { DEMANDS, openServer, type ServerUnderTest } from '../../scripts/conformance/suite.ts'
import { defaultDiffusionSettings } from '../../src/core/default-settings.ts'
import { STRATEGY_NAMES } from '../../src/core/strategies/strategy-of.ts'
import type { NodeModel } from '../../src/engines/node/node-predictor.ts'
import type { WireForm } from '../../src/engines/remote/oip-message.ts'
import type { RunnableModel } from '../../src/engines/runnable-model.ts'
import { modelAt, NAME } from './bundled-model.ts'
import { compareRuns } from './compare-runs.ts'

/** The conformance suite. */
export function itKeepsTheProtocol(url: string, form: WireForm): void {
  let opened: ServerUnderTest
  beforeAll(async () => {
    opened = await openServer(url, NAME)
  })
  it.each(Object.entries(DEMANDS))('%s', async (_, demand) => demand(opened))
  it(`speaks ${form}`, () => expect(opened.model.form).toBe(form))
}

const PROMPTS = ['What is the capital of Portugal?', 'Name three fruits.']

/** PyTorch and onnxruntime add in another order; more than this is another computation. */
const ROUNDING = 1e-3

/** Every strategy commits the very tokens that it commits in the page, step by step. */
export function itRunsAsThePage(url: string, here: NodeModel): void {
  let there: RunnableModel
  beforeAll(async () => {
    there = await modelAt(url, here)
  })
  it.each(STRATEGY_NAMES)('commits the very tokens of a run in the page: %s', async (strategy) => {
    for (const prompt of PROMPTS) {
      const settings = defaultDiffusionSettings(24, strategy)
      const { different, gap } = await compareRuns(here, there, prompt, settings)
      expect(different).toEqual([])
      expect(gap).toBeLessThan(ROUNDING)
    }
  })
  it('commits the very tokens of a run in the page that draws with a seed', async () => {
    const settings = { ...defaultDiffusionSettings(24), temperature: 0.8, seed: 7 }
    expect((await compareRuns(here, there, PROMPTS[0]!, settings)).different).toEqual([])
  })
}
