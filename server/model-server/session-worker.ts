import { join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import type { PassAnswer, PassRequest, SessionFolder } from './pass.ts'

const { folder, threads } = workerData as SessionFolder
const sessions = new Map<string, Promise<InferenceSession>>()

function open(file: string): Promise<InferenceSession> {
  const known = sessions.get(file)
  if (known !== undefined) return known
  const session = InferenceSession.create(join(folder, file), {
    intraOpNumThreads: threads,
    logSeverityLevel: 3,
    // Threads that wait by spinning starve whatever else runs on this machine.
    extra: { session: { intra_op: { allow_spinning: '0' } } },
  })
  sessions.set(file, session)
  return session
}

async function pass({ call, file, window, batch, ids, bias }: PassRequest): Promise<PassAnswer> {
  try {
    const session = await open(file)
    const { packed } = await session.run({
      input_ids: new Tensor('int32', ids, [batch, window]),
      attention_bias: new Tensor('float32', bias, [batch, 1, 1, window]),
    })
    return { call, packed: packed!.data as Float32Array }
  } catch (error) {
    return { call, failure: String(error) }
  }
}

parentPort?.on('message', (request: PassRequest) => {
  void pass(request).then((answer) => parentPort?.postMessage(answer))
})
