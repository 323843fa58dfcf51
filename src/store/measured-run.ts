import type { StoreApi } from 'zustand/vanilla'
import type { Comparison } from '../share/comparison.ts'
import { meanPass, measure } from '../trace/measure.ts'
import type { Decoder } from '../trace/trace.ts'
import type { TabStorage } from './kept/page.ts'
import type { RunState } from './run.ts'

const KEY = 'diffuscope-measured-run'

interface MeasuredDecoder {
  readonly passMs: number
  readonly tokensPerPass: number
}

/** What the last run on this device took by both decoders. */
export interface MeasuredRun extends Readonly<Record<Decoder, MeasuredDecoder>> {
  readonly model: string
  readonly device: string
}

/** Null where the last run is none of both decoders, finished and here. */
function measuredOf(shown: Comparison | null): MeasuredRun | null {
  const of = (decoder: Decoder) => {
    const lane = shown?.lanes.find(
      ({ decoder: its, source, trace }) => its === decoder && source === 'live' && trace?.status === 'done',
    )
    return lane?.trace?.header.device.backend === 'remote' ? null : (lane?.trace ?? null)
  }
  const [diffusion, autoregressive] = [of('diffusion'), of('autoregressive')]
  if (diffusion === null || autoregressive === null) return null
  const [wide, narrow] = [diffusion, autoregressive].map((trace) => ({
    passMs: meanPass(trace),
    tokensPerPass: measure(trace, trace.steps.length).tokensPerPass,
  })) as [MeasuredDecoder, MeasuredDecoder]
  const { model, device } = diffusion.header
  return { diffusion: wide, autoregressive: narrow, model: model.name, device: device.label }
}

/** Remembers on this device what a finished run took: the article reckons with it. */
export function keepMeasuredRun(run: StoreApi<RunState>, storage: TabStorage): void {
  run.subscribe((now, before) => {
    if (now.activity.kind !== 'idle' || before.activity.kind !== 'running') return
    const measured = measuredOf(now.shown)
    if (measured === null) return
    try {
      storage?.setItem(KEY, JSON.stringify(measured))
    } catch {
      // The article has a recording's numbers.
    }
  })
}

/** What was remembered; null where nothing was, or nothing that can be read. */
export function readMeasuredRun(storage: TabStorage): MeasuredRun | null {
  try {
    const read = JSON.parse(storage?.getItem(KEY) ?? 'null') as Partial<MeasuredRun> | null
    const known = [read?.diffusion, read?.autoregressive].every(
      (one) => Number(one?.passMs) > 0 && Number(one?.tokensPerPass) > 0,
    )
    return known ? (read as MeasuredRun) : null
  } catch {
    return null
  }
}
