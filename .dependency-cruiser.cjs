// The arrows of the design (docs/decisions/0002-structure.md), checked from the import graph.
const own = '^(schemas|worker|plugin|test)/'
const test = '\\.test\\.ts$'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: own },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'schemas-import-zod-alone',
      comment: 'What the method is: data and types, nothing but zod.',
      severity: 'error',
      from: { path: '^schemas/', pathNot: test },
      to: { pathNot: '^(schemas/|node_modules/zod/)' },
    },
    {
      name: 'zod-by-its-functional-half',
      comment:
        "In schemas/ and worker/: import * as z from '…/schemas/z.ts', and z.optional(x), x.check(z.minLength(1)) instead of chains.",
      severity: 'error',
      from: { path: '^(schemas|worker)/' },
      to: { path: '^node_modules/zod/(index\\.|v4/classic/)' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^worker/rules/', pathNot: test },
      to: { pathNot: '^(worker/rules/|schemas/|node_modules/(lezer-feel|feelin|@lezer)/)' },
    },
    {
      name: 'method-is-pure',
      severity: 'error',
      from: { path: '^worker/method/', pathNot: '(\\.test|/kit)\\.ts$' },
      to: { pathNot: '^(worker/(method|rules)/|schemas/|node_modules/(tyme4ts|zod)/)' },
    },
    {
      name: 'crm-knows-schemas-alone',
      severity: 'error',
      from: { path: '^worker/crm/', pathNot: test },
      to: { pathNot: '^(worker/crm/|schemas/)' },
    },
    {
      name: 'documents-know-crm-and-word',
      comment:
        'A script of its own: what it needs is in it a second time. How a document is laid out is pure: the console draws drafts by it too.',
      severity: 'error',
      from: { path: '^worker/documents/', pathNot: test },
      to: { pathNot: '^(worker/(documents|crm|method/documents)/|schemas/|node_modules/docx/)' },
    },
    {
      name: 'documents-are-loaded-late',
      comment: 'The Worker names the script that makes documents, and has its types alone.',
      severity: 'error',
      from: { path: '^worker/', pathNot: '^worker/documents/' },
      to: { path: '^worker/documents/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'worker-stands-alone',
      comment: 'The Worker has nothing of the plugin or of Node.',
      severity: 'error',
      from: { path: '^worker/', pathNot: test },
      to: { path: '^(plugin|test)/' },
    },
    {
      name: 'worker-has-no-node',
      severity: 'error',
      from: { path: '^worker/', pathNot: test },
      to: { dependencyTypes: ['core'], pathNot: '^cloudflare:' },
    },
    {
      name: 'plugin-needs-no-tests',
      severity: 'error',
      from: { path: '^plugin/', pathNot: test },
      to: { path: '^test/' },
    },
    {
      name: 'plugin-not-into-the-shell',
      comment: 'The command reads rules, method, crm and the ingress’ signatures; never a Durable Object.',
      severity: 'error',
      from: { path: '^plugin/', pathNot: test },
      to: { path: '^worker/(account|book|courier|shell|console)/' },
    },
    {
      name: 'the-page-stands-alone',
      comment: 'The console’s page runs in a browser: the pure core and packages, nothing of the Worker’s shell.',
      severity: 'error',
      from: { path: '^worker/console/web/', pathNot: test },
      to: { pathNot: '^(worker/(console/web|method|rules)/|schemas/|node_modules/)' },
    },
    {
      name: 'nothing-needs-the-page',
      severity: 'error',
      from: { path: '^(schemas|worker|plugin)/', pathNot: '^worker/console/web/' },
      to: { path: '^worker/console/web/' },
    },
    {
      name: 'no-dev-dependencies-shipped',
      comment:
        'Of the console’s page what is built from it is shipped; parts inside a CRM run with what the CRM brings.',
      severity: 'error',
      from: {
        path: '^(schemas|worker|plugin)/',
        pathNot: '(\\.test|/kit|/testing)\\.ts$|^worker/console/web/|^plugin/(twenty/inside|hubspot/cards)/',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'all-found',
      severity: 'error',
      from: { path: own },
      to: { couldNotResolve: true, pathNot: '^cloudflare:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^test/fixtures/|/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    moduleSystems: ['es6', 'cjs'],
    builtInModules: { add: ['cloudflare:workers', 'cloudflare:test'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
}
