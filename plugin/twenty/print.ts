/** Keys whose value is an enum of twenty-sdk/define; `type` depends on what is printed. */
const ENUMS: Readonly<Record<string, string>> = {
  relationType: 'RelationType',
  onDelete: 'OnDeleteAction',
  operand: 'ViewFilterOperand',
  direction: 'ViewSortDirection',
  dataType: 'NumberDataType',
  layoutMode: 'PageLayoutTabLayoutMode',
  aggregateOperation: 'AggregateOperations',
}

/** Enum values whose member has another name. */
const MEMBERS: Readonly<Record<string, string>> = { int: 'INT', float: 'FLOAT' }

/**
 * A source file of the app: one `define…` call around plain data. Enums are printed as members, since twenty-sdk's
 * type check wants them so. Without `typeEnum` a `type` is printed as it is.
 */
export const printDefine = (define: string, config: object, typeEnum?: string): string => {
  const used = new Set<string>()
  const print = (value: unknown, key: string, indent: string): string => {
    const inner = `${indent}  `
    const enumName = key === 'type' ? typeEnum : ENUMS[key]
    if (enumName && typeof value === 'string') {
      used.add(enumName)
      return `${enumName}.${MEMBERS[value] ?? value}`
    }
    if (Array.isArray(value))
      return value.length === 0
        ? '[]'
        : `[\n${value.map((one) => `${inner}${print(one, '', inner)},`).join('\n')}\n${indent}]`
    if (typeof value === 'object' && value !== null)
      return `{\n${Object.entries(value)
        .filter(([, one]) => one !== undefined)
        .map(([name, one]) => `${inner}${name}: ${print(one, name, inner)},`)
        .join('\n')}\n${indent}}`
    return JSON.stringify(value)
  }
  const body = print(config, '', '')
  return `import { ${[define, ...used].sort().join(', ')} } from 'twenty-sdk/define'\n\nexport default ${define}(${body})\n`
}
