/** Bytes as letters and digits, five bits each, without padding. `alphabet` has 32 characters. */
export function toBase32(bytes: Uint8Array, alphabet: string): string {
  let out = ''
  let value = 0
  let bits = 0
  for (const byte of bytes) {
    value = (value << 8) | byte
    bits += 8
    for (; bits >= 5; bits -= 5) out += alphabet[(value >>> (bits - 5)) & 31]
    value &= 31
  }
  if (bits > 0) out += alphabet[(value << (5 - bits)) & 31]
  return out
}

/** The reverse; undefined when a character is not of the alphabet. */
export function fromBase32(text: string, alphabet: string): Buffer | undefined {
  const out = Buffer.alloc(Math.floor((text.length * 5) / 8))
  let value = 0
  let bits = 0
  let at = 0
  for (const character of text) {
    const five = alphabet.indexOf(character)
    if (five < 0) return undefined
    value = ((value << 5) | five) & 0xfff
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out[at++] = (value >>> bits) & 0xff
    }
  }
  return out
}
