/** The limit: reads the same bytes as JSON, writes the same bytes as JSON, and does nothing between. `ANSWER_FILE` holds what. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { announce } from './announce.ts';

const answer = JSON.parse(readFileSync(process.env.ANSWER_FILE ?? '', 'utf8'));

announce(
  createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString());
      if (typeof body.query !== 'string') throw new Error('Not an operation.');
      const text = JSON.stringify(answer);
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
      response.end(text);
    });
  }),
);
