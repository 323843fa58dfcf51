import { defineConfig } from '@playwright/test'

/** Set by `npm run e2e`, which finds or installs a browser first. */
const executablePath = process.env['DIFFUSCOPE_BROWSER']

/** Chromium without calls to its maker's hosts; the sandbox needs rights that containers lack. */
export const BROWSER_ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

const PORT = Number(process.env['E2E_PORT'] ?? 4310)

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // Every test computes on all cores: two at once would only wait for each other.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${PORT}`,
    launchOptions: { ...(executablePath ? { executablePath } : {}), args: BROWSER_ARGS },
    viewport: { width: 1280, height: 800 },
    // An element that can't be clicked is told as such, and not as a test that took too long.
    actionTimeout: 60_000,
    // As for somebody who was here before: the captions of the first visit are tested by themselves.
    storageState: {
      cookies: [],
      origins: [PORT, PORT + 1].map((port) => ({
        origin: `http://localhost:${port}`,
        localStorage: [{ name: 'diffuscope-tour', value: 'seen' }],
      })),
    },
    // Its film and snapshots double the time of every test; of one that fails: npm run e2e -- e2e/x.spec.ts --trace on
    trace: 'off',
  },
  webServer: [
    {
      command: 'node --import tsx server/main.ts',
      env: { PORT: String(PORT) },
      url: `http://localhost:${PORT}`,
      reuseExistingServer: false,
    },
    {
      command: 'node --import tsx server/main.ts',
      env: { PORT: String(PORT + 1), ISOLATED: '0' },
      url: `http://localhost:${PORT + 1}`,
      reuseExistingServer: false,
    },
  ],
})
