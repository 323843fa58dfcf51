import type { Picture } from './picture.ts'
import type { PictureColours } from './picture-colours.ts'

/** What the page sends: first the pictures that the colours are taken from, then every frame when asked. */
export type GifRequest =
  | { readonly kind: 'begin'; readonly samples: readonly Picture[]; readonly colours: PictureColours }
  | { readonly kind: 'frame'; readonly picture: Picture; readonly delay: number }
  | { readonly kind: 'finish' }

/** The worker asks for one frame at a time, so that leaving it costs nothing. */
export type GifReply =
  { readonly kind: 'next' } | { readonly kind: 'done'; readonly bytes: Uint8Array<ArrayBuffer> }
