import * as v from 'valibot'
import type { Decoder } from '../../../trace/trace.ts'
import { deviceEntries, modelEntries, vocabularyEntries } from '../../schema/model.ts'
import { ReasonSchema } from '../../schema/reason.ts'
import { demand, NewerLink } from '../link-damage.ts'
import type { SharedComparison, SharedLane, SharedRun } from '../shared-comparison.ts'
import { withoutCounts, type SharedReason } from '../shared-reason.ts'
import { draftJumps, type DraftJump } from './draft-words.ts'
import { readSettings, writeSettings } from './settings-words.ts'
import { FIRST_SETTINGS, LIMITS, NAMES, reasonsOf } from './tables.ts'
import { KNOWN, WordsSchema, type LaneWords, type RunWords, type Words } from './words-schema.ts'

type Run = Pick<
  SharedRun,
  'prompt' | 'settings' | 'model' | 'device' | 'vocabulary' | 'knowledge' | 'status' | 'summary'
> & {
  /** Where a service's count of its drafts jumps. */
  readonly drafts: readonly DraftJump[]
  /** All reasons that its commits may name by their index. */
  readonly reasons: readonly SharedReason[]
}

/** A comparison as far as its words tell it. */
export interface WordedComparison extends Pick<SharedComparison, 'prompt' | 'caption' | 'leader'> {
  readonly clock: SharedComparison['playhead']['clock']
  readonly lanes: readonly (Omit<SharedLane, 'run'> & { readonly run: Run | null })[]
}

/** What a lane's words are told from: the last lane before it that has a run. */
type Before = Pick<Run, 'settings'> & Partial<Pick<Run, 'model' | 'device' | 'vocabulary'>>

const FIRST: Before = { settings: FIRST_SETTINGS }

/** In the schema's order, whatever their order in the object. */
function inOrder<T extends object>(entries: v.ObjectEntries, value: T): T {
  return v.parse(v.object(entries), value) as T
}

function isEqual(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The words of a comparison as JSON; the same comparison has one text. */
export function writeWords({ prompt, caption, leader, playhead, lanes }: SharedComparison): string {
  let before = FIRST
  const words: Words = {
    prompt,
    ...(caption !== '' && { caption }),
    ...(leader !== lanes[0]?.id && { leader }),
    ...(playhead.clock !== 'time' && { clock: playhead.clock }),
    lanes: lanes.map((lane): LaneWords => {
      const { id, name, decoder, source, parent } = lane
      const run = lane.run && writeRun(lane.run, decoder, before)
      if (lane.run !== null) before = inWords(lane.run)
      return {
        ...(id !== decoder && { id }),
        ...(name !== NAMES[decoder] && { name }),
        ...(decoder === 'autoregressive' && { decoder }),
        ...(source !== 'shared' && { source }),
        ...(parent && { parent: { lane: parent.lane, step: parent.step } }),
        ...(run && { run }),
      }
    }),
  }
  // What can't be read again must not be written.
  demand(v.is(WordsSchema, words), 'its words are too long')
  return JSON.stringify(words)
}

function inWords({ settings, model, device, vocabulary }: SharedRun): Before {
  return {
    settings,
    model: inOrder(modelEntries, model),
    device: inOrder(deviceEntries, device),
    vocabulary: inOrder(vocabularyEntries, vocabulary),
  }
}

function writeRun(run: SharedRun, decoder: Decoder, before: Before): RunWords {
  const settings = writeSettings(before.settings, decoder, run.settings)
  const { model, device, vocabulary } = inWords(run)
  const without = KNOWN.filter((part) => !run.knowledge[part] && part !== guessed(run.vocabulary))
  const rules = rulesOf(run)
  const drafts = draftJumps(run.steps)
  return {
    ...(run.prompt !== undefined && { prompt: run.prompt }),
    ...(Object.keys(settings).length > 0 && { settings }),
    ...(!isEqual(model, before.model) && { model: model! }),
    ...(!isEqual(device, before.device) && { device: device! }),
    ...(!isEqual(vocabulary, before.vocabulary) && {
      vocabulary: { ...vocabulary!, suppressed: [...vocabulary!.suppressed] },
    }),
    ...(without.length > 0 && { without }),
    ...(run.knowledge.steps !== 'pass' && { steps: run.knowledge.steps }),
    ...(rules.length > 0 && { rules }),
    ...(run.status !== 'done' && { status: run.status }),
    ...(drafts.length > 0 && { drafts: drafts.map((jump): [number] => [...jump] as [number]) }),
    ...(run.summary !== undefined && { summary: run.summary }),
  }
}

/** A model with a mask has no guesses in a link: nothing has to say so. */
function guessed({ mask }: SharedRun['vocabulary']): string | null {
  return mask === null ? null : 'guesses'
}

/** Reasons that words must name, in the order in which they come. */
function rulesOf({ settings, steps }: SharedRun): SharedReason[] {
  const known = new Set(reasonsOf(settings).map(keyOf))
  const named = new Map<string, SharedReason>()
  for (const { commits } of steps) {
    for (const { reason } of commits) if (!known.has(keyOf(reason))) named.set(keyOf(reason), reason)
  }
  return [...named.values()]
}

/** The same for the same reason, whatever the order of its keys. */
export function keyOf(reason: SharedReason): string {
  return JSON.stringify(Object.entries(reason).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Reads what `writeWords` wrote; throws `LinkDamage`, or `NewerLink` where it names what this page does not know. */
export function readWords(text: string): WordedComparison {
  const parsed = v.safeParse(WordsSchema, JSON.parse(text), { abortEarly: true })
  if (!parsed.success) {
    const [issue] = parsed.issues
    const names = issue.type === 'picklist' || issue.type === 'literal' || issue.expected === 'never'
    if (names) throw new NewerLink(v.getDotPath(issue) ?? '')
  }
  demand(parsed.success, 'its words are not those of a comparison')
  const { prompt, caption = '', clock = 'time', leader, lanes: worded } = parsed.output
  let before = FIRST
  const lanes = worded.map((lane): WordedComparison['lanes'][number] => {
    const decoder: Decoder = lane.decoder ?? 'diffusion'
    const { id = decoder, name = NAMES[decoder], source = 'shared', parent } = lane
    const run = lane.run ? readRun(lane.run, decoder, before) : null
    if (run !== null) before = run
    return { id, name, decoder, source, ...(parent && { parent }), run }
  })
  checkLanes(lanes)
  const first = leader ?? lanes[0]!.id
  demand(
    lanes.some(({ id }) => id === first),
    'its leader is not there',
  )
  return { prompt, caption, leader: first, clock, lanes }
}

/** Ids are unlike one another; parents exist, and no lane descends from itself. */
function checkLanes(lanes: WordedComparison['lanes']): void {
  const parentOf = new Map(lanes.map(({ id, parent }) => [id, parent?.lane]))
  demand(parentOf.size === lanes.length, 'two lanes have the same id')
  for (const { parent } of lanes) {
    let ancestor = parent?.lane
    for (let depth = 0; ancestor !== undefined; depth++) {
      demand(parentOf.has(ancestor) && depth <= lanes.length, 'a lane has no parent that is there')
      ancestor = parentOf.get(ancestor)
    }
  }
}

function readRun(words: RunWords, decoder: Decoder, before: Before): Run {
  const { prompt, without = [], steps = 'pass', rules = [], status = 'done', drafts = [], summary } = words
  const settings = readSettings(before.settings, decoder, words.settings ?? {})
  const { model = before.model, device = before.device, vocabulary = before.vocabulary } = words
  demand(model !== undefined && device !== undefined && vocabulary !== undefined, 'nothing says what ran')
  const { size, mask, end } = vocabulary
  demand(size <= LIMITS.id && (mask ?? 0) < size && end < size, 'its vocabulary makes no sense')
  const knows = (part: (typeof KNOWN)[number]) => !without.includes(part)
  return {
    ...(prompt !== undefined && { prompt }),
    ...{ settings, model, device, vocabulary, status, drafts },
    ...(summary !== undefined && { summary }),
    knowledge: {
      confidence: knows('confidence'),
      guesses: mask === null && knows('guesses'),
      reasons: knows('reasons'),
      clock: knows('clock'),
      steps,
    },
    reasons: [...reasonsOf(settings), ...rules.map(readRule)],
  }
}

/** A reason that words name; throws `NewerLink` where this page does not know its rule. */
function readRule(words: { readonly rule: string }): SharedReason {
  const parsed = v.safeParse(ReasonSchema, { of: 0, quota: 0, ...words })
  if (!parsed.success) throw new NewerLink(words.rule)
  return withoutCounts(parsed.output)
}
