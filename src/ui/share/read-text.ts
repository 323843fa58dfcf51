import { importFile } from '../../share/exchange/import-file.ts'
import type { ReadFile } from '../../store/opening/sources.ts'

/** What the text of a file holds, or a sentence that says why it cannot be shown. Never throws. */
export function readText(text: string): ReadFile | string {
  try {
    const imported = importFile(text)
    return imported.ok ? imported : imported.message
  } catch (error) {
    return `This file cannot be read. ${error instanceof Error ? error.message : String(error)}`
  }
}
