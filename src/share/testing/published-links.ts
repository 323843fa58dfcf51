import { readdirSync, readFileSync } from 'node:fs'

const FOLDER = new URL('../link/fixtures/', import.meta.url)

/** Links as they were once published, by name. Their files are never written again. */
export function publishedLinks(): ReadonlyMap<string, string> {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.txt'))
  return new Map(files.map((file) => [file, readFileSync(new URL(file, FOLDER), 'utf8').trim()]))
}
