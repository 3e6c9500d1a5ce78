import { createServer } from 'node:net'

const LADDER = 8787

/** Whether something listens on a port of this machine. */
const isTaken = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const server = createServer()
    server.once('error', () => done(true))
    server.listen(port, '127.0.0.1', () => server.close(() => done(false)))
  })

export type Ports = { ok: true; ladder: number; sandbox: number } | { ok: false; message: string }

/** Ladder's port and the sandbox's. A single run takes free ones (0), so that it never stands in another's way. */
export const portsFor = async ({ port, once }: { port?: number; once: boolean }): Promise<Ports> => {
  if (port === undefined && once) return { ok: true, ladder: 0, sandbox: 0 }
  const ladder = port ?? LADDER
  for (const one of [ladder, ladder + 1])
    if (await isTaken(one))
      return {
        ok: false,
        message: `端口已被占用 Port ${one} is taken. End what uses it, or take others: npm start -- --port ${ladder + 1000}`,
      }
  return { ok: true, ladder, sandbox: ladder + 1 }
}
