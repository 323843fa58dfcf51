import { describe, expect, it } from 'vitest'
import { readMetrics } from '../../scripts/serving/read-metrics.ts'
import { modelHere, serverUrl } from './bundled-model.ts'
import { itKeepsTheProtocol, itRunsAsThePage } from './demands.ts'
import { stepTogether } from './step-together.ts'

const here = modelHere()
const url = serverUrl()
const metricsUrl = process.env['METRICS_URL'] ?? ''

describe('Triton', () => {
  itKeepsTheProtocol(url, 'binary')
  itRunsAsThePage(url, here)

  it('joins the steps of eight runs, as its own metrics say', async () => {
    const before = await readMetrics(metricsUrl)
    const { steps } = await stepTogether(url, here, { runs: 8, stepsPerRun: 12 })
    const after = await readMetrics(metricsUrl)
    const requests = after.requests - before.requests
    const passes = after.passes - before.passes
    console.log(`Triton answered ${requests} requests with ${passes} passes.`)
    expect(requests).toBe(steps)
    expect(passes).toBeLessThanOrEqual(requests / 2)
  })
})
