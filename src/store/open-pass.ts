import type { StoreApi } from 'zustand/vanilla'
import { modelIdOf } from '../engines/model/bundled-models.ts'
import type { Comparison } from '../share/comparison.ts'
import type { TabStorage } from './kept/page.ts'
import { modelFor, type OpenPass } from './model-for.ts'
import type { RecipeState } from './recipe.ts'
import type { RunState } from './run.ts'

const KEY = 'diffuscope-open-pass'

function readPass(storage: TabStorage): OpenPass | null {
  try {
    const { ms, device } = JSON.parse(storage?.getItem(KEY) ?? '{}') as Partial<OpenPass>
    return typeof ms === 'number' && ms > 0 && typeof device === 'string' ? { ms, device } : null
  } catch {
    return null
  }
}

/** The pass of a diffusion lane that the open world has just finished here; null where there is none. */
function openPassOf(shown: Comparison | null): OpenPass | null {
  for (const { source, decoder, trace } of shown?.lanes ?? []) {
    if (source !== 'live' || decoder !== 'diffusion' || trace?.status !== 'done') continue
    const { model, device } = trace.header
    if (modelIdOf(model.name) !== 'open' || device.backend === 'remote') continue
    const passes = trace.steps.filter(({ edit }) => edit !== true)
    const all = passes.reduce((sum, { passMs }) => sum + passMs, 0)
    if (all > 0) return { ms: all / passes.length, device: device.label }
  }
  return null
}

/**
 * Remembers on this device how quick the open world was, and lets that choose until a person does. Where it was never
 * timed a graphics processor is reason enough.
 *
 * @param gpu a real graphics processor's name; null where there is none, or where the open world had better be asked for
 */
export function keepOpenPass(
  { recipe, run }: { readonly recipe: StoreApi<RecipeState>; readonly run: StoreApi<RunState> },
  storage: TabStorage,
  passes: number,
  gpu: () => Promise<string | null>,
): void {
  const choose = (pass: OpenPass) => {
    recipe.setState({ openPass: pass })
    const { modelChosen, setModel } = recipe.getState()
    if (!modelChosen) setModel(modelFor(pass, passes), 'page')
  }
  const kept = readPass(storage)
  if (kept !== null) choose(kept)
  else {
    const take = (name: string | null) => {
      const { modelChosen, device, setModel } = recipe.getState()
      if (name === null || modelChosen || device === 'wasm' || run.getState().begun !== null) return
      recipe.setState({ gpu: name })
      setModel('open', 'page')
    }
    void gpu().then(take, () => undefined)
  }
  run.subscribe((now, before) => {
    if (now.activity.kind !== 'idle' || before.activity.kind !== 'running') return
    const pass = openPassOf(now.shown)
    if (pass === null) return
    recipe.setState({ openPass: pass })
    try {
      storage?.setItem(KEY, JSON.stringify(pass))
    } catch {
      // Without storage the next visit begins with the small world.
    }
  })
}
