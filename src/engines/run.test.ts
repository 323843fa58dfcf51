import { describe, expect, it } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../core/default-settings.ts'
import type { RunRequest } from './run-request.ts'
import { runSteps, type RunStep } from './run.ts'
import type { Checkpoint } from './run-request.ts'
import { scriptedModel, type ScriptedModel } from './testing/scripted-model.ts'

const diffusion: RunRequest = { decoder: 'diffusion', prompt: 'ab', settings: defaultDiffusionSettings(6) }
const autoregressive: RunRequest = {
  decoder: 'autoregressive',
  prompt: 'ab',
  settings: defaultAutoregressiveSettings(6),
}
const both = [diffusion, autoregressive]

function start(
  model: ScriptedModel,
  request: RunRequest,
  from?: Checkpoint,
  signal = new AbortController().signal,
) {
  return runSteps(model, request, { signal, now: model.now, ...(from && { from }) })
}

async function collect(steps: AsyncIterable<RunStep>): Promise<RunStep[]> {
  const all: RunStep[] = []
  for await (const step of steps) all.push(step)
  return all
}

const commits = (steps: readonly RunStep[]) =>
  steps.flatMap(({ event }) =>
    event.kind === 'step' ? event.step.commits.map(({ position, id }) => `${position}:${id}`) : [],
  )

describe.each(both)('a run of $decoder', (request) => {
  it('starts with its header, ends with an end, and commits every position', async () => {
    const steps = await collect(start(scriptedModel(), request))
    const [first] = steps
    expect(first?.event).toMatchObject({
      kind: 'start',
      header: { decoder: request.decoder, prompt: 'ab', promptIds: [3, 5, 5, 4], settings: request.settings },
    })
    expect(steps.at(-1)?.event).toEqual({ kind: 'end' })
    expect(commits(steps)).toHaveLength(6)
  })

  it('takes one pass a pull', async () => {
    const model = scriptedModel()
    const steps = start(model, request)
    await steps.next()
    const passes = () => model.asked.filter((what) => /^(denoise|extend)/.test(what)).length
    expect(passes()).toBe(0)
    await steps.next()
    expect(passes()).toBe(1)
    await steps.next()
    expect(passes()).toBe(2)
  })

  it('stops its clock while nobody pulls', async () => {
    const model = scriptedModel()
    const ends: number[] = []
    for await (const { event } of start(model, request)) {
      if (event.kind === 'step') ends.push(event.step.at)
      model.wait(1000)
    }
    expect(ends).toEqual([10, 20, 30, 40, 50, 60])
  })

  it('takes no pass after it was abandoned', async () => {
    const model = scriptedModel()
    for await (const { event } of start(model, request)) if (event.kind === 'step') break
    const asked = model.asked.length
    await Promise.resolve()
    expect(model.asked).toHaveLength(asked)
    if (request.decoder === 'autoregressive') expect(model.asked.at(-1)).toBe('release')
  })

  it('ends between two steps when it is cancelled', async () => {
    const model = scriptedModel()
    const stop = new AbortController()
    const seen: RunStep[] = []
    const running = (async () => {
      for await (const step of start(model, request, undefined, stop.signal)) {
        seen.push(step)
        if (seen.length === 3) stop.abort()
      }
    })()
    await expect(running).rejects.toMatchObject({ kind: 'cancelled' })
    expect(seen).toHaveLength(3)
  })

  it('passes on what the device throws, and frees its cache', async () => {
    const model = scriptedModel((pass) => {
      if (pass === 2) throw new Error('broken')
    })
    await expect(collect(start(model, request))).rejects.toThrow('broken')
    if (request.decoder === 'autoregressive') expect(model.asked.at(-1)).toBe('release')
  })

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const whole = await collect(start(scriptedModel(), request))
    const checkpoint = structuredClone(whole[3]!.checkpoint!)
    const rest = await collect(start(scriptedModel(), request, checkpoint))
    expect(commits([...whole.slice(0, 4), ...rest])).toEqual(commits(whole))
    const at = ({ event }: RunStep) => (event.kind === 'step' ? event.step.at : null)
    expect(rest.slice(1).map(at)).toEqual(whole.slice(4).map(at))
  })

  it('refuses an empty prompt and one that is too long, before any pass', async () => {
    const model = scriptedModel()
    const refused = (prompt: string) => collect(start(model, { ...request, prompt }))
    await expect(refused(' \n')).rejects.toMatchObject({ kind: 'prompt-empty' })
    await expect(refused('x'.repeat(13))).rejects.toMatchObject({
      kind: 'prompt-too-long',
      message: expect.stringMatching(/15 tokens.*room for 14/),
    })
    expect(model.asked).toEqual([])
    await expect(refused('x'.repeat(12))).resolves.toHaveLength(8)
  })
})

it('says which setting makes no sense', async () => {
  const settings = { ...defaultDiffusionSettings(6), steps: 0 }
  await expect(
    collect(start(scriptedModel(), { ...diffusion, settings } as RunRequest)),
  ).rejects.toMatchObject({
    message: expect.stringContaining('steps'),
  })
})

it('reads the prompt once and then a token at a time', async () => {
  const model = scriptedModel()
  await collect(start(model, autoregressive))
  expect(model.asked.slice(0, 4)).toEqual([
    'prepare autoregressive 10',
    'extend 3 5 5 4',
    expect.stringMatching(/^extend \d+$/),
    expect.stringMatching(/^extend \d+$/),
  ])
})
