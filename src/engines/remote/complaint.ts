/** Of a server's own words no more is shown. */
const MOST_CHARACTERS = 300

/** Where servers put the sentence, the plainest first: OpenAI's, FastAPI's, OAuth's, Spring's and others'. */
const WORDS = ['message', 'msg', 'detail', 'error_description', 'error_msg', 'status_msg', 'reason', 'title']
const NUMBERS = ['code', 'status', 'status_code', 'statusCode']

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isSaid = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : isObject(value) ? Object.keys(value).length > 0 : Boolean(value)

/**
 * The sentence in the error of a model server, a service or a proxy before it, however it is shaped:
 * `{"error": "…"}`, `{"error": {"message": "…"}}`, `{"message": "…"}`, `{"detail": [{"loc": […], "msg": "…"}]}` and
 * their kin; a bare code where there are no words. Null where there is neither. Cut to a sentence's length.
 */
export function complaintIn(value: unknown): string | null {
  const words = wordsIn(value, 0)?.replace(/\s+/g, ' ').trim().slice(0, MOST_CHARACTERS) ?? ''
  return words === '' ? null : words
}

/**
 * The complaint of an object that came where an answer was expected, null where it is no complaint. Servers report
 * failures under a status 200 too, with the fields at the top or under `error`.
 *
 * @param isAnswer whether the object holds what an answer has: then only a field that says so makes it a failure
 */
export function failureIn(value: unknown, isAnswer: boolean): string | null {
  if (!isObject(value)) return null
  const says =
    isSaid(value['error']) ||
    [value['object'], value['type'], value['status']].includes('error') ||
    value['success'] === false ||
    (!isAnswer && (isSaid(value['errors']) || hasWords(value) || isFailed(value)))
  return says ? (complaintIn(value) ?? 'no reason is given') : null
}

const hasWords = (fields: Fields) =>
  WORDS.some((name) => typeof fields[name] === 'string' && fields[name] !== '')

/** Whether a status among the fields is one of HTTP's failures. */
const isFailed = (fields: Fields) => NUMBERS.some((name) => Number(fields[name]) >= 400)

function wordsIn(value: unknown, depth: number): string | null {
  if (depth > 4) return null
  if (typeof value === 'string') return value.trim() === '' ? null : value
  if (Array.isArray(value)) return listed(value, depth)
  if (!isObject(value)) return null
  const { error } = value
  const inner = wordsIn(error, depth + 1) ?? wordsIn(value['errors'], depth + 1)
  const own = WORDS.map((name) => wordsIn(value[name], depth + 1)).find((words) => words !== null) ?? null
  // A bare word such as "invalid_request" says less than the sentence beside it.
  const isBare = typeof error === 'string' && !/\s/.test(error)
  const words = isBare ? (own ?? inner) : (inner ?? own)
  if (words !== null) return placed(value['loc'], words)
  const number = NUMBERS.map((name) => value[name]).find((code) => ['string', 'number'].includes(typeof code))
  return number === undefined ? null : `error ${String(number)}`
}

function listed(values: readonly unknown[], depth: number): string | null {
  const all = values.slice(0, 4).flatMap((one) => wordsIn(one, depth + 1) ?? [])
  return all.length === 0 ? null : all.join('; ')
}

/** FastAPI says where in the request something is wrong: `["body", "seed"]`. */
function placed(place: unknown, words: string): string {
  if (!Array.isArray(place) || place.length === 0) return words
  return `${place.filter((part) => part !== 'body').join('.')}: ${words}`.replace(/^: /, '')
}
