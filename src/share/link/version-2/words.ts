import * as v from 'valibot'
import { flatDiffusionEntries, flatSamplingEntries, isWithin } from '../../pair/flat-settings.ts'
import { RECORDS, UNRECORDED } from '../../pair/pair.ts'
import { finite, whole } from '../../schema/numbers.ts'
import { demand, NewerLink } from '../link-damage.ts'
import type { LinkedLane, LinkedPair } from './linked-pair.ts'
import { LIMITS } from './tables.ts'

const id = v.pipe(whole, v.maxValue(LIMITS.id))

const DiffusionSchema = v.strictObject(flatDiffusionEntries)
const AutoregressiveSchema = v.strictObject(flatSamplingEntries)
const ModelSchema = v.strictObject({
  name: v.string(),
  revision: v.string(),
  parameters: whole,
  precision: v.string(),
})
const DeviceSchema = v.strictObject({
  backend: v.picklist(['webgpu', 'wasm', 'cpu', 'remote']),
  label: v.string(),
  threads: v.exactOptional(whole),
})
const VocabularySchema = v.strictObject({ size: id, mask: id, end: id, suppressed: v.array(id) })

/** Where the autoregressive lane ran, where that is not where the other did. */
const OtherSchema = v.strictObject({
  model: v.exactOptional(ModelSchema),
  device: v.exactOptional(DeviceSchema),
  vocabulary: v.exactOptional(VocabularySchema),
  tailFloor: v.exactOptional(finite),
  record: v.exactOptional(v.picklist(RECORDS)),
})

/** The part of a link that is JSON, keys in this order. Frozen. */
const WordsSchema = v.strictObject({
  prompt: v.string(),
  caption: v.exactOptional(v.pipe(v.string(), v.minLength(1), v.maxLength(LIMITS.caption))),
  diffusion: DiffusionSchema,
  autoregressive: AutoregressiveSchema,
  model: ModelSchema,
  device: DeviceSchema,
  vocabulary: VocabularySchema,
  tailFloor: v.exactOptional(finite),
  other: v.exactOptional(OtherSchema),
  provenance: v.exactOptional(v.picklist(UNRECORDED)),
  lacksReasons: v.exactOptional(v.literal(true)),
  /** What the diffusion lane is a record of, where it is not of forward passes. */
  record: v.exactOptional(v.picklist(RECORDS)),
})

type LaneWords<Settings> = Pick<
  LinkedLane<Settings>,
  'settings' | 'model' | 'device' | 'vocabulary' | 'tailFloor' | 'record'
>

/** JSON text with the keys in the schema's order, whatever their order in the object. */
function inKeyOrder(schema: { readonly entries: object }, value: object): object {
  const keys = Object.keys(schema.entries).filter((key) => key in value)
  return Object.fromEntries(keys.map((key) => [key, value[key as keyof typeof value]]))
}

/** The words of a comparison as JSON; the same comparison has one text. */
export function writeWords(pair: LinkedPair): string {
  const { prompt, caption, diffusion, autoregressive, provenance, lacksReasons } = pair
  const parts = (lane: LaneWords<unknown>) => ({
    model: inKeyOrder(ModelSchema, lane.model),
    device: inKeyOrder(DeviceSchema, lane.device),
    vocabulary: inKeyOrder(VocabularySchema, lane.vocabulary),
  })
  const here = parts(diffusion)
  const there = parts(autoregressive)
  const differing = (['model', 'device', 'vocabulary'] as const).filter(
    (key) => JSON.stringify(here[key]) !== JSON.stringify(there[key]),
  )
  const other = {
    ...Object.fromEntries(differing.map((key) => [key, there[key]])),
    ...(autoregressive.tailFloor !== undefined && { tailFloor: autoregressive.tailFloor }),
    ...(autoregressive.record && { record: autoregressive.record }),
  }
  return JSON.stringify({
    prompt,
    ...(caption !== '' && { caption }),
    diffusion: inKeyOrder(DiffusionSchema, diffusion.settings),
    autoregressive: inKeyOrder(AutoregressiveSchema, autoregressive.settings),
    ...here,
    ...(diffusion.tailFloor !== undefined && { tailFloor: diffusion.tailFloor }),
    ...(Object.keys(other).length > 0 && { other }),
    ...(provenance && { provenance }),
    ...(lacksReasons && { lacksReasons }),
    ...(diffusion.record && { record: diffusion.record }),
  })
}

/** Reads what `writeWords` wrote; throws `LinkDamage`, or `NewerLink` where it names what this page does not know. */
export function readWords(text: string) {
  const parsed = v.safeParse(WordsSchema, JSON.parse(text), { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    if (issue.type === 'picklist' || issue.expected === 'never')
      throw new NewerLink(v.getDotPath(issue) ?? '')
  }
  demand(parsed.success, 'its words are not those of a comparison')
  const {
    prompt,
    caption = '',
    diffusion,
    autoregressive,
    model,
    device,
    vocabulary,
    tailFloor,
    other,
    record,
    ...origin
  } = parsed.output
  demand(isWithin(diffusion), 'its settings make no sense')
  const lane = { model, device, vocabulary }
  return {
    prompt,
    caption,
    diffusion: {
      settings: diffusion,
      ...lane,
      ...(tailFloor !== undefined && { tailFloor }),
      ...(record && { record }),
    },
    autoregressive: { settings: autoregressive, ...lane, ...other },
    ...origin,
  }
}
