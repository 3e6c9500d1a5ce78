import type { ProjectWish } from './options.ts'

/** The steps after the upload: one account has a token of its own; with OAuth each account installs the app. */
const last = ({ account, carrier, marketingEvents, oauth, publicUrl }: ProjectWish): string[] =>
  oauth
    ? [
        'In HubSpot: Development → Projects → ladder → the app → Auth: copy client id and client secret.',
        `Run Ladder with \`LADDER_PUBLIC_URL=${publicUrl}\`, \`LADDER_HUBSPOT_CLIENT_ID\` and \`LADDER_HUBSPOT_CLIENT_SECRET\`.`,
        `For each account: \`npx ladder hubspot connect --carrier ${carrier}${marketingEvents ? ' --marketing-events' : ''}\`, open the link that it prints as an admin of the account, then \`npx ladder apply --crm hubspot --carrier ${carrier} --token-env …\`.`,
      ]
    : [
        'In HubSpot: Development → Projects → ladder → the app: install it, then Auth: copy access token and client secret.',
        `\`export HUBSPOT_TOKEN=… HUBSPOT_CLIENT_SECRET=…\`; Ladder itself runs with \`LADDER_PUBLIC_URL=${publicUrl}\`.`,
        `\`npx ladder apply --crm hubspot --token-env HUBSPOT_TOKEN --client-secret-env HUBSPOT_CLIENT_SECRET --account ${account} --carrier ${carrier}${marketingEvents ? ' --marketing-events' : ''}\``,
      ]

/** What an admin does with the project, in five steps. */
export const readme = (wish: ProjectWish): string => {
  const steps = [
    "`npm install --global @hubspot/cli && hs account auth`: HubSpot's own command, signed in to your account.",
    '`npx ladder hubspot check .` and then `hs project upload`, both in this folder.',
    ...last(wish),
  ]
  return `# Ladder for HubSpot

${steps.map((step, index) => `${index + 1}. ${step}`).join('\n')}

The Ladder card: Settings → Objects → Companies (Contacts${wish.carrier === 'deal' ? ', Deals' : ''}) → Record customisation: add it to a tab. Whether Ladder is well
stands on the app's settings page.${
    wish.carrier === 'custom' && !wish.objectCards
      ? ' For cards on Ladder’s own objects make the project again with `--object-cards` once `ladder apply` has made these, and upload it.'
      : ''
  }

Made by \`npx ladder hubspot project\`; make it anew rather than edit it, or the next one is not written over your edit.
`
}
