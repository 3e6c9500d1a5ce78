import type * as Script from '../documents/script.ts'

/** Where the documents' script lies beside the Worker: wrangler.toml and the embedded runtime put it there. */
const SCRIPT = './documents/dist/documents.mjs'

let loaded: Promise<typeof Script> | undefined

/** The script that makes documents, loaded at the first one. Its name isn't a literal, so that no bundler takes it in. */
export const loadDocuments = (): Promise<typeof Script> =>
  (loaded ??= import(/* @vite-ignore */ String(SCRIPT)) as Promise<typeof Script>)
