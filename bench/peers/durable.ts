/**
 * The limit of placing: an order recorded on disk before the call and its number after it, each by one statement of
 * node:sqlite, and a connection of its own to the panel. No GraphQL, no check, no catalogue, no key.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request as send } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { text } from 'node:stream/consumers';
import { announce } from './announce.ts';

const folder = mkdtempSync(join(tmpdir(), 'panelgraph-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const database = new DatabaseSync(join(folder, 'orders.db'));
database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
  CREATE TABLE orders (id INTEGER PRIMARY KEY, input TEXT NOT NULL, number TEXT)`);
const insert = database.prepare('INSERT INTO orders (input) VALUES (?)');
const settle = database.prepare('UPDATE orders SET number = ? WHERE id = ?');

announce(
  createServer({ keepAliveTimeout: 65_000 }, async (request, response) => {
    const { variables } = JSON.parse(await text(request)) as { variables: { link: string } };
    const { lastInsertRowid } = insert.run(JSON.stringify(variables));
    const number = await addOrder(variables.link);
    settle.run(number, lastInsertRowid);
    const answer = Buffer.from(JSON.stringify({ data: { addOrder: number } }));
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  }),
);

function addOrder(link: string): Promise<string> {
  const fields = { key: process.env.PANEL_KEY ?? '', action: 'add', service: '1', link, quantity: '100' };
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const call = send(process.env.PANEL_URL ?? '', { method: 'POST', agent: false, headers }, async (reply) => {
      resolve(String((JSON.parse(await text(reply)) as { order: number }).order));
    });
    call.on('error', reject);
    call.end(new URLSearchParams(fields).toString());
  });
}
