import { ownSettings } from '../core/own-settings.ts'
import { plannedPasses } from '../core/planned-passes.ts'
import { strategyOf } from '../core/strategies/strategy-of.ts'
import { isText } from './knowledge.ts'
import { passesAt } from './passes-at.ts'
import type { Trace } from './trace.ts'

function counted(count: number, word: string, words = `${word}s`): string {
  return `${count} ${count === 1 ? word : words}`
}

/**
 * What a lane was told to do, and how many forward passes it took, to be read after its name. A run with a number of
 * steps was told how many to take: it did not need them.
 */
export function askedOf(trace: Trace): string {
  const { header, steps } = trace
  if (isText(header.knowledge)) return 'decodes in its service’s own way, and does not say in how many passes'
  const took = passesAt(trace, steps.length)
  const passes = (count: number) => counted(count, 'pass', 'passes')
  if (header.decoder === 'autoregressive') {
    return `writes one token a pass, by construction: it took ${passes(took)}`
  }
  const { settings } = header
  const { label } = strategyOf(settings.strategy)
  const blocks =
    settings.blockLength < settings.answerLength
      ? `, in blocks of ${settings.blockLength} from left to right`
      : ''
  const own = ownSettings(settings)
  if ('steps' in own) {
    const planned = plannedPasses(settings)
    const early = took < planned ? `; its answer ended after ${took}` : ''
    return `was told to take ${passes(planned)} for ${counted(settings.answerLength, 'position')}${blocks}${early}`
  }
  const [value] = Object.values(own)
  return `was told to commit as many a pass as ${label.toLowerCase()} ${value} allows${blocks}: it took ${passes(took)}`
}
