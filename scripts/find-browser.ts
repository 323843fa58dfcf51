import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chromium } from '@playwright/test'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Whether the browser at `path` starts at all: one with missing system libraries is of no use. */
function starts(path: string): boolean {
  if (!existsSync(path)) return false
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0
}

function installed(): string | undefined {
  return [process.env['CHROME_PATH'] ?? '', chromium.executablePath(), ...INSTALLED].find(
    (path) => path !== '' && starts(path),
  )
}

function attempt(command: string, args: readonly string[]): void {
  try {
    console.log(`No browser found: trying "${command} ${args.join(' ')}" …`)
    execFileSync(command, args, { stdio: 'inherit', timeout: 600_000, shell: process.platform === 'win32' })
  } catch {
    console.log('That did not work.')
  }
}

/**
 * A Chromium for the tests in a real browser: CHROME_PATH, Playwright's own, or an installed Chrome
 * or Chromium; otherwise one is installed.
 * @throws Error that says what to do, when no browser can be had.
 */
export function findBrowser(): string {
  const root = process.getuid?.() === 0
  const ways: [string, string[]][] = [
    ['npx', ['playwright', 'install', ...(root ? ['--with-deps'] : []), 'chromium']],
    ...(root && existsSync('/usr/bin/apt-get')
      ? ([
          ['apt-get', ['update', '-qq']],
          ['apt-get', ['install', '-y', '-qq', 'chromium']],
        ] as [string, string[]][])
      : []),
  ]
  for (const way of [undefined, ...ways]) {
    if (way) attempt(...way)
    const found = installed()
    if (found) return found
  }
  throw new Error(
    'The tests need Chrome or Chromium and none could be installed. Install one and set CHROME_PATH to its program.',
  )
}
