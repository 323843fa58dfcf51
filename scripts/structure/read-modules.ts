import { readdirSync, readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Graph } from './cycles.ts'
import { readModule, type Module } from './read-module.ts'

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

/** Every file of Python below some folders, read by Python's own parser. */
export function readPythonModules(root: string, folders: readonly string[]): Module[] {
  const reader = fileURLToPath(new URL('read_modules.py', import.meta.url))
  const json = execFileSync('python3', [reader, root, ...folders], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  return JSON.parse(json) as Module[]
}

/** Whether a file is a test or made for tests alone. */
export function isTest({ path }: Pick<Module, 'path'>): boolean {
  return (
    /\.(test|spec|serving)\.tsx?$|\/test_[^/]*\.py$/.test(path) ||
    /(^|\/)(testing|tests|e2e)(\/|\.ts$)/.test(path) ||
    /\/(fuzz|arbitrary|published)-[^/]*\.ts$/.test(path)
  )
}

/** Who imports whom among these files; types count where `withTypes`. */
export function graphOf(modules: readonly Module[], withTypes: boolean): Graph {
  const paths = new Set(modules.map(({ path }) => path))
  return new Map(
    modules.map(({ path, imports }) => {
      const targets = imports
        .filter(({ target, isType }) => (withTypes || !isType) && paths.has(target))
        .map(({ target }) => target)
      return [path, [...new Set(targets)]]
    }),
  )
}
