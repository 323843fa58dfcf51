import type { RunRequest } from '../../run-request.ts'
import type { OpenAiUpstream } from '../upstream.ts'

type Family = OpenAiUpstream['family']

/**
 * Fields that a family's servers refuse, so that they are never sent. vLLM's and SGLang's servers of models with
 * uniform noise (DiffusionGemma) take no seed, and vLLM's no temperature but 1; Mercury knows no seed.
 */
const REFUSED: Readonly<Record<Family, readonly string[]>> = {
  mercury: ['seed'],
  autoregressive: [],
  'block-diffusion': [],
  'uniform-diffusion': ['seed', 'temperature'],
}

/** Mercury takes temperatures from 0.5 to 1; outside, it decides itself. */
const takesTemperature = (family: Family, temperature: number) =>
  family !== 'mercury' || (temperature >= 0.5 && temperature <= 1)

/** Fields that an upstream is not sent: those of its family, and those of its own configuration. */
function leftOut({ family, omit = [] }: OpenAiUpstream): ReadonlySet<string> {
  return new Set([...REFUSED[family], ...omit])
}

/** The body of a request for a chat completion, as far as the upstream takes it. */
export function requestBody(upstream: OpenAiUpstream, { prompt, settings }: RunRequest): string {
  const { family, model, request } = upstream
  const out = leftOut(upstream)
  // Mercury and OpenAI's reasoning models count what they think, too, and know the limit by another name.
  const limit = family === 'mercury' || out.has('max_tokens') ? 'max_completion_tokens' : 'max_tokens'
  const fields = {
    [limit]: settings.answerLength,
    ...(takesTemperature(family, settings.temperature) && { temperature: settings.temperature }),
    seed: settings.seed,
  }
  return JSON.stringify({
    model,
    messages: [{ role: 'user', content: prompt }],
    ...Object.fromEntries(Object.entries(fields).filter(([name]) => !out.has(name))),
    ...request,
    stream: true,
  })
}

/** What a run's settings say that the upstream is not told, for the person; empty where it is told all. */
export function notTold(upstream: OpenAiUpstream): string {
  const { request = {}, family } = upstream
  const out = leftOut(upstream)
  const isOut = (name: string) => out.has(name) && !(name in request)
  const names = [
    ...(isOut('seed') ? ['the seed'] : []),
    ...(isOut('temperature') ? ['the temperature'] : []),
    ...(family === 'mercury' && !isOut('temperature') && !('temperature' in request)
      ? ['temperatures below 0.5 and above 1']
      : []),
    ...(isOut('max_tokens') && isOut('max_completion_tokens') ? ['the answer’s length'] : []),
  ]
  return names.join(' and ')
}
