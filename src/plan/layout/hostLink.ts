import { type Problem, Problems } from '../argument/problem';
import type { DeclaredLink } from './declaredLink';
import { checkLinkSubnets } from './linkSubnet';
import { checkNestedMtus } from './nestedMtu';
import { checkSharedLinks } from './sharedLink';
import { checkSharedRoutes } from './sharedRoute';

/** Conflicts between the links that several components declare on one host. Each link has passed the check of its own component. */
export function checkHostLinks(host: string, links: readonly DeclaredLink[]): Problem[] {
  const problems = new Problems();
  const at = problems.at('hosts').at(host);
  checkSharedLinks(at, links);
  checkSharedRoutes(at, links);
  checkLinkSubnets(at, links);
  checkNestedMtus(at, links);
  return problems.list;
}
