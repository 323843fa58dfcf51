import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createServer } from './create-server.ts'

const root = fileURLToPath(new URL('../dist', import.meta.url))
const port = Number(process.env['PORT'] ?? 4173)

if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a number from 0 to 65535, not "${process.env['PORT']}".`)
  process.exit(1)
}
if (!existsSync(root)) {
  console.error('There is no build yet. Run "npm start", or "npm run build" first.')
  process.exit(1)
}

const server = createServer({ root, isolated: process.env['ISOLATED'] !== '0' })
try {
  await server.listen({ port, host: process.env['HOST'] ?? 'localhost' })
  const address = server.server.address()
  const actual = typeof address === 'object' && address !== null ? address.port : port
  console.log(`Diffuscope is at http://localhost:${actual}`)
} catch (error) {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  console.error(
    busy
      ? `Port ${port} is taken. Choose another: PORT=${port + 1} npm start`
      : `The server can't start: ${String(error)}`,
  )
  process.exit(1)
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)))
}
