import { setClass } from '../write-look.ts'

/** The strip of a lane's places, which is nobody else's. */
export interface Strip {
  /** Draws as many parts as there are slots; those beyond the tints are empty. */
  draw(tints: readonly string[], fresh: readonly boolean[], slots: number): void
}

/** Makes the parts of a strip inside an empty element: one a place, in the places' tint. */
export function createStrip(root: HTMLElement): Strip {
  const parts: HTMLElement[] = []
  return {
    draw(tints, fresh, slots) {
      const count = Math.max(slots, tints.length)
      while (parts.length < count) {
        const part = document.createElement('i')
        root.append(part)
        parts.push(part)
      }
      for (const part of parts.splice(count)) part.remove()
      parts.forEach((part, at) =>
        setClass(part, fresh[at] ? `${tints[at] ?? ''} fresh`.trim() : (tints[at] ?? '')),
      )
    },
  }
}
