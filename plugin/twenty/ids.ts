import { createHash } from 'node:crypto'

/** Never change these: every id of the app in every bank's CRM follows from them. */
const NAMESPACE = 'c1d0ad2e-7a3f-4b52-9c1b-6c0a5e2f8d41'

const uuid5 = (namespace: string, name: string): string => {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex')
  const bytes = createHash('sha1').update(space).update(name).digest().subarray(0, 16)
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6)
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/**
 * The universal identifier of a part of the app: a UUIDv5 of its path name, so the same part has the same id in each build
 * and each CRM, and an upgrade changes it in place. Paths: `object/tierRule`, `field/company/ladderTier`, `view/visit/0`.
 */
export const idOf = (path: string): string => uuid5(NAMESPACE, path)

export const APP_ID = idOf('app')

/** Twenty's own ids of the objects that Ladder extends or points to. The same on every server. */
export const STANDARD_IDS: Readonly<Record<string, string>> = {
  company: '20202020-b374-4779-a561-80086cb2e17f',
  person: '20202020-e674-48e5-a542-72570eee7213',
  task: '20202020-1ba1-48ba-bc83-ef7e5990ed10',
  taskTarget: '20202020-5a9a-44e8-95df-771cd06d0fb1',
  workspaceMember: '20202020-3319-4234-a34c-82d5c0e881a6',
}

/** Twenty's own ids of the fields that the views show. */
export const STANDARD_FIELD_IDS: Readonly<Record<string, string>> = {
  'company/name': '20202020-4d99-4e2e-a84c-4a27837b1ece',
  'person/name': '20202020-3875-44d5-8c33-a6239011cab8',
  'company/accountOwner': '20202020-95b8-4e10-9881-edb5d4765f9d',
  'task/assignee': '20202020-065a-4f42-a906-e20422c1753f',
  'task/dueAt': '20202020-fd99-40da-951b-4cb9a352fce3',
  'task/status': '20202020-70bc-48f9-89c5-6aa730b151e0',
  'task/title': '20202020-b386-4cb7-aa5a-08d4a4d92680',
}

/** Twenty's own ids of the record pages that Ladder adds a tab to. */
const STANDARD_PAGE_IDS: Readonly<Record<string, string>> = {
  company: '7a2d6196-8520-591f-8b48-98cd3c9c5b8d',
  person: '4223fadb-97f1-5c61-ba41-401ba8641eb5',
}

export const objectId = (object: string): string => STANDARD_IDS[object] ?? idOf(`object/${object}`)

export const fieldId = (object: string, field: string): string =>
  STANDARD_FIELD_IDS[`${object}/${field}`] ?? idOf(`field/${object}/${field}`)

/** The page of a record, on which the app puts its tab: Twenty's own for its objects, and the one it makes for Ladder's. */
export const recordPageId = (object: string): string =>
  STANDARD_PAGE_IDS[object] ?? uuid5(APP_ID, `pageLayout:${objectId(object)}:RECORD_PAGE`)
