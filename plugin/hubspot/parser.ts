/** What HubSpot's own parser makes of a project's source: how many components, or why it can't read it. */
export type Parsed = { ok: true; count: number } | { ok: false; message: string }

/**
 * HubSpot's parser without an account. It checks little: files twice named, folders that it doesn't know. What it can't read
 * it leaves out, so the count is what tells.
 */
export const parsedNodes = async (projectSourceDir: string, platformVersion: string): Promise<Parsed> => {
  // only this check needs it: other commands start without
  const { translate } = await import('@hubspot/project-parsing-lib/translate')
  try {
    const { intermediateRepresentation, skippedHsMetaFiles } = await translate(
      { projectSourceDir, platformVersion, accountId: 0 },
      { skipValidation: true },
    )
    if (skippedHsMetaFiles.length > 0) return { ok: false, message: `passes over ${skippedHsMetaFiles.join(', ')}` }
    return { ok: true, count: Object.keys(intermediateRepresentation.intermediateNodesIndexedByUid).length }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}
