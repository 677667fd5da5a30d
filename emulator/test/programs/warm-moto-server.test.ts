import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeUnless, describeWith } from '../../../test/support/tools';
import { type EmulatedAws, startEmulatedAws } from '../../emulated-aws';
import {
  startWarmMotoServer,
  startWarmMotoServers,
  type WarmMotoServers,
} from '../../programs/warm-moto-server';

const reason = process.env['WARM_MOTO_SERVERS'] === undefined ? 'python3 has no moto' : undefined;

describeWith(['moto_server'], 'moto_server with its modules loaded', () => {
  describeUnless(reason, 'several times', () => {
    let servers: WarmMotoServers;
    const started: EmulatedAws[] = [];

    beforeAll(async () => {
      const found = await startWarmMotoServers();
      if (found === undefined) throw new Error('it does not start');
      servers = found;
    });
    afterAll(async () => {
      await Promise.all(started.map((aws) => aws.stop()));
      await servers.stop();
    });

    it('knows nothing of what another one was told, and makes up other ids', async () => {
      const options = { warmMotoServers: servers.socket };
      const [one, other] = [await startEmulatedAws(options), await startEmulatedAws(options)];
      started.push(one, other);
      const empty = await other.inventory();
      await one.client.query('sns', 'CreateTopic', { Name: 'news' });
      expect((await one.inventory())['topics']).toHaveLength(1);
      expect(await other.inventory()).toEqual(empty);
      const keys = await Promise.all(
        [one, other].map(({ client }) => client.json('kms', 'CreateKey', {})),
      );
      const [first, second] = keys.map((key) => JSON.stringify(key['KeyMetadata']));
      expect(first).not.toBe(second);
    });

    it('ends with the connection', async () => {
      const server = await startWarmMotoServer(servers.socket);
      expect((await fetch(server.url)).status).toBeGreaterThan(0);
      await server.stop();
      await expect(fetch(server.url)).rejects.toThrow('fetch failed');
    });
  });
});
