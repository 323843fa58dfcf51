import { fuzzLinks } from '../src/share/testing/fuzz-links.ts'
import { publishedLinks } from '../src/share/testing/published-links.ts'

const rounds = Number(process.argv[2] ?? 120_000)
const seed = Number(process.argv[3] ?? 1)

const { results, slowestMs, slowest, longestLinkMs } = fuzzLinks(publishedLinks(), rounds, seed)
console.log(`${rounds} mutated and random hashes, seed ${seed}:`)
for (const [kind, count] of Object.entries(results)) console.log(`  ${kind}: ${count}`)
console.log(`slowest: ${slowestMs.toFixed(1)} ms, ${slowest.length} characters: ${slowest.slice(0, 60)}…`)
console.log(`hashes of the greatest length: at most ${longestLinkMs.toFixed(1)} ms`)
console.log('None threw, and every comparison that was read gave traces that can be drawn.')
