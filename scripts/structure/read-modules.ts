import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import type { Graph } from './cycles.ts'
import { readModule, type Import, type Module } from './read-module.ts'

/** Every file of TypeScript below some folders of a repository, paths from its root. */
export function readModules(root: string, folders: readonly string[]): Module[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.includes('node_modules'))
      .sort()
      .map((file) => {
        const path = posix.join(folder, file)
        return readModule(path, readFileSync(join(root, path), 'utf8'))
      }),
  )
}

/** Whether a file is a test or made for tests alone. */
export function isTest({ path }: Pick<Module, 'path'>): boolean {
  return (
    /\.(test|spec|serving)\.tsx?$/.test(path) ||
    /(^|\/)(testing|tests|e2e)(\/|\.ts$)/.test(path) ||
    /\/(fuzz|arbitrary|published)-[^/]*\.ts$/.test(path)
  )
}

/** Who imports whom among these files; types count where `withTypes`. */
export function graphOf(modules: readonly Module[], withTypes: boolean): Graph {
  const paths = new Set(modules.map(({ path }) => path))
  const counts = ({ isType }: Import) => withTypes || !isType
  return new Map(
    modules.map(({ path, imports }) => {
      const targets = imports
        .filter(counts)
        .map(({ specifier }) => posix.join(dirname(path), specifier))
        .filter((target) => paths.has(target))
      return [path, [...new Set(targets)]]
    }),
  )
}
