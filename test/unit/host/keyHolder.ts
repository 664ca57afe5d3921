import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaseKey } from '../../../src/host/keyLease';

/** A process that uses a key until it is ended. Arguments: the folder, the key's name. */
const [folder = '', name = ''] = process.argv.slice(2);
leaseKey(folder, name);
writeFileSync(join(folder, name), 'a key');
process.on('message', () => process.exit(0));
process.send?.('ready');
