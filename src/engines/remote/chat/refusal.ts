import type { EngineError } from '../../engine-error.ts'
import { closed } from '../closed.ts'
import { complaintIn } from '../complaint.ts'
import { readBody } from '../read-body.ts'
import { inWords, retryAfter } from '../retry-after.ts'

const MOST_BYTES = 64 * 1024

/** A service's own words about what is wrong; its status where it has none. */
async function wordsOf(response: Response): Promise<string> {
  const status = `status ${response.status}`
  try {
    const text = new TextDecoder().decode(await readBody(response, MOST_BYTES))
    return complaintIn(JSON.parse(text)) ?? status
  } catch {
    return status
  }
}

/** What an answer with a status outside 2xx means: one sentence about it, and one about what to do. */
export async function refusalOf(label: string, response: Response): Promise<EngineError> {
  const said = await wordsOf(response)
  const wait = retryAfter(response.headers)
  if (response.status >= 500) {
    return {
      kind: 'server-unreachable',
      message: said.startsWith(label) ? said : advised(`${label} can't answer now: ${said}`, wait),
    }
  }
  if (response.status === 429) {
    return { kind: 'server-refused', message: advised(`${label} asks for patience: ${said}`, wait) }
  }
  return {
    kind: 'server-refused',
    message: said.startsWith(label) ? said : closed(`${label} refuses: ${said}`),
  }
}

/** With the advice to come back, unless the words give such advice. */
function advised(words: string, wait: number | null): string {
  if (wait === null && /\b(try|retry|wait)\b/i.test(words)) return closed(words)
  return `${closed(words)} Try again ${wait === null ? 'later' : inWords(wait)}.`
}
