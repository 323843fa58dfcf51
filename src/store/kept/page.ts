import { changeSettings } from '../../core/change-settings.ts'
import { checkSettings } from '../../core/check-settings.ts'
import { defaultDiffusionSettings } from '../../core/default-settings.ts'
import type { DiffusionSettings } from '../../core/settings.ts'
import { MODEL_IDS, type ModelId } from '../../engines/model/bundled-models.ts'
import { STRATEGY_NAMES } from '../../core/strategies/strategy-of.ts'
import type { Recipe } from '../recipe.ts'

/** What belongs to this tab alone and lives through a reload; null where the browser has none. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null

/** What a tab showed when it was left, and what the next run was made of. */
export interface KeptPage {
  /** The hash that names what was shown. */
  readonly address: string
  /** Whether that was a run which was still going. */
  readonly running: boolean
  readonly prompt: string
  readonly settings: DiffusionSettings
  readonly touched: boolean
  readonly device: Recipe['device']
  /** Null where the person chose none. */
  readonly model: ModelId | null
  /** Ids of upstreams by the lanes' ids. */
  readonly places: Readonly<Record<string, string>>
}

const KEY = 'diffuscope-page'

/** Longer texts are not kept: no address and no prompt that works is longer. */
const LONGEST = 100_000
const MOST_PLACES = 16

const DEVICES: readonly string[] = ['auto', 'webgpu', 'wasm'] satisfies Recipe['device'][]

/** What this tab kept; null where it kept nothing that can be read. */
export function readPage(storage: TabStorage): KeptPage | null {
  try {
    const value: unknown = JSON.parse(storage?.getItem(KEY) ?? 'null')
    if (!isRecord(value)) return null
    const { address, running, prompt, settings, touched, device, model, places } = value
    const read = settingsIn(settings)
    const isText = (text: unknown) => typeof text === 'string' && text.length <= LONGEST
    if (!isText(address) || !isText(prompt) || read === null || !DEVICES.includes(device as string))
      return null
    return {
      address: address as string,
      running: running === true,
      prompt: prompt as string,
      settings: read,
      touched: touched === true,
      device: device as Recipe['device'],
      model: MODEL_IDS.find((id) => id === model) ?? null,
      places: placesIn(places),
    }
  } catch {
    return null
  }
}

export function writePage(storage: TabStorage, page: KeptPage): void {
  const prompt = page.prompt.length > LONGEST ? '' : page.prompt
  const address = page.address.length > LONGEST ? '' : page.address
  try {
    storage?.setItem(KEY, JSON.stringify({ ...page, address, prompt }))
  } catch {
    // Without storage a reload begins anew; the page says elsewhere that nothing is kept.
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Settings that can be run, by the rules that hold today; null for anything else. */
function settingsIn(value: unknown): DiffusionSettings | null {
  if (!isRecord(value)) return null
  const { strategy: name, answerLength, ...rest } = value
  const strategy = STRATEGY_NAMES.find((known) => known === name)
  if (strategy === undefined || typeof answerLength !== 'number') return null
  const numbers = Object.fromEntries(Object.entries(rest).filter(([, each]) => typeof each === 'number'))
  const settings = changeSettings(defaultDiffusionSettings(answerLength, strategy), numbers)
  return checkSettings(settings).length === 0 ? settings : null
}

function placesIn(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {}
  const entries = Object.entries(value).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1].length < 100,
  )
  return Object.fromEntries(entries.slice(0, MOST_PLACES))
}
