// The boundaries of docs/architecture.md, checked. "A owns B" means: nobody but A may import B.
const order = [
  'access',
  'clouds',
  'store',
  'messaging',
  'runtime',
  'vault',
  'sigv4',
  'aws-services',
  'clock',
  'contracts',
];

const owners = {
  'libs/clouds': ['@aws-sdk/client-[^/]+', '@smithy/node-http-handler', 'hpagent'],
  'libs/store': ['knex', 'mysql2'],
  'libs/messaging': ['find-my-way'],
  'libs/runtime': ['winston', 'prom-client'],
  'services/edge': ['rapidoc'],
  'deploy/cli': ['commander'],
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'libs-never-import-services',
      severity: 'error',
      from: { path: '^libs/[^/]+/src' },
      to: { path: '^(services|deploy|test)/' },
    },
    {
      name: 'services-never-import-each-other',
      severity: 'error',
      from: { path: '^services/([^/]+)/src' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'only-the-cli-imports-services',
      severity: 'error',
      from: { path: '^(deploy/embedded|libs)/', pathNot: '/test/' },
      to: { path: '^services/' },
    },
    {
      name: 'production-never-imports-tests',
      severity: 'error',
      from: { path: '^(libs|services|deploy)/[^/]+/src' },
      to: { path: '^test/|/test/' },
    },
    {
      name: 'no-deep-imports',
      comment: 'another package is entered by its index only: dist/src/index.js, or src/index.ts',
      severity: 'error',
      from: { path: '^((?:libs|services|deploy|test)/[^/]+)/' },
      to: {
        path: '^(libs|services|deploy|test)/[^/]+/(dist/)?src/',
        pathNot: ['^$1/', '/src/index\\.(d\\.ts|ts|js)$'],
      },
    },
    // "arrows only point down this list"
    ...order.map((lib, i) => ({
      name: `arrows-point-down-from-${lib}`,
      severity: 'error',
      from: { path: `^libs/${lib}/src` },
      to: { path: `^libs/(${[...order.slice(0, i), '-'].join('|')})/` },
    })),
    {
      name: 'the-client-knows-only-the-contracts',
      comment: 'it is what a user of the gateway installs: nothing of the inside',
      severity: 'error',
      from: { path: '^libs/client/src' },
      to: { path: '^libs/', pathNot: '^libs/(client|contracts)/' },
    },
    {
      name: 'nothing-inside-imports-the-client',
      severity: 'error',
      from: { path: '^(libs/(?!client/)|services/)[^/]*/?src' },
      to: { path: '^libs/client/' },
    },
    {
      name: 'amqplib-on-both-sides-of-the-broker-only',
      comment:
        'the gateway speaks through messaging; the client stands on the other side and shares no code with it',
      severity: 'error',
      from: { path: '^(libs|services|deploy)/[^/]+/src', pathNot: '^libs/(messaging|client)/' },
      to: { path: 'node_modules/amqplib(/|$)' },
    },
    {
      name: 'certificates-are-made-by-csg-and-embedded',
      severity: 'error',
      from: { path: '^(libs|services|deploy)/[^/]+/src', pathNot: '^(services/csg|deploy/embedded)/' },
      to: { path: 'node_modules/node-forge(/|$)' },
    },
    ...Object.entries(owners).map(([owner, packages]) => ({
      name: `${owner.replace('/', '-')}-owns-${packages[0].replace(/[@/]/g, '')}`,
      severity: 'error',
      from: { path: '^(libs|services|deploy)/[^/]+/src', pathNot: `^${owner}/` },
      to: { path: packages.map((p) => `node_modules/${p}(/|$)`) },
    })),
  ],
  options: {
    // Another package is met as its compiled index; what that imports is checked where it is written.
    doNotFollow: { path: 'node_modules|/dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
