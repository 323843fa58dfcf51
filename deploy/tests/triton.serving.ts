import { describe, expect, it } from 'vitest'
import { modelHere, serverUrl } from './bundled-model.ts'
import { itKeepsTheProtocol, itRunsAsThePage } from './demands.ts'
import { stepTogether } from './step-together.ts'

const here = modelHere()
const url = serverUrl()

describe('Triton', () => {
  itKeepsTheProtocol(url, 'binary')
  itRunsAsThePage(url, here)

  it('joins the steps of eight runs, as its own metrics say', async () => {
    const before = await counted()
    const { steps } = await stepTogether(url, here, { runs: 8, stepsPerRun: 12 })
    const after = await counted()
    const requests = after.requests - before.requests
    const passes = after.passes - before.passes
    console.log(`Triton answered ${requests} requests with ${passes} passes.`)
    expect(requests).toBe(steps)
    expect(passes).toBeLessThanOrEqual(requests / 2)
  })
})

/** What Triton counted: answered requests, and passes of the model. */
async function counted(): Promise<{ requests: number; passes: number }> {
  const text = await (await fetch(process.env['METRICS_URL']!)).text()
  const read = (name: string) => {
    const line = new RegExp(`^${name}\\{model="diffuscope-small",version="1"\\} (\\d+)$`, 'm').exec(text)
    if (line === null) throw new Error(`Triton has no metric ${name}`)
    return Number(line[1])
  }
  return { requests: read('nv_inference_request_success'), passes: read('nv_inference_exec_count') }
}
