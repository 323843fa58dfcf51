// A worker thread begins without the loader that reads TypeScript here.
import { register } from 'tsx/esm/api'

register()
await import('./open-worker.ts')
