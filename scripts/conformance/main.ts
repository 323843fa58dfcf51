import { isEngineError } from '../../src/engines/engine-error.ts'
import { DEMANDS, openServer, untilReady } from './suite.ts'

const [url, name = 'diffuscope-small'] = process.argv.slice(2)
if (url === undefined || !URL.canParse(url)) {
  console.error('Give the address of a server that speaks the Open Inference Protocol, and its model:')
  console.error('  npm run conformance -- http://localhost:8000 diffuscope-small')
  process.exit(2)
}

let failures = 0
try {
  await untilReady(url.replace(/\/$/, ''), name)
  const server = await openServer(url.replace(/\/$/, ''), name)
  console.log(`${name} at ${url}: ${server.model.form}, on ${server.model.card.device}`)
  for (const [what, demand] of Object.entries(DEMANDS)) {
    try {
      await demand(server)
      console.log(`  holds  ${what}`)
    } catch (error) {
      failures++
      console.log(`  FAILS  ${what}: ${error instanceof Error ? error.message : JSON.stringify(error)}`)
    }
  }
} catch (error) {
  console.error(isEngineError(error) ? `${error.message} (${error.detail ?? ''})` : error)
  process.exit(1)
}
if (failures > 0) process.exit(1)
