import { setMaxListeners } from 'node:events'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  JSON_LENGTH_HEADER,
  readRequest,
  WireError,
  writeAnswer,
} from '../../src/engines/remote/oip-message.ts'
import { CARD_PARAMETER } from '../../src/engines/remote/remote-card.ts'
import { writeStep } from '../../src/engines/remote/step-answer.ts'
import { BadRequest, readStep } from '../../src/engines/remote/step-request.ts'
import { CAUSAL_INPUT, STEP_ANSWER, STEP_INPUTS } from '../../src/engines/remote/step-tensors.ts'
import { endAnswersWithConnections, whenOver } from '../answers-of-connections.ts'
import { clientOf } from '../client-of.ts'
import { endIdleConnections } from '../end-idle-connections.ts'
import { createTurns } from '../turns.ts'
import { Full } from './batches.ts'
import type { ModelToServe } from './model-to-serve.ts'

/** A step of the longest window as JSON takes some kilobytes, a full batch of them less than this. */
const BODY_LIMIT = 2 ** 20

/** Milliseconds that a client may take to send a request. */
const REQUEST_MS = 30_000

/**
 * The reference model server: one model behind the Open Inference Protocol, JSON and binary.
 *
 * @param partyOf who asks; clients take turns
 */
export function createModelServer(
  model: ModelToServe,
  partyOf: (request: FastifyRequest) => string = ({ ip }) => clientOf(ip),
): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_MS,
    forceCloseConnections: 'idle',
  })
  const turns = createTurns()
  const { name, decoders } = model.card
  const isCausal = decoders.includes('autoregressive')
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))

  server.get('/v2', () => ({
    name: 'diffuscope',
    version: '1',
    extensions: ['binary_tensor_data', 'statistics'],
  }))
  server.get('/v2/health/live', () => ({}))

  let isReady = false
  let failure = ''
  server.addHook('onReady', async () => {
    // Not waited for: a server that loads says so.
    void model.warmUp().then(
      () => (isReady = true),
      (error: unknown) => (failure = String(error)),
    )
  })
  const readiness = (reply: FastifyReply) => {
    if (isReady) return {}
    const error = failure === '' ? `${name} is being loaded` : `${name} cannot be loaded: ${failure}`
    return reply.code(503).header('Retry-After', 1).send({ error })
  }
  server.get('/v2/health/ready', (_request, reply) => readiness(reply))

  const known = (asked: string, reply: FastifyReply) => {
    if (asked === name) return true
    void reply.code(404).send({ error: `there is no model ${asked}: this server has ${name}` })
    return false
  }
  server.get<{ Params: { model: string } }>('/v2/models/:model', ({ params }, reply) => {
    if (!known(params.model, reply)) return reply
    const inputs = isCausal ? [...STEP_INPUTS, CAUSAL_INPUT] : STEP_INPUTS
    return { name, versions: ['1'], platform: 'onnxruntime', inputs, outputs: STEP_ANSWER }
  })
  server.get<{ Params: { model: string } }>('/v2/models/:model/ready', ({ params }, reply) =>
    known(params.model, reply) ? readiness(reply) : reply,
  )
  server.get<{ Params: { model: string } }>('/v2/models/:model/config', ({ params }, reply) => {
    if (!known(params.model, reply)) return reply
    return { name, parameters: { [CARD_PARAMETER]: { string_value: JSON.stringify(model.card) } } }
  })

  server.get<{ Params: { model: string } }>('/v2/models/:model/stats', ({ params }, reply) =>
    known(params.model, reply) ? model.statistics() : reply,
  )

  server.post<{ Params: { model: string } }>('/v2/models/:model/infer', async (request, reply) => {
    if (!known(request.params.model, reply)) return reply
    const gone = new AbortController()
    // Each of its sequences listens.
    setMaxListeners(0, gone.signal)
    whenOver(reply.raw, () => gone.abort(new Error('the client has left')))
    const length = request.headers[JSON_LENGTH_HEADER]
    const party = { client: partyOf(request), request }
    const { asked, sequences, padded, k, causal } = await turns(party.client, () => {
      gone.signal.throwIfAborted()
      const asked = readRequest({
        body: new Uint8Array((request.body as Buffer | undefined) ?? []),
        jsonLength: length === undefined ? null : Number(length),
      })
      return { asked, ...readStep(asked, model.card) }
    })
    const compute = causal ? model.next : model.predict
    const steps = await Promise.all(sequences.map((ids) => compute(ids, party, gone.signal)))
    const predictions = steps.map(({ result }) => result)
    const longest = (of: 'queueMs' | 'computeMs') => Math.max(...steps.map((step) => step[of])).toFixed(2)
    void reply.header('Server-Timing', `queue;dur=${longest('queueMs')}, compute;dur=${longest('computeMs')}`)
    const written = await turns(party.client, () => {
      const outputs = writeStep(predictions, causal ? 1 : padded, k).filter(
        (tensor) => asked.outputs?.includes(tensor.name) ?? true,
      )
      return writeAnswer({ model: name, outputs }, asked.wants)
    })
    return sendAnswer(reply, written)
  })

  server.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    if (error instanceof Full) {
      return reply.code(503).header('Retry-After', 1).send({ error: 'too many steps wait; try again soon' })
    }
    const isTheirs = error instanceof WireError || error instanceof BadRequest
    const status = isTheirs ? 400 : (error.statusCode ?? 500)
    return reply.code(status).send({ error: status < 500 ? error.message : 'the step failed on this server' })
  })
  endIdleConnections(server)
  endAnswersWithConnections(server)
  server.addHook('onClose', () => model.close())
  server.setNotFoundHandler((request, reply) => {
    void reply.code(404).send({ error: `there is nothing at ${request.url.slice(0, 200)}` })
  })
  return server
}

function sendAnswer(reply: FastifyReply, { body, jsonLength }: ReturnType<typeof writeAnswer>) {
  if (jsonLength !== null) void reply.header(JSON_LENGTH_HEADER, jsonLength)
  return reply
    .type(jsonLength === null ? 'application/json' : 'application/octet-stream')
    .send(Buffer.from(body))
}
