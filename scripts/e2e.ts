import { spawnSync } from 'node:child_process'
import { findBrowser } from './find-browser.ts'

/** Runs the tests in a real browser against the production build; arguments go to Playwright. */
try {
  const browser = findBrowser()
  console.log(`Testing the production build in ${browser}`)
  const { status } = spawnSync('npx', ['playwright', 'test', ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, DIFFUSCOPE_BROWSER: browser },
    shell: process.platform === 'win32',
  })
  process.exit(status ?? 1)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
