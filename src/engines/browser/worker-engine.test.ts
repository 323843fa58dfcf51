import { afterEach, describe, expect, it, vi } from 'vitest'
import { defaultAutoregressiveSettings, defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { TraceEvent } from '../../trace/trace.ts'
import type { RunRequest } from '../run-request.ts'
import {
  inProcessWorker,
  SELF_CHECK_FAILED,
  type InProcessWorker,
  type WorkerScript,
} from '../testing/in-process-worker.ts'
import type { Backend } from './choose-device.ts'
import type { LoadProgress } from '../progress.ts'
import { createWorkerEngine } from './worker-engine.ts'

const diffusion: RunRequest = { decoder: 'diffusion', prompt: 'ab', settings: defaultDiffusionSettings(6) }
const autoregressive: RunRequest = {
  decoder: 'autoregressive',
  prompt: 'ab',
  settings: defaultAutoregressiveSettings(6),
}
const live = () => new AbortController().signal
const nothing = () => undefined

const realGpu = {
  requestAdapter: () => Promise.resolve({ info: { vendor: 'nvidia', architecture: 'ampere' } }),
} as unknown as GPU

/** An engine whose n-th worker follows the n-th script, the last script ever after. */
function engineOver(
  scripts: readonly WorkerScript[],
  { gpu, silenceMs = 5000 }: { gpu?: GPU; silenceMs?: number } = {},
) {
  const workers: InProcessWorker[] = []
  const remembered = new Map<string, Backend>()
  const engine = createWorkerEngine(
    { modelUrl: 'https://page.example/models/small/', device: gpu ? 'auto' : 'wasm' },
    {
      startWorker() {
        const worker = inProcessWorker(scripts[Math.min(workers.length, scripts.length - 1)])
        workers.push(worker)
        return worker
      },
      gpu,
      threads: 2,
      choices: {
        get: (key) => Promise.resolve(remembered.get(key) ?? null),
        set: (key, backend) => Promise.resolve(void remembered.set(key, backend)),
      },
      silenceMs,
      restMs: 100,
    },
  )
  return { engine, workers, remembered }
}

async function collect(events: AsyncIterable<TraceEvent>, into: TraceEvent[] = []): Promise<TraceEvent[]> {
  for await (const event of events) into.push(event)
  return into
}

const written = (events: readonly TraceEvent[]) =>
  events.flatMap((event) => (event.kind === 'step' ? event.step.commits.map(({ id }) => id) : []))

describe.each([diffusion, autoregressive])('a run of $decoder over the wire', (request) => {
  it('gives the events of the loop', async () => {
    const { engine } = engineOver([{}])
    const events = await collect(engine.run(request, live()))
    expect(events.map(({ kind }) => kind)).toEqual(['start', ...Array<string>(6).fill('step'), 'end'])
  })

  it('goes on where it was when the device is lost, and on WASM when it is lost again', async () => {
    const losing: WorkerScript = {
      onPass(pass, worker) {
        if (pass !== 3) return
        worker.loseDevice()
        throw new Error('device is gone')
      },
    }
    const { engine, workers, remembered } = engineOver([losing, losing, {}], { gpu: realGpu })
    remembered.set('https://page.example/models/small/ NVIDIA ampere 2', 'webgpu')
    const events = await collect(engine.run(request, live()))
    const whole = await collect(engineOver([{}]).engine.run(request, live()))
    expect(written(events)).toEqual(written(whole))
    expect(events.filter(({ kind }) => kind === 'start')).toHaveLength(1)
    expect(workers.map(({ backend }) => backend)).toEqual(['webgpu', 'webgpu', 'wasm'])
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, true, false])
    expect((await engine.load(nothing, live())).notes).toEqual([expect.stringMatching(/lost twice/)])
  })

  it('fails with a sentence when the worker crashes, and the next run has a new one', async () => {
    const { engine, workers } = engineOver([{ onPass: (pass, worker) => pass === 3 && worker.crash() }, {}])
    const seen: TraceEvent[] = []
    await expect(collect(engine.run(request, live()), seen)).rejects.toMatchObject({
      kind: 'worker-crashed',
      message: expect.stringMatching(/again/),
    })
    expect(seen).toHaveLength(3)
    expect(await collect(engine.run(request, live()))).toHaveLength(8)
    expect(workers).toHaveLength(2)
  })

  it('tells the worker when it is abandoned', async () => {
    const { engine, workers } = engineOver([{}])
    for await (const event of engine.run(request, live())) if (event.kind === 'step') break
    const worker = workers[0]!
    expect(worker.received.at(-1)?.kind).toBe('drop')
    const passes = worker.model.asked.length
    expect(await collect(engine.run(request, live()))).toHaveLength(8)
    if (request.decoder === 'autoregressive') expect(worker.model.asked[passes]).toBe('release')
  })

  it('lets two runs take turns without mixing them up', async () => {
    const { engine } = engineOver([{}])
    const [one, other] = await Promise.all([
      collect(engine.run(request, live())),
      collect(engine.run(request, live())),
    ])
    expect(written(one)).toEqual(written(other))
    expect(written(one)).toHaveLength(6)
  })
})

afterEach(() => vi.unstubAllGlobals())

describe('nothing hangs', () => {
  it('a worker that falls silent counts as crashed', async () => {
    const { engine } = engineOver([{ onPass: (pass, worker) => pass === 2 && worker.hush() }, {}], {
      silenceMs: 50,
    })
    await expect(collect(engine.run(diffusion, live()))).rejects.toMatchObject({
      kind: 'worker-crashed',
      detail: expect.stringMatching(/silent/),
    })
    expect(await collect(engine.run(diffusion, live()))).toHaveLength(8)
  })

  it('a cancelled run ends at once, even while the worker says nothing', async () => {
    const stop = new AbortController()
    const script: WorkerScript = {
      onPass(_, worker) {
        worker.hush()
        setTimeout(() => stop.abort(), 5)
      },
    }
    await expect(collect(engineOver([script]).engine.run(diffusion, stop.signal))).rejects.toMatchObject({
      kind: 'cancelled',
    })
  })

  it.each([
    { onLine: false, kind: 'offline', says: /no network.*Run again when you are online/ },
    { onLine: true, kind: 'download-failed', says: /connection, then run again/ },
  ])('a worker whose code can not be fetched (online: $onLine) says so', async ({ onLine, kind, says }) => {
    vi.stubGlobal('navigator', { onLine })
    const { engine, workers } = engineOver([{ onLoad: () => new Promise(nothing) }, {}])
    const loading = engine.load(nothing, live())
    await new Promise((resolve) => setTimeout(resolve, 5))
    workers[0]!.failToStart()
    await expect(loading).rejects.toMatchObject({ kind, message: expect.stringMatching(says) })
    expect(await collect(engine.run(diffusion, live()))).toHaveLength(8)
  })

  it('closing the engine ends a load', async () => {
    const { engine, workers } = engineOver([{ onLoad: () => new Promise(nothing) }])
    const loading = engine.load(nothing, live())
    await new Promise((resolve) => setTimeout(resolve, 5))
    engine.dispose()
    await expect(loading).rejects.toMatchObject({ kind: 'cancelled' })
    expect(workers[0]!.terminated).toBe(true)
  })
})

describe('loading', () => {
  it('is shared, reports to all who wait, and is done once', async () => {
    const { engine, workers } = engineOver([{}])
    const heard: LoadProgress[][] = [[], []]
    const models = await Promise.all(
      heard.map((list) => engine.load((progress) => list.push(progress), live())),
    )
    expect(models[0]).toBe(models[1])
    expect(await engine.load(nothing, live())).toBe(models[0])
    expect(workers).toHaveLength(1)
    expect(heard.map((list) => list.length)).toEqual([1, 1])
    expect([...engine.pieces()(1)]).toEqual([98])
  })

  it('goes on for those who still wait when another lets go', async () => {
    const { engine, workers } = engineOver([{}])
    const stop = new AbortController()
    const impatient = engine.load(nothing, stop.signal)
    const patient = engine.load(nothing, live())
    stop.abort()
    await expect(impatient).rejects.toMatchObject({ kind: 'cancelled' })
    await expect(patient).resolves.toMatchObject({ device: { backend: 'wasm' } })
    expect(workers).toHaveLength(1)
  })

  it('starts anew after a failure', async () => {
    const failing: WorkerScript = {
      onLoad() {
        throw { kind: 'download-failed', message: 'cut' }
      },
    }
    const { engine, workers } = engineOver([failing, {}])
    await expect(engine.load(nothing, live())).rejects.toMatchObject({ kind: 'download-failed' })
    await expect(engine.load(nothing, live())).resolves.toMatchObject({ window: 20 })
    expect(workers[0]!.terminated).toBe(true)
  })

  it('does not blame the GPU for a download that fails', async () => {
    const failing: WorkerScript = {
      onLoad() {
        throw { kind: 'offline', message: 'no network' }
      },
    }
    const { engine, workers } = engineOver([failing], { gpu: realGpu })
    await expect(engine.load(nothing, live())).rejects.toMatchObject({ kind: 'offline' })
    expect(workers).toHaveLength(1)
  })
})

describe('a GPU that nobody has measured', () => {
  const soon = { timeout: 10_000 }
  const loaded = (engine: ReturnType<typeof engineOver>['engine']) => engine.load(nothing, live())

  it('is made ready behind the processor, which runs at once, and timed when nothing runs', async () => {
    const { engine, workers, remembered } = engineOver([{}], { gpu: realGpu })
    const first = await loaded(engine)
    expect(first.device.backend).toBe('wasm')
    expect(first.notes).toEqual([expect.stringMatching(/^Begun on the processor.*NVIDIA ampere/)])
    await vi.waitFor(async () => expect((await loaded(engine)).device.backend).toBe('webgpu'), soon)
    expect((await loaded(engine)).notes).toEqual([
      expect.stringMatching(/Measured here: 10 ms a pass with WebGPU, 10 ms with WASM/),
    ])
    expect([...remembered.values()]).toEqual(['webgpu'])
    expect(workers.map(({ backend, terminated }) => [backend, terminated])).toEqual([
      ['wasm', true],
      ['webgpu', false],
    ])
    engine.dispose()
    expect((await loaded(engine)).notes).toEqual([expect.stringMatching(/was quicker/)])
    expect(workers).toHaveLength(3)
  })

  it('changes nothing under a run, nor between the lanes of a comparison', async () => {
    const { engine, workers } = engineOver([{}], { gpu: realGpu })
    for (const request of [diffusion, autoregressive]) {
      for await (const event of engine.run(request, live())) {
        if (event.kind === 'step') await new Promise((resolve) => setTimeout(resolve, 10))
      }
    }
    expect(workers.map(({ model }) => model.asked.length > 0)).toEqual([true, false])
    await vi.waitFor(async () => expect((await loaded(engine)).device.backend).toBe('webgpu'), soon)
  })

  it('is left where it computes wrongly or fails while it is timed, and that is said', async () => {
    const wrong = engineOver(
      [{ onLoad: ({ backend }) => (backend === 'webgpu' ? Promise.reject(SELF_CHECK_FAILED) : undefined) }],
      { gpu: realGpu },
    )
    await loaded(wrong.engine)
    await vi.waitFor(
      async () =>
        expect((await loaded(wrong.engine)).notes).toEqual([
          expect.stringMatching(/computed this model wrongly/),
        ]),
      soon,
    )
    expect(wrong.workers.map(({ terminated }) => terminated)).toEqual([false, true])

    const fails: WorkerScript = {
      onPass() {
        throw new Error('no such kernel')
      },
    }
    const failing = engineOver([{}, fails], { gpu: realGpu })
    await loaded(failing.engine)
    await vi.waitFor(
      async () => expect((await loaded(failing.engine)).notes[0]).toMatch(/failed while it was timed/),
      soon,
    )
    expect((await loaded(failing.engine)).device.backend).toBe('wasm')
    expect(failing.remembered.size).toBe(0)
  })

  it('ends with the engine, ready or not', async () => {
    const slow = engineOver(
      [{ onLoad: ({ backend }) => (backend === 'webgpu' ? new Promise(nothing) : undefined) }],
      { gpu: realGpu },
    )
    await loaded(slow.engine)
    await vi.waitFor(() => expect(slow.workers).toHaveLength(2), soon)
    slow.engine.dispose()
    await vi.waitFor(() => expect(slow.workers.every(({ terminated }) => terminated)).toBe(true), soon)
  })
})
