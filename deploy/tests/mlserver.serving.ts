import { describe } from 'vitest'
import { modelHere, serverUrl } from './bundled-model.ts'
import { itKeepsTheProtocol, itRunsAsThePage } from './demands.ts'

describe('MLServer', () => {
  itKeepsTheProtocol(serverUrl(), 'json')
  itRunsAsThePage(serverUrl(), modelHere())
})
