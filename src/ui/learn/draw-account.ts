import type { MeasuredRun } from '../../store/measured-run.ts'
import { agentCost } from './agent-account.ts'

/** The recording of the first figure, as `npm run record` measured it. */
const FIRST_FIGURE = {
  diffusion: { passMs: 255, tokensPerPass: 1 },
  autoregressive: { passMs: 37.2, tokensPerPass: 1 },
}

const FIELDS = [
  { key: 'calls', name: 'Calls', value: 30, step: 1 },
  { key: 'tokensIn', name: 'Tokens that a call reads', value: 2000, step: 100 },
  { key: 'tokensOut', name: 'Tokens that a call writes', value: 300, step: 10 },
] as const

const DECODER_FIELDS = [
  { key: 'passMs', name: 'Milliseconds a pass', step: 0.1 },
  { key: 'tokensPerPass', name: 'Tokens a pass', step: 0.1 },
  { key: 'inPrice', name: '$ a million tokens in', step: 0.01 },
  { key: 'outPrice', name: '$ a million tokens out', step: 0.01 },
] as const

function duration(seconds: number): string {
  if (seconds < 90) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

function field(name: string, key: string, value: number, step: number): HTMLLabelElement {
  const label = document.createElement('label')
  const input = document.createElement('input')
  Object.assign(input, { type: 'number', name: key, value: String(value), min: '0', step: 'any' })
  input.dataset['step'] = String(step)
  label.append(name, input)
  return label
}

/** The account of an agent: what is asked, both decoders, and what each comes to; anew with every change. */
export function drawAccount(form: HTMLFormElement, measured: MeasuredRun | null): void {
  const times = measured ?? FIRST_FIGURE
  const work = document.createElement('fieldset')
  work.append(Object.assign(document.createElement('legend'), { textContent: 'The agent' }))
  for (const { key, name, value, step } of FIELDS) work.append(field(name, key, value, step))
  form.append(work)
  const results = (['diffusion', 'autoregressive'] as const).map((decoder) => {
    const group = document.createElement('fieldset')
    const title = decoder === 'diffusion' ? 'Diffusion' : 'Left to right'
    group.append(Object.assign(document.createElement('legend'), { textContent: title }))
    const values = { ...times[decoder], inPrice: 0.25, outPrice: 1 }
    for (const { key, name, step } of DECODER_FIELDS) {
      group.append(field(name, `${decoder}.${key}`, Math.round(values[key] * 100) / 100, step))
    }
    const result = document.createElement('output')
    group.append(result)
    form.append(group)
    return { decoder, result }
  })
  const compute = () => {
    const numberOf = (key: string) => (form.elements.namedItem(key) as HTMLInputElement).valueAsNumber
    for (const { decoder, result } of results) {
      const { seconds, dollars } = agentCost(
        { calls: numberOf('calls'), tokensIn: numberOf('tokensIn'), tokensOut: numberOf('tokensOut') },
        {
          passMs: numberOf(`${decoder}.passMs`),
          tokensPerPass: numberOf(`${decoder}.tokensPerPass`),
          inPrice: numberOf(`${decoder}.inPrice`),
          outPrice: numberOf(`${decoder}.outPrice`),
        },
      )
      result.textContent =
        Number.isFinite(seconds) && Number.isFinite(dollars)
          ? `${duration(seconds)}, ${dollars.toFixed(dollars < 1 ? 4 : 2)} $`
          : 'Every field needs a number, and tokens a pass more than 0.'
    }
  }
  form.addEventListener('input', compute)
  form.addEventListener('submit', (event) => event.preventDefault())
  compute()
}
