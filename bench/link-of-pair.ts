import type { AutoregressiveSettings, DiffusionSettings } from '../src/core/settings.ts'
import { strategyOf } from '../src/core/strategies/strategy-of.ts'
import type { Comparison } from '../src/share/comparison.ts'
import { toBase64url } from '../src/share/link/base64url.ts'
import type { SharedPlayhead, SharedRun } from '../src/share/link/shared-comparison.ts'
import { toShared } from '../src/share/link/to-shared.ts'
import { writeVersion2 } from '../src/share/link/version-2/version-2.ts'
import type { LinkedLane, LinkedPair } from '../src/share/link/version-2/linked-pair.ts'

const START: SharedPlayhead = { clock: 'time', steps: [0, 0] }

/** The same comparison as a link of version 2, for comparing sizes; null where it is no pair on one model. */
export function linkOfPair(comparison: Comparison): string | null {
  const { prompt, recordedAt, lanes, tables } = toShared(comparison, START)
  const [first, second] = lanes.map(({ run }) => run)
  if (!first || !second || lanes.length > 2 || first.table !== second.table) return null
  const { mask, end } = first.vocabulary
  if (mask === null || isRevised(first.settings)) return null
  const pieces = new Map([...tables[0]!, [mask, new Uint8Array()] as const, [end, new Uint8Array()] as const])
  const pair: LinkedPair = {
    prompt,
    recordedAt: recordedAt ?? 0,
    pieces: [...pieces].sort(([a], [b]) => a - b),
    diffusion: linked(first, flat(first.settings as DiffusionSettings)),
    autoregressive: linked(second, second.settings as AutoregressiveSettings),
    playhead: 0,
    caption: '',
    teacher: { hideControls: false, lockStep: false },
  }
  return `c2.${toBase64url(writeVersion2(pair))}`
}

/** Whether its strategy came after version 2, as all that revise did. */
function isRevised(settings: SharedRun['settings']): boolean {
  return 'strategy' in settings && strategyOf(settings.strategy).revision !== undefined
}

function flat(settings: DiffusionSettings): LinkedPair['diffusion']['settings'] {
  return {
    steps: settings.answerLength,
    threshold: 0.9,
    factor: 1,
    ...settings,
  } as LinkedPair['diffusion']['settings']
}

function linked<Settings>(run: SharedRun, settings: Settings): LinkedLane<Settings> {
  const { model, device, vocabulary, status, clockUnit, passShare, steps } = run
  const commits = steps.flatMap((step, at) =>
    step.commits.map(({ position, id, confidence, reason }) => {
      const rule = reason.rule === 'tail' && reason.floor === 0 ? 'tail-free' : reason.rule
      return { step: at + 1, position, id, confidence, rule: rule as 'quota' }
    }),
  )
  const floor = steps
    .flatMap((step) => step.commits)
    .find(({ reason }) => reason.rule === 'tail' && reason.floor > 0)
  return {
    ...{ settings, model, device, status, clockUnit, passShare, commits },
    vocabulary: { ...vocabulary, mask: vocabulary.mask ?? 0 },
    steps: steps.map(({ block, ticks, of, quota }) => ({ block, ticks, of, quota })),
    ...(floor?.reason.rule === 'tail' && { tailFloor: floor.reason.floor }),
  }
}
