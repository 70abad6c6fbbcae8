import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDirectory } from '../config/config-file.ts';
import { runPanelgraph } from './run-panelgraph.ts';

const COMMANDS = ['start', 'serve', 'check', 'placements', 'demo', 'schema', 'demo-panel'];

describe('panelgraph', () => {
  it('lists its commands', async () => {
    const { code, stdout } = await runPanelgraph(['--help']);
    expect(code).toBe(0);
    for (const command of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it.each(COMMANDS)('describes %s, with examples', async (command) => {
    const { code, stdout, stderr } = await runPanelgraph([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: panelgraph ${command} \\[options\\]`));
    expect(stdout).toContain('Examples:\n');
  });

  it('prints the version of the package', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await runPanelgraph(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('refuses an unknown flag, and names the near one', async () => {
    const { code, stderr } = await runPanelgraph(['serve', '--prot', '4000']);
    expect(code).toBe(1);
    expect(stderr).toContain("error: unknown option '--prot'\n(Did you mean --port?)");
  });

  it('refuses an unknown command', async () => {
    const { code, stderr } = await runPanelgraph(['server']);
    expect(code).toBe(1);
    expect(stderr).toContain("error: unknown command 'server'\n(Did you mean serve?)");
  });

  it('says that a Node is too old', async () => {
    const old = `Object.defineProperty(process, 'versions', { value: { node: '20.11.1' } });
      Object.defineProperty(process, 'version', { value: 'v20.11.1' });`;
    const nodeFlags = ['--import', `data:text/javascript,${encodeURIComponent(old)}`];
    expect(await runPanelgraph(['--help'], { nodeFlags })).toEqual({
      code: 1,
      stdout: '',
      stderr: 'Panelgraph needs Node 24 or newer; this is v20.11.1. Inside the project, `npm start` brings its own.\n',
    });
  });

  it('begins with a file that an old Node can parse', async () => {
    const source = await readFile('bin/panelgraph.js', 'utf8');
    expect(source).not.toMatch(/^import\s|^export\s|\?\?|\?\.|^await\s|import\.meta/m);
  });
});

describe.each(['serve', 'start', 'check', 'placements'])('panelgraph %s', (command) => {
  it('prints the problems of a configuration one a line, without a key', async () => {
    await using directory = await createDirectory();
    const file = path.join(directory.path, 'panelgraph.yaml');
    await writeFile(file, 'panels: [{ id: a, url: "http://panel.example", key: hunter2 }, { id: a, kee: hunter2 }]\n');
    const { code, stdout, stderr } = await runPanelgraph([command, '--config', file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'panels[0].url: must be https (set allowInsecure: true to send the key in the clear)',
      'panels[1].key: is missing',
      'panels[1].kee: is not a setting (did you mean `key`?)',
      'panels[1].url: is missing (or name a preset: smm.plus, smmcloud.uk, pica-smm.com)',
      'panels[1].id: is the id of panels[0] already (every ID names its panel, so each panel needs its own)',
    ]);
  });

  it('refuses a file that is named and missing', async () => {
    await using directory = await createDirectory();
    const cwd = directory.path;
    const refused = {
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/nope\.yaml: cannot be read \(there is no such file\)\n$/),
    };
    expect(await runPanelgraph([command, '--config', 'nope.yaml'], { cwd })).toEqual(refused);
    expect(await runPanelgraph([command], { cwd, env: { PANELGRAPH_CONFIG: 'nope.yaml' } })).toEqual(refused);
  });

  it('finds panelgraph.yaml where it is called', async () => {
    await using directory = await createDirectory();
    await writeFile(path.join(directory.path, 'panelgraph.yaml'), 'panels: []\n');
    const { code, stderr } = await runPanelgraph([command], { cwd: directory.path });
    expect({ code, stderr }).toEqual({ code: 1, stderr: 'panels: must not be empty\n' });
  });
});

describe.each(['serve', 'check', 'placements'])('panelgraph %s', (command) => {
  it('says what to do where there is no configuration', async () => {
    await using directory = await createDirectory();
    const { code, stderr } = await runPanelgraph([command], { cwd: directory.path });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'No configuration: name a file with --config, or write panelgraph.yaml here (`panelgraph demo` needs none).\n',
    });
  });
});

describe('panelgraph serve', () => {
  it('names the flag or the variable that is wrong', async () => {
    await using directory = await createDirectory();
    await writeFile(path.join(directory.path, 'panelgraph.yaml'), 'panels: [{ id: a, preset: smm.plus, key: x }]\n');
    const options = { cwd: directory.path, env: { PANELGRAPH_STORE: 'mysql://hunter2' } };
    const { code, stderr } = await runPanelgraph(['serve', '--port', 'x'], options);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        '--port: must be a whole number, 0 to 65535\n' +
        'PANELGRAPH_STORE: must be sqlite:PATH or a postgres:// URL (such as sqlite:./panelgraph.db)\n',
    });
  });
});
