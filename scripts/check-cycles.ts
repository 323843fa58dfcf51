/** Fails where files import each other in a circle, types included: `npm run check:cycles`. */
import { fileURLToPath } from 'node:url'
import { cyclesIn } from './structure/cycles.ts'
import { graphOf, readModules } from './structure/read-modules.ts'

const FOLDERS = ['src', 'server', 'scripts', 'bench', 'e2e', 'deploy']

const modules = readModules(fileURLToPath(new URL('..', import.meta.url)), FOLDERS)
const cycles = cyclesIn(graphOf(modules, true))
for (const cycle of cycles) {
  console.error(
    `These import each other in a circle: ${cycle.join(', ')}. Give what they share a file of its own.`,
  )
}
if (cycles.length > 0) process.exit(1)
console.log(`No import cycle in ${modules.length} files, types included.`)
