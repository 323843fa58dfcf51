import type { Comparison } from '../comparison.ts'
import { COLUMNS } from './columns.ts'
import { csvRow } from './csv.ts'
import { resultsOf } from './results.ts'

/** The lanes that have ended, a row each: their numbers as exact as they are known, settings, model, device and text. */
export function resultsCsv(comparison: Comparison): string {
  const names = [
    'lane',
    'passes',
    'milliseconds',
    'tokens',
    'kendall_tau',
    'own_likelihood_a_token',
    'same_text_as',
  ]
  const rows = resultsOf(comparison).map((result) => {
    const { name, sameAs, text, trace } = result
    const { model, device, decoder, settings } = trace.header
    const how = Object.entries(settings).map(([key, value]) => `${key} ${value}`)
    return csvRow([
      name,
      ...COLUMNS.map(({ key }) => result[key]),
      sameAs,
      decoder,
      how.join('; '),
      `${model.name} ${model.revision}`,
      device.label,
      comparison.prompt,
      text,
    ])
  })
  return [csvRow([...names, 'decoder', 'settings', 'model', 'device', 'prompt', 'text']), ...rows].join('')
}
