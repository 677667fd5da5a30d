import type { ApiClient } from '../front/api-client';
import { childrenAt, readXml, textAt } from '../front/xml-reading';

/** The buckets, which belong to no region here, and their objects as `<bucket>/<key>`. */
export async function s3Kinds(
  moto: ApiClient,
): Promise<{ readonly buckets: readonly string[]; readonly s3Objects: readonly string[] }> {
  const listed = readXml((await moto.s3('GET', '/')).body);
  const buckets = childrenAt(listed, 'Buckets').map((bucket) => textAt(bucket, 'Name'));
  const s3Objects: string[] = [];
  for (const bucket of buckets) {
    const objects = readXml((await moto.s3('GET', `/${bucket}?list-type=2`)).body);
    const contents = objects.children.filter((child) => child.name === 'Contents');
    s3Objects.push(...contents.map((object) => `${bucket}/${textAt(object, 'Key')}`));
  }
  return { buckets, s3Objects };
}
