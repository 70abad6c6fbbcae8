#!/usr/bin/env node
// Plain and old on purpose: it must parse on any Node, to be able to say that the Node is too old.
var MINIMUM = 24;

if (Number(process.versions.node.split('.')[0]) < MINIMUM) {
  console.error(
    'Panelgraph needs Node ' +
      MINIMUM +
      ' or newer; this is ' +
      process.version +
      '. Inside the project, `npm start` brings its own.',
  );
  process.exit(1);
} else {
  // Unless told otherwise graphql-js checks each type as for a developer, which takes time of every request.
  process.env.NODE_ENV = process.env.NODE_ENV || 'production';
  hideSqliteWarning();
  runCli();
}

function hideSqliteWarning() {
  var emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...rest) => {
    if (String(warning).indexOf('SQLite is an experimental feature') === 0) return;
    emitWarning.call(process, warning, ...rest);
  };
}

/** A checkout runs its sources; what npm installs has only `dist`. */
function runCli() {
  import('../src/cli/main.ts')
    .catch((error) => {
      var isInstalled = error.code === 'ERR_MODULE_NOT_FOUND' && /\/src\/cli\/main\.ts$/.test(String(error.url));
      if (!isInstalled) throw error;
      return import('../dist/cli/main.js');
    })
    .then((cli) => cli.runCli(process.argv))
    .catch((error) => {
      console.error(error);
      process.exit(1);
    });
}
