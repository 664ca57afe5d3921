import { type Problem, Problems } from '../argument/problem';
import type { DeclaredLink } from './declaredLink';
import { checkNestedMtus } from './nestedMtu';
import { checkSharedLinks } from './sharedLink';
import { checkSharedRoutes } from './sharedRoute';

/** Problems between the links that several components declare on one host, each of which is right on its own. */
export function checkHostLinks(host: string, links: readonly DeclaredLink[]): Problem[] {
  const problems = new Problems();
  const at = problems.at('hosts').at(host);
  checkSharedLinks(at, links);
  checkSharedRoutes(at, links);
  checkNestedMtus(at, links);
  return problems.list;
}
