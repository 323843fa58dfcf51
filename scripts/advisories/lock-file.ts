import * as v from 'valibot'

/** A package as the lock file has it. */
export interface Locked {
  readonly name: string
  readonly version: string
  /** Whether it runs a script when it is installed. */
  readonly runsScript: boolean
  /** Whether it is for building and testing only. */
  readonly isForDevelopment: boolean
  readonly hasIntegrity: boolean
}

const LockSchema = v.looseObject({
  lockfileVersion: v.picklist([2, 3]),
  packages: v.record(
    v.string(),
    v.looseObject({
      name: v.optional(v.string()),
      version: v.optional(v.string(), ''),
      dev: v.optional(v.boolean(), false),
      devOptional: v.optional(v.boolean(), false),
      hasInstallScript: v.optional(v.boolean(), false),
      integrity: v.optional(v.string()),
      link: v.optional(v.boolean(), false),
    }),
  ),
})

/** Every package of a package-lock.json but the project itself. */
export function readLockFile(file: string): Locked[] {
  const { packages } = v.parse(LockSchema, JSON.parse(file))
  return Object.entries(packages)
    .filter(([path, { link }]) => path !== '' && !link)
    .map(([path, { name, version, dev, devOptional, hasInstallScript, integrity }]) => ({
      name: name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      ...{ version, runsScript: hasInstallScript, isForDevelopment: dev || devOptional },
      hasIntegrity: integrity !== undefined,
    }))
}
