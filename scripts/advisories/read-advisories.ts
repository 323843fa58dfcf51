import * as v from 'valibot'
import { compareVersions, isInRange } from './versions.ts'

/** What is known of some versions of a package. */
export interface Advisory {
  readonly id: string
  readonly package: string
  readonly summary: string
  readonly affects: (version: string) => boolean
}

const text = v.optional(v.string(), '')
/** https://ossf.github.io/osv-schema/ */
const OsvSchema = v.looseObject({
  id: v.string(),
  summary: text,
  withdrawn: v.optional(v.string()),
  affected: v.array(
    v.looseObject({
      package: v.looseObject({ ecosystem: v.string(), name: v.string() }),
      versions: v.optional(v.array(v.string()), []),
      ranges: v.optional(
        v.array(
          v.looseObject({
            type: v.string(),
            events: v.array(
              v.looseObject({
                introduced: v.optional(v.string()),
                fixed: v.optional(v.string()),
                last_affected: v.optional(v.string()),
              }),
            ),
          }),
        ),
        [],
      ),
    }),
  ),
})
const Via = v.looseObject({ name: v.string(), title: text, url: text, range: v.string() })
/** `npm audit --json`, where a registry answers it. */
const AuditSchema = v.looseObject({
  vulnerabilities: v.record(v.string(), v.looseObject({ via: v.array(v.union([v.string(), Via])) })),
})
/** What registries answer at /-/npm/v1/security/advisories/bulk: packages with their advisories. */
const BulkSchema = v.record(
  v.string(),
  v.array(
    v.looseObject({
      id: v.union([v.string(), v.number()]),
      title: text,
      url: text,
      vulnerable_versions: v.string(),
    }),
  ),
)

type Osv = v.InferOutput<typeof OsvSchema>

function fromOsv({ id, summary, withdrawn, affected }: Osv): Advisory[] {
  if (withdrawn !== undefined) return []
  return affected
    .filter(({ package: { ecosystem } }) => ecosystem === 'npm')
    .map(({ package: { name }, versions, ranges }) => ({
      ...{ id, package: name, summary },
      affects: (version) =>
        versions.includes(version) ||
        ranges.some(({ type, events }) => type !== 'GIT' && isBetween(version, events)),
    }))
}

function isBetween(version: string, events: Osv['affected'][number]['ranges'][number]['events']): boolean {
  let isAffected = false
  for (const { introduced, fixed, last_affected } of events) {
    if (introduced !== undefined && (introduced === '0' || compareVersions(version, introduced) >= 0))
      isAffected = true
    if (fixed !== undefined && compareVersions(version, fixed) >= 0) isAffected = false
    if (last_affected !== undefined && compareVersions(version, last_affected) > 0) isAffected = false
  }
  return isAffected
}

/**
 * Advisories of npm packages from a file in one of three forms: OSV (one, a list, or one a line), the answer of
 * `npm audit --json`, or of a registry's bulk endpoint. Throws an Error with a sentence where it is none.
 */
export function readAdvisories(file: string): Advisory[] {
  const value = parse(file)
  const listed = v.safeParse(v.array(OsvSchema), Array.isArray(value) ? value : [value])
  if (listed.success) return listed.output.flatMap(fromOsv)
  const audit = v.safeParse(AuditSchema, value)
  if (audit.success) {
    return Object.values(audit.output.vulnerabilities).flatMap(({ via }) =>
      via.flatMap((one) =>
        typeof one === 'string'
          ? []
          : [
              {
                id: one.url,
                package: one.name,
                summary: one.title,
                affects: (version: string) => isInRange(version, one.range),
              },
            ],
      ),
    )
  }
  const bulk = v.safeParse(BulkSchema, value)
  if (bulk.success) {
    return Object.entries(bulk.output).flatMap(([name, advisories]) =>
      advisories.map(({ id, title, url, vulnerable_versions }) => ({
        ...{ id: url === '' ? String(id) : url, package: name, summary: title },
        affects: (version: string) => isInRange(version, vulnerable_versions),
      })),
    )
  }
  throw new Error(
    'The file is in none of the three forms: OSV, npm audit --json, or a registry’s bulk answer.',
  )
}

function parse(file: string): unknown {
  try {
    return JSON.parse(file)
  } catch {
    try {
      return file
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line): unknown => JSON.parse(line))
    } catch {
      throw new Error('The file is not JSON, nor JSON lines.')
    }
  }
}
