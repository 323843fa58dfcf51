import { decodeText } from '../engines/decode-text.ts'
import { importFile } from '../share/exchange/import-file.ts'
import { IMPORT_LIMITS } from '../share/exchange/import-limits.ts'
import type { Lack } from '../share/comparison.ts'
import type { ImportedRun } from '../share/exchange/imported.ts'
import { openComparison, openShown } from '../store/open-comparison.ts'
import type { Shown } from '../store/shown.ts'
import type { Stores } from '../store/stores.ts'

/** A character takes at most so many bytes of a file. */
const BYTES = 4

/** Shows what a file holds, or says why it cannot be shown. Never throws. */
export async function openFile(stores: Stores, file: File): Promise<void> {
  const { tell } = stores.opened.getState()
  if (file.size > BYTES * IMPORT_LIMITS.characters) {
    tell(`This file cannot be read. It is larger than ${IMPORT_LIMITS.characters / 1e6} MB.`)
    return
  }
  try {
    const imported = importFile(decodeText(new Uint8Array(await file.arrayBuffer())))
    tell(null)
    if (!imported.ok) return tell(imported.message)
    if (imported.kind === 'comparison') return openComparison(stores, imported.comparison)
    openShown(stores, shownOfRun(imported.run))
    if (imported.run.notes.length > 0) tell(imported.run.notes.join(' '))
  } catch (error) {
    tell(`This file cannot be read. ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** A single run from a file: labelled as what it is, without what the file did not hold. */
function shownOfRun({ trace, pieces, provenance, known }: ImportedRun): Shown {
  const { decoder, prompt } = trace.header
  const lacks: Lack[] = []
  if (!known.candidates) lacks.push('candidates')
  if (!known.reasons) lacks.push('reasons')
  return {
    source: provenance,
    prompt,
    traces: { diffusion: null, autoregressive: null, [decoder]: trace },
    pieces,
    recordedAt: null,
    lacks,
  }
}
