import type { Installer } from '../../install/installer.ts'
import { secretFrom, urlOf, WrongUse, type Output } from '../output.ts'
import { oneOf, sharedContext, type Options } from './options.ts'

export const HUBSPOT_URL = 'https://api.hubapi.com'

const twenty = async (options: Options, output: Output): Promise<Installer> => {
  const foreign = (['carrier', 'language', 'marketingEvents', 'clientSecretEnv', 'clientId'] as const).find(
    (name) => options[name] !== undefined,
  )
  if (foreign)
    throw new WrongUse(`--${foreign.replaceAll(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)} is for hubspot alone`)
  if (options.url === undefined)
    throw new WrongUse('--url: give the address of Twenty, such as https://crm.example.com')
  const url = urlOf('--url', options.url)
  const shared = sharedContext(options, output)
  const { install } = await import('../../install/twenty/apply.ts')
  const { twentyClient } = await import('../../install/twenty/client.ts')
  const { uninstall, uninstallNotice } = await import('../../install/twenty/uninstall.ts')
  const { verify } = await import('../../install/twenty/verify.ts')
  const client = twentyClient({ url, token: shared.token, onWait: shared.progress })
  const context = { ...shared, client }
  return {
    install: (write) => install(context, write),
    verify: () => verify(context),
    // Twenty drops an app's records with the app
    uninstall: ({ deleteData, removeApp, ...wish }) =>
      uninstall(context, { ...wish, removeApp: removeApp || deleteData }),
    uninstallNotice: ({ deleteData, removeApp }) => uninstallNotice(removeApp || deleteData),
  }
}

const hubspot = async (options: Options, output: Output): Promise<Installer> => {
  const url = urlOf('--url', options.url ?? HUBSPOT_URL)
  const carrier = oneOf('--carrier', options.carrier, ['custom', 'deal', 'auto']) ?? 'auto'
  const language = oneOf('--language', options.language, ['zh-CN', 'en'])
  const shared = sharedContext(options, output)
  const { clientSecretEnv, clientId } = options
  if (clientId !== undefined && clientSecretEnv === undefined)
    throw new WrongUse('--client-id: give --client-secret-env too, the journal is read with both')
  const clientSecret = clientSecretEnv ? secretFrom('--client-secret-env', clientSecretEnv) : undefined
  output.hide(clientSecret)
  const { install } = await import('../../install/hubspot/apply.ts')
  const { hubspotClient } = await import('../../install/hubspot/client.ts')
  const { uninstall, uninstallNotice } = await import('../../install/hubspot/uninstall.ts')
  const { verify } = await import('../../install/hubspot/verify.ts')
  const context = {
    ...shared,
    client: hubspotClient({ url, token: shared.token, onWait: shared.progress }),
    options: {
      ...shared.options,
      carrier,
      language,
      clientSecret,
      clientId,
      marketingEvents: options.marketingEvents ?? false,
    },
  }
  return {
    install: (write) => install(context, write),
    verify: () => verify(context),
    uninstall: (wish) => uninstall(context, wish),
    uninstallNotice: ({ removeApp, deleteData }) => uninstallNotice(removeApp, deleteData),
  }
}

/** The installer of the CRM that is named; only that one's code is loaded. */
export const installerFor = (options: Options, output: Output): Promise<Installer> => {
  const crm = oneOf('--crm', options.crm, ['twenty', 'hubspot'])
  return crm === 'hubspot' ? hubspot(options, output) : twenty(options, output)
}
