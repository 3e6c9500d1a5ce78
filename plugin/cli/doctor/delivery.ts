import { createHmac } from 'node:crypto'
import { failed, pass, skipped, type Check } from './check.ts'
import { get, probe, type Probe } from './probe.ts'
import { t } from '../../install/said/index.ts'

/** What Ladder said to a signed test event, as a check. */
export const outcome = (name: string, answer: Probe): Check => {
  if (!answer.ok) return failed(name, answer.message, answer.todo)
  const error = String(get(answer.body, 'error') ?? '')
  if (answer.status === 202) return pass(name, 'a signed test event was taken')
  if (answer.status === 404)
    return failed(name, 'Ladder knows no such account', 'Check --account, or run `ladder apply`.')
  if (error === 'mismatch') return failed(name, 'Ladder has another secret', 'Give Ladder the secret of the webhook.')
  if (error === 'stale' || error === 'future')
    return failed(name, t`Ladder's clock differs: ${error}`, 'Set both clocks by NTP.')
  return failed(name, `HTTP ${answer.status} ${error}`, "See Ladder's log, and what stands between (proxy, firewall).")
}

/** Sends a signed event without meaning, as Twenty would: it is taken and then left alone. Needs the webhook's secret. */
export const deliveryCheck = async (target: string, secret: string | undefined): Promise<Check> => {
  if (secret === undefined) return skipped('delivery', 'pass --secret-env to send a signed test event')
  const now = Date.now()
  const event = {
    targetUrl: target,
    eventName: 'metadata.doctor.created',
    workspaceId: 'doctor',
    webhookId: 'doctor',
    eventDate: new Date(now).toISOString(),
    event: { type: 'created' },
  }
  const body = new Uint8Array(Buffer.from(JSON.stringify(event)))
  const signature = createHmac('sha256', secret).update(`${now}:`).update(body).digest('hex')
  const headers = {
    'content-type': 'application/json',
    'x-twenty-webhook-timestamp': String(now),
    'x-twenty-webhook-signature': signature,
  }
  return outcome('delivery', await probe(target, { method: 'POST', headers, body }))
}
