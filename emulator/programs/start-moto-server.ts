import { startMotoServer } from './moto-server';

// Started by a test that kills this process and looks whether moto_server ends with it.
startMotoServer(process.argv[2] ?? 'moto_server').then(
  (server) => process.stdout.write(`${server.url}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
