// Walks through every operation with the client beside this file:
//
//   ENDPOINT=localhost:8998 ACCESS_KEY=… SECRET=… DB_NAME=hello npm test

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import transit from 'transit-js';
import { Client, chunks, keyword, map, symbol } from './client.js';

const [host, port] = process.env.ENDPOINT.split(':');
const access = { host, port, accessKey: process.env.ACCESS_KEY, secret: process.env.SECRET };
const name = process.env.DB_NAME;
const client = new Client(access);
let conn;
let db;

function attribute(ident, type, more = {}) {
  return map({
    'db/ident': keyword(`js/${ident}`),
    'db/valueType': keyword(`db.type/${type}`),
    'db/cardinality': keyword('db.cardinality/one'),
    ...more,
  });
}

/** A map that refers to a db value, as an argument of a query. */
function arg(value) {
  return map(value);
}

function q(query, args, options = {}) {
  return client.send('q', { query, args, ...options });
}

async function rows(query, args, options) {
  const answer = await q(query, args, options);
  assert.equal(answer.anomaly, undefined, answer.message);
  return answer.get('data');
}

async function all(first) {
  const sizes = [];
  const data = [];
  for await (const chunk of chunks(client, first)) {
    sizes.push(chunk.length);
    data.push(...chunk);
  }
  return { sizes, data };
}

function range(start, end) {
  return Array.from({ length: end - start }, (_, i) => start + i);
}

before(async () => {
  conn = await client.connect(name);
  const schema = await conn.transact([
    attribute('title', 'string', { 'db/unique': keyword('db.unique/identity') }),
    attribute('year', 'long', { 'db/index': true }),
    attribute('n', 'long', { 'db/index': true }),
    ...['string', 'boolean', 'long', 'bigint', 'float', 'double', 'bigdec', 'ref'].map((t) => attribute(`a-${t}`, t)),
    ...['instant', 'uuid', 'uri', 'bytes', 'keyword', 'symbol'].map((t) => attribute(`a-${t}`, t)),
    attribute('a-tuple', 'tuple', { 'db/tupleTypes': [keyword('db.type/long'), keyword('db.type/string')] }),
  ]);
  assert.equal(schema.anomaly, undefined, schema.message);
  const movies = await conn.transact([
    map({ 'js/title': 'The Goonies', 'js/year': 1985 }),
    map({ 'js/title': 'Commando', 'js/year': 1985 }),
    map({ 'js/title': 'Repo Man', 'js/year': 1984 }),
  ]);
  assert.equal(movies.anomaly, undefined, movies.message);
  await conn.transact(range(0, 250).map((n) => map({ 'js/n': n })));
  db = await conn.db();
});

after(() => client.close());

test('the catalog', async () => {
  const names = await client.send('datomic.catalog/list-dbs');
  assert.ok(names.get('result').includes(name));
  const missing = await client.send('datomic.catalog/resolve-db', { 'db-name': 'nothing' });
  assert.equal(missing.anomaly, 'not-found');
  for (const op of ['create-db', 'delete-db']) {
    const refused = await client.send(`datomic.catalog/${op}`, { 'db-name': 'mine' });
    assert.equal(refused.anomaly, 'unsupported');
  }
});

test('status', async () => {
  const status = await client.send('status', conn.context);
  assert.equal(status.status, 200);
  assert.equal(status.headers['content-type'], 'application/transit+json');
  assert.equal(status.get('database-id'), conn.context['database-id']);
  assert.ok(status.get('next-t') > status.get('t'));
});

const values = {
  'a-string': 'Grüße, 世界 "🎬" ~:no-keyword ^0',
  'a-boolean': false,
  'a-long': transit.integer('-9223372036854775808'),
  'a-bigint': transit.bigInt('123456789012345678901234567890'),
  'a-float': 1.5,
  'a-double': -2.25e100,
  'a-bigdec': transit.bigDec('1234567890.01234567890123456789'),
  'a-instant': new Date('1985-06-07T12:34:56.789Z'),
  'a-uuid': transit.uuid('5b2f0f0e-7c3c-4b8b-9d3e-0d0a3d1f6a11'),
  'a-uri': transit.uri('https://example.org/a?b=c'),
  'a-bytes': Buffer.from([1, 2, 253]),
  'a-keyword': keyword('a.b/c'),
  'a-symbol': symbol('a.b/c'),
  'a-tuple': [7, 'seven'],
};

test('a transaction with a value of every type, and all of them back', async () => {
  const prefixed = Object.fromEntries(Object.entries(values).map(([k, v]) => [`js/${k}`, v]));
  const report = await conn.transact([
    map({ 'db/id': 'all', 'js/a-ref': 'other', ...prefixed }),
    map({ 'db/id': 'other', 'js/title': 'Referred to' }),
  ]);
  assert.equal(report.anomaly, undefined, report.message);
  assert.ok(report.get('tx-data').every((datom) => typeof datom.e === 'number' && datom.added === true));
  const [before, behind] = ['db-before', 'db-after'].map((which) => report.get(which).get(keyword('t')));
  assert.ok(before < behind);
  const id = report.get('tempids').get('all');
  const now = await conn.db();
  const pulled = await client.send('pull', { ...now, selector: [symbol('*')], eid: id });
  const entity = pulled.get('result');
  assert.equal(entity.get(keyword('js/a-ref')).get(keyword('db/id')), report.get('tempids').get('other'));
  for (const [type, value] of Object.entries(values)) {
    const found = await rows('[:find ?v :in $ ?e ?a :where [?e ?a ?v]]', [arg(now), id, keyword(`js/${type}`)]);
    for (const back of [entity.get(keyword(`js/${type}`)), found[0][0]]) {
      const same = Buffer.isBuffer(value) ? value.equals(Buffer.from(back)) : transit.equals(value, back);
      assert.ok(same, `${type}: ${back}`);
    }
  }
});

test('queries as text, as data, and with collections as arguments', async () => {
  const of1985 = [['Commando'], ['The Goonies']];
  const titles = '[:find ?t :in $ ?y :where [?e :js/title ?t] [?e :js/year ?y]]';
  assert.deepEqual((await rows(titles, [arg(db), 1985])).sort(), of1985);
  const [e, t, y] = ['?e', '?t', '?y'].map(symbol);
  const data = [
    ...[keyword('find'), t, keyword('in'), symbol('$'), [y, symbol('...')]],
    ...[keyword('where'), [e, keyword('js/title'), t], [e, keyword('js/year'), y]],
  ];
  assert.deepEqual((await rows(data, [arg(db), [1985, 1986]])).sort(), of1985);
  const related = '[:find ?t ?genre :in $ [[?y ?genre]] :where [?e :js/title ?t] [?e :js/year ?y]]';
  assert.deepEqual(await rows(related, [arg(db), [[1984, 'punk']]]), [['Repo Man', 'punk']]);
  const within = '[:find ?t :in $ ?years :where [?e :js/title ?t] [?e :js/year ?y] [(contains? ?years ?y)]]';
  assert.deepEqual(await rows(within, [arg(db), transit.set([1984, 1900])]), [['Repo Man']]);
  const keyed = '[:find ?t :in $ ?m :where [?e :js/title ?t] [?e :js/year ?y] [(get ?m :year) ?y]]';
  assert.deepEqual(await rows(keyed, [arg(db), map({ year: 1984 })]), [['Repo Man']]);
  const ruled = '[:find ?t :in $ % :where (old ?e) [?e :js/title ?t]]';
  const rule = [[transit.list([symbol('old'), e]), [e, keyword('js/year'), 1984]]];
  assert.deepEqual(await rows(ruled, [arg(db), rule]), [['Repo Man']]);
  assert.deepEqual(await rows('[:find (count ?e) (min ?y) :where [?e :js/year ?y]]', [arg(db)]), [[3, 1984]]);
  assert.deepEqual(await rows(titles, [arg({ ...db, since: db.t }), 1985]), []);
});

test('pulls', async () => {
  const eid = [keyword('js/title'), 'Repo Man'];
  const answer = await client.send('pull', { ...db, selector: '[:js/title :js/year]', eid });
  assert.ok(transit.equals(answer.get('result'), map({ 'js/title': 'Repo Man', 'js/year': 1984 })));
});

test('datoms by their components', async () => {
  const datoms = async (index, components) =>
    (await client.send('datoms', { ...db, index: keyword(index), components })).get('data');
  const year = keyword('js/year');
  const [repoMan] = await datoms('avet', [year, 1984]);
  assert.equal(repoMan.v, 1984);
  assert.equal((await datoms('aevt', [year])).length, 3);
  assert.deepEqual(await datoms('eavt', [repoMan.e, year, 1984, repoMan.tx]), [repoMan]);
  assert.deepEqual(await datoms('eavt', [repoMan.e, year, 1984, repoMan.tx + 1]), []);
});

test('ranges of an index and of the log', async () => {
  const range85 = await client.send('index-range', { ...db, attrid: keyword('js/year'), start: 1985, end: 1986 });
  assert.deepEqual(range85.get('data').map((datom) => datom.v), [1985, 1985]);
  const log = await client.send('tx-range', { ...conn.context, start: db.t, end: db.t + 1 });
  const [transaction] = log.get('data');
  assert.equal(transaction.get(keyword('t')), db.t);
  assert.ok(transaction.get(keyword('data')).length > 250);
});

test('walks along an index, pulling', async () => {
  const answer = await client.send('index-pull', {
    ...db,
    index: keyword('avet'),
    selector: '[:js/n]',
    start: [keyword('js/n'), 9],
    reverse: true,
  });
  assert.deepEqual(answer.get('data').map((entity) => entity.get(keyword('js/n'))), range(0, 10).reverse());
});

test('iterations over several chunks', async () => {
  const query = await all(await q('[:find ?n :where [_ :js/n ?n]]', [arg(db)], { chunk: 100, limit: -1 }));
  assert.deepEqual(query.sizes, [100, 100, 50]);
  assert.deepEqual(query.data.map(([n]) => n).sort((a, b) => a - b), range(0, 250));
  const scan = { ...db, index: keyword('avet'), components: [keyword('js/n')], chunk: 60, offset: 20, limit: 200 };
  const datoms = await all(await client.send('datoms', scan));
  assert.deepEqual(datoms.sizes, [60, 60, 60, 20]);
  assert.deepEqual(datoms.data.map((datom) => datom.v), range(20, 220));
});

test('the same chunk when asked twice, and from a client that knows nothing but the token', async () => {
  const first = await q('[:find ?n :where [_ :js/n ?n]]', [arg(db)], { chunk: 100 });
  const token = { 'next-token': first.get('next-token'), offset: 100, chunk: 100 };
  const other = new Client(access);
  const [once, twice, elsewhere] = [
    await client.send('next', token),
    await client.send('next', token),
    await other.send('next', token),
  ];
  other.close();
  assert.deepEqual(twice.get('data'), once.get('data'));
  assert.deepEqual(elsewhere.get('data'), once.get('data'));
});

test('speculation', async () => {
  const handle = await client.send('with-db', conn.context);
  const txData = [map({ 'js/title': 'Never Made', 'js/year': 1985 })];
  const start = { ...conn.context, 'next-token': handle.get('next-token') };
  const speculative = await client.send('with', { ...start, 'tx-data': txData });
  const after = speculative.get('db-after');
  const titles = '[:find ?t :where [_ :js/title ?t]]';
  assert.ok((await rows(titles, [after])).flat().includes('Never Made'));
  assert.ok(!(await rows(titles, [arg(await conn.db())])).flat().includes('Never Made'));
  assert.equal((await client.send('with', { ...db, 'tx-data': txData })).anomaly, 'incorrect');
});

test('statistics', async () => {
  const stats = await client.send('db-stats', db);
  assert.ok(stats.get('result').get(keyword('datoms')) > 250);
});

test('errors', async () => {
  assert.equal((await client.send('no-such-op')).anomaly, 'unsupported');
  assert.equal((await q('[:find ?e :where [?e :no/attribute]]', [arg(db)])).anomaly, 'incorrect');
  assert.equal((await q('[:find ?e :where', [arg(db)])).anomaly, 'incorrect');
  assert.equal((await client.post('{"no transit')).anomaly, 'incorrect');
  const wrong = await conn.transact([map({ 'js/year': 'a string' })]);
  assert.equal(wrong.anomaly, 'incorrect');
  assert.equal(wrong.get('db/error').toString(), ':db.error/wrong-type-for-attribute');
});

test('a wrong secret or an unknown key is answered with 403 and nothing else', async () => {
  for (const spoilt of [{ secret: 'wrong' }, { accessKey: 'nobody' }]) {
    const stranger = new Client({ ...access, ...spoilt });
    const answer = await stranger.send('datomic.catalog/list-dbs');
    stranger.close();
    assert.equal(answer.status, 403);
    assert.equal(answer.text, '');
  }
});

test('no cookie is needed, and none is set for a request that keeps nothing', async () => {
  assert.equal((await client.send('status', conn.context)).headers['set-cookie'], undefined);
});

test('a connection is not ended after so many requests, which the oldest clients would not notice in time', async () => {
  for (let i = 0; i < 300; i++) {
    assert.equal((await client.send('status', conn.context)).headers.connection, undefined);
  }
});
