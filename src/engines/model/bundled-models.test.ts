import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { filesOf } from '../fetching/download.ts'
import { parseOpenManifest } from '../graph/open-manifest.ts'
import { parseManifest } from '../fetching/load-manifest.ts'
import { BUNDLED_MODELS, MODEL_IDS } from './bundled-models.ts'

it.each(MODEL_IDS)('%s is what its manifest says', (id) => {
  const { name, revision, folder, bytes, answerLength, answerLengths, candidates } = BUNDLED_MODELS[id]
  const value: { version: number } = JSON.parse(readFileSync(`public/${folder}manifest.json`, 'utf8'))
  const manifest = value.version === 2 ? parseOpenManifest(value) : parseManifest(value)
  const { canvas, topK } = manifest
  const files = filesOf(manifest)
  expect({
    name: manifest.name,
    revision: manifest.revision,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    canvas,
    topK,
  }).toEqual({
    name,
    revision,
    bytes,
    canvas: { default: answerLength, choices: [...answerLengths] },
    topK: candidates,
  })
})
