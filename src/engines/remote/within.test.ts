import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { within } from './within.ts'

const untilAborted = async (signal: AbortSignal) => {
  if (!signal.aborted) await once(signal, 'abort')
  throw signal.reason
}

describe('work within a time', () => {
  it('gives what the work gives', async () => {
    expect(await within(1000, new AbortController().signal, () => Promise.resolve(7))).toBe(7)
  })

  it('ends when time is up, though nobody else holds the signal', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const collecting = setInterval(collect, 5)
    await expect(within(60, new AbortController().signal, untilAborted)).rejects.toMatchObject({
      name: 'TimeoutError',
    })
    clearInterval(collecting)
  })

  it('ends when it is told to, before it begins or later', async () => {
    await expect(within(1000, AbortSignal.abort('no'), untilAborted)).rejects.toBe('no')
    const { signal, abort } = (() => {
      const controller = new AbortController()
      return { signal: controller.signal, abort: () => controller.abort('stop') }
    })()
    const work = within(1000, signal, untilAborted)
    abort()
    await expect(work).rejects.toBe('stop')
  })
})
