import { undrawable } from '../../trace/drawable.ts'
import { decodeComparison } from '../comparison-file.ts'
import { importCanvases } from './import-canvases.ts'
import { importDllmViz } from './import-dllm-viz.ts'
import { IMPORT_LIMITS } from './import-limits.ts'
import { comparisonOfRun, ImportError, type Imported, type ImportedRun } from './imported.ts'

const FORMS =
  'It must be a comparison saved here, a trace of dllm-viz (schema 0.1), or a list of canvases ("histories").'

/** A trace that was streamed: a line of metadata, then one frame a line. */
function joinLines(text: string): unknown {
  const events = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, at): Record<string, unknown> => {
      try {
        return Object(JSON.parse(line)) as Record<string, unknown>
      } catch {
        throw new ImportError(at === 0 ? '' : `line ${at + 1}`, 'This is not JSON.')
      }
    })
  const [first, ...rest] = events
  if (first?.['type'] !== 'metadata') throw new ImportError('', 'This is not JSON.')
  const trace = Object(first['trace']) as Record<string, unknown>
  const frames = rest.filter(({ type }) => type === 'frame').map(({ frame }) => frame)
  return {
    ...trace,
    frames: [...(Array.isArray(trace['frames']) ? (trace['frames'] as unknown[]) : []), ...frames],
  }
}

function parse(marked: string): unknown {
  // Windows tools write a byte order mark.
  const text = marked.replace(/^\ufeff/, '')
  try {
    return JSON.parse(text)
  } catch {
    return joinLines(text)
  }
}

function read(text: string): Imported {
  if (text.length > IMPORT_LIMITS.characters) {
    throw new ImportError('', `It is larger than ${IMPORT_LIMITS.characters / 1e6} MB.`)
  }
  const value = parse(text)
  if (typeof value !== 'object' || value === null) throw new ImportError('', FORMS)
  if ('schemaVersion' in value) return imported(importDllmViz(value))
  if (Array.isArray(value) || 'histories' in value) return imported(importCanvases(value))
  if (!('version' in value)) throw new ImportError('', FORMS)
  const decoded = decodeComparison(value)
  return decoded.ok ? { ...decoded, notes: [] } : decoded
}

function imported(run: ImportedRun): Imported {
  const complaint = undrawable(run.trace, run.pieces)
  if (complaint !== null) throw new ImportError('', `It is too large: ${complaint}`)
  return { ok: true, comparison: comparisonOfRun(run), notes: run.notes }
}

/**
 * Reads a file that somebody chose or dropped: a comparison saved here, dllm-viz's trace schema 0.1 (JSON or
 * lines of JSON), or a list of canvases. Never throws; takes bounded time and memory.
 */
export function importFile(text: string): Imported {
  try {
    return read(text)
  } catch (error) {
    const reason = error instanceof ImportError ? error.message : 'Its contents make no sense.'
    return { ok: false, message: `This file cannot be read. ${reason.replace(/\.?$/, '.')}` }
  }
}
