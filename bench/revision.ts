import { ownSettings } from '../src/core/own-settings.ts'
import { changeSettings } from '../src/core/change-settings.ts'
import type { SettingsChange } from '../src/core/settings.ts'
import { OPEN_MODEL, settingsOfModel } from '../src/engines/model/bundled-models.ts'
import { loadFolder } from '../src/engines/node/open-model.ts'
import { traceOf } from '../scripts/compare-in-node.ts'
import { canvasAt } from '../src/trace/canvas.ts'
import { passesAt } from '../src/trace/passes-at.ts'
import type { Trace } from '../src/trace/trace.ts'
import { writeResult } from './report.ts'

/*
 * Whether revising helps the open world: the text that each strategy ends with, read from left to right by the model's
 * own autoregressive decoder, against the passes that it took. `npm run bench:revision -- public/models/open`
 */

const PROMPTS = [
  'Describe a rainy day in London.',
  'Give me a tip for better sleep.',
  'Why is the sky blue?',
  'Write a short story about a fox and a lantern.',
  'How do I boil an egg?',
  'What is a good present for a friend who likes books?',
  'Explain what a volcano is.',
  'Write two sentences about the sea.',
  'How can I learn to play the guitar?',
  'What do bees do in winter?',
  'Describe your favourite season.',
  'Why should people exercise?',
]
const ANSWER_LENGTH = 16

const BUDGETS = [1, 2]
const WITH_STEPS: readonly (readonly [string, SettingsChange])[] = [
  ['low confidence', { strategy: 'low-confidence' }],
  ['ReMDM cap, η 0.2', { strategy: 'remdm-cap', eta: 0.2 }],
  ['ReMDM rescale, η 0.2', { strategy: 'remdm-rescale', eta: 0.2 }],
  ['ReMDM confidence, η 1', { strategy: 'remdm-conf', eta: 1 }],
]
const CONFIGURATIONS: readonly (readonly [string, SettingsChange])[] = [
  ...BUDGETS.flatMap((budget) =>
    WITH_STEPS.map(
      ([name, change]) =>
        [`${name}, ${budget} a pass`, { ...change, steps: ANSWER_LENGTH / budget }] as const,
    ),
  ),
  ['threshold 0.9', { strategy: 'threshold', threshold: 0.9 }],
  ['threshold and edit 0.9', { strategy: 'editing', threshold: 0.9, edit: 0.9 }],
]

const [folder = 'public/models/open'] = process.argv.slice(2)
const model = await loadFolder(folder, 2)

/**
 * Mean log-probability of a text's tokens read from left to right, end of sequence left out. A token beyond the candidates
 * that the model gives counts as the last of them, which is more than it had: `beyond` says how many.
 */
async function read(promptIds: readonly number[], ids: readonly number[]) {
  const extension = model.predictor.startExtension(promptIds.length + ids.length)
  let sum = 0
  let beyond = 0
  try {
    let unread = promptIds
    for (const id of ids) {
      const { prediction } = await extension.extend(unread)
      const at = prediction.ids.subarray(0, prediction.k).indexOf(id)
      if (at < 0) beyond++
      sum += prediction.logProbs[at < 0 ? prediction.k - 1 : at]!
      unread = [id]
    }
  } finally {
    extension.release()
  }
  return { sum, beyond }
}

function textIds({ header, steps }: Trace): number[] {
  const ids = canvasAt({ header, steps, status: 'done' }, steps.length).positions.map(({ id }) => id!)
  const stop = ids.indexOf(header.vocabulary.end)
  return stop < 0 ? ids : ids.slice(0, stop)
}

const start = changeSettings(settingsOfModel(OPEN_MODEL), { answerLength: ANSWER_LENGTH })
await model.predictor.prepare('autoregressive', 128)
const rows: string[][] = []
for (const [name, change] of CONFIGURATIONS) {
  const settings = changeSettings(start, change)
  const total = { passes: 0, sum: 0, tokens: 0, beyond: 0, revised: 0 }
  for (const prompt of PROMPTS) {
    const trace = await traceOf(model, { decoder: 'diffusion', prompt, settings })
    const ids = textIds(trace)
    const { sum, beyond } = await read(trace.header.promptIds, ids)
    total.passes += passesAt(trace, trace.steps.length)
    total.sum += sum
    total.tokens += ids.length
    total.beyond += beyond
    for (const { reason } of trace.steps.flatMap(({ commits }) => commits)) {
      if (reason.rule === 'taken-back' || reason.rule === 'edited') total.revised++
    }
  }
  const row = [
    name,
    (total.passes / PROMPTS.length).toFixed(1),
    (total.tokens / PROMPTS.length).toFixed(1),
    (total.revised / PROMPTS.length).toFixed(1),
    Math.exp(total.sum / total.tokens).toFixed(3),
    `${((100 * total.beyond) / total.tokens).toFixed(1)} %`,
  ]
  console.error(row.join(' | '), JSON.stringify(ownSettings(settings)))
  rows.push(row)
}
writeResult('revision', 'npm run bench:revision -- public/models/open', [
  ['Strategy', 'Passes', 'Tokens', 'Revised', 'Likelihood a token', 'Beyond 16'],
  ...rows,
])
