import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

/** All JavaScript that the page loads before Run, gzipped. */
const BUDGET_KB = 170

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}

const dist = new URL('../dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8')) as Record<
  string,
  Chunk
>

/** The chunk and all that it imports statically. */
function reach(key: string, seen: Set<string>): Set<string> {
  const chunk = manifest[key]
  if (!chunk || seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const next of chunk.imports ?? []) reach(next, seen)
  return seen
}

const files = new Set<string>()
// The article is a page of its own.
reach('index.html', files)
const sizes = [...files].map((file) => ({
  file,
  kB: gzipSync(readFileSync(fileURLToPath(new URL(file, dist)))).length / 1000,
}))
for (const { file, kB } of sizes) console.log(`${kB.toFixed(1).padStart(8)} kB  ${file}`)
const total = sizes.reduce((sum, { kB }) => sum + kB, 0)
console.log(`${total.toFixed(1).padStart(8)} kB  JavaScript before Run, gzipped (budget ${BUDGET_KB} kB)`)
if (files.size === 0) throw new Error('The build manifest has no entry: run "npm run build" first.')
if (total > BUDGET_KB) {
  console.error(`The first load is ${(total - BUDGET_KB).toFixed(1)} kB over its budget.`)
  process.exit(1)
}
