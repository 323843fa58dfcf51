/** What is used of gifenc, which comes without types. */
declare module 'gifenc' {
  type Palette = number[][]
  export interface Encoder {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        readonly palette?: Palette
        /** Milliseconds. */
        readonly delay: number
        readonly transparent?: boolean
        readonly transparentIndex?: number
        /** 1 leaves the frame in place. */
        readonly dispose?: number
      },
    ): void
    finish(): void
    bytes(): Uint8Array<ArrayBuffer>
  }
  export function GIFEncoder(): Encoder
  export function quantize(rgba: Uint8ClampedArray, colours: number): Palette
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette): Uint8Array
}
