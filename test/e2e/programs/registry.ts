import { readFileSync } from 'node:fs';
import * as pulumi from '@pulumi/pulumi';
import { Host, type HostArgs, MacvlanNetwork, NetworkContainer } from 'vlan-trunk';

/** Containers whose images are in a registry that asks for a login. The password is in a file, so that nothing but the package brings it anywhere. */
const config = new pulumi.Config();
const { name: hostName, ...how } = config.requireObject<HostArgs & { name: string }>('host');
const passwordFile = config.get('passwordFile');
const host = new Host(hostName, {
  ...how,
  ...(passwordFile !== undefined && {
    registries: [
      {
        address: config.get('address') ?? '127.0.0.1:5000',
        username: 'reader',
        password: readFileSync(passwordFile, 'utf8'),
      },
    ],
  }),
});
const network = new MacvlanNetwork('isolated', { host, subnets: [{ subnet: '10.7.31.0/24' }] });
const moving = config.get('moving');
const images = (config.getObject<string[]>('tags') ?? ['1']).map((tag) => ({ name: `app${tag}`, tag }));
for (const { name, tag } of moving === undefined ? images : [...images, { name: 'moving', tag: moving }]) {
  new NetworkContainer(name, {
    image: `127.0.0.1:5000/team/app:${tag}`,
    command: ['sleep', '1000000'],
    attachments: [{ network }],
    destroyGraceSeconds: 0,
  });
}
