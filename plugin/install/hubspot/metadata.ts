/** What HubSpot says of an account's definitions: the parts that the installer looks at. */

export interface Option {
  label: string
  value: string
  displayOrder: number
  hidden: boolean
  description?: string
}

export interface Property {
  name: string
  label: string
  type: string
  fieldType: string
  groupName: string
  description: string
  hasUniqueValue?: boolean
  archived?: boolean
  options: Option[]
}

export interface Schema {
  objectTypeId: string
  name: string
  labels: { singular?: string; plural?: string }
  primaryDisplayProperty?: string
  archived?: boolean
  associations?: { fromObjectTypeId: string; toObjectTypeId: string }[]
}

export interface Stage {
  id: string
  label: string
  displayOrder: number
}

export interface Pipeline {
  id: string
  label: string
  displayOrder: number
  archived?: boolean
  stages: Stage[]
}

export interface Label {
  category: string
  typeId: number
  label?: string | null
}

/** One object as the account has it. */
export interface ObjectState {
  properties: Property[]
  archived: Property[]
  groups: string[]
  pipelines: Pipeline[]
}

export interface Results<T> {
  results: T[]
  paging?: { next?: { after: string } }
}
