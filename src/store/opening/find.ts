import { decodeText } from '../../engines/decode-text.ts'
import type { Comparison } from '../../share/comparison.ts'
import { IMPORT_LIMITS } from '../../share/exchange/import-limits.ts'
import type { OpenedLink } from '../../share/link/from-shared.ts'
import { FILE_ID } from '../kept/archive.ts'
import type { SavedState } from '../kept/saved-runs.ts'
import { addressOfRecording, addressOfRun } from './address.ts'
import type { Opening, TextFile } from './asked-for.ts'
import type { Sources } from './sources.ts'

/** What was asked for, as it will be shown. */
export interface Found {
  readonly comparison: Comparison
  /** The hash that names it. */
  readonly address: string
  /** There where it came by a link. */
  readonly link?: OpenedLink
  /** What should be said with it. */
  readonly notes: readonly string[]
}

/** Why nothing can be shown, as a sentence. */
export interface Complaint {
  readonly complaint: string
}

const NO_LINKS = 'The part of this page that reads links could not be fetched. Open the link again.'
const NO_FILES = 'The part of this page that reads files could not be fetched. Open the file again.'
const NO_RECORDING =
  'There is no recording of that name here, or it cannot be fetched now. Choose another one in the gallery.'
/** Nothing is told: the place of the recording says so. */
const NO_RECORDINGS = 'The recordings could not be fetched.'

/** A character takes at most so many bytes of a file. */
const BYTES = 4

/** Reads what is to be shown. Never rejects. */
export function find(opening: Opening, sources: Sources, saved: SavedState): Promise<Found | Complaint> {
  switch (opening.kind) {
    case 'default':
      return findRecording('', sources.recording(), NO_RECORDINGS)
    case 'recording':
      return findRecording(addressOfRecording(opening.name), sources.recording(opening.name), NO_RECORDING)
    case 'link':
      return findLinked(opening.hash, sources)
    case 'file':
      return findInFile(opening.file, sources, saved)
    case 'own':
      return opening.id.startsWith(FILE_ID)
        ? findKeptFile(opening.id, sources, saved)
        : findKeptRun(opening.id, saved)
  }
}

async function findRecording(address: string, fetched: Promise<Comparison>, complaint: string) {
  try {
    return { comparison: await fetched, address, notes: [] }
  } catch {
    return { complaint }
  }
}

async function findLinked(hash: string, sources: Sources): Promise<Found | Complaint> {
  try {
    const link = await sources.readLink(hash)
    if (typeof link === 'string') return { complaint: link }
    return { comparison: link.comparison, address: hash, link, notes: [] }
  } catch {
    return { complaint: NO_LINKS }
  }
}

/** A file that somebody has just chosen: it is kept, so that its address brings it back. */
async function findInFile(file: TextFile, sources: Sources, saved: SavedState): Promise<Found | Complaint> {
  if (file.size > BYTES * IMPORT_LIMITS.characters) {
    return {
      complaint: `This file cannot be read. It is larger than ${IMPORT_LIMITS.characters / 1e6} MB.`,
    }
  }
  try {
    const text = decodeText(new Uint8Array(await file.arrayBuffer()))
    const read = await readText(text, sources)
    if ('complaint' in read) return read
    return { ...read, address: addressOfRun(await saved.keepFile(text)) }
  } catch (error) {
    return {
      complaint: `This file cannot be read. ${error instanceof Error ? error.message : String(error)}`,
    }
  }
}

async function findKeptFile(id: string, sources: Sources, saved: SavedState): Promise<Found | Complaint> {
  const file = await saved.file(id)
  if ('complaint' in file) return file
  const read = await readText(file.text, sources)
  return 'complaint' in read ? read : { ...read, address: addressOfRun(id) }
}

async function readText(text: string, sources: Sources) {
  try {
    const read = await sources.readText(text)
    return typeof read === 'string' ? { complaint: read } : read
  } catch {
    return { complaint: NO_FILES }
  }
}

async function findKeptRun(id: string, saved: SavedState): Promise<Found | Complaint> {
  const comparison = await saved.open(id)
  if (typeof comparison === 'string') return { complaint: comparison }
  return { comparison, address: addressOfRun(id), notes: [] }
}
