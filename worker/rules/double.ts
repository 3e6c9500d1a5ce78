const buffer = new DataView(new ArrayBuffer(8))

/** The next double above a finite number: it turns "above x" into "from nextUp(x) on", one comparison at run time. */
export function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE
  buffer.setFloat64(0, value)
  buffer.setBigInt64(0, buffer.getBigInt64(0) + (value > 0 ? 1n : -1n))
  return buffer.getFloat64(0)
}
