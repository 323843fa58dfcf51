/** Lets the browser save a file under a name. */
export function saveFile(content: BlobPart, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const anchor = document.createElement('a')
  anchor.href = url
  anchor.download = name
  anchor.click()
  // The download has begun by then; the bytes are let go.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A file's name that tells the prompt: its first words in plain letters. */
export function fileName(prompt: string, ending: string): string {
  const words = prompt
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '')
    .slice(0, 6)
    .join('-')
  return `${['diffuscope', words.slice(0, 60)].filter(Boolean).join('-')}.${ending}`
}
