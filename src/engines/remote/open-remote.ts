import type { LaneEngine } from '../engine.ts'
import { createChatEngine } from './chat/chat-engine.ts'
import { createOipEngine, type RemoteSurroundings } from './oip-engine.ts'
import type { Upstream } from './upstream.ts'

/** The engine of an upstream; nothing is asked of it before it is loaded or run. */
export function openRemote(upstream: Upstream, around: RemoteSurroundings): LaneEngine {
  return upstream.protocol === 'oip' ? createOipEngine(upstream, around) : createChatEngine(upstream, around)
}
