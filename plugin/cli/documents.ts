import { existsSync, readFileSync } from 'node:fs'
import { parse as parseYaml } from 'yaml'

export const isYaml = (file: string): boolean => /\.ya?ml$/i.test(file)

/** A file of JSON or YAML; a message says what is wrong. */
export const readDocument = (file: string): { ok: true; value: unknown } | { ok: false; message: string } => {
  if (!existsSync(file)) return { ok: false, message: `${file} is not there` }
  try {
    const text = readFileSync(file, 'utf8')
    return { ok: true, value: isYaml(file) ? parseYaml(text) : JSON.parse(text) }
  } catch (error) {
    return { ok: false, message: `${file}: ${error instanceof Error ? error.message : 'unreadable'}` }
  }
}
