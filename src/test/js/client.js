// A small client of the peer server: transit+json over HTTPS, signed by hand with AWS Signature Version 4. It keeps no
// cookies, and leaves the port out of the host that it names and signs.

import { createHash, createHmac } from 'node:crypto';
import https from 'node:https';
import transit from 'transit-js';

const MEDIA_TYPE = 'application/transit+json';

export const keyword = transit.keyword;
export const symbol = transit.symbol;

/** A map with keywords for keys: `{'db-name': 'hello'}` becomes `{:db-name "hello"}`. */
export function map(object) {
  return transit.map(Object.entries(object).flatMap(([name, value]) => [keyword(name), value]));
}

const reader = transit.reader('json', {
  handlers: { datom: ([e, a, v, tx, added]) => ({ e, a, v, tx, added }) },
});
const writer = transit.writer('json');

function sha256(text) {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key, text) {
  return createHmac('sha256', key).update(text).digest();
}

/** The value of the header `authorization` for a POST of that body to `/` with those headers, all of them signed. */
function authorization({ accessKey, secret }, headers, body) {
  const names = Object.keys(headers).sort();
  const canonical = [
    'POST',
    '/',
    '',
    ...names.map((name) => `${name}:${headers[name]}`),
    '',
    names.join(';'),
    sha256(body),
  ].join('\n');
  const day = headers['x-amz-date'].slice(0, 8);
  const scope = `${day}/none/peer-server/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = [day, 'none', 'peer-server', 'aws4_request'].reduce(hmac, `AWS4${secret}`);
  const signature = hmac(key, toSign).toString('hex');
  return `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
}

/** An answer of the server: its HTTP status, headers, raw body, and the body as a value, null when it is empty. */
export class Answer {
  constructor(status, headers, text) {
    this.status = status;
    this.headers = headers;
    this.text = text;
    this.value = text === '' ? null : reader.read(text);
  }

  /** What the answer holds under a keyword. */
  get(name) {
    return this.value.get(keyword(name));
  }

  /** The category of its anomaly, undefined when all went well. */
  get anomaly() {
    return this.get('cognitect.anomalies/category')?.toString().replace(':cognitect.anomalies/', '');
  }

  get message() {
    return this.get('cognitect.anomalies/message');
  }
}

export class Client {
  constructor({ host, port, accessKey, secret }) {
    this.host = host;
    this.port = port;
    this.credentials = { accessKey, secret };
    // The certificate that the server shows on loopback is everybody's.
    this.agent = new https.Agent({ keepAlive: true, rejectUnauthorized: false });
  }

  close() {
    this.agent.destroy();
  }

  /** Sends an operation, such as 'status' or 'datomic.catalog/list-dbs', with its fields. */
  async send(op, fields = {}) {
    return this.post(writer.write(map({ op: keyword(op), ...fields })));
  }

  post(body) {
    const now = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const headers = {
      'content-type': MEDIA_TYPE,
      host: this.host,
      'x-amz-content-sha256': sha256(body),
      'x-amz-date': now,
    };
    headers.authorization = authorization(this.credentials, headers, body);
    headers.accept = MEDIA_TYPE;
    const options = { host: this.host, port: this.port, path: '/', method: 'POST', agent: this.agent, headers };
    return new Promise((resolve, reject) => {
      const request = https.request(options, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          try {
            const text = Buffer.concat(chunks).toString('utf8');
            resolve(new Answer(response.statusCode, response.headers, text));
          } catch (e) {
            reject(e);
          }
        });
      });
      request.on('error', reject);
      request.end(body);
    });
  }

  /** Finds a database by its name. */
  async connect(name) {
    const resolved = await this.send('datomic.catalog/resolve-db', { 'db-name': name });
    if (resolved.anomaly) {
      throw new Error(resolved.message);
    }
    return new Connection(this, name, resolved.get('database-id'));
  }
}

class Connection {
  constructor(client, name, databaseId) {
    this.client = client;
    this.context = { 'db-name': name, 'database-id': databaseId };
  }

  /** The fields that mean the newest db value. */
  async db() {
    const status = await this.client.send('status', this.context);
    return { ...this.context, t: status.get('t'), 'next-t': status.get('next-t') };
  }

  async transact(txData) {
    return this.client.send('transact', { ...this.context, 'tx-data': txData });
  }
}

/** The rows of every chunk of an iteration, one chunk after the other. */
export async function* chunks(client, first) {
  let answer = first;
  while (true) {
    yield answer.get('data');
    const token = answer.get('next-token');
    if (!token) {
      return;
    }
    answer = await client.send('next', {
      'next-token': token,
      offset: answer.get('next-offset'),
      chunk: answer.get('chunk'),
    });
    if (answer.anomaly) {
      throw new Error(answer.message);
    }
  }
}
