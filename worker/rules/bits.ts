/** A set of rows, 32 to a word. */
export type Bits = Int32Array

export function noBits(count: number): Bits {
  return new Int32Array(Math.max(1, Math.ceil(count / 32)))
}

export function addBit(bits: Bits, index: number): void {
  bits[index >> 5] = (bits[index >> 5] as number) | (1 << (index & 31))
}

export function hasBit(bits: Bits, index: number): boolean {
  return ((bits[index >> 5] as number) & (1 << (index & 31))) !== 0
}

export function both(a: Bits, b: Bits): Bits {
  const result = new Int32Array(a.length)
  for (let word = 0; word < a.length; word++) result[word] = (a[word] as number) & (b[word] as number)
  return result
}

export function isEmpty(bits: Bits): boolean {
  for (const word of bits) if (word !== 0) return false
  return true
}

/** The rows of a set in order. */
export function indexes(bits: Bits): number[] {
  const found: number[] = []
  for (let word = 0; word < bits.length; word++) {
    let rest = bits[word] as number
    while (rest !== 0) {
      const bit = 31 - Math.clz32(rest & -rest)
      found.push(word * 32 + bit)
      rest &= rest - 1
    }
  }
  return found
}
