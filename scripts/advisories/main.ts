/**
 * Lists known advisories for what package-lock.json installs, from a file that a person downloads (not every registry
 * answers `npm audit`), and which packages run scripts at install. Exits with 1 where an advisory affects anything.
 *
 *   npm run advisories -- FILE
 *
 * FILE holds OSV records (https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip, unpacked and joined by
 * `cat *.json | jq -c .`), `npm audit --json` of a registry that answers, or the answer of its bulk endpoint.
 */
import { readFileSync } from 'node:fs'
import { INSTALL_SCRIPTS } from './install-scripts.ts'
import { readLockFile } from './lock-file.ts'
import { readAdvisories } from './read-advisories.ts'

const [path] = process.argv.slice(2)
const locked = readLockFile(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'))

console.log('Scripts that run at install:')
for (const { name, version } of locked.filter(({ runsScript }) => runsScript)) {
  console.log(`  ${name} ${version}: ${INSTALL_SCRIPTS[name] ?? 'nobody has said why it may'}`)
}
if (path === undefined) {
  console.error(
    'Name a file of advisories: npm run advisories -- FILE. See scripts/advisories/main.ts for where to get one.',
  )
  process.exit(2)
}
try {
  const advisories = readAdvisories(readFileSync(path, 'utf8'))
  const found = locked.flatMap((one) =>
    advisories
      .filter((advisory) => advisory.package === one.name && advisory.affects(one.version))
      .map((advisory) => ({ one, advisory })),
  )
  console.log(`${advisories.length} advisories against ${locked.length} packages: ${found.length} apply.`)
  for (const { one, advisory } of found) {
    const where = one.isForDevelopment ? 'for development' : 'in the server or the page'
    console.log(`  ${one.name} ${one.version} (${where}): ${advisory.id}. ${advisory.summary}`)
  }
  process.exit(found.length === 0 ? 0 : 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
