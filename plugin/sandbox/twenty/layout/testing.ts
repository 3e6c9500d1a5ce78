/** Universal identifiers of the app below. For tests. */
export const id = (n: number): string => `7777aaaa-0000-4000-8000-0000000000${String(n).padStart(2, '0')}`
const COMPANY = '20202020-b374-4779-a561-80086cb2e17f'
const option = (n: number, value: string, position: number) => ({
  id: id(n),
  value,
  label: value,
  position,
  color: 'blue',
})

/** An app with a bit of everything; what is expected of it below is what a Twenty 2.31.0 answered. */
export const manifest = {
  application: { universalIdentifier: id(1), displayName: 'Probe', description: 'p', packageJsonChecksum: 'sum' },
  objects: [
    {
      universalIdentifier: id(2),
      nameSingular: 'probe',
      namePlural: 'probes',
      labelSingular: 'Probe',
      labelPlural: 'Probes',
      labelIdentifierFieldMetadataUniversalIdentifier: id(3),
      fields: [
        { universalIdentifier: id(3), type: 'TEXT', name: 'name', label: 'Name' },
        { universalIdentifier: id(4), type: 'TEXT', name: 'probeKey', label: 'Key', isUnique: true },
        {
          universalIdentifier: id(5),
          type: 'RELATION',
          name: 'company',
          label: 'Company',
          relationTargetObjectMetadataUniversalIdentifier: COMPANY,
          relationTargetFieldMetadataUniversalIdentifier: id(6),
          universalSettings: { relationType: 'MANY_TO_ONE', onDelete: 'SET_NULL', joinColumnName: 'companyId' },
        },
      ],
    },
  ],
  fields: [
    {
      universalIdentifier: id(6),
      objectUniversalIdentifier: COMPANY,
      type: 'RELATION',
      name: 'probes',
      label: 'Probes',
      relationTargetObjectMetadataUniversalIdentifier: id(2),
      relationTargetFieldMetadataUniversalIdentifier: id(5),
      universalSettings: { relationType: 'ONE_TO_MANY' },
    },
    {
      universalIdentifier: id(7),
      objectUniversalIdentifier: COMPANY,
      type: 'SELECT',
      name: 'kind',
      label: 'Kind',
      options: [option(50, 'A', 0), option(51, 'B', 1)],
    },
    {
      universalIdentifier: id(8),
      objectUniversalIdentifier: COMPANY,
      type: 'TEXT',
      name: 'code',
      label: 'Code',
      isUnique: true,
    },
  ],
  roles: [
    {
      universalIdentifier: id(10),
      label: 'Probe role',
      objectPermissions: [
        { universalIdentifier: id(11), objectUniversalIdentifier: COMPANY, canReadObjectRecords: true },
      ],
    },
  ],
  views: [
    {
      universalIdentifier: id(20),
      name: 'Board',
      objectUniversalIdentifier: COMPANY,
      type: 'KANBAN',
      icon: 'IconBox',
      position: 1,
      mainGroupByFieldMetadataUniversalIdentifier: id(7),
      fields: [{ universalIdentifier: id(21), fieldMetadataUniversalIdentifier: id(8), position: 0, size: 200 }],
      groups: [
        { universalIdentifier: id(22), fieldValue: 'A', position: 0, isVisible: true },
        { universalIdentifier: id(23), fieldValue: 'B', position: 1, isVisible: true },
      ],
    },
  ],
  navigationMenuItems: [
    { universalIdentifier: id(40), type: 'FOLDER', name: 'Probes', icon: 'IconBox', position: 70 },
    {
      universalIdentifier: id(41),
      type: 'VIEW',
      name: 'Board',
      icon: 'IconBox',
      position: 0,
      viewUniversalIdentifier: id(20),
      folderUniversalIdentifier: id(40),
    },
  ],
}
