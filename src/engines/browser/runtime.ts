import type { Device } from '../../trace/trace.ts'
import type { Runtime } from '../onnx/sessions.ts'

/** A runtime on its device. */
export interface OpenRuntime extends Runtime {
  readonly device: Device
  /** Resolves when the device is gone; never on WASM. */
  readonly lost: Promise<string>
  /** Takes the device away, as a crashed driver would: for tests of faults. */
  destroyDevice(): void
}

/** Brings a file of the runtime into the browser's HTTP cache. */
export type FetchRuntime = (url: string) => Promise<void>
