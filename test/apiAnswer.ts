/** What probe.sh prints of one answer of the Engine's API, behind its marker. */
export function apiAnswer(body: object, status = 200, fact = 'api'): string[] {
  return [`${fact} HTTP/1.1 ${status} X\r`, `${fact} \r`, `${fact} ${JSON.stringify(body)}`];
}

/** The same of the containers with an owner: their list, and what the Engine says of each. */
export function ownedAnswers(...containers: object[]): string[] {
  const inspected = containers.flatMap((one) => apiAnswer(one, 200, 'inspected'));
  const end = containers.length > 0 ? apiAnswer({}, 200, 'inspected') : [];
  return [...apiAnswer(containers.map(() => ({}))), ...inspected, ...end];
}

/** What the Engine says of a container. */
export function inspectedContainer(
  name: string,
  owner: string,
  revision: string,
  status: string,
  networks: object,
  startedAt?: string,
): object {
  return {
    Name: `/${name}`,
    Config: { Labels: { 'vlan-trunk.owner': owner, 'vlan-trunk.revision': revision } },
    State: { Status: status, StartedAt: startedAt },
    NetworkSettings: { Networks: networks },
  };
}
