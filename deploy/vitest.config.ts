import { defineConfig } from 'vitest/config'

/** Tests against servers that are running: `npm run test:triton`, `npm run test:mlserver`. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['deploy/tests/*.serving.ts'], testTimeout: 240_000, hookTimeout: 60_000 },
})
