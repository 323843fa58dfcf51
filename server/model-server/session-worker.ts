import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { workerData } from 'node:worker_threads'
import * as ort from 'onnxruntime-node'
import type * as Web from 'onnxruntime-web'
import { extendSession } from '../../src/engines/onnx/extend-session.ts'
import { parseManifest } from '../../src/engines/fetching/load-manifest.ts'
import { readJsonFile } from '../read-json-file.ts'
import type { NextToken, PassRequest, SessionFolder, WorkRequest } from './pass.ts'
import { createReadings, type Readings } from './readings.ts'
import { answerFrom } from './thread.ts'

/** Texts whose caches are kept, some 2 MB each. */
const MOST_READINGS = 16

const { folder, threads } = workerData as SessionFolder
const sessions = new Map<string, Promise<ort.InferenceSession>>()

function open(file: string): Promise<ort.InferenceSession> {
  const known = sessions.get(file)
  if (known !== undefined) return known
  const session = ort.InferenceSession.create(join(folder, file), {
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // Threads that wait by spinning starve whatever else runs on this machine.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  sessions.set(file, session)
  return session
}

async function pass({ file, window, batch, ids, bias }: PassRequest): Promise<Float32Array> {
  const session = await open(file)
  const { packed } = await session.run({
    input_ids: new ort.Tensor('int32', ids, [batch, window]),
    attention_bias: new ort.Tensor('float32', bias, [batch, 1, 1, window]),
  })
  return packed!.data as Float32Array
}

async function openReadings(): Promise<Readings> {
  const manifest = parseManifest(readJsonFile(join(folder, 'manifest.json')))
  const session = await open(manifest.graphs.extend.file)
  // The two packages share their interface; onnxruntime-node lacks the web's settings, which nobody reads here.
  const web = ort as unknown as typeof Web
  const now = () => performance.now()
  return createReadings(extendSession(web, session as Web.InferenceSession, manifest, now), MOST_READINGS)
}
let readings: Promise<Readings> | null = null

answerFrom<WorkRequest>(async (asked): Promise<Float32Array | NextToken> => {
  if ('pass' in asked) return pass(asked.pass)
  const { prediction, passMs } = await (await (readings ??= openReadings())).next(asked.next)
  return { prediction, passMs }
})
