import type { AttachmentSpec } from '../../../../src/plan/container/container';
import { engine } from '../../../../src/plan/network/engineVersion';
import { planContainer } from '../../../../src/plan/container/containerPlan';
import { unknown as notKnown } from '../../../../src/plan/argument/known';
import { planNetwork } from '../../../../src/plan/network/network';

const ipv4 = { subnet: '10.0.0.0/24', gateway: '10.0.0.1' };
const ipv6 = { subnet: '2001:db8::/64', gateway: '2001:db8::1' };
const onlyIpv4 = planNetwork({ driver: 'macvlan', name: 'v4', parentInterface: 'eth0.50', subnets: [ipv4] });
const dual = planNetwork({ driver: 'macvlan', name: 'dual', parentInterface: 'eth0.60', subnets: [ipv4, ipv6] });
const internal = planNetwork({ driver: 'macvlan', name: 'in', internal: true, subnets: [{ subnet: '10.1.0.0/24' }] });

const plan = (...attachments: AttachmentSpec[]) => planContainer({ attachments });
const settings = (text: string) => [`com.docker.network.endpoint.sysctls=${text}`];
const [disable, accept, route, auto] = ['disable_ipv6', 'accept_ra', 'accept_ra_defrtr', 'autoconf'].map(
  (key) => `net.ipv6.conf.IFNAME.${key}`,
);

test('no options need nothing of any Engine', () =>
  expect(plan({ network: onlyIpv4 })).toEqual({ endpoints: [{ driverOptions: [] }], sysctls: {}, needs: [] }));

describe('an IPv6 gateway is the default route, whatever a router advertises', () => {
  const noRoute = settings(`${route}=0`);
  const without = planNetwork({
    driver: 'macvlan',
    name: 'without',
    parentInterface: 'eth0.70',
    subnets: [{ subnet: '2001:db8:1::/64', gateway: 'none' }],
  });
  const options = (...attachments: AttachmentSpec[]) =>
    plan(...attachments).endpoints.map(({ driverOptions }) => driverOptions);

  test('and needs no newer Engine: an earlier one leaves the setting out', () =>
    expect(plan({ network: dual })).toEqual({ endpoints: [{ driverOptions: noRoute }], sysctls: {}, needs: [] }));

  test('on each interface that hears one', () =>
    expect(options({ network: dual, defaultRoute: true }, { network: without }, { network: onlyIpv4 })).toEqual([
      noRoute,
      noRoute,
      [],
    ]));

  test('also with slaac', () =>
    expect(options({ network: dual, ipv6: 'slaac' })).toEqual(
      settings(`${accept}=2,${route}=0,${auto}=1,${disable}=0`).map((each) => [each]),
    ));

  test('unless the program says otherwise', () =>
    expect(options({ network: dual, sysctls: { [String(route)]: '1' } })).toEqual([settings(`${route}=1`)]));

  test('and without a gateway, or with IPv6 off where it is, advertised ones are left alone', () => {
    expect(options({ network: without })).toEqual([[]]);
    expect(options({ network: dual, ipv6: 'off' }, { network: without, ipv6: 'slaac' })[1]).toEqual(
      settings(`${accept}=2,${route}=1,${auto}=1,${disable}=0`),
    );
  });
});

test('static: the declared address alone, whatever a router advertises', () =>
  expect(plan({ network: dual, ipv6: 'static' })).toEqual({
    endpoints: [{ driverOptions: settings(`${accept}=0,${auto}=0`) }],
    sysctls: {},
    needs: [{ path: 'attachments[0].ipv6', engine: engine(27) }],
  }));

describe('slaac', () => {
  const slaac = (takesRoute: 0 | 1) => settings(`${accept}=2,${route}=${takesRoute},${auto}=1,${disable}=0`);

  test('on a network that Docker takes for one without IPv6', () =>
    expect(plan({ network: onlyIpv4, ipv6: 'slaac' })).toEqual({
      endpoints: [{ driverOptions: slaac(1) }],
      sysctls: {},
      needs: [{ path: 'attachments[0].ipv6', engine: engine(27) }],
    }));

  test('takes no default route on an internal network', () =>
    expect(plan({ network: internal, ipv6: 'slaac' }).endpoints[0]?.driverOptions).toEqual(slaac(0)));

  test('takes no default route where another network gives it', () => {
    const { endpoints } = plan({ network: onlyIpv4, ipv6: 'slaac' }, { network: dual, defaultRoute: true });
    expect(endpoints[0]).toEqual({ driverOptions: slaac(0) });
    const own = plan({ network: onlyIpv4, ipv6: 'slaac', defaultRoute: true });
    expect(own.endpoints).toEqual([{ driverOptions: slaac(1) }]);
  });
});

describe('off', () => {
  test('on a network without IPv6: on the interface, and on an Engine that ignores it all the same', () =>
    expect(plan({ network: onlyIpv4, ipv6: 'off' })).toEqual({
      endpoints: [{ driverOptions: settings(`${disable}=1`) }],
      sysctls: {},
      needs: [],
    }));

  test('on a network with IPv6: off in the container, or Docker does not start it', () =>
    expect(plan({ network: dual, ipv6: 'off' })).toEqual({
      endpoints: [{ driverOptions: [] }],
      sysctls: { 'net.ipv6.conf.all.disable_ipv6': '1' },
      needs: [],
    }));

  test('beside slaac needs an Engine that sets interfaces up after the container', () =>
    expect(plan({ network: dual, ipv6: 'off' }, { network: internal, ipv6: 'slaac' }).needs).toEqual([
      { path: 'attachments[1].ipv6', engine: engine(28) },
    ]));
});

test('settings in the order of their names, so that the order in the program makes no difference', () => {
  const [one, other] = ['net.ipv4.conf.IFNAME.arp_notify', 'net.ipv4.conf.IFNAME.rp_filter'];
  const given = plan({ network: dual, ipv6: 'static', sysctls: { [other]: '2', [one]: '1' } });
  expect(given.endpoints[0]?.driverOptions).toEqual(settings(`${one}=1,${other}=2,${accept}=0,${auto}=0`));
  expect(given.needs.map(({ path }) => path)).toEqual(['attachments[0].ipv6', 'attachments[0].sysctls']);
});

test('a name of the interface, with the Engine that heeds it', () =>
  expect(plan({ network: onlyIpv4, interfaceName: 'lan0' })).toEqual({
    endpoints: [{ driverOptions: ['com.docker.network.endpoint.ifname=lan0'] }],
    sysctls: {},
    needs: [{ path: 'attachments[0].interfaceName', engine: engine(28) }],
  }));

describe('the default route', () => {
  const apart = planNetwork({
    driver: 'macvlan',
    name: 'apart',
    parentInterface: 'eth0.70',
    subnets: [{ subnet: '10.2.0.0/24', gateway: '10.2.0.1' }],
  });
  const onlyIpv6 = planNetwork({ driver: 'macvlan', name: 'v6', parentInterface: 'eth0.90', subnets: [ipv6] });

  test('of the network that is first by name is what every Engine gives', () => {
    const { endpoints, needs } = plan({ network: onlyIpv4 }, { network: apart, defaultRoute: true });
    expect(endpoints).toEqual([{ driverOptions: [] }, { driverOptions: [] }]);
    expect(needs).toEqual([]);
  });

  test('of another one needs a priority, and an Engine that knows it', () => {
    const { endpoints, needs } = plan({ network: onlyIpv4, defaultRoute: true }, { network: apart });
    expect(endpoints).toEqual([{ driverOptions: [], gatewayPriority: 1 }, { driverOptions: [] }]);
    expect(needs).toEqual([{ path: 'attachments[0].defaultRoute', engine: engine(28) }]);
  });

  test('of the first by name needs one all the same beside a gateway of one family alone', () => {
    const half = planNetwork({
      driver: 'macvlan',
      name: 'half',
      parentInterface: 'eth0.80',
      subnets: [
        { subnet: '10.3.0.0/24', gateway: 'none' },
        { subnet: '2001:db8:3::/64', gateway: '2001:db8:3::1' },
      ],
    });
    const { endpoints, needs } = plan({ network: half }, { network: apart, defaultRoute: true });
    expect(endpoints.map(({ gatewayPriority }) => gatewayPriority)).toEqual([undefined, 1]);
    expect(needs).toEqual([
      {
        path: 'attachments[1].defaultRoute',
        engine: engine(29, 4, 1),
        reason: 'earlier ones give both default routes to attachments[0], which has IPv4 and IPv6',
      },
    ]);
  });

  test.each<[string, AttachmentSpec[], number, number]>([
    ['IPv4', [{ network: apart, defaultRoute: true }, { network: dual }], 0, 1],
    ['IPv6', [{ network: dual }, { network: onlyIpv6, defaultRoute: true }], 1, 0],
  ])('of one with %s alone beside one of both families needs Engine 29.4.1', (_, attachments, chosen, other) => {
    const { endpoints, needs } = plan(...attachments);
    expect(endpoints.map(({ gatewayPriority }) => gatewayPriority)).toEqual(
      attachments.map(({ defaultRoute }) => (defaultRoute === true ? 1 : undefined)),
    );
    expect(needs).toEqual([
      {
        path: `attachments[${chosen}].defaultRoute`,
        engine: engine(29, 4, 1),
        reason: `earlier ones give both default routes to attachments[${other}], which has IPv4 and IPv6`,
      },
    ]);
  });

  test('of one with both families needs no later Engine than any priority', () => {
    const { needs } = plan({ network: apart }, { network: dual, defaultRoute: true });
    expect(needs).toEqual([{ path: 'attachments[1].defaultRoute', engine: engine(28) }]);
  });
});

test('makes nothing of what is refused or not known', () => {
  expect(() => plan({ network: dual, interfaceName: 'lo' })).toThrow('interfaceName: must not be the loopback');
  expect(() => plan({ network: dual, interfaceName: notKnown })).toThrow('attachments[0].interfaceName: must be known');
});
