export { compileTable, type CompiledResult, type CompileOptions } from './compile.ts'
export { evaluate, explain, type Explanation } from './evaluate.ts'
export { compileExpression, type CompiledExpression } from './expression.ts'
export { namesIn, namesInCell } from './names.ts'
export type { CompiledTable } from './table.ts'
export type {
  CellIssue,
  ColumnType,
  Context,
  HitPolicy,
  HitRow,
  IssueCode,
  Result,
  Table,
  Text,
  Value,
} from './types.ts'
export { readDmn, type DmnRead } from './dmn-read.ts'
export { compileModel, type CompiledModel, type Decided, type ModelIssue } from './model.ts'
export type { Decision, DmnModel, Logic } from './dmn-model.ts'
export { print } from './values.ts'
export { writeDmn } from './dmn-write.ts'
