import { gzipSync } from 'node:zlib'

const BLOCK = 512

const header = (name: string, size: number): Buffer => {
  const block = Buffer.alloc(BLOCK)
  block.write(name, 0, 100, 'utf8')
  block.write('0000644\0', 100, 'ascii')
  block.write('0000000\0', 108, 'ascii')
  block.write('0000000\0', 116, 'ascii')
  block.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'ascii')
  block.write('00000000000\0', 136, 'ascii')
  block.write('        0', 148, 'ascii')
  block.write('ustar\u000000', 257, 'ascii')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'ascii')
  return block
}

/**
 * Files as an npm package tarball (`package/…`, ustar, gzip). The same files give the same bytes: no times, no owners, and
 * no npm is needed, which would read the admin's own settings.
 */
export const packTarball = (files: ReadonlyMap<string, Buffer>): Uint8Array<ArrayBuffer> => {
  const parts: Buffer[] = []
  for (const [name, data] of files) {
    parts.push(header(`package/${name}`, data.length), data, Buffer.alloc((BLOCK - (data.length % BLOCK)) % BLOCK))
  }
  parts.push(Buffer.alloc(2 * BLOCK))
  return new Uint8Array(gzipSync(Buffer.concat(parts)))
}
