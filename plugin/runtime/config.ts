/** How the embedded runtime is started. Paths are absolute. */
export interface RuntimeOptions {
  /** Files of the bundled Worker by the names of its modules, the main one first. */
  modules: [name: string, file: string][]
  /** Folder of the console's built pages; none where none were built. */
  pages: string | undefined
  /** Folder in which the data lives. */
  data: string
  port: number
  /** Environment of the Worker by name; read from the process's own environment under the same name. */
  variables: string[]
}

const text = (value: string): string => JSON.stringify(value)

/**
 * The configuration of plain workerd: one service, four Durable Object classes on SQLite, data on disk, secrets from the
 * environment so that they stand in no file.
 */
export const workerdConfig = ({
  modules,
  pages,
  data,
  port,
  variables,
}: RuntimeOptions): string => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "ladder", worker = .ladder),
    (name = "data", disk = (path = ${text(data)}, writable = true)),
${pages === undefined ? '' : `    (name = "pages", disk = (path = ${text(pages)})),\n`}    (name = "internet", network = (allow = ["public", "private", "local"], tlsOptions = (trustBrowserCas = true))),
  ],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "ladder")],
);
const ladder :Workerd.Worker = (
  modules = [${modules.map(([name, file]) => `(name = ${text(name)}, esModule = embed ${text(file)})`).join(', ')}],
  compatibilityDate = "2026-10-01",
  globalOutbound = "internet",
  durableObjectNamespaces = [
    (className = "Account", uniqueKey = "ladder-account", enableSql = true),
    (className = "Book", uniqueKey = "ladder-book", enableSql = true),
    (className = "Courier", uniqueKey = "ladder-courier", enableSql = true),
    (className = "Access", uniqueKey = "ladder-access", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "data"),
  bindings = [
    (name = "ACCOUNT", durableObjectNamespace = "Account"),
    (name = "BOOK", durableObjectNamespace = "Book"),
    (name = "COURIER", durableObjectNamespace = "Courier"),
    (name = "ACCESS", durableObjectNamespace = "Access"),
${pages === undefined ? '' : '    (name = "ASSETS", service = "pages"),\n'}${variables.map((name) => `    (name = ${text(name)}, fromEnvironment = ${text(name)}),`).join('\n')}
  ],
);
`
