import type { ProjectWish } from './options.ts'

/** What an admin does with the project, in five steps. */
export const readme = ({ account, oauth, publicUrl }: ProjectWish): string => `# Ladder for HubSpot

1. \`npm install --global @hubspot/cli && hs account auth\`: HubSpot's own command, signed in to your account.
2. \`npx ladder hubspot check .\` and then \`hs project upload\`, both in this folder.
3. In HubSpot: Development → Projects → ladder → the app → ${oauth ? 'Auth: copy client id and client secret.' : 'install it, then Auth: copy access token and client secret.'}
4. \`export HUBSPOT_TOKEN=… HUBSPOT_CLIENT_SECRET=…\`; Ladder itself runs with \`LADDER_PUBLIC_URL=${publicUrl}\`.
5. \`npx ladder apply --crm hubspot --token-env HUBSPOT_TOKEN --client-secret-env HUBSPOT_CLIENT_SECRET${oauth ? '' : ` --account ${account}`}\`

Made by \`npx ladder hubspot project\`; make it anew rather than edit it, or the next upload loses your edit.
`
