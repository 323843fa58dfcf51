import { fileURLToPath } from 'node:url'
import { closeOnSignal } from '../close-on-signal.ts'
import { createModelServer } from './create-model-server.ts'
import { serveFolder } from './serve-folder.ts'

const port = Number(process.env['PORT'] ?? 8000)
const threads = Number(process.env['THREADS'] ?? 2)
if (![port, threads].every((number) => Number.isInteger(number) && number >= 0) || threads < 1) {
  console.error('PORT and THREADS must be whole numbers.')
  process.exit(1)
}
const folder = process.argv[2] ?? fileURLToPath(new URL('../../public/models/small', import.meta.url))
const model = serveFolder(folder, threads)
const server = createModelServer(model)
const address = await server.listen({ port, host: process.env['HOST'] ?? 'localhost' })
console.log(
  `${model.card.name} is served at ${address} (Open Inference Protocol). Try: npm run conformance -- ${address} "${model.card.name}"`,
)

closeOnSignal([server])
