/** The bytes of a token, UTF-8; a token may hold a part of a character only. */
export type Pieces = (id: number) => Uint8Array
