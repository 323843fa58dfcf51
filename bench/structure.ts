/**
 * How the code is built: sizes, functions, comments, exports, cycles and tests, by the parsers of TypeScript and Python;
 * beside another commit where one is named. Comments of Python are those lines and its docstrings; tests are files of
 * tests and what is made for them.
 *
 *   npm run bench:structure -- [commit]
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cyclesIn } from '../scripts/structure/cycles.ts'
import type { Module, Named } from '../scripts/structure/read-module.ts'
import { graphOf, isTest, readModules, readPythonModules } from '../scripts/structure/read-modules.ts'
import { median, writeResult } from './report.ts'

const FOLDERS = ['src', 'server', 'scripts', 'bench', 'e2e', 'deploy']
const PYTHON = ['model', 'deploy/triton']
const LAYERS = ['core', 'trace', 'engines', 'share', 'store', 'ui']
const LONG_FILE = 250
const LONG_FUNCTION = 50

const linesOf = (modules: readonly Pick<Module, 'lines'>[]) =>
  modules.reduce((sum, { lines }) => sum + lines, 0)
const longest = <T extends Pick<Named, 'lines'>>(all: readonly T[]): T =>
  all.reduce((most, one) => (one.lines > most.lines ? one : most))
const ratio = (tests: readonly Module[], sources: readonly Module[]) =>
  (linesOf(tests) / linesOf(sources)).toFixed(2)
const comments = (modules: readonly Module[]) => {
  const lines = modules.reduce((sum, { commentLines }) => sum + commentLines, 0)
  return `${((100 * lines) / linesOf(modules)).toFixed(1)} %`
}
const knots = (modules: readonly Module[], withTypes: boolean) => {
  const sizes = cyclesIn(graphOf(modules, withTypes)).map(({ length }) => length)
  return sizes.length === 0 ? 'none' : sizes.join(', ')
}

/** What is measured of one folder, by what it is called. */
function measured(all: readonly Module[], folder: string): [what: string, value: string][] {
  const inside = all.filter(({ path }) => path.startsWith(`${folder}/`))
  const sources = inside.filter((module) => !isTest(module))
  const functions = sources.flatMap((module) => module.functions)
  const largest = longest(functions)
  const file = longest(sources)
  const exported = sources.map((module) => module.exports)
  return [
    [`${folder}: files / lines`, `${sources.length} / ${linesOf(sources)}`],
    [
      `${folder}: median / max lines`,
      `${median(sources.map(({ lines }) => lines))} / ${file.lines} \`${file.path.split('/').at(-1)}\``,
    ],
    [
      `${folder}: files over ${LONG_FILE} lines`,
      String(sources.filter(({ lines }) => lines > LONG_FILE).length),
    ],
    [`${folder}: comment lines`, comments(sources)],
    [`${folder}: tests : source`, ratio(inside.filter(isTest), sources)],
    [`${folder}: largest function`, `${largest.lines} \`${largest.name}\``],
    [
      `${folder}: functions over ${LONG_FUNCTION} lines`,
      String(functions.filter(({ lines }) => lines > LONG_FUNCTION).length),
    ],
    [
      `${folder}: exports a file, mean (most)`,
      `${(exported.reduce((a, b) => a + b, 0) / sources.length).toFixed(1)} (${Math.max(...exported)})`,
    ],
    [`${folder}: import cycles, files (at run time)`, `${knots(sources, true)} (${knots(sources, false)})`],
  ]
}

/** Files, median, comments and tests of one layer. */
function layer(all: readonly Module[], name: string): [what: string, value: string] {
  const inside = all.filter(({ path }) => path.startsWith(`src/${name}/`))
  const sources = inside.filter((module) => !isTest(module))
  const middle = median(sources.map(({ lines }) => lines))
  const tests = ratio(inside.filter(isTest), sources)
  return [
    `src/${name}: files / median / comments / tests`,
    `${sources.length} / ${middle} / ${comments(sources)} / ${tests}`,
  ]
}

function rowsOf(root: string): [what: string, value: string][] {
  const all = readModules(root, FOLDERS)
  const python = readPythonModules(root, PYTHON)
  const isSource = (module: Module) => /^(src|server)\//.test(module.path) && !isTest(module)
  return [
    ...measured(all, 'src'),
    ...measured(all, 'server'),
    ['tests of all : source of both', ratio(all.filter(isTest), all.filter(isSource))],
    ...LAYERS.map((name) => layer(all, name)),
    ...PYTHON.flatMap((folder) => measured(python, folder)),
  ]
}

/** The rows of another commit, read from a folder that is gone afterwards. */
function rowsAt(root: string, commit: string): [what: string, value: string][] {
  const folder = mkdtempSync(join(tmpdir(), 'structure-'))
  try {
    const archive = execFileSync('git', ['archive', commit, ...new Set([...FOLDERS, ...PYTHON])], {
      cwd: root,
      maxBuffer: 2 ** 30,
    })
    execFileSync('tar', ['-x', '-C', folder], { input: archive })
    return rowsOf(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const root = fileURLToPath(new URL('..', import.meta.url))
const commit = process.argv[2]
const now = rowsOf(root)
const before = commit === undefined ? null : new Map(rowsAt(root, commit))
writeResult('structure', `npm run bench:structure${commit === undefined ? '' : ` -- ${commit}`}`, [
  ['what', ...(before === null ? [] : [`at ${commit}`]), 'now'],
  ...now.map(([what, value]) => [what, ...(before === null ? [] : [before.get(what) ?? '']), value]),
])
