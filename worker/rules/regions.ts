import type { CompiledTable } from './table.ts'
import type { Issues } from './issues.ts'
export function checkRegions(_t: CompiledTable, _i: Issues): void {}
