import { accessSync, constants } from 'node:fs'
import { dirname, resolve } from 'node:path'
import * as v from 'valibot'
import { readJsonFile } from '../read-json-file.ts'
import { ConfigurationSchema, type Limits, type Upstream } from './configuration-schema.ts'
import { isPublicHost } from './public-address.ts'

export interface Configuration {
  readonly token: string | null
  readonly hosts: readonly string[]
  readonly trustedProxies: number
  readonly metricsPort?: number
  readonly referenceServer: boolean
  readonly limits: Limits
  readonly upstreams: readonly Upstream[]
}

/** What is wrong with a configuration: one sentence a line, each with the place. */
export class ConfigurationError extends Error {}

/** The upstream that the process itself can be. */
export const REFERENCE_ID = 'reference'

/** Shorter ones would be struck out of answers by accident. */
const SHORTEST_SECRET = 8

/** Reads a configuration file. Throws a `ConfigurationError`. */
export function readConfiguration(path: string, environment: NodeJS.ProcessEnv): Configuration {
  let value: unknown
  try {
    value = readJsonFile(path)
  } catch (error) {
    if (!(error instanceof SyntaxError))
      throw new ConfigurationError(`There is no file ${path} that can be read.`)
    throw new ConfigurationError(`${path} is not JSON: ${error.message}`)
  }
  return parseConfiguration(value, environment, dirname(path))
}

/**
 * Checks a configuration and takes keys from the environment. Throws a `ConfigurationError`.
 *
 * @param folder where relative paths begin
 */
export function parseConfiguration(
  value: unknown,
  environment: NodeJS.ProcessEnv,
  folder = '.',
): Configuration {
  if (Array.isArray(value)) throw new ConfigurationError('the file: this must be an object, not a list.')
  const parsed = v.safeParse(ConfigurationSchema, value)
  if (!parsed.success) throw new ConfigurationError(parsed.issues.map(sentence).join('\n'))
  const { tokenEnv, upstreams, ...rest } = parsed.output
  const complaints: string[] = []

  const secret = (place: string, variable: string | undefined): string | null => {
    if (variable === undefined) return null
    const found = environment[variable]?.trim() ?? ''
    if (found === '') complaints.push(`${place}: the environment variable ${variable} is not set.`)
    else if (found.length < SHORTEST_SECRET || /[^\x21-\x7e]/.test(found)) {
      complaints.push(
        `${place}: ${variable} must hold at least ${SHORTEST_SECRET} printable characters without blanks.`,
      )
    }
    return found
  }

  const { heldBytes, bodyBytes } = rest.limits
  if (heldBytes < 2 * bodyBytes) {
    complaints.push(`limits.heldBytes: this must be at least twice limits.bodyBytes, ${2 * bodyBytes}.`)
  }
  const token = secret('tokenEnv', tokenEnv)
  const seen = new Set<string>(rest.referenceServer ? [REFERENCE_ID] : [])
  const checked = upstreams.map((entry, at): Upstream => {
    const place = `upstreams.${at}`
    if (seen.has(entry.id)) {
      complaints.push(
        `${place}.id: "${entry.id}" is taken${entry.id === REFERENCE_ID ? ' by the reference server (referenceServer)' : ''}. Choose another.`,
      )
    }
    seen.add(entry.id)
    const urls = entry.protocol === 'oip' ? entry.urls : [entry.url]
    for (const url of entry.allowPrivate ? [] : urls) {
      if (isPublicHost(new URL(url).hostname)) continue
      complaints.push(
        `${place}: ${url} is on a private address. If that is meant, set "allowPrivate": true for this upstream.`,
      )
    }
    const key = secret(`${place}.keyEnv`, entry.keyEnv)
    if (entry.protocol === 'openai' || entry.tokenizer === undefined) return { ...entry, key }
    const tokenizer = resolve(folder, entry.tokenizer)
    if (!isReadable(tokenizer)) complaints.push(`${place}.tokenizer: there is no file ${tokenizer}.`)
    return { ...entry, key, tokenizer }
  })
  if (complaints.length > 0) throw new ConfigurationError(complaints.join('\n'))
  return { ...rest, token, upstreams: checked }
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    return true
  } catch {
    return false
  }
}

function sentence(issue: v.BaseIssue<unknown>): string {
  const place = v.getDotPath(issue) ?? 'the file'
  const ours = issue.message.startsWith('this') || issue.message.startsWith('use')
  if (issue.type === 'strict_object') return `${place}: ${explainKey(issue)}`
  return `${place}: ${ours ? `${issue.message}, not ${shown(issue.input)}` : issue.message}.`
}

function explainKey({ expected }: v.BaseIssue<unknown>): string {
  return expected === 'never' ? 'there is no such setting.' : `${expected} is missing here.`
}

function shown(input: unknown): string {
  return (JSON.stringify(input) ?? 'nothing').slice(0, 80)
}
