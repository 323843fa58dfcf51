let table: Float32Array | null = null

/** The values of all 16-bit floats by their bits. */
function halves(): Float32Array {
  if (table) return table
  table = new Float32Array(1 << 16)
  for (let bits = 0; bits < table.length; bits++) {
    const exponent = (bits >> 10) & 31
    const fraction = bits & 1023
    const size =
      exponent === 0
        ? fraction * 2 ** -24
        : exponent === 31
          ? fraction
            ? NaN
            : Infinity
          : (1 + fraction / 1024) * 2 ** (exponent - 15)
    table[bits] = bits >> 15 ? -size : size
  }
  return table
}

/** 16-bit floats, little-endian, as 32-bit ones: Float16Array is younger than the browsers we serve. */
export function fromHalf(bytes: Uint8Array): Float32Array {
  const values = halves()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const floats = new Float32Array(bytes.length / 2)
  for (let i = 0; i < floats.length; i++) floats[i] = values[view.getUint16(2 * i, true)]!
  return floats
}
