import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { SMALL_MODEL } from './small-model.ts'

it('is what its manifest says', () => {
  const { canvas, topK } = JSON.parse(readFileSync(`public/${SMALL_MODEL.folder}manifest.json`, 'utf8'))
  const { answerLength, answerLengths, candidates } = SMALL_MODEL
  expect({ canvas, topK }).toEqual({
    canvas: { default: answerLength, choices: [...answerLengths] },
    topK: candidates,
  })
})
